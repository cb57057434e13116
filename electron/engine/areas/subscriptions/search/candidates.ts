import { keepRows, noRows, type RowBits } from '../../../store/row-bits.ts';
import type { SearchBitStore } from './search-bit-store.ts';
import { countBits, STRETCH_ROWS, toWords } from './stretch.ts';
import { textBits } from './text-bits.ts';

/** How many bitmaps are compared for one text: with this many, fewer than one in a million rows without the text remain. */
const MAX_BITS = 12;

export interface Candidates {
  /** Row ids from here on are not covered: they have to be checked one by one. */
  readonly coveredTo: number;
  /** Rows of a covered stretch that can hold the text. */
  inStretch(stretch: number): RowBits;
}

/**
 * Which rows can hold a text in their endpoint. If the text has three or more characters, few of these rows do not contain it; rows with it
 * are never missing.
 */
export function findCandidates(bits: SearchBitStore, text: string): Candidates {
  const all = textBits(text) ?? [];
  const end = bits.end();
  const chosen = end === 0 ? [] : rarest(bits, end - 1, all);
  return {
    coveredTo: end * STRETCH_ROWS,
    inStretch(stretch) {
      const [first, ...others] = chosen.flatMap((bit) => bits.bitmap(stretch, bit) ?? []);
      if (first === undefined) return noRows();
      const common = toWords(first);
      for (const bitmap of others) keepRows(common, toWords(bitmap));
      return common;
    },
  };
}

/** The most telling bits: in a pasted endpoint, the run `com` is in every row and the last run in hardly any. */
function rarest(bits: SearchBitStore, stretch: number, all: readonly number[]): number[] {
  const counted = all.map((bit) => {
    const bitmap = bits.bitmap(stretch, bit);
    return { bit, count: bitmap === null ? 0 : countBits(bitmap) };
  });
  return counted
    .sort((a, b) => a.count - b.count)
    .slice(0, MAX_BITS)
    .map(({ bit }) => bit);
}
