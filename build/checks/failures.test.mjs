import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../setup/paths.mjs';
import { failuresOf } from './failures.mjs';

const passed = { fullName: 'a bird sings', status: 'passed', failureMessages: [], meta: {} };
const failed = {
  fullName: 'a bird flies',
  status: 'failed',
  failureMessages: ['\u001b[31mError: it fell\u001b[39m\n    at wing.test.ts:3'],
  meta: { evidence: 'Its window showed:\n- heading "Ground"' },
};
const file = (change) => ({
  name: path.join(ROOT, 'test', 'wing.test.ts'),
  status: 'failed',
  message: '',
  assertionResults: [passed, failed],
  ...change,
});

describe('what failed in a report of vitest', () => {
  it('is named by file and test, with the message and what was seen', () => {
    expect(failuresOf({ testResults: [file()] })).toEqual([
      [
        `${path.join('test', 'wing.test.ts')} > a bird flies`,
        '  Error: it fell',
        '      at wing.test.ts:3',
        '  Its window showed:',
        '  - heading "Ground"',
      ].join('\n'),
    ]);
  });

  it('is the file where it did not load', () => {
    const broken = file({ assertionResults: [], message: 'Cannot find module' });
    expect(failuresOf({ testResults: [broken] })).toEqual([
      `${path.join('test', 'wing.test.ts')}\n  Cannot find module`,
    ]);
  });

  it('is nothing where all passed', () => {
    expect(failuresOf({ testResults: [file({ status: 'passed', assertionResults: [passed] })] })).toEqual([]);
  });

  it('is cut where it is too long to be read', () => {
    const long = { ...failed, failureMessages: ['line\n'.repeat(500)], meta: {} };
    const [text] = failuresOf({ testResults: [file({ assertionResults: [long] })] });
    expect(text.split('\n').length).toBeLessThan(70);
    expect(text).toContain('lines more');
  });
});
