import fc from 'fast-check';
import { expect, it } from 'vitest';
import { idsOf, keepRows } from '../../../store/row-bits.ts';
import { BITMAP_BYTES, countBits, createStretchBuilder, STRETCH_ROWS, toWords } from './stretch.ts';
import { textBits } from './text-bits.ts';

const positions = fc.uniqueArray(fc.nat(STRETCH_ROWS - 1), { maxLength: 50 });

function bitmapOf(set: readonly number[]): Uint8Array {
  // Misaligned by one byte, as a buffer from SQLite may be.
  const bitmap = new Uint8Array(BITMAP_BYTES + 1).subarray(1);
  for (const position of set) bitmap[position >> 3] = (bitmap[position >> 3] ?? 0) | (1 << (position & 7));
  return bitmap;
}

it('reads bitmaps that SQLite gives', () => {
  fc.assert(
    fc.property(positions, fc.nat(100), (set, stretch) => {
      expect(idsOf(toWords(bitmapOf(set)), stretch)).toEqual(
        [...set].sort((a, b) => a - b).map((position) => stretch * STRETCH_ROWS + position),
      );
    }),
  );
});

it('counts', () => {
  fc.assert(
    fc.property(positions, (set) => {
      expect(countBits(bitmapOf(set))).toBe(set.length);
    }),
  );
  expect(countBits(new Uint8Array(BITMAP_BYTES).fill(0xff))).toBe(STRETCH_ROWS);
});

it('builds bitmaps that lead back to the rows', () => {
  const builder = createStretchBuilder();
  const first = 3 * STRETCH_ROWS;
  const texts = new Map([
    [first, 'https://push.example/abc'],
    [first + 31, 'https://push.example/xyz'],
    [first + 32, 'https://other.example/abc'],
    [first + STRETCH_ROWS - 1, 'https://push.example/ABC'],
  ]);
  for (const [id, text] of texts) builder.add(id, text);
  const find = (text: string) => {
    const [one, ...others] = (textBits(text) ?? []).map((bit) => toWords(builder.bitmap(bit)));
    if (one === undefined) return [];
    for (const bits of others) keepRows(one, bits);
    return idsOf(one, 3).reverse();
  };
  expect(find('abc')).toEqual([first + STRETCH_ROWS - 1, first + 32, first]);
  expect(find('push.')).toEqual([first + STRETCH_ROWS - 1, first + 31, first]);
  expect(find('https://')).toHaveLength(4);
  expect(find('nowhere')).toEqual([]);
});
