const MAX_DEPTH = 24;
const MAX_STRING = 1_000_000;

/**
 * Reads what PHP's `serialize()` writes: `a:1:{s:8:"endpoint";s:9:"https://…";}`. Lengths are in bytes of UTF-8; if one is wrong, as after
 * a search and replace in a dump, the string ends at its `";`.
 *
 * @param starts is told where each array starts
 * @returns `null` when it is something else or does not end before `limit`
 */
export function readPhpSerialized(
  text: string,
  start: number,
  limit: number,
  starts: Map<object, number>,
): { value: unknown; end: number } | null {
  const read = (at: number, depth: number): { value: unknown; end: number } | null => {
    if (depth > MAX_DEPTH || at >= limit) return null;
    const head = /^(?:N;|([bid]):(-?[\d.eE+-]{1,30});|([aOsC]):(\d{1,9}):|[rR]:\d{1,9};)/.exec(
      text.slice(at, at + 60),
    );
    if (head === null) return null;
    const [whole, scalar, number, kind, count] = head;
    const after = at + whole.length;
    if (scalar !== undefined) return { value: scalar === 'b' ? number === '1' : Number(number), end: after };
    switch (kind) {
      case undefined:
        return { value: null, end: after };
      case 's':
        return readString(after, Number(count));
      case 'a':
        return readEntries(at, after, depth);
      default: {
        // The name of the class, and how many members there are.
        const name = /^"[^"]{0,300}":\d{1,9}:/.exec(text.slice(after, after + 320));
        return name === null ? null : readEntries(at, after + name[0].length, depth);
      }
    }
  };

  const readString = (at: number, bytes: number): { value: unknown; end: number } | null => {
    // Some dumps escape the quotes.
    const quote = text.startsWith('\\"', at) ? '\\"' : '"';
    if (!text.startsWith(quote, at)) return null;
    const from = at + quote.length;
    const exact = from + bytes;
    const end = text.startsWith(`${quote};`, exact) ? exact : text.indexOf(`${quote};`, from);
    if (end === -1 || end > limit || end - from > MAX_STRING) return null;
    return { value: text.slice(from, end), end: end + quote.length + 1 };
  };

  const readEntries = (
    start_: number,
    from: number,
    depth: number,
  ): { value: unknown; end: number } | null => {
    if (text.charAt(from) !== '{') return null;
    const map = Object.create(null) as Record<string, unknown>;
    starts.set(map, start_);
    let at = from + 1;
    for (;;) {
      if (at >= limit) return null;
      if (text.charAt(at) === '}') return { value: map, end: at + 1 };
      const key = read(at, depth + 1);
      if (key === null) return null;
      const value = read(key.end, depth + 1);
      if (value === null) return null;
      // Names of private members: zero byte, class or `*`, zero byte.
      map[String(key.value).replace(/^\0[^\0]*\0/, '')] = value.value;
      at = value.end;
    }
  };
  return read(start, 0);
}
