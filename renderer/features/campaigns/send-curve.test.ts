import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sendLines } from './send-curve.ts';

it('draws steps from nothing to what came of it', () => {
  const lines = sendLines(
    [
      { at: 1000, accepted: 5, notAccepted: 0 },
      { at: 3000, accepted: 8, notAccepted: 2 },
    ],
    10,
  );
  expect(lines).toEqual({
    accepted: '0.00,100.00 0.00,50.00 100.00,50.00 100.00,20.00',
    notAccepted: '0.00,100.00 0.00,100.00 100.00,100.00 100.00,80.00',
    spanMs: 2000,
  });
});

it('draws nothing of a campaign that was over within one moment, or that is from before this was kept', () => {
  expect(sendLines([], 10)).toBeNull();
  expect(sendLines([{ at: 1, accepted: 1, notAccepted: 0 }], 1)).toBeNull();
});

it('stays in its box whatever the numbers are', () => {
  const point = fc.record({ accepted: fc.nat(1e6), notAccepted: fc.nat(1e6) });
  fc.assert(
    fc.property(fc.array(point, { minLength: 2, maxLength: 30 }), fc.nat(1e6), (points, recipients) => {
      const lines = sendLines(
        points.map((one, index) => ({ at: index * 1000, ...one })),
        recipients,
      );
      const numbers = `${lines?.accepted} ${lines?.notAccepted}`.split(/[ ,]/).map(Number);
      expect(numbers.every((value) => value >= 0 && value <= 100)).toBe(true);
    }),
  );
});
