import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_ATTEMPTS, nextAttempt } from './backoff.ts';

const START = 1_700_000_000_000;
const DAY = 86_400;

function next(state: Partial<Parameters<typeof nextAttempt>[0]>) {
  return nextAttempt({
    attempt: 1,
    now: START,
    firstAttemptAt: START,
    ttlSeconds: DAY,
    retryAfterMs: null,
    random: 0.5,
    ...state,
  });
}

describe('nextAttempt', () => {
  it.each([
    [1, 1000],
    [2, 4000],
    [3, 16_000],
    [6, 1_024_000],
    [7, 3_600_000],
  ])('waits after attempt %d at most %d ms, spread over all of it', (attempt, longest) => {
    expect(next({ attempt, random: 0 })).toMatchObject({ kind: 'retry', at: START });
    expect(next({ attempt, random: 0.5 })).toMatchObject({ at: START + longest / 2 });
    expect(next({ attempt, random: 0.999_999 })).toMatchObject({
      at: START + longest - 1 - Math.floor(longest / 1_000_001),
    });
  });

  it('waits at least as long as the service asks, spread so that not all come back at once', () => {
    expect(next({ retryAfterMs: 120_000, random: 0 })).toMatchObject({ at: START + 120_000 });
    expect(next({ retryAfterMs: 120_000, random: 0.5 })).toMatchObject({ at: START + 120_500 });
  });

  it('sends the TTL that is left', () => {
    expect(next({ now: START + 3_600_000, random: 0 })).toEqual({
      kind: 'retry',
      at: START + 3_600_000,
      ttlSeconds: DAY - 3600,
    });
  });

  it('comes back before the TTL is over, even if it would wait longer otherwise', () => {
    expect(next({ attempt: 7, ttlSeconds: 61, random: 0.999 })).toEqual({
      kind: 'retry',
      at: START + 59_940,
      ttlSeconds: 1,
    });
  });

  it('comes back when the way is open, and not at all where that is too late', () => {
    const opensFor = (due: number) => Math.max(due, START + 30_000);
    expect(next({ opensFor })).toMatchObject({ at: START + 30_000, ttlSeconds: DAY - 30 });
    expect(next({ opensFor, retryAfterMs: 40_000, random: 0 })).toMatchObject({ at: START + 40_000 });
    expect(next({ opensFor, ttlSeconds: 20 })).toEqual({ kind: 'give-up', diagnosis: 'ttl-over' });
  });

  it('gives up after the last attempt', () => {
    expect(next({ attempt: MAX_ATTEMPTS - 1 }).kind).toBe('retry');
    expect(next({ attempt: MAX_ATTEMPTS })).toEqual({ kind: 'give-up', diagnosis: 'attempts-used-up' });
  });

  it('gives up when the TTL ends before the service wants to hear from us', () => {
    expect(next({ ttlSeconds: 60, retryAfterMs: 61_000 })).toEqual({
      kind: 'give-up',
      diagnosis: 'wait-too-long',
    });
    // Its time would be over without any wait.
    expect(next({ ttlSeconds: 0, retryAfterMs: 61_000 })).toMatchObject({ diagnosis: 'ttl-over' });
  });

  it('never repeats a message that is for now or never', () => {
    expect(next({ ttlSeconds: 0 })).toEqual({ kind: 'give-up', diagnosis: 'ttl-over' });
  });

  it('never goes past the TTL, never before what was asked, and always leaves a second', () => {
    const state = fc.record({
      attempt: fc.integer({ min: 1, max: 10 }),
      passed: fc.integer({ min: 0, max: 3_000_000_000 }),
      ttlSeconds: fc.integer({ min: 0, max: 30 * DAY }),
      retryAfterMs: fc.option(fc.integer({ min: 0, max: 3_000_000_000 })),
      random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    });
    fc.assert(
      fc.property(state, ({ passed, ...rest }) => {
        const now = START + passed;
        const result = next({ ...rest, now });
        if (result.kind === 'give-up') return;
        expect(Number.isInteger(result.at)).toBe(true);
        expect(result.at).toBeGreaterThanOrEqual(now + (rest.retryAfterMs ?? 0));
        expect(result.ttlSeconds).toBeGreaterThanOrEqual(1);
        expect(result.at + result.ttlSeconds * 1000).toBeLessThanOrEqual(START + rest.ttlSeconds * 1000);
      }),
    );
  });
});
