import { expect, it } from 'vitest';
import { toggled, withRange } from './selection.ts';

const IDS = [1, 2, 3, 4, 5];

it('adds a row and takes it out again', () => {
  const once = toggled(new Set([1]), 2);
  expect([...once]).toEqual([1, 2]);
  expect([...toggled(once, 2)]).toEqual([1]);
});

it('selects all between two rows, in either direction', () => {
  expect([...withRange(new Set(), IDS, 2, 4)]).toEqual([2, 3, 4]);
  expect([...withRange(new Set(), IDS, 4, 2)]).toEqual([2, 3, 4]);
});

it('keeps what was selected before', () => {
  expect([...withRange(new Set([1]), IDS, 3, 4)]).toEqual([1, 3, 4]);
});

it('selects one row where the first is gone, or there was none', () => {
  expect([...withRange(new Set(), IDS, 99, 4)]).toEqual([4]);
  expect([...withRange(new Set(), IDS, null, 4)]).toEqual([4]);
});
