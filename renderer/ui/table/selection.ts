/** Which rows are chosen, and where the next range begins. */
export interface Selected<Id> {
  readonly ids: ReadonlySet<Id>;
  /** The row that was toggled last: a range goes from here. */
  readonly anchor: Id | null;
  /** What was chosen before the range that is being drawn. */
  readonly beside: ReadonlySet<Id>;
}

const NONE: ReadonlySet<never> = new Set();
export const NOTHING: Selected<never> = { ids: NONE, anchor: null, beside: NONE };

/** Chooses exactly these. */
export function chosen<Id>(ids: Iterable<Id>): Selected<Id> {
  return { ids: new Set(ids), anchor: null, beside: NONE };
}

/** Adds the row, or takes it out; the next range begins here. */
export function toggled<Id>({ ids }: Selected<Id>, id: Id): Selected<Id> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id, beside: next };
}

/**
 * Draws the range from the anchor to a row, in the order of the list, beside what was chosen before it. Drawn again to a nearer row, it
 * shrinks. Where there is no anchor in the list, it begins at `from`.
 */
export function drawnTo<Id>(
  { anchor, beside, ids: before }: Selected<Id>,
  list: readonly Id[],
  to: Id,
  from: Id = to,
): Selected<Id> {
  const hasAnchor = anchor !== null && list.includes(anchor);
  const start = hasAnchor ? anchor : from;
  const kept = hasAnchor ? beside : before;
  const ends = [list.indexOf(start), list.indexOf(to)].filter((index) => index >= 0);
  if (ends.length === 0) return { ids: before, anchor, beside };
  const range = list.slice(Math.min(...ends), Math.max(...ends) + 1);
  return { ids: new Set([...kept, ...range]), anchor: start, beside: kept };
}

/** Without the rows that are no longer in the list: nothing stays chosen that cannot be seen. */
export function withinList<Id>(ids: ReadonlySet<Id>, list: readonly Id[]): ReadonlySet<Id> {
  if (ids.size === 0) return ids;
  const kept = list.filter((id) => ids.has(id));
  return kept.length === ids.size ? ids : new Set(kept);
}
