import { readLooseLiteral } from '../../text/loose-literal.ts';

const PART = /"(?:endpoint|p256dh|auth|keys)"\s*:/g;
const IS_PART: ReadonlySet<string> = new Set(['endpoint', 'p256dh', 'auth', 'keys']);

/**
 * The value of a JSON text; `undefined` if it is not JSON. Of a part of a subscription that comes twice in one object, `JSON.parse` gives
 * the last: then each has a name of its own here.
 */
export function parseJson(text: string): unknown {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || !hasDoubledParts(text, value)) return value;
  const read = readLooseLiteral(text, text.search(/\S/), text.length);
  return read.kind === 'read' ? read.value : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether a text has more parts of subscriptions than the value that it was parsed to. */
export function hasDoubledParts(text: string, value: object): boolean {
  if (!isTwice(text, '"endpoint"') && !isTwice(text, '"p256dh"') && !isTwice(text, '"auth"')) return false;
  const written = text.match(PART)?.length ?? 0;
  return written > countParts(value);
}

const isTwice = (text: string, name: string): boolean => text.indexOf(name) !== text.lastIndexOf(name);

function countParts(value: object): number {
  let count = 0;
  for (const [name, one] of Object.entries(value) as [string, unknown][]) {
    if (IS_PART.has(name) && !Array.isArray(value)) count += 1;
    if (typeof one === 'object' && one !== null) count += countParts(one);
  }
  return count;
}
