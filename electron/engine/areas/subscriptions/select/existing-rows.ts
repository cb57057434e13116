import {
  everyRow,
  noRows,
  removeRow,
  rowsBelow,
  STRETCH_ROWS,
  type RowBits,
} from '../../../store/row-bits.ts';
import type { SubscriptionSums } from '../subscription-sums-service.ts';
import type { SelectStore } from './select-store.ts';

/** Which rows of a stretch there are at all: most filters mean all but a few of them. */
export interface ExistingRows {
  /** @param read reads them, where nobody knows */
  of(stretch: number, read: () => RowBits): RowBits;
}

/**
 * An id is given once, in ascending order, and never to another row. So where as many were given as there are rows, none is free; and where
 * no more are free than before, the same are. Only a row that was erased leaves one free, or an import for each row that was known.
 */
export function createExistingRows(
  store: Pick<SelectStore, 'lastGivenId'>,
  sums: Pick<SubscriptionSums, 'list'>,
): ExistingRows {
  const kept = new Map<number, RowBits>();
  let keptWith = 0;
  return {
    of(stretch, read) {
      const last = store.lastGivenId();
      const free = last - sums.list().reduce((count, sum) => count + sum.count, 0);
      const to = (stretch + 1) * STRETCH_ROWS;
      if (free === 0) return belowOf(stretch, last);
      if (free !== keptWith) kept.clear();
      keptWith = free;
      const rows = kept.get(stretch) ?? read();
      // Of the last stretch, some are still to be given.
      if (last >= to) kept.set(stretch, rows);
      return rows.slice();
    },
  };
}

/** All ids of a stretch that were given. There is none of 0. */
function belowOf(stretch: number, last: number): RowBits {
  const given = last + 1 - stretch * STRETCH_ROWS;
  const rows = given >= STRETCH_ROWS ? everyRow() : given <= 0 ? noRows() : rowsBelow(given);
  if (stretch === 0) removeRow(rows, 0);
  return rows;
}
