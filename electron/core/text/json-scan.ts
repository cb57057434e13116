/** A place in the text that can hold subscriptions: one (`row`) or an array with some in it (`list`). */
export interface FoundPart {
  kind: 'row' | 'list';
  start: number;
  /** The position after its last character. */
  end: number;
}

/**
 * `parts`: the outermost places that hold subscriptions, complete ones only. `openList`: where the array that was being read at the break
 * starts, if it holds objects and is not within a subscription.
 */
export type JsonScan =
  | { kind: 'closed'; end: number; parts: FoundPart[] }
  | {
      kind: 'broken';
      at: number;
      reason: 'syntax' | 'cut-off' | 'too-deep';
      parts: FoundPart[];
      openList: number | null;
    };

/**
 * Deeper than any export of subscriptions. It also limits the work: text that opens a bracket on each line is looked at again from each of
 * these lines, but at most this often.
 */
const MAX_DEPTH = 20;

type Expected = 'value' | 'value-or-close' | 'key' | 'key-or-close' | 'colon' | 'comma-or-close';

interface Frame {
  parent: Frame | null;
  depth: number;
  start: number;
  isArray: boolean;
  hasEndpoint: boolean;
  hasRows: boolean;
  /** How many parts were found before it. */
  partsBefore: number;
}

const QUOTE = 34;
const BACKSLASH = 92;
const ENDPOINT_KEY = '"endpoint"';
const ESCAPED_ENDPOINT_KEY = '\\"endpoint\\"';
const WORD = /[\w.+-]/;

/**
 * Finds the end of the JSON object that starts at `start`, and the subscriptions in it: objects with an `endpoint`, and strings that hold
 * such an object as JSON. Checks the structure only; numbers, words and escapes are left to `JSON.parse`. Reads each character once,
 * without recursion.
 *
 * @param end where reading stops, even if the text goes on
 */
export function scanObject(text: string, start: number, end: number): JsonScan {
  const parts: FoundPart[] = [];
  let frame = open(null, start, false, parts);
  let expected: Expected = 'key-or-close';
  let at = start + 1;
  const broken = (reason: 'syntax' | 'cut-off' | 'too-deep'): JsonScan =>
    breakOff(text, frame, parts, at, reason);

  for (;;) {
    at = skipSpace(text, at, end);
    if (at >= end) return broken('cut-off');
    const char = text.charAt(at);
    if (char === (frame.isArray ? ']' : '}') && expected.endsWith('-close')) {
      at += 1;
      close(frame, at, parts);
      if (frame.parent === null) return { kind: 'closed', end: at, parts };
      frame = frame.parent;
      expected = 'comma-or-close';
      continue;
    }
    switch (expected) {
      case 'comma-or-close':
        if (char !== ',') return broken('syntax');
        at += 1;
        expected = frame.isArray ? 'value' : 'key';
        break;
      case 'colon':
        if (char !== ':') return broken('syntax');
        at += 1;
        expected = 'value';
        break;
      case 'key':
      case 'key-or-close': {
        const after = char === '"' ? endOfString(text, at, end) : null;
        if (after === null) return broken('syntax');
        if (after - at === ENDPOINT_KEY.length && text.startsWith(ENDPOINT_KEY, at)) frame.hasEndpoint = true;
        at = after;
        expected = 'colon';
        break;
      }
      case 'value':
      case 'value-or-close': {
        if (char === '{' || char === '[') {
          if (frame.depth >= MAX_DEPTH) return broken('too-deep');
          frame = open(frame, at, char === '[', parts);
          expected = frame.isArray ? 'value-or-close' : 'key-or-close';
          at += 1;
          break;
        }
        const after = char === '"' ? endOfString(text, at, end) : endOfWord(text, at, end);
        if (after === null) return broken('syntax');
        if (holdsSubscription(text, at, after)) {
          parts.push({ kind: 'row', start: at, end: after });
          frame.hasRows = frame.isArray;
        }
        at = after;
        expected = 'comma-or-close';
        break;
      }
    }
  }
}

function open(parent: Frame | null, start: number, isArray: boolean, parts: FoundPart[]): Frame {
  const depth = parent === null ? 1 : parent.depth + 1;
  return { parent, depth, start, isArray, hasEndpoint: false, hasRows: false, partsBefore: parts.length };
}

/** The outermost object with an endpoint is the row, and the outermost array that holds rows is the list. */
function close(frame: Frame, end: number, parts: FoundPart[]): void {
  if (frame.hasEndpoint || frame.hasRows) {
    parts.length = frame.partsBefore;
    parts.push({ kind: frame.hasEndpoint ? 'row' : 'list', start: frame.start, end });
  }
  if (frame.parent?.isArray === true && parts.length > frame.partsBefore) frame.parent.hasRows = true;
}

function breakOff(
  text: string,
  innermost: Frame,
  parts: FoundPart[],
  at: number,
  reason: 'syntax' | 'cut-off' | 'too-deep',
): JsonScan {
  let list: Frame | null = null;
  let inSubscription = false;
  for (let frame: Frame | null = innermost; frame !== null; frame = frame.parent) {
    if (frame.isArray) {
      list = frame;
      inSubscription = false;
    }
    if (frame.hasEndpoint) inSubscription = true;
  }
  if (inSubscription) return { kind: 'broken', at, reason, parts: [], openList: null };
  const holdsObjects = list !== null && text.charAt(skipSpace(text, list.start + 1, at)) === '{';
  if (list === null || !holdsObjects) return { kind: 'broken', at, reason, parts, openList: null };
  return { kind: 'broken', at, reason, parts: parts.slice(0, list.partsBefore), openList: list.start };
}

/** Whether the JSON string at this place looks like a subscription that was turned into JSON twice. */
export function holdsSubscription(text: string, start: number, end: number): boolean {
  return text.startsWith('"{', start) && text.slice(start, end).includes(ESCAPED_ENDPOINT_KEY);
}

/** The position after the spaces, or `end`. */
export function skipSpace(text: string, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) break;
    at += 1;
  }
  return at;
}

/** The position after the closing quote, or `null` when the string does not end on its line. */
export function endOfString(text: string, start: number, end: number): number | null {
  let escaped = false;
  for (let at = start + 1; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return null;
    if (code === QUOTE && !escaped) return at + 1;
    escaped = code === BACKSLASH && !escaped;
  }
  return null;
}

function endOfWord(text: string, start: number, end: number): number | null {
  let at = start;
  while (at < end && WORD.test(text.charAt(at))) at += 1;
  return at === start ? null : at;
}
