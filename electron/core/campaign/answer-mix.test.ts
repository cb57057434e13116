import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownDeliveryStateSchema } from '../../contract/deliveries.ts';
import { rehearsalFaultsSchema } from '../../contract/rehearsal.ts';
import { DIAGNOSIS_WORDS } from '../diagnosis/diagnosis-words.ts';
import { faultsLike, type OutcomeSum } from './answer-mix.ts';

const sum = (state: OutcomeSum['state'], count: number, diagnosis = ''): OutcomeSum => ({
  state,
  count,
  diagnosis,
});

describe('the faults of a rehearsal that goes as a campaign went', () => {
  it('are its shares by cause, over all push services', () => {
    expect(
      faultsLike([
        sum('accepted', 500),
        sum('accepted', 390),
        sum('gone', 40, 'subscription-gone'),
        sum('gone', 10, 'subscription-gone'),
        sum('failed', 20, 'made-with-another-key'),
        sum('failed', 10, 'rate-limited'),
        sum('failed', 15, 'service-unavailable'),
        sum('failed', 5, 'timed-out'),
        sum('unknown', 5, 'interrupted'),
        sum('failed', 5, 'payload-too-large'),
      ]),
    ).toEqual({
      gone: 5,
      wrongKey: 2,
      rateLimited: 1,
      serviceErrors: 1.5,
      droppedLines: 1,
      oddAnswers: 0.5,
      slow: 0,
    });
  });

  it('leave out what was never sent', () => {
    expect(
      faultsLike([
        sum('accepted', 9),
        sum('gone', 1),
        sum('cancelled', 90),
        sum('failed', 50, 'key-not-held'),
      ]),
    ).toMatchObject({ gone: 10 });
    expect(faultsLike([sum('cancelled', 3), sum('failed', 2, 'erased'), sum('queued', 1)])).toBeNull();
    expect(faultsLike([])).toBeNull();
  });

  it('do not lose what was rare', () => {
    expect(faultsLike([sum('accepted', 999_999), sum('gone', 1)])).toMatchObject({ gone: 0.1 });
    expect(faultsLike([sum('gone', 999_999), sum('failed', 1, 'token-refused')])).toMatchObject({
      gone: 99.9,
      wrongKey: 0.1,
    });
  });

  it('can be rehearsed, whatever a campaign left', () => {
    const sums = fc.array(
      fc.record({
        state: fc.constantFrom(...shownDeliveryStateSchema.options),
        diagnosis: fc.oneof(fc.constantFrom(...Object.keys(DIAGNOSIS_WORDS)), fc.string()),
        count: fc.nat(1_000_000),
      }),
    );
    fc.assert(
      fc.property(sums, (given) => {
        const faults = faultsLike(given);
        if (faults !== null) expect(rehearsalFaultsSchema.parse(faults)).toEqual(faults);
      }),
      { numRuns: 2000 },
    );
  });
});
