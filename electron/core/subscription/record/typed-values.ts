/** Names under which DynamoDB and Firestore put each value, with its type. */
const TYPES =
  /^(?:S|N|B|BOOL|NULL|M|L|SS|NS|(?:string|integer|double|boolean|timestamp|null|map|array|bytes|reference)Value|fields|values)$/;
/** Whether a name tells only the type of its value. */
export const isType = (name: string): boolean => TYPES.test(name) && !/^(?:fields|values)$/.test(name);
const MAX_DEPTH = 24;

/**
 * The values of an export that gives the type of each, such as `{"endpoint":{"S":"https://…"}}`, without their types.
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
    const notion = notionValue(entries);
    if (notion !== undefined) {
      found.any = true;
      return notion;
    }
    if (entries.length === 1 && only !== undefined && TYPES.test(only[0])) {
      found.any ||= isType(only[0]);
      if (/^(?:NULL|nullValue)$/.test(only[0])) return null;
      return plain(only[1], depth + 1);
    }
    return Object.fromEntries(entries.map(([name, inner]) => [name, plain(inner, depth + 1)]));
  };
  const result = plain(value, 0);
  return found.any ? result : null;
}

/** A property of Notion, which names its type and has its value under that name: texts in pieces, choices with names. */
function notionValue(entries: readonly [string, unknown][]): unknown {
  const named = new Map(entries);
  const type = named.get('type');
  if (typeof type !== 'string' || !named.has(type) || entries.length > 4) return undefined;
  const value = named.get(type);
  if (!Array.isArray(value)) return nameOf(value) ?? value;
  const texts = value.map((one: unknown) => textOf(one));
  return texts.every((text) => text !== null) && texts.length > 0
    ? texts.join('')
    : value.map((one) => nameOf(one));
}

const memberOf = (value: unknown, name: string): string | null => {
  const found: unknown =
    typeof value === 'object' && value !== null
      ? new Map<string, unknown>(Object.entries(value)).get(name)
      : null;
  return typeof found === 'string' ? found : null;
};
const textOf = (value: unknown) => memberOf(value, 'plain_text');
const nameOf = (value: unknown) => memberOf(value, 'name');
