import { describe, expect, it } from 'vitest';
import { count } from './suite.mjs';

const report = (numbers) => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  ...numbers,
});

describe('what a report of vitest counts', () => {
  it('is what passed and what failed', () => {
    expect(count(report({ numPassedTests: 5 }), 0)).toEqual({ passed: 5, failed: 0, skipped: 0 });
    expect(count(report({ numPassedTests: 3, numFailedTests: 2 }), 1)).toEqual({
      passed: 3,
      failed: 2,
      skipped: 0,
    });
  });

  it('counts skipped and planned tests as skipped', () => {
    const some = report({ numPassedTests: 1, numPendingTests: 2, numTodoTests: 1 });
    expect(count(some, 0)).toEqual({ passed: 1, failed: 0, skipped: 3 });
  });

  it('counts an error outside any test as a failure', () => {
    expect(count(report({ numPassedTests: 5 }), 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
  });

  it('counts a suite without tests, or without a report, as a failure', () => {
    expect(count(report({}), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(count(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});
