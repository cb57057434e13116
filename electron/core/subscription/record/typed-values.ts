/** Names under which DynamoDB and Firestore put each value, with its type. */
const TYPES =
  /^(?:S|N|B|BOOL|NULL|M|L|SS|NS|(?:string|integer|double|boolean|timestamp|null|map|array|bytes|reference)Value|fields|values)$/;
/** Whether a name tells nothing but the type of what is in it. */
export const isType = (name: string): boolean => TYPES.test(name) && !/^(?:fields|values)$/.test(name);
const MAX_DEPTH = 24;

/**
 * The values of an export that says the type of each, such as `{"endpoint":{"S":"https://…"}}`, without their types.
 *
 * @returns `null`: there are none
 */
export function withoutTypes(value: unknown): unknown {
  const found = { any: false };
  const plain = (one: unknown, depth: number): unknown => {
    if (typeof one !== 'object' || one === null || depth > MAX_DEPTH) return one;
    if (Array.isArray(one)) return one.map((inner: unknown) => plain(inner, depth + 1));
    const entries = Object.entries(one);
    const [only] = entries;
    if (entries.length === 1 && only !== undefined && TYPES.test(only[0])) {
      found.any ||= isType(only[0]);
      return plain(only[1], depth + 1);
    }
    return Object.fromEntries(entries.map(([name, inner]) => [name, plain(inner, depth + 1)]));
  };
  const result = plain(value, 0);
  return found.any ? result : null;
}
