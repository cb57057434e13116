/** A line with more is no subscription on a line, but many of them or something else. */
const MAX_LINE = 8192;
const USUAL_START = '{"endpoint":';
const COMMA = 44;

/**
 * Reads a line that is one whole object with an endpoint, as files of many have it, without looking at each character.
 *
 * @param start where its `{` stands
 * @param end where the text ends
 * @returns what it is and where it ends, or `null` when it is anything else: then it has to be scanned
 */
export function readLine(text: string, start: number, end: number): { value: object; end: number } | null {
  // A text of one long line is not searched for its end from each bracket.
  const found = text.slice(start, Math.min(end, start + MAX_LINE + 1)).indexOf('\n');
  const lineEnd = found === -1 ? end : start + found;
  if (lineEnd - start > MAX_LINE) return null;
  let stop = lineEnd;
  while (stop > start && isPadding(text.charCodeAt(stop - 1))) stop -= 1;
  if (text.charAt(stop - 1) !== '}') return null;
  const json = text.slice(start, stop);
  // An escape could hide what the names of the members are.
  if (!json.startsWith(USUAL_START) && json.includes('\\')) return null;
  const value = parse(json);
  if (value === null || !Object.hasOwn(value, 'endpoint') || !isFlat(value)) return null;
  return { value, end: stop };
}

function parse(json: string): object | null {
  try {
    return JSON.parse(json) as object;
  } catch {
    return null;
  }
}

/** Whether nothing is deeper in it than the keys are. */
function isFlat(value: object): boolean {
  return Object.values(value).every(
    (inner: unknown) =>
      typeof inner !== 'object' ||
      inner === null ||
      Object.values(inner).every((deepest: unknown) => typeof deepest !== 'object' || deepest === null),
  );
}

function isPadding(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === COMMA;
}
