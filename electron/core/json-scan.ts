/** A place in the text that can hold subscriptions: one (`row`) or an array with some in it (`list`). */
export interface FoundPart {
  kind: 'row' | 'list';
  start: number;
  /** The position after its last character. */
  end: number;
}

export type JsonScan =
  | { kind: 'closed'; end: number; parts: FoundPart[] }
  | { kind: 'broken'; at: number; reason: 'syntax' | 'cut-off' | 'too-deep' };

/**
 * Deeper than any export of subscriptions. It also bounds the work: text that opens a bracket on each line is looked
 * at again from each of these lines, but at most this often.
 */
const MAX_DEPTH = 32;

type Expected = 'value' | 'value-or-close' | 'key' | 'key-or-close' | 'colon' | 'comma-or-close';

interface Frame {
  start: number;
  isArray: boolean;
  hasEndpoint: boolean;
  hasRows: boolean;
  /** How many parts had been found before it. */
  partsBefore: number;
}

const QUOTE = 34;
const BACKSLASH = 92;
const ESCAPED_ENDPOINT = '\\"endpoint\\"';

/**
 * Finds the end of the JSON object that starts at `start`, and the subscriptions in it: objects with an `endpoint`,
 * and strings that hold such an object as JSON. Checks the structure only; numbers, words and escapes are left to `JSON.parse`.
 * Reads each character once, without recursion.
 *
 * @param end where reading stops, although the text may go on
 */
export function scanObject(text: string, start: number, end: number): JsonScan {
  const parts: FoundPart[] = [];
  const frames: Frame[] = [open(start, false, 0)];
  let expected: Expected = 'key-or-close';
  let at = start + 1;
  for (;;) {
    at = skipSpace(text, at, end);
    if (at >= end) return { kind: 'broken', at: end, reason: 'cut-off' };
    const frame = frames.at(-1);
    if (frame === undefined) return { kind: 'broken', at, reason: 'syntax' };
    const char = text.charAt(at);
    const closes = char === (frame.isArray ? ']' : '}') && expected.endsWith('-close');
    if (closes) {
      at += 1;
      frames.pop();
      close(frame, at, parts, frames.at(-1));
      if (frames.length === 0) return { kind: 'closed', end: at, parts };
      expected = 'comma-or-close';
      continue;
    }
    switch (expected) {
      case 'comma-or-close':
        if (char !== ',') return { kind: 'broken', at, reason: 'syntax' };
        at += 1;
        expected = frame.isArray ? 'value' : 'key';
        break;
      case 'colon':
        if (char !== ':') return { kind: 'broken', at, reason: 'syntax' };
        at += 1;
        expected = 'value';
        break;
      case 'key':
      case 'key-or-close': {
        const after = char === '"' ? endOfString(text, at, end) : null;
        if (after === null) return { kind: 'broken', at, reason: 'syntax' };
        if (after - at === 10 && text.startsWith('"endpoint"', at)) frame.hasEndpoint = true;
        at = after;
        expected = 'colon';
        break;
      }
      case 'value':
      case 'value-or-close': {
        if (char === '{' || char === '[') {
          if (frames.length >= MAX_DEPTH) return { kind: 'broken', at, reason: 'too-deep' };
          frames.push(open(at, char === '[', parts.length));
          at += 1;
          expected = char === '[' ? 'value-or-close' : 'key-or-close';
          break;
        }
        const after = char === '"' ? endOfString(text, at, end) : endOfWord(text, at, end);
        if (after === null) return { kind: 'broken', at, reason: 'syntax' };
        if (holdsSubscription(text, at, after)) {
          parts.push({ kind: 'row', start: at, end: after });
          if (frame.isArray) frame.hasRows = true;
        }
        at = after;
        expected = 'comma-or-close';
        break;
      }
    }
  }
}

function open(start: number, isArray: boolean, partsBefore: number): Frame {
  return { start, isArray, hasEndpoint: false, hasRows: false, partsBefore };
}

/** The outermost object with an endpoint is the row, and the outermost array that holds rows is the list. */
function close(frame: Frame, end: number, parts: FoundPart[], parent: Frame | undefined): void {
  if (frame.hasEndpoint || frame.hasRows) {
    parts.length = frame.partsBefore;
    parts.push({ kind: frame.hasEndpoint ? 'row' : 'list', start: frame.start, end });
  }
  if (parent?.isArray === true && parts.length > frame.partsBefore) parent.hasRows = true;
}

/** Whether the JSON string at this place looks like a subscription that was turned into JSON twice. */
export function holdsSubscription(text: string, start: number, end: number): boolean {
  return text.startsWith('"{', start) && text.slice(start, end).includes(ESCAPED_ENDPOINT);
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
  for (let at = start + 1; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === 10 || code === 13) return null;
    if (code === BACKSLASH) at += 1;
  }
  return null;
}

function endOfWord(text: string, start: number, end: number): number | null {
  let at = start;
  while (at < end && /[\w.+-]/.test(text.charAt(at))) at += 1;
  return at === start ? null : at;
}
