const OPENING = /(?:Array|[\w\\]{1,80} Object)\s{0,200}\(\s*/y;
const ENTRY = /\[([^\]\r\n]{0,200})\] =>[ \t]?/y;
const NESTED = /(?:Array|[\w\\]{1,80} Object)\s{1,200}\(/y;
/** Where a value ends: with its line, or before the next name if all are on one line. */
const END_OF_VALUE = /[\r\n]|[ \t]{1,20}(?=\[[\w:\\-]{1,80}\] =>|\)(?:\s|$))/;
/** PHP prints false as nothing. */
const IS_FLAG = /^(?:is_?)?(?:active|activated|enabled|subscribed|valid|allowed|opted_?in|consent)$/i;
const SPACE = /\s+/y;
const MAX_DEPTH = 24;

/**
 * Reads what PHP's `print_r` prints for arrays and objects: `Array ( [endpoint] => https://… )`. A value extends to the end of its line.
 *
 * @param starts is told where each array starts
 * @returns `null` when it does not end before `limit`, or is something else
 */
export function readPrintR(
  text: string,
  start: number,
  limit: number,
  starts: Map<object, number>,
): { value: unknown; end: number } | null {
  const match = (pattern: RegExp, at: number): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    return found !== null && pattern.lastIndex <= limit ? found : null;
  };
  const skip = (at: number) => at + (match(SPACE, at)?.[0].length ?? 0);

  const read = (from: number, depth: number): { value: unknown; end: number } | null => {
    const opening = match(OPENING, from);
    if (opening === null || depth > MAX_DEPTH) return null;
    const map = Object.create(null) as Record<string, unknown>;
    starts.set(map, from);
    let at = from + opening[0].length;
    for (;;) {
      at = skip(at);
      if (at >= limit) return null;
      if (text.charAt(at) === ')') return { value: map, end: at + 1 };
      const entry = match(ENTRY, at);
      if (entry === null) return null;
      // `[endpoint:Minishlink\WebPush\Subscription:private]`
      const name = (entry[1] ?? '').split(':')[0] ?? '';
      at += entry[0].length;
      if (match(NESTED, at) === null) {
        const found = text.slice(at - 1, Math.min(limit, at + 10_000)).search(END_OF_VALUE) - 1;
        if (found < -1) return null;
        const value = text.slice(at, at + Math.max(0, found)).trim();
        map[name] = value === '' && IS_FLAG.test(name) ? false : value;
        at += Math.max(0, found);
      } else {
        const inner = read(at, depth + 1);
        if (inner === null) return null;
        map[name] = inner.value;
        at = inner.end;
      }
    }
  };
  return read(start, 0);
}
