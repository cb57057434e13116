import type { RowBits } from '../../../store/row-bits.ts';

/** Bits that were read, kept until something is written: typing a search counts again with each letter. */
export interface KeptBits {
  /** @param find reads them if they are not known */
  of(name: string, find: () => RowBits): RowBits;
}

/** 2 kB each: enough for sixteen groups of two million rows. */
const MAX_KEPT = 2000;

/** @param changeCount as `ReadableDb` gives it */
export function createKeptBits(changeCount: () => number | null): KeptBits {
  const kept = new Map<string, RowBits>();
  let keptAt: number | null = null;
  return {
    of(name, find) {
      const now = changeCount();
      if (now !== keptAt) kept.clear();
      keptAt = now;
      const known = kept.get(name);
      if (known !== undefined) return known;
      const bits = find();
      if (now !== null && kept.size < MAX_KEPT) kept.set(name, bits);
      return bits;
    },
  };
}
