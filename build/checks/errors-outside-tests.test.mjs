import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import ErrorsOutsideTests, { ERRORS_FILE, textOf } from './errors-outside-tests.mjs';

it('an error outside of any test says what it was, where it arose and what was behind it', () => {
  const error = new Error('nobody heard', { cause: new Error('the line is gone') });
  const text = textOf({
    name: error.name,
    message: error.message,
    stack: error.stack,
    cause: error.cause,
    type: 'Unhandled Rejection',
    VITEST_TEST_PATH: 'test/some.test.ts',
  });
  expect(text).toMatch(/^Unhandled Rejection while test\/some\.test\.ts ran\nError: nobody heard\n {4}at /);
  expect(text).toContain('errors-outside-tests.test.mjs');
  expect(text).toContain('Caused by Error: the line is gone');
});

it('what is no error is told as it is', () => {
  expect(textOf('just a word')).toBe('just a word');
  expect(textOf(undefined)).toBe('undefined');
});

it('the reporter writes them to the file that it was given', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-errors-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
    vi.unstubAllEnvs();
  });
  const file = path.join(folder, 'errors.json');
  vi.stubEnv(ERRORS_FILE, file);
  new ErrorsOutsideTests().onTestRunEnd([], [{ name: 'Error', message: 'nobody heard', stacks: [] }]);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(['Error: nobody heard']);
});
