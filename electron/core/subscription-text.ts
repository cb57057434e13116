import type { SubscriptionJson } from '../contract/http.ts';
import type { Problem } from '../contract/problem.ts';
import { endOfString, holdsSubscription, scanObject, skipSpace } from './json-scan.ts';
import type { JsonScan } from './json-scan.ts';
import { createLineCounter } from './line-counter.ts';
import type { LineCounter } from './line-counter.ts';
import { NOT_A_SUBSCRIPTION, readSubscriptionJson } from './subscription-shape.ts';

export type SubscriptionTextRow =
  | { kind: 'row'; line: number; value: SubscriptionJson }
  | { kind: 'bad'; line: number; problem: Problem; excerpt: string };

const EXCERPT_CHARACTERS = 100;
const COPY_WHOLE = 'Copy the whole text again.';

/** A stretch of the text that is read element by element. */
interface Region {
  text: string;
  start: number;
  end: number;
  /** Inside an array each element counts; outside, text that is no JSON counts by lines. */
  inList: boolean;
  lines: LineCounter;
}

/**
 * Reads subscriptions out of pasted text: one object, an array, JSON lines, pretty-printed objects one after another,
 * and objects that hold them (`{"subscription": …}`, `{"subscriptions": […]}`). One bad row never stops the rest.
 * Never throws; takes time in proportion to the text.
 *
 * @returns rows in the order of the text; `line`: where the row starts, counted from 1. Only shapes are checked here.
 */
export function* readSubscriptionText(text: string): Generator<SubscriptionTextRow, void, undefined> {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  let count = 0;
  for (const row of readRegion({
    text,
    start,
    end: text.trimEnd().length,
    inList: false,
    lines: createLineCounter(text),
  })) {
    count += 1;
    yield row;
  }
  if (count === 0)
    yield { kind: 'bad', line: 1, problem: NOT_A_SUBSCRIPTION, excerpt: excerptOf(text, start) };
}

function* readRegion(region: Region): Generator<SubscriptionTextRow, void, undefined> {
  const { text, end, lines } = region;
  const ownDepth = region.inList ? 1 : 0;
  let at = region.start;
  let depth = ownDepth;
  let strayLine = 0;
  /** After something bad it is not known which brackets belong to it, so theirs are let be. */
  let disturbed = false;
  /** Inside an object that is broken but for its list: the depth at which its own text is passed over. */
  let wrapperDepth: number | null = null;
  for (;;) {
    at = skipSpace(text, at, end);
    if (at >= end) break;
    const char = text.charAt(at);
    if (char === ',' || char === ';') {
      at += 1;
    } else if (char === '[') {
      depth += 1;
      at += 1;
    } else if (char === ']' && depth > ownDepth) {
      depth -= 1;
      at += 1;
    } else if (char === ']' || char === '}') {
      if (wrapperDepth === depth) {
        wrapperDepth = null;
      } else if (!disturbed) {
        yield bad(region, at, notJson(`"${char}" closes what was never opened.`));
        disturbed = true;
      }
      at += 1;
    } else if (char === '{') {
      const scan = scanObject(text, at, end);
      if (scan.kind === 'broken') {
        if (scan.openList === null) disturbed = true;
        else wrapperDepth = depth;
      }
      at = yield* readObject(region, at, scan);
    } else {
      const after = endOfStray(text, at, end, depth > 0);
      const line = lines.lineAt(at);
      if (holdsSubscription(text, at, after)) yield readRow(region, at, after);
      else if (wrapperDepth !== depth && (depth > 0 || line !== strayLine)) {
        strayLine = line;
        yield bad(region, at, notJson('This is not a subscription in JSON.'));
      }
      at = after;
    }
  }
  if (depth > ownDepth && !disturbed) {
    const problem = notJson('The list is not closed: the text may be cut off.');
    const excerpt = excerptOf(text, Math.max(region.start, end - EXCERPT_CHARACTERS));
    yield { kind: 'bad', line: lines.lineAt(end - 1), problem, excerpt };
  }
}

/** Yields what an object holds and returns where reading goes on. */
function* readObject(
  region: Region,
  start: number,
  scan: JsonScan,
): Generator<SubscriptionTextRow, number, undefined> {
  const nothingFound = scan.kind === 'closed' && scan.parts.length === 0;
  if (nothingFound) yield bad(region, start, NOT_A_SUBSCRIPTION);
  if (scan.kind === 'broken' && scan.openList === null) {
    yield bad(region, start, describeBreak(region.text, start, scan));
  }
  for (const part of scan.parts) {
    if (part.kind === 'row') yield readRow(region, part.start, part.end);
    else yield* readRegion({ ...region, start: part.start + 1, end: part.end - 1, inList: true });
  }
  if (scan.kind === 'closed') return scan.end;
  if (scan.openList !== null) return scan.openList;
  const goOnFrom = scan.reason === 'too-deep' ? scan.at : (scan.parts.at(-1)?.end ?? start + 1) - 1;
  return nextObject(region.text, goOnFrom, region.end);
}

function readRow(region: Region, start: number, end: number): SubscriptionTextRow {
  const shape = readSubscriptionJson(region.text.slice(start, end));
  if (shape.kind === 'misshapen') return bad(region, start, shape.problem);
  return { kind: 'row', line: region.lines.lineAt(start), value: shape.value };
}

function bad(region: Region, at: number, problem: Problem): SubscriptionTextRow {
  return { kind: 'bad', line: region.lines.lineAt(at), problem, excerpt: excerptOf(region.text, at) };
}

function notJson(cause: string): Problem {
  return { code: 'not-json', cause, cure: COPY_WHOLE };
}

function describeBreak(text: string, start: number, scan: JsonScan & { kind: 'broken' }): Problem {
  switch (scan.reason) {
    case 'cut-off':
      return { code: 'text-cut-off', cause: 'The text ends in the middle of this row.', cure: COPY_WHOLE };
    case 'too-deep':
      return {
        code: 'too-deep',
        cause: 'There are too many brackets within brackets.',
        cure: 'Paste the subscriptions alone.',
      };
    case 'syntax': {
      const lines = text.slice(start, scan.at).split(/\r\n?|\n/).length - 1;
      const where = lines === 0 ? '' : `, ${lines} ${lines === 1 ? 'line' : 'lines'} further down`;
      return notJson(`This is not valid JSON. It breaks at \`${clean(text, scan.at, 12)}\`${where}.`);
    }
  }
}

/** The end of text that is no JSON object: of the element in a list, else of the line or before the next object. */
function endOfStray(text: string, start: number, end: number, inList: boolean): number {
  if (text.charAt(start) === '"') {
    const after = endOfString(text, start, end);
    if (after !== null) return after;
  }
  const stops = inList ? /[,[\]{}\r\n]/g : /[[{\r\n]/g;
  stops.lastIndex = start + 1;
  const stop = stops.exec(text);
  return Math.min(stop?.index ?? end, end);
}

/**
 * Where the next object may start after a broken one: at the start of a line, first in a list, or after `},`.
 * Looked for from the start of the broken one, because a missing quote or bracket can make it swallow good rows.
 */
function nextObject(text: string, start: number, end: number): number {
  let before = '';
  let last = '';
  for (let at = start; at < end; at += 1) {
    const char = text.charAt(at);
    if (char === '{' && (last === '\n' || last === '[' || (last === ',' && before === '}'))) return at;
    if (char === ' ' || char === '\t') continue;
    before = last;
    last = char === '\r' ? '\n' : char;
  }
  return end;
}

function excerptOf(text: string, at: number): string {
  return clean(text, at, EXCERPT_CHARACTERS);
}

/** A stretch of the text on one line, without control characters. */
function clean(text: string, at: number, length: number): string {
  return text
    .slice(at, at + length)
    .replaceAll(/[^\x21-\uffff]+/g, ' ')
    .trim();
}
