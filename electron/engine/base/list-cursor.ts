import { Refusal } from '../../contract/problem.ts';

/**
 * The id that a cursor stands for; `null` for the first page. Lists are paged by the id of the last row that was given out.
 *
 * @throws Refusal BAD_INPUT for a cursor that none of our lists gave out
 */
export function readCursor(cursor: string | null): number | null {
  if (cursor === null) return null;
  if (/^[1-9]\d{0,15}$/.test(cursor)) return Number(cursor);
  throw new Refusal('BAD_INPUT', {
    code: 'cursor-unknown',
    cause: 'This cursor is not valid here.',
    cure: 'Start again from the first page.',
    field: 'cursor',
  });
}

/** The id below which a page of a list that goes from new to old begins. @throws Refusal like `readCursor` */
export function positionOf(cursor: string | null): number {
  return readCursor(cursor) ?? Number.MAX_SAFE_INTEGER;
}
