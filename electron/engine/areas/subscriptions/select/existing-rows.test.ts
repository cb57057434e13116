import { expect, it } from 'vitest';
import { idsOf, noRows, addRow, STRETCH_ROWS, type RowBits } from '../../../store/row-bits.ts';
import type { SubscriptionSum } from '../subscription-sums-service.ts';
import { createExistingRows } from './existing-rows.ts';

/** Gives rows ids, erases rows, and counts how often they were read. */
function rig() {
  const ids = new Set<number>();
  let last = 0;
  let reads = 0;
  const existing = createExistingRows(
    { lastGivenId: () => last },
    {
      list: (): SubscriptionSum[] => [
        { inBin: false, publicKey: null, pushService: 'fcm', state: 'active', count: ids.size },
      ],
    },
  );
  const read = (stretch: number): RowBits => {
    reads += 1;
    const rows = noRows();
    for (const id of ids) if (Math.floor(id / STRETCH_ROWS) === stretch) addRow(rows, id);
    return rows;
  };
  return {
    add(count: number) {
      for (let more = 0; more < count; more += 1) ids.add((last += 1));
    },
    erase: (id: number) => ids.delete(id),
    isRight: () =>
      [0, 1, 2].every((stretch) => {
        const expected = [...ids].filter((id) => Math.floor(id / STRETCH_ROWS) === stretch);
        const found = idsOf(
          existing.of(stretch, () => read(stretch)),
          stretch,
        );
        return found.length === expected.length && found.every((id) => ids.has(id));
      }),
    reads: () => reads,
    existing,
    read,
  };
}

it('reads nothing where every id that was given has its row', () => {
  const rows = rig();
  expect(rows.isRight()).toBe(true);
  rows.add(1);
  expect(rows.isRight()).toBe(true);
  rows.add(STRETCH_ROWS - 2);
  expect(rows.isRight()).toBe(true);
  rows.add(5);
  expect(rows.isRight()).toBe(true);
  expect(rows.reads()).toBe(0);
});

it('reads a stretch again only once a row was erased, the last one too', () => {
  const rows = rig();
  rows.add(STRETCH_ROWS + 4);
  rows.erase(7);
  expect(rows.isRight()).toBe(true);
  const before = rows.reads();
  rows.add(2);
  expect(rows.isRight()).toBe(true);
  // The stretch that is full is remembered; those with ids yet to be given are not.
  expect(rows.reads()).toBe(before + 2);
  rows.erase(STRETCH_ROWS + 6);
  rows.erase(STRETCH_ROWS + 5);
  rows.erase(9);
  expect(rows.isRight()).toBe(true);
  rows.add(3);
  expect(rows.isRight()).toBe(true);
});

it('gives bits of one’s own', () => {
  const rows = rig();
  rows.add(STRETCH_ROWS + 4);
  for (const erased of [0, 7]) {
    rows.erase(erased);
    rows.existing.of(0, () => rows.read(0)).fill(0);
    expect(rows.isRight()).toBe(true);
  }
});
