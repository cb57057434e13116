import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureSkew } from './clock-skew.ts';

const T = Date.UTC(2024, 0, 1);
const dateHeader = new Date(T).toUTCString();

describe('measureSkew', () => {
  it('is 0 when both clocks can be right', () => {
    expect(measureSkew({ dateHeader, sentAt: T - 200, receivedAt: T + 300 })).toBe(0);
    expect(measureSkew({ dateHeader, sentAt: T + 900, receivedAt: T + 950 })).toBe(0);
  });

  it('is positive when this computer is ahead, negative when it is behind', () => {
    expect(measureSkew({ dateHeader, sentAt: T + 600_000, receivedAt: T + 600_100 })).toBe(599_000);
    expect(measureSkew({ dateHeader, sentAt: T - 600_100, receivedAt: T - 600_000 })).toBe(-600_000);
  });

  it.each([null, '', 'yesterday'])('is not known from %j', (missing) => {
    expect(measureSkew({ dateHeader: missing, sentAt: T, receivedAt: T })).toBeNull();
  });

  it('never says more than the true difference', () => {
    const exchange = fc.record({
      skew: fc.integer({ min: -86_400_000, max: 86_400_000 }),
      there: fc.integer({ min: 0, max: 30_000 }),
      back: fc.integer({ min: 0, max: 30_000 }),
    });
    fc.assert(
      fc.property(exchange, ({ skew, there, back }) => {
        const answeredAt = T + 123_456;
        const measured = measureSkew({
          dateHeader: new Date(answeredAt).toUTCString(),
          sentAt: answeredAt - there + skew,
          receivedAt: answeredAt + back + skew,
        });
        expect(Math.abs(measured ?? NaN)).toBeLessThanOrEqual(Math.abs(skew));
        expect(Math.abs(skew - (measured ?? NaN))).toBeLessThanOrEqual(there + back + 1000);
      }),
    );
  });
});
