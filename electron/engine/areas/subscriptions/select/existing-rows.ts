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

/** Which rows of a stretch exist at all: most filters mean all but a few of them. */
export interface ExistingRows {
  /** @param read reads them if they are not known */
  of(stretch: number, read: () => RowBits): RowBits;
}

/**
 * Ids are given in ascending order, and none is ever given again. So if as many were given as there are rows, none is free, and as long as
 * no more are free than before, they are the same ones. An id becomes free when a row is erased, or when an import meets a known row.
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
      // In the last stretch, some ids are yet to be given.
      if (last >= to) kept.set(stretch, rows);
      return rows.slice();
    },
  };
}

/** All ids of a stretch that were given. No row has the id 0. */
function belowOf(stretch: number, last: number): RowBits {
  const given = last + 1 - stretch * STRETCH_ROWS;
  const rows = given >= STRETCH_ROWS ? everyRow() : given <= 0 ? noRows() : rowsBelow(given);
  if (stretch === 0) removeRow(rows, 0);
  return rows;
}
