import { expect, it } from 'vitest';
import { subscriptionFilterSchema } from '../../../../contract/subscriptions.ts';
import { noRows } from '../../../store/row-bits.ts';
import { createKeptBits } from './kept-bits.ts';
import { createKeptCounts } from './kept-counts.ts';

const FILTER = subscriptionFilterSchema.parse({ search: 'one' });
const OTHER = subscriptionFilterSchema.parse({ search: 'two' });

it('keeps a count until something is written', () => {
  let written: number | null = 5;
  const counts = createKeptCounts(
    () => written,
    () => 0,
  );
  counts.remember(FILTER, 7, 5);
  expect(counts.of(subscriptionFilterSchema.parse({ search: 'one' }))).toBe(7);
  expect(counts.of(OTHER)).toBeNull();
  written = 6;
  expect(counts.of(FILTER)).toBeNull();
});

it('keeps a count of the last days for a minute, because time goes by without a write', () => {
  let now = 120_000;
  const counts = createKeptCounts(
    () => 5,
    () => now,
  );
  const recent = subscriptionFilterSchema.parse({ shownWithinDays: 7 });
  counts.remember(recent, 3, 5);
  counts.remember(FILTER, 7, 5);
  now = 179_999;
  expect(counts.of(recent)).toBe(3);
  now = 180_000;
  expect([counts.of(recent), counts.of(FILTER)]).toEqual([null, 7]);
});

it('keeps no count during which something was written, and none of a transaction', () => {
  let written: number | null = 5;
  const counts = createKeptCounts(
    () => written,
    () => 0,
  );
  counts.remember(FILTER, 7, 4);
  expect(counts.of(FILTER)).toBeNull();
  written = null;
  counts.remember(FILTER, 7, null);
  expect(counts.of(FILTER)).toBeNull();
});

it('reads bits again once something was written, and each time in a transaction', () => {
  let written: number | null = 5;
  let reads = 0;
  const bits = createKeptBits(() => written);
  const read = () => {
    bits.of('group', () => {
      reads += 1;
      return noRows();
    });
  };
  for (const [now, expected] of [
    [5, 1],
    [5, 1],
    [6, 2],
    [null, 3],
    [null, 4],
    [6, 5],
    [6, 5],
  ] as const) {
    written = now;
    read();
    expect(reads).toBe(expected);
  }
});
