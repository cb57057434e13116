import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { ERRORS_FILE } from './errors-outside-tests.mjs';
import SilentRuns from './silent-runs.mjs';

const MINUTE = 60_000;

let ended;
let file;
beforeEach(() => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-silent-'));
  file = path.join(folder, 'errors.json');
  vi.stubEnv(ERRORS_FILE, file);
  vi.useFakeTimers();
  vi.spyOn(console, 'error').mockReturnValue(undefined);
  ended = vi.fn();
  onTestFinished(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
});

const started = () => {
  const run = new SilentRuns({ limitMs: 5 * MINUTE, end: ended });
  run.onTestRunStart();
  return run;
};
const said = () => JSON.parse(readFileSync(file, 'utf8'))[0];

it('ends a run in which nothing happens, and names what had not ended', () => {
  const run = started();
  run.onTestModuleStart({ moduleId: 'a.test.ts' });
  run.onTestModuleStart({ moduleId: 'b.test.ts' });
  run.onTestModuleEnd({ moduleId: 'a.test.ts' });
  vi.advanceTimersByTime(5 * MINUTE);
  expect(ended).toHaveBeenCalledOnce();
  expect(said()).toBe('Nothing happened for 5 minutes, so the run was ended. These had not ended: b.test.ts');
});

it('says where to look when all files had ended', () => {
  const run = started();
  run.onTestModuleStart({ moduleId: 'a.test.ts' });
  run.onTestModuleEnd({ moduleId: 'a.test.ts' });
  vi.advanceTimersByTime(5 * MINUTE);
  expect(said()).toContain('a test may have left a process behind');
});

it('leaves a run alone in which something happens', () => {
  const run = started();
  run.onTestModuleStart({ moduleId: 'a.test.ts' });
  for (let minute = 0; minute < 20; minute += 4) {
    vi.advanceTimersByTime(4 * MINUTE);
    run.onTestCaseResult();
  }
  expect(ended).not.toHaveBeenCalled();
});
