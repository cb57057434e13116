import { BIT_COUNT, visitTextBits } from './text-bits.ts';

/** Row ids that share their bitmaps. See [Note: search bits]. */
export const STRETCH_ROWS = 16_000;
export const BITMAP_BYTES = STRETCH_ROWS / 8;

/** Bitmaps of one stretch in the making; about 2 MB. */
export interface StretchBuilder {
  add(rowId: number, text: string): void;
  bitmap(bit: number): Uint8Array;
}

export function createStretchBuilder(): StretchBuilder {
  const bytes = new Uint8Array(BIT_COUNT * BITMAP_BYTES);
  return {
    add(rowId, text) {
      const position = rowId % STRETCH_ROWS;
      const byte = position >> 3;
      const mask = 1 << (position & 7);
      visitTextBits(text, (bit) => {
        const at = bit * BITMAP_BYTES + byte;
        bytes[at] = (bytes[at] ?? 0) | mask;
      });
    },
    bitmap: (bit) => bytes.subarray(bit * BITMAP_BYTES, (bit + 1) * BITMAP_BYTES),
  };
}

/**
 * Row ids that all bitmaps have, highest first. No bitmap at all: none.
 *
 * @param stretch number of the stretch the bitmaps belong to
 */
export function commonRowIds(stretch: number, bitmaps: readonly Uint8Array[]): number[] {
  const [first, ...others] = bitmaps;
  if (first === undefined) return [];
  const common = toWords(first);
  for (const bitmap of others) {
    const words = toWords(bitmap);
    for (let index = 0; index < common.length; index += 1)
      common[index] = at(common, index) & at(words, index);
  }
  const ids: number[] = [];
  for (let index = common.length - 1; index >= 0; index -= 1) {
    let word = at(common, index);
    const lowest = stretch * STRETCH_ROWS + index * 32;
    while (word !== 0) {
      const bit = 31 - Math.clz32(word);
      ids.push(lowest + bit);
      word &= ~(1 << bit);
    }
  }
  return ids;
}

export function countBits(bitmap: Uint8Array): number {
  let count = 0;
  const words = toWords(bitmap);
  for (let index = 0; index < words.length; index += 1) {
    // Bits are added up in pairs, then in fours, then in bytes (Hacker's Delight, 5-1).
    let word = at(words, index);
    word -= (word >>> 1) & 0x5555_5555;
    word = (word & 0x3333_3333) + ((word >>> 2) & 0x3333_3333);
    count += Math.imul((word + (word >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
  }
  return count;
}

/** A copy, because what SQLite gives need not start at a multiple of four. Bit n of word w is row w * 32 + n on little-endian machines. */
function toWords(bitmap: Uint8Array): Uint32Array {
  const copy = new Uint8Array(bitmap.length);
  copy.set(bitmap);
  return new Uint32Array(copy.buffer);
}

function at(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}
