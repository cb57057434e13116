import fc from 'fast-check';
import { expect, it } from 'vitest';
import { barScale, linePoints, lineScale } from './day-chart-scale.ts';

it('shows every bar whole where none stands out by much', () => {
  expect(barScale([0, 3, 12, 7])).toEqual({ max: 12, isCut: false });
  expect(barScale([0, 0, 9])).toEqual({ max: 9, isCut: false });
  expect(barScale([])).toEqual({ max: 1, isCut: false });
  expect(barScale([0, 0])).toEqual({ max: 1, isCut: false });
});

it('cuts the day of an import, so that the others can be seen', () => {
  const usual = Array.from({ length: 80 }, (_, day) => 10 + (day % 10));
  const { max, isCut } = barScale([...usual, 1_000_000]);
  expect(isCut).toBe(true);
  expect(max).toBeLessThan(100);
  expect(max).toBeGreaterThanOrEqual(19);
  expect(barScale([0, 5, 1_000_000])).toEqual({ max: 20, isCut: true });
});

it('never cuts what is usual', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2_000_000), { maxLength: 90 }), (heights) => {
      const { max, isCut } = barScale(heights);
      const higher = heights.filter((height) => height > max);
      expect(higher.length > 0).toBe(isCut);
      expect(higher.length).toBeLessThanOrEqual(heights.filter((height) => height > 0).length / 2);
    }),
  );
});

it('draws a line within its box, a flat one through the middle', () => {
  expect(linePoints([5, 5], 10, 8)).toEqual([
    [2.5, 4],
    [7.5, 4],
  ]);
  expect(lineScale([90, 100])).toEqual({ min: 90, max: 100 });
  expect(lineScale([10, 100])).toEqual({ min: 0, max: 100 });
  fc.assert(
    fc.property(fc.array(fc.nat(2_000_000), { minLength: 1, maxLength: 90 }), (values) => {
      for (const [x, y] of linePoints(values, 90, 40)) {
        expect(x).toBeGreaterThan(0);
        expect(x).toBeLessThan(90);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(40);
      }
    }),
  );
});
