import type { SubscriptionJson } from '../../contract/http.ts';
import type { Person } from '../../contract/people.ts';
import type { Problem } from '../../contract/problem.ts';
import { endOfString, holdsSubscription, scanObject, skipSpace } from '../text/json-scan.ts';
import type { JsonScan } from '../text/json-scan.ts';
import type { LineCounter } from '../text/line-counter.ts';
import { readLine } from './subscription-line.ts';
import { NOT_A_SUBSCRIPTION, readSubscriptionJson } from './subscription-shape.ts';
import { visibleText } from '../text/visible-text.ts';

/** A subscription that stands in a text, and what the text says beside it. */
export interface FoundSubscription {
  kind: 'row';
  line: number;
  value: SubscriptionJson;
  /** Whose it is; `null` where the text does not say. */
  person: Person | null;
  /** The VAPID public key that it was made with, unpadded base64url; `null` where the text does not say. */
  publicKey: string | null;
  /** When it was made, in milliseconds since 1970; `null` where the text does not say. */
  addedAt: number | null;
  /** What a person should know about how it was read. */
  remark: string | null;
}

export type SubscriptionTextRow =
  FoundSubscription | { kind: 'bad'; line: number; problem: Problem; excerpt: string };

/** What a text says beside a subscription that stands there alone. */
const NOTHING_BESIDE = { person: null, publicKey: null, addedAt: null, remark: null };

export const EXCERPT_CHARACTERS = 100;
const BREAK_CHARACTERS = 12;
const COPY_WHOLE = 'Copy the whole text again.';

/** A stretch of the text that is read element by element. */
export interface Region {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Inside an array each element counts; outside, text that is no JSON counts by lines. */
  readonly inList: boolean;
  readonly lines: LineCounter;
  readonly emit: (row: SubscriptionTextRow) => void;
  /** How far the text was looked at. Beyond its end: more text could have led to something else. */
  readonly reach: { to: number };
}

/** Where the reading of a region stands between two elements. */
export interface Standing {
  depth: number;
  strayLine: number;
  /** After something bad it is not known which brackets belong to it, so theirs are let be. */
  disturbed: boolean;
  /** Inside an object that is broken but for its list: the depth at which its own text is passed over. */
  wrapperDepth: number | null;
}

export function standingAtStart(inList: boolean): Standing {
  return { depth: ownDepth(inList), strayLine: 0, disturbed: false, wrapperDepth: null };
}

function readRegion(region: Region): void {
  const standing = standingAtStart(region.inList);
  let at = skipSpace(region.text, region.start, region.end);
  while (at < region.end) at = skipSpace(region.text, readElement(region, standing, at), region.end);
  endRegion(region, standing);
}

/** Says so when a list was never closed. */
export function endRegion(region: Region, standing: Standing): void {
  if (standing.depth <= ownDepth(region.inList) || standing.disturbed) return;
  const excerpt = excerptOf(region.text, Math.max(region.start, region.end - EXCERPT_CHARACTERS));
  const problem = notJson('The list is not closed: the text may be cut off.');
  region.emit({ kind: 'bad', line: region.lines.lineAt(region.end - 1), problem, excerpt });
}

/** Reads what starts at `at`, which is no space, hands over the rows in it, and returns where the next one may start. */
export function readElement(region: Region, standing: Standing, at: number): number {
  const { text, end } = region;
  const char = text.charAt(at);
  switch (char) {
    case ',':
    case ';':
      return at + 1;
    case '[':
      standing.depth += 1;
      return at + 1;
    case ']':
    case '}':
      readClosing(region, standing, at, char);
      return at + 1;
    case '{': {
      const line = readLine(text, at, end);
      if (line !== null) {
        if (line.shape.kind === 'misshapen') emitBad(region, at, line.shape.problem, line.end);
        else
          region.emit({
            kind: 'row',
            line: region.lines.lineAt(at),
            value: line.shape.value,
            ...NOTHING_BESIDE,
          });
        return line.end;
      }
      const scan = scanObject(text, at, end);
      if (scan.kind === 'broken') {
        if (scan.openList === null) standing.disturbed = true;
        else standing.wrapperDepth = standing.depth;
      }
      return readObject(region, at, scan);
    }
    default:
      return readStray(region, standing, at);
  }
}

function readClosing(region: Region, standing: Standing, at: number, char: string): void {
  if (char === ']' && standing.depth > ownDepth(region.inList)) standing.depth -= 1;
  else if (standing.wrapperDepth === standing.depth) standing.wrapperDepth = null;
  else if (!standing.disturbed) {
    emitBad(region, at, notJson(`"${char}" has no opening bracket.`));
    standing.disturbed = true;
  }
}

function readStray(region: Region, standing: Standing, at: number): number {
  const { text, end, lines } = region;
  const after = endOfStray(region, at, standing.depth > 0);
  if (after >= end) region.reach.to = Infinity;
  const line = lines.lineAt(at);
  if (holdsSubscription(text, at, after)) emitRow(region, at, after);
  else if (standing.wrapperDepth !== standing.depth && (standing.depth > 0 || line !== standing.strayLine)) {
    standing.strayLine = line;
    emitBad(region, at, notJson('This is not a subscription in JSON.'), after);
  }
  return after;
}

/** Hands over what an object holds and returns where reading goes on. */
function readObject(region: Region, start: number, scan: JsonScan): number {
  const { text, end } = region;
  const nothingFound = scan.kind === 'closed' && scan.parts.length === 0;
  if (nothingFound) emitBad(region, start, NOT_A_SUBSCRIPTION, scan.end);
  if (scan.kind === 'broken') {
    if (brokeAtTheEnd(text, scan, end)) region.reach.to = Infinity;
    if (scan.openList === null) emitBad(region, start, describeBreak(region, start, scan));
  }
  for (const part of scan.parts) {
    if (part.kind === 'row') emitRow(region, part.start, part.end);
    else readRegion({ ...region, start: part.start + 1, end: part.end - 1, inList: true });
  }
  if (scan.kind === 'closed') return scan.end;
  if (scan.openList !== null) return scan.openList;
  const goOnFrom = scan.reason === 'too-deep' ? scan.at : (scan.parts.at(-1)?.end ?? start + 1) - 1;
  const next = nextObject(text, goOnFrom, end);
  if (next >= end) region.reach.to = Infinity;
  return next;
}

/** Whether it might be whole if the text went on. */
function brokeAtTheEnd(text: string, scan: JsonScan & { kind: 'broken' }, end: number): boolean {
  if (scan.reason === 'cut-off') return true;
  return text.charAt(scan.at) === '"' && !/[\r\n]/.test(text.slice(scan.at, end));
}

function emitRow(region: Region, start: number, end: number): void {
  const shape = readSubscriptionJson(region.text.slice(start, end));
  if (shape.kind === 'misshapen') emitBad(region, start, shape.problem, end);
  else region.emit({ kind: 'row', line: region.lines.lineAt(start), value: shape.value, ...NOTHING_BESIDE });
}

/** @param end where what is bad ends, if that is known: the excerpt shows nothing of the next one */
function emitBad(region: Region, at: number, problem: Problem, end = region.end): void {
  region.reach.to = Math.max(region.reach.to, at + EXCERPT_CHARACTERS);
  const excerpt = clean(region.text, at, Math.min(EXCERPT_CHARACTERS, end - at));
  region.emit({ kind: 'bad', line: region.lines.lineAt(at), problem, excerpt });
}

function ownDepth(inList: boolean): number {
  return inList ? 1 : 0;
}

function notJson(cause: string): Problem {
  return { code: 'not-json', cause, cure: COPY_WHOLE };
}

function describeBreak(region: Region, start: number, scan: JsonScan & { kind: 'broken' }): Problem {
  switch (scan.reason) {
    case 'cut-off':
      return { code: 'text-cut-off', cause: 'The text ends in the middle of this row.', cure: COPY_WHOLE };
    case 'too-deep':
      return {
        code: 'too-deep',
        cause: 'The brackets are nested too deeply.',
        cure: 'Paste only the subscriptions.',
      };
    case 'syntax': {
      region.reach.to = Math.max(region.reach.to, scan.at + BREAK_CHARACTERS);
      const lines = region.text.slice(start, scan.at).split(/\r\n?|\n/).length - 1;
      const where = lines === 0 ? '' : `, ${lines} ${lines === 1 ? 'line' : 'lines'} further down`;
      return notJson(
        `This is not valid JSON. It breaks at \`${clean(region.text, scan.at, BREAK_CHARACTERS)}\`${where}.`,
      );
    }
  }
}

/** The end of text that is no JSON object: of the element in a list, else of the line or before the next object. */
function endOfStray({ text, end, reach }: Region, start: number, inList: boolean): number {
  if (text.charAt(start) === '"') {
    const after = endOfString(text, start, end);
    if (after !== null) return after;
    // Its line may go on, with the closing quote.
    if (!/[\r\n]/.test(text.slice(start, end))) reach.to = Infinity;
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

export function excerptOf(text: string, at: number): string {
  return clean(text, at, EXCERPT_CHARACTERS);
}

/** A stretch of the text on one line, without control characters. */
function clean(text: string, at: number, length: number): string {
  return visibleText(
    text
      .slice(at, at + length)
      .replaceAll(/[^\x21-\uffff]+/g, ' ')
      .trim(),
  );
}
