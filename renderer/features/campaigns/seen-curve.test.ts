import { expect, it } from 'vitest';
import { seenLines, shownAfter } from './seen-curve.ts';

const START = 1_700_000_000_000;
const MINUTE = 60_000;
const CURVE = [
  { from: START, shown: 60, clicked: 0 },
  { from: START + MINUTE, shown: 30, clicked: 6 },
  { from: START + 100 * MINUTE, shown: 10, clicked: 4 },
];

it('adds up, and ends at what all come to', () => {
  const { shown, clicked } = seenLines(CURVE, START);
  expect(shown).toEqual([
    { x: 0, y: 0 },
    { x: 0, y: 0.6 },
    { x: 0.1, y: 0.9 },
    { x: 1, y: 1 },
    { x: 1, y: 1 },
  ]);
  expect(clicked.at(-1)).toEqual({ x: 1, y: 0.1 });
});

it('stands where nothing was shown, or all at once', () => {
  expect(seenLines([], START).shown).toEqual([
    { x: 0, y: 0 },
    { x: 1, y: 0 },
  ]);
  expect(seenLines(CURVE.slice(0, 1), START).shown.at(-1)).toEqual({ x: 1, y: 1 });
});

it('tells after how long half and nearly all were shown', () => {
  expect(shownAfter(CURVE, START, 0.5)).toBe(0);
  expect(shownAfter(CURVE, START, 0.9)).toBe(MINUTE);
  expect(shownAfter(CURVE, START, 0.95)).toBe(100 * MINUTE);
  expect(shownAfter([], START, 0.5)).toBeNull();
});
