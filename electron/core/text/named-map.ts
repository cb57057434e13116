const PART = /endpoint|p256dh|auth|^keys$/i;
const OF_ANOTHER = / \(\d+\)(?=\.|$)/;

/** A name for what is said of somebody else. */
const ofAnother = (name: string, number: number): string => `${name} (${number})`;

/** The same for what has no name that it would have to differ from. */
export const OF_SECOND = ofAnother('', 2);

/** Whether a name in a record, or one on the way to it, is for what is said of somebody else. */
export const isOfAnother = (path: string): boolean => OF_ANOTHER.test(path);

/**
 * An object that is read name by name. Where a name comes again, the last value counts; but where an endpoint or a key comes again with
 * another value, the end of one person and the beginning of the next are lost between them: what the first said is kept, and what follows
 * gets names of its own. So does each of several objects with addresses.
 */
export function createNamedMap(): {
  readonly map: Record<string, unknown>;
  readonly add: (name: string, value: unknown) => void;
  /** The same for an object without a sign between its name and its bracket: `Sub{…}, Sub{…}` of Go and others is a list. */
  readonly addBlock: (name: string, value: unknown) => void;
} {
  const map = Object.create(null) as Record<string, unknown>;
  const first = new Map<string, unknown>();
  const numbers = new Map<string, number>();
  let number = 1;
  const called = (name: string) => (number === 1 ? name : ofAnother(name, number));
  const blocks = new Map<string, unknown[]>();
  const add = (name: string, value: unknown) => {
    const known = map[called(name)];
    if (known !== undefined || called(name) in map) {
      const again = JSON.stringify(value);
      if (JSON.stringify(known) === again) return;
      if (PART.test(name)) {
        if (number === 1) for (const [one, before] of first) map[one] = before;
        number += 1;
      } else if (typeof value === 'object' && /https?:/i.test(again)) {
        const next = Math.max(number, numbers.get(name) ?? 1) + 1;
        numbers.set(name, next);
        map[ofAnother(name, next)] = value;
        return;
      } else if (number === 1 && !first.has(name)) first.set(name, known);
    }
    map[called(name)] = value;
  };
  const addBlock = (name: string, value: unknown) => {
    const known = PART.test(name) || number > 1 ? undefined : blocks.get(name);
    if (known === undefined) {
      blocks.set(name, [value]);
      add(name, value);
      return;
    }
    known.push(value);
    map[name] = known;
  };
  return { map, add, addBlock };
}
