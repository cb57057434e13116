/** Adds the row, or takes it out. */
export function toggled<Id>(selected: ReadonlySet<Id>, id: Id): Set<Id> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

/**
 * Selects all rows between two, in the order of the list, and keeps what was selected before.
 * Where the first is no longer in the list only the second is selected.
 */
export function withRange<Id>(
  selected: ReadonlySet<Id>,
  ids: readonly Id[],
  from: Id | null,
  to: Id,
): Set<Id> {
  const end = ids.indexOf(to);
  const start = from === null ? end : ids.indexOf(from);
  const [first, last] = start < 0 ? [end, end] : [Math.min(start, end), Math.max(start, end)];
  return new Set([...selected, ...ids.slice(first, last + 1)]);
}
