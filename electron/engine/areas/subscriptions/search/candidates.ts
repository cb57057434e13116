import type { SearchBitStore } from './search-bit-store.ts';
import { commonRowIds, countBits, STRETCH_ROWS } from './stretch.ts';
import { textBits } from './text-bits.ts';

/** Bitmaps that are compared for one text: with this many, of a million rows without it less than one remains. */
const MAX_BITS = 12;

export interface Candidates {
  /** Row ids from here on are not covered: they have to be looked at one by one. */
  readonly coveredTo: number;
  /** Stretch by stretch, newest first: ids of rows that can hold the text, highest first. */
  stretches(): Iterable<{ from: number; to: number; ids: number[] }>;
}

/**
 * Which rows can hold a text in their endpoint. Rows without it are rare among them if the text has three characters or more; rows with it
 * are never missing.
 */
export function findCandidates(bits: SearchBitStore, text: string): Candidates {
  const all = textBits(text) ?? [];
  const end = bits.end();
  const chosen = end === 0 ? [] : rarest(bits, end - 1, all);
  return {
    coveredTo: end * STRETCH_ROWS,
    *stretches() {
      for (let stretch = end - 1; stretch >= 0; stretch -= 1) {
        const bitmaps = chosen.flatMap((bit) => bits.bitmap(stretch, bit) ?? []);
        const from = stretch * STRETCH_ROWS;
        yield { from, to: from + STRETCH_ROWS, ids: commonRowIds(stretch, bitmaps) };
      }
    },
  };
}

/** The bits that tell most: of a pasted endpoint, the run `com` is in each row and the last run in hardly any. */
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
