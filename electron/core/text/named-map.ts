/** What is added to the names of what is said of somebody else. */
export const OF_ANOTHER = ' 2';
const PART = /endpoint|p256dh|auth|^keys$/i;

/**
 * An object that is read name by name. Where a name comes again, the last value counts; but where an endpoint or a key comes again with
 * another value, the end of one person and the beginning of the next are lost between them: what the first said is kept, and what follows
 * gets names of its own.
 */
export function createNamedMap(): {
  readonly map: Record<string, unknown>;
  readonly add: (name: string, value: unknown) => void;
} {
  const map = Object.create(null) as Record<string, unknown>;
  const first = new Map<string, unknown>();
  let isAnother = false;
  const add = (name: string, value: unknown) => {
    const isAgain = name in map && JSON.stringify(map[name]) !== JSON.stringify(value);
    if (isAgain && !isAnother) {
      if (!first.has(name)) first.set(name, map[name]);
      isAnother = PART.test(name);
      if (isAnother) for (const [known, before] of first) map[known] = before;
    }
    map[isAnother ? name + OF_ANOTHER : name] = value;
  };
  return { map, add };
}
