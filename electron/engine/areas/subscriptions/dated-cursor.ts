import { readCursor } from '../../base/list-cursor.ts';
import type { DatedRow } from './subscription-page-store.ts';

/**
 * A place in the order of dates, as a cursor: `1767225600000_17`. In a list without dates of its own a cursor is an id, as in all other
 * lists. Each is read where the other is expected, because a list may get dates while somebody pages through it.
 */
export const cursorOf = ({ addedAt, id }: DatedRow): string => `${addedAt}_${id}`;

/** @throws Refusal BAD_INPUT for a cursor that this list didn’t give out */
export function placeOfCursor(
  cursor: string | null,
  placeOf: (id: number) => DatedRow | null,
): DatedRow | null {
  const [, addedAt, id] = DATED.exec(cursor ?? '') ?? [];
  if (addedAt !== undefined) return { addedAt: Number(addedAt), id: Number(id) };
  const only = readCursor(cursor);
  return only === null ? null : placeOf(only);
}

/** The id in a cursor; `null`: from the first page on. @throws Refusal like `placeOfCursor` */
export function idOfCursor(cursor: string | null): number | null {
  const id = DATED.exec(cursor ?? '')?.[2];
  return id === undefined ? readCursor(cursor) : Number(id);
}

const DATED = /^(-?\d{1,19})_([1-9]\d{0,15})$/;
