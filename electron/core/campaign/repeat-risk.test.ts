import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { riskAfter, type RepeatRisk, type Trace } from './repeat-risk.ts';

const afterAll = (traces: readonly Trace[]) => traces.reduce<RepeatRisk>(riskAfter, 0);

describe('the risk that a delivery has arrived twice', () => {
  it('is there once something has gone out after an attempt without an answer', () => {
    const trace = fc.constantFrom<Trace>('none', 'answered', 'unanswered');
    fc.assert(
      fc.property(fc.array(trace), (traces) => {
        const left = traces.filter((one) => one !== 'none');
        const first = left.indexOf('unanswered');
        const expected = first === -1 ? 0 : first === left.length - 1 ? 1 : 2;
        expect(afterAll(traces)).toBe(expected);
      }),
    );
  });
});
