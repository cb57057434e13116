import { countRows, STRETCH_ROWS } from '../../../store/row-bits.ts';
import { BIT_COUNT, visitTextBits } from './text-bits.ts';

/** Row ids that share their bitmaps. See [Note: search bits]. */
export { STRETCH_ROWS };
export const BITMAP_BYTES = STRETCH_ROWS / 8;

/** Bitmaps of one stretch under construction; about 2 MB. */
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

export const countBits = (bitmap: Uint8Array): number => countRows(toWords(bitmap));

/** A copy, because what SQLite returns need not start at a multiple of four. */
export function toWords(bitmap: Uint8Array): Uint32Array {
  const copy = new Uint8Array(bitmap.length);
  copy.set(bitmap);
  return new Uint32Array(copy.buffer);
}
