export type RowMove = { kind: 'move'; index: number } | { kind: 'open' } | { kind: 'toggle' };

/**
 * What a key does in a table, or `null` when it does nothing.
 *
 * @param index the active row, -1 for none
 * @param count how many rows there are
 * @param pageSize how many fit on the screen
 */
export function rowMoveOf(key: string, index: number, count: number, pageSize: number): RowMove | null {
  if (count === 0) return null;
  const to = (next: number): RowMove => ({ kind: 'move', index: Math.min(count - 1, Math.max(0, next)) });
  switch (key) {
    case 'ArrowDown':
      return to(index + 1);
    case 'ArrowUp':
      return to(index < 0 ? count - 1 : index - 1);
    case 'PageDown':
      return to(Math.max(0, index) + pageSize);
    case 'PageUp':
      return to(index - pageSize);
    case 'Home':
      return to(0);
    case 'End':
      return to(count - 1);
    case 'Enter':
      return index < 0 ? null : { kind: 'open' };
    case ' ':
      return index < 0 ? null : { kind: 'toggle' };
    default:
      return null;
  }
}

/**
 * Where a move starts when its row was taken away: beside the nearest row of those around it that is still there, so that the arrows go on
 * where the person was.
 *
 * @param lost where the row was, and among which rows
 * @returns -1: none of them is there any more
 */
export function startAfterLoss<Row>(
  key: string,
  lost: { index: number; among: readonly Row[] },
  rows: readonly Row[],
  idOf: (row: Row) => unknown,
): number {
  const places = new Map(rows.map((row, index) => [idOf(row), index]));
  const placeOf = (row: Row) => places.get(idOf(row));
  const below = lost.among
    .slice(lost.index + 1)
    .map(placeOf)
    .find((place) => place !== undefined);
  if (below !== undefined) return key === 'ArrowDown' ? below - 1 : below;
  const above = lost.among
    .slice(0, lost.index)
    .map(placeOf)
    .findLast((place) => place !== undefined);
  if (above === undefined) return -1;
  return key === 'ArrowUp' ? above + 1 : above;
}
