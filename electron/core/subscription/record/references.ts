const MAX_DEPTH = 24;
/** It limits what texts cost in which everything refers to everything. */
const MAX_VISITED = 50_000;

/**
 * A tree in which one part refers to another, as caches and frameworks write them, with each part in its place: `{"__ref":"Keys:1"}` of
 * Apollo names a member of the whole, and in the lists of devalue (SvelteKit, Nuxt, Astro) a number is the place of another item.
 *
 * @returns `null`: there are no references
 */
export function withoutReferences(whole: unknown): unknown {
  const names = new Map<string, unknown>(isObject(whole) ? Object.entries(whole) : []);
  const found = { any: false };
  let visited = 0;
  const plain = (one: unknown, depth: number): unknown => {
    visited += 1;
    if (!isObject(one) || depth > MAX_DEPTH || visited > MAX_VISITED) return one;
    if (Array.isArray(one))
      return isPlaces(one) ? placed(one, 0, depth + 1) : one.map((inner) => plain(inner, depth + 1));
    const entries = Object.entries(one);
    const name: unknown = entries.find(([key]) => key === '__ref')?.[1];
    if (typeof name === 'string' && entries.length === 1 && names.has(name)) {
      found.any = true;
      return plain(names.get(name), depth + 1);
    }
    return Object.fromEntries(entries.map(([key, inner]) => [key, plain(inner, depth + 1)]));
  };
  const placed = (list: readonly unknown[], place: number, depth: number): unknown => {
    found.any = true;
    visited += 1;
    const one = list[place];
    if (!isObject(one) || depth > MAX_DEPTH || visited > MAX_VISITED) return one;
    const at = (inner: unknown) => (isPlace(inner, list) ? placed(list, inner, depth + 1) : null);
    return Array.isArray(one)
      ? one.map(at)
      : Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, at(inner)]));
  };
  const result = plain(whole, 0);
  return found.any ? result : null;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isPlace = (value: unknown, list: readonly unknown[]): value is number =>
  Number.isInteger(value) && Number(value) > 0 && Number(value) < list.length;

/** A list whose first item has only places of others, one of which is an address. */
function isPlaces(list: readonly unknown[]): boolean {
  const [first] = list;
  if (!isObject(first) || !list.some((one) => typeof one === 'string' && one.startsWith('https:')))
    return false;
  const places: unknown[] = Object.values(first);
  return (
    places.length > 0 &&
    places.every((place) => isPlace(place, list) || (Number.isInteger(place) && Number(place) < 0))
  );
}
