/** Which rows are chosen, and where the next range begins. */
export interface Selected<Id> {
  /** The chosen rows, or if `isAll`, those that are left out. */
  readonly ids: ReadonlySet<Id>;
  /** All that are listed are chosen, loaded or not, except `ids`. */
  readonly isAll: boolean;
  /** The row that was toggled last: a range goes from here. */
  readonly anchor: Id | null;
  /** What `ids` was before the range that is being drawn. */
  readonly beside: ReadonlySet<Id>;
}

const NONE: ReadonlySet<never> = new Set();
export const NOTHING: Selected<never> = { ids: NONE, isAll: false, anchor: null, beside: NONE };
export const EVERYTHING: Selected<never> = { ...NOTHING, isAll: true };

/** Chooses exactly these. */
export function chosen<Id>(ids: Iterable<Id>): Selected<Id> {
  return { ...NOTHING, ids: new Set(ids) };
}

/** Adds the row, or takes it out; the next range begins here. */
export function toggled<Id>({ ids, isAll }: Selected<Id>, id: Id): Selected<Id> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, isAll, anchor: id, beside: next };
}

/**
 * Draws the range from the anchor to a row, in the order of the list, in addition to what was chosen before it. Drawn again to a nearer
 * row, it shrinks. Where there is no anchor in the list, it begins at `from`.
 */
export function drawnTo<Id>(
  { anchor, beside, ids: before, isAll }: Selected<Id>,
  list: readonly Id[],
  to: Id,
  from: Id = to,
): Selected<Id> {
  const hasAnchor = anchor !== null && list.includes(anchor);
  const start = hasAnchor ? anchor : from;
  const kept = hasAnchor ? beside : before;
  const ends = [list.indexOf(start), list.indexOf(to)].filter((index) => index >= 0);
  if (ends.length === 0) return { ids: before, isAll, anchor, beside };
  const range = list.slice(Math.min(...ends), Math.max(...ends) + 1);
  const ids = isAll ? without(kept, range) : new Set([...kept, ...range]);
  return { ids, isAll, anchor: start, beside: kept };
}

/** Without the rows that are no longer in the list: nothing stays chosen that cannot be seen. */
export function withinList<Id>(ids: ReadonlySet<Id>, list: readonly Id[]): ReadonlySet<Id> {
  if (ids.size === 0) return ids;
  const kept = list.filter((id) => ids.has(id));
  return kept.length === ids.size ? ids : new Set(kept);
}

export function without<Id>(ids: Iterable<Id>, out: Iterable<Id>): ReadonlySet<Id> {
  const left = new Set(ids);
  for (const id of out) left.delete(id);
  return left;
}
