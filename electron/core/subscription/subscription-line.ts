import type { SubscriptionJson } from '../../contract/http.ts';
import { hasDoubledParts } from './record/parse-json.ts';
import { standardSubscription } from './subscription-shape.ts';

/** A longer line is not a single subscription, but many of them or something else. */
export const MAX_LINE = 8192;
/** How the lines of nearly all exports begin. */
export const USUAL_START = '{"endpoint":';
const COMMA = 44;

/** A longer text may be JSON itself. */
const MAX_WORD = 200;

interface ReadLine {
  readonly value: object;
  /** The same for one that is exactly what browsers give. */
  readonly standard: SubscriptionJson | null;
  readonly end: number;
}

/**
 * Reads a line that is one complete object with an endpoint, as in large files, without looking at each character.
 *
 * @param start where its `{` is
 * @param end where the text ends
 * @returns what it is and where it ends, or `null` when it is anything else: then it has to be scanned
 */
export function readLine(text: string, start: number, end: number): ReadLine | null {
  // A text of one long line must not be searched for its end from each bracket.
  const found = text.slice(start, Math.min(end, start + MAX_LINE + 1)).indexOf('\n');
  const lineEnd = found === -1 ? end : start + found;
  if (lineEnd - start > MAX_LINE) return null;
  let stop = lineEnd;
  while (stop > start && isPadding(text.charCodeAt(stop - 1))) stop -= 1;
  if (text.charAt(stop - 1) !== '}') return null;
  const json = text.slice(start, stop);
  // An escape could hide the names of the members.
  if (!json.startsWith(USUAL_START) && json.includes('\\')) return null;
  const value = parse(json);
  if (value === null || hasDoubledParts(json, value)) return null;
  const standard = standardSubscription(value);
  if (standard !== null) return { value, standard, end: stop };
  const isWhole = Object.hasOwn(value, 'endpoint') ? isFlat(value) : isWrapperOfOne(value);
  return isWhole ? { value, standard: null, end: stop } : null;
}

/** Whether it holds one subscription as browsers give it, and nothing else that could hold another. */
function isWrapperOfOne(value: object): boolean {
  let count = 0;
  for (const inner of Object.values(value) as unknown[]) {
    if (typeof inner === 'string' && inner.length > MAX_WORD) return false;
    if (typeof inner !== 'object' || inner === null) continue;
    count += 1;
    if (count > 1 || Array.isArray(inner) || standardSubscription(inner) === null) return false;
  }
  return count === 1;
}

function parse(json: string): object | null {
  try {
    return JSON.parse(json) as object;
  } catch {
    return null;
  }
}

/** Whether nothing in it is nested deeper than the keys. */
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
