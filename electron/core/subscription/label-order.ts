import type { FieldRoles } from './record/field-role.ts';

/** The order in which labels repeat, line after line, with nothing between one subscription and the next. */
export interface LabelOrder {
  readonly names: readonly string[];
  /** Labels that may be of the one above as well as of the one below: the text begins or ends in the middle of one. */
  readonly unclear: ReadonlySet<string>;
}

/**
 * Finds it where most of the text keeps to it, and the endpoint of each comes before its keys: in any other order, a text that was cut at
 * both ends would look the same as a whole one.
 *
 * @param labels those of all lines
 * @param isAll whether the last one is the last of the text
 */
export function labelOrderOf(
  labels: readonly string[],
  roles: FieldRoles,
  isAll: boolean,
): LabelOrder | null {
  const all = new Set(labels);
  if (labels.length < all.size * 2) return null;
  const partsOf = (part: string) => [...all].filter((name) => roles.of(name)?.role === part);
  const [endpoint, ...others] = partsOf('endpoint');
  const keys = [...partsOf('p256dh'), ...partsOf('auth')];
  if (endpoint === undefined || others.length > 0 || keys.length !== 2) return null;
  const cycle = usualCycle(labels, all.size, endpoint);
  if (cycle === null) return null;
  const from = (first: number) => [...cycle.slice(first), ...cycle.slice(0, first)];
  const isClear = (names: readonly string[]) =>
    keys.every((key) => names.indexOf(key) > names.indexOf(endpoint));
  const start = from(cycle.indexOf(labels[0] ?? ''));
  const end = isAll ? from((cycle.indexOf(labels.at(-1) ?? '') + 1) % cycle.length) : start;
  // Keys right above the first endpoint may be its own, of a text in which keys come first.
  const above = start.slice(Math.min(...keys.map((key) => start.indexOf(key))), start.indexOf(endpoint));
  const isRest = isClear(end) && above.some((name) => !keys.includes(name));
  const names = isClear(start) ? start : isRest ? end : null;
  if (names === null) return null;
  const span = [endpoint, ...keys].map((name) => names.indexOf(name));
  const outside = names.filter((_, place) => place < Math.min(...span) || place > Math.max(...span));
  return { names, unclear: new Set(start[0] === end[0] ? [] : outside) };
}

/** What follows what, from the endpoint on, in more than half of the text. */
function usualCycle(labels: readonly string[], length: number, endpoint: string): readonly string[] | null {
  const counts = new Map<string, { names: readonly string[]; count: number }>();
  const windows = labels.length - length + 1;
  for (let at = 0; at < windows; at += 1) {
    const some = labels.slice(at, at + length);
    const first = some.indexOf(endpoint);
    if (first === -1 || new Set(some).size < length) continue;
    const names = [...some.slice(first), ...some.slice(0, first)];
    const key = names.join('\n');
    counts.set(key, { names, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const usual = [...counts.values()].find(({ count }) => count * 2 > windows);
  return usual?.names ?? null;
}
