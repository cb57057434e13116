import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addRow, changeRows, idsOf, noRows, packRows, STRETCH_ROWS, unpackRows } from './row-bits.ts';

const packed = (ids: readonly number[]) => {
  const bits = noRows();
  for (const id of ids) addRow(bits, id);
  return packRows(bits);
};
const positions = fc.uniqueArray(fc.integer({ min: 0, max: STRETCH_ROWS - 1 }), { maxLength: 60 });
/** Few, many, and exactly as many as make a list become bits. */
const rows = fc.oneof(
  positions,
  fc.integer({ min: 980, max: 1020 }).map((count) => Array.from({ length: count }, (_, index) => index * 3)),
);

describe('rows of a fact', () => {
  it('have what was added and not what was removed, in whatever order, and whether they are a list or bits', () => {
    fc.assert(
      fc.property(rows, positions, positions, fc.nat(50), (before, added, removed, stretch) => {
        const from = stretch * STRETCH_ROWS;
        const change = changeRows(
          before.length === 0 ? null : packed(before),
          added.map((position) => from + position),
          removed.map((position) => from + position),
        );
        const left = before.filter((position) => !removed.includes(position));
        const after = [...new Set([...left, ...added])].sort((one, other) => one - other);
        expect(change.countBefore).toBe(before.length);
        expect(change.count).toBe(after.length);
        expect(idsOf(unpackRows(change), 0)).toEqual(after);
        // Packed the same, whichever way was taken.
        expect(Buffer.from(change.rows)).toEqual(Buffer.from(packed(after).rows));
      }),
      { numRuns: 300 },
    );
  });

  it('take any bytes for what they can be', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2100 }), positions, (bytes, added) => {
        const { rows: after, count, countBefore } = changeRows({ rows: bytes }, added, []);
        const before = idsOf(unpackRows({ rows: bytes }), 0);
        expect(countBefore).toBe(before.length);
        expect(idsOf(unpackRows({ rows: after }), 0)).toEqual(
          [...new Set([...before, ...added])].sort((one, other) => one - other),
        );
        expect(count).toBe(new Set([...before, ...added]).size);
      }),
      { numRuns: 200 },
    );
  });
});
