import fc from 'fast-check';
import { expect, it } from 'vitest';
import { curveMinute, receiptTime } from './receipt-times.ts';

const MINUTE_MS = 60_000;
const CREATED = 1_700_000_000_000;

it('reckons by the engine’s clock, never before the campaign and never in the future', () => {
  fc.assert(
    fc.property(fc.nat(), fc.maxSafeNat(), (later, agoMs) => {
      const now = CREATED + later;
      const at = receiptTime(now, agoMs, CREATED);
      expect(at).toBeLessThanOrEqual(now);
      expect(at).toBeGreaterThanOrEqual(CREATED);
      if (agoMs <= later) expect(at).toBe(now - agoMs);
    }),
  );
});

it('is not in the future where the clock was set back after the campaign was made', () => {
  expect(receiptTime(CREATED - 5000, 0, CREATED)).toBe(CREATED - 5000);
});

it.each([
  [0, 0],
  [0.9, 0],
  [179.5, 179],
  [180, 180],
  [239, 180],
  [240, 240],
  [3 * 1440 - 1, 71 * 60],
  [3 * 1440, 3 * 1440],
  [5 * 1440 - 1, 4 * 1440],
  [-3, 0],
])('counts what came after %d minutes at %d', (minutes, expected) => {
  expect(curveMinute(CREATED + minutes * MINUTE_MS, CREATED)).toBe(expected);
});
