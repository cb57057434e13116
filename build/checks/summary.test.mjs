import { describe, expect, it } from 'vitest';
import { summaryOf } from './summary.mjs';

const result = (change) => ({
  title: 'unit tests',
  passed: 5,
  failed: 0,
  skipped: 0,
  time: '1.0 s',
  ...change,
});

describe('the end of the output', () => {
  it('is a line for each step, and the sum', () => {
    const { lines, ok } = summaryOf([result(), result({ title: 'lint', passed: 1 })]);
    expect(lines.join('\n')).toMatch(/^\nok +unit tests +5 passed, 0 failed \(1\.0 s\)\nok +lint +1 passed/);
    expect(lines.at(-1)).toBe('\n6 passed, 0 failed');
    expect(ok).toBe(true);
  });

  it('says once more what failed and why, right before the sum', () => {
    const failures = ['a.test.ts > flies\n  Error: it fell', 'b.test.ts > swims\n  Error: it sank'];
    const { lines, ok } = summaryOf([result({ failed: 2, failures }), result()]);
    expect(lines.join('\n')).toContain(
      '\n\nFAILED unit tests: a.test.ts > flies\n  Error: it fell\n\nFAILED unit tests: b.test.ts > swims\n  Error: it sank\n\n10 passed, 2 failed',
    );
    expect(ok).toBe(false);
  });

  it('counts what was skipped as failed, and nothing at all as no success', () => {
    const some = summaryOf([result({ skipped: 2 })]);
    expect(some.lines.at(-1)).toBe('\n5 passed, 2 failed');
    expect(some.lines.join('\n')).toContain('2 skipped tests count as failed.');
    expect(some.ok).toBe(false);
    expect(summaryOf([result({ passed: 0 })]).ok).toBe(false);
  });
});
