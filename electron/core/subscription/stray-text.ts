import { endOfString } from '../text/json-scan.ts';
import { readLooseLiteral } from '../text/loose-literal.ts';
import { readPhpSerialized } from '../text/php-serialized.ts';
import { notJson } from './broken-literal.ts';
import { createClosingLines } from './closing-lines.ts';
import { openSection, readApartLines } from './apart-lines.ts';
import { UNCLEAR } from './unclear.ts';
import { emitRecords } from './emit-records.ts';
import {
  readArguments,
  readInlinePairs,
  readLabelledLines,
  readUnnamed,
  isSection,
  splitLabel,
  type NamedValues,
} from './record/labelled-lines.ts';
import { formFields } from './record/form-fields.ts';
import { personInText } from './record/left-in-text.ts';
import { isNameAlone } from './record/name-line.ts';
import { parseJson } from './record/parse-json.ts';
import { readRecord } from './record/read-record.ts';
import { findRecords } from './record/find-records.ts';
import { isKnownEndpoint } from './record/known-endpoint.ts';
import { isTorn } from './record/torn.ts';
import { emitBad, EXCERPT_CHARACTERS, hearLine, passOver, type Region, type Standing } from './region.ts';
import { readStatement } from './sql-element.ts';
import { ENDPOINT_ALONE, NOT_A_SUBSCRIPTION } from './subscription-shape.ts';
import { MAY_GO_ON, mayGoOn } from './wrapped-values.ts';

/** Where text that is not a literal stops: at a bracket, at the end of its line, or where another form starts. */
const STOPS =
  /[[{\r\n]|\b(?:INSERT|REPLACE|COPY|CREATE)\s|\bUPDATE\s{1,9}\S{1,80}\s{1,9}SET\s|(?:\bArray|\b[\w\\]{1,80} Object)\s{0,20}\(|\barray\s{0,20}\(|\b[aO]:\d+:["{]/gi;
const LINE_STOPS = /[\r\n]|\*\//g;
/** A remark by whoever wrote the list. */
const COMMENT = /^(?:\/\/|#\s|\/\*)/;
const LIST_STOPS = /[,[\]{}\r\n]|\barray\s{0,20}\(/g;
/** An object as languages print it: `Sub(id=1, …`, `RealDictRow([(…`, `#<struct Sub a=…`, `PushSub[userId=5`. */
const PRINTED =
  /\barray:\d{1,9} \[|#<(?:struct |data )?[A-Z][\w:]{0,100}(?=[\s:@])|<[A-Z][\w.]{0,100}\(|\b(?:[a-z]\w{0,40}\.)?(?:[A-Z]\w{1,80}|defaultdict|deque)(?:[.:$\\]{1,2}\w{1,80})?(?:\((?=[[({<]|\s{0,80}(?:["']?\w{1,60}["']?\s?[=:]|[A-Z]\w{0,60}\())|\[(?=\w{1,60}=))/y;
const ANY_PRINTED = new RegExp(PRINTED.source, 'g');
const PHP_DUMP = /(?:array\s{0,20}\(|[\w\\]{1,80} Object\s{0,20}\(|object\s{0,20}\()/iy;
const SERIALIZED = /[aO]:\d+:["{]/y;
const MAX_SERIALIZED = 4_000_000;
/** What consoles print in place of the rest of a list. */
const LEFT_OUT =
  /^["'\s]*(?:\.{3}|…)["'\s]*$|^["'\s]*(?:\.{3}|…)[\s(]*(?:\d+ (?:more|others)|remaining|and \d+|truncated)/i;
const CUT_LIST = {
  code: 'list-shortened',
  cause: 'The list was shortened when it was printed: the rest of it isn’t here.',
  cure: 'Print all of it, best into a file as JSON, and import that.',
};
const EXPORT_JSON = 'Export or print it as JSON, and import that.';
const KEYS_NEAR = { ...UNCLEAR, code: 'keys-near' };
/** How far from an endpoint its keys may be. */
const NEAR = 190;
/** A request, or the head of an answer. */
const TRANSCRIPT =
  /^\W{0,9}(?:curl|https?|xh|wget|Invoke-\w+) |^(?:POST|PUT|PATCH) \S+|^[<* ]{0,3}HTTP\/[\d.]{1,3} \d{3}\b/;
const MAX_BLOCK = 8000;
/** The subscriptions of all browsers of a person fit in. */
const MAX_FORM = 64_000;
const MAX_HEAD = 300;
const HEAD_SO_FAR = /^#?<?(?:struct |data )?[\w.:$\\]{0,160}[([]?\s*["'\w]{0,60}\s?$/;
const MAX_INDEX = 40;
const MAX_COMMAND = 20_000;
const LABEL = /[ \t>|*•#<-]*["'`[:@$]*[\p{L}_][\p{L}\p{N}_.\- ]{0,40}["'`\]]*(?:\s*(?:=>|[:=|>(])|\t)/uy;
const ENDPOINT_LINE =
  /(?:endpoint|identifier|\bur[il])(?:_?\d{1,3})?["'`]?(?::[\w\\]+)?["'`\]]{0,2}(?:[ \t]*(?:=>|[:=>|])| *\t)[ \t]*["'`<]?https?:|^[ \t]*\p{L}[\p{L} ]{0,28}\p{L}(?:[ \t]*[:=]| *\t)[ \t]*https:\/\/(?:fcm\.googleapis|[\w.-]{1,60}\.(?:mozilla|apple|windows))\.com\//iu;
const ALONE = /^\W{0,3}(https:\/\/[^\s"'<>]{20,4096})\W{0,3}$/;
const STATEMENT = /^\s*(?:INSERT|REPLACE|UPDATE|DELETE|SELECT|CREATE)\s/i;
const MANY_LINES = 60;
const BLANK = /[ \t\r\n]/;
const BLANKS = /[ \t\r\n]+/g;

/** Reads text that does not begin with a bracket: other forms within it, a string of JSON, or prose, which is skipped. */
export function readStray(region: Region, standing: Standing, at: number): number {
  const inList = standing.depth > 0;
  if (!inList) {
    const next = readStatement(region, standing, at) ?? readLines(region, standing, at);
    if (next !== null) return next;
  }
  return readPhp(region, at) ?? readPrinted(region, at) ?? readRest(region, standing, at, inList);
}

/** An object that a language printed and that begins here. */
function readPrinted(region: Region, at: number): number | null {
  const { text, end, reach } = region;
  PRINTED.lastIndex = at;
  if (!PRINTED.test(text)) {
    if (at + MAX_HEAD > end && HEAD_SO_FAR.test(text.slice(at, end))) reach.to = Infinity;
    return null;
  }
  const read = readLooseLiteral(text, at, end);
  if (read.kind === 'broken') {
    if (read.reason === 'cut-off') reach.to = Infinity;
    return null;
  }
  if (emitRecords(region, at, read.value, read.starts) > 0) return read.end;
  if (!isTorn(read.value, region.roles)) return null;
  emitBad(region, at, NOT_A_SUBSCRIPTION, read.end);
  return read.end;
}

/** One that begins in this line, after other text. */
function readPrintedBehind(region: Region, standing: Standing, at: number): number | null {
  const { text, end } = region;
  const lineEnd = Math.min(endOfLine(text, at, end), at + MAX_BLOCK);
  ANY_PRINTED.lastIndex = 0;
  const start = ANY_PRINTED.exec(text.slice(at, Math.min(end, lineEnd + MAX_HEAD)))?.index ?? Infinity;
  if (lineEnd + MAX_HEAD > end && text.charAt(lineEnd - 1) === '(') region.reach.to = Infinity;
  if (at + start >= lineEnd || /[[{]/.test(text.slice(at, at + start))) return null;
  const next = readPrinted(region, at + start);
  if (next !== null && start > 0) standing.strayLine = region.lines.lineAt(at);
  return next;
}

/** Forms that take whole lines, which are looked for once in each line. */
function readLines(region: Region, standing: Standing, at: number): number | null {
  const line = region.lines.lineAt(at);
  if (line === standing.triedLine) return null;
  standing.triedLine = line;
  const lineEnd = Math.min(endOfLine(region.text, at, region.end), at + MAX_BLOCK);
  if (
    /\s(?:(?:INSERT|REPLACE)\s+INTO\s|UPDATE\s+\S{1,80}\s+SET\s)|\[Parameters=\[/i.test(
      region.text.slice(at, lineEnd),
    )
  )
    return null;
  return (
    readForm(region, at) ??
    readPrintedBehind(region, standing, at) ??
    readCommand(region, at) ??
    readBlock(region, standing, at)
  );
}

/** What PHP prints or serializes. */
function readPhp(region: Region, at: number): number | null {
  const { text, end, reach } = region;
  SERIALIZED.lastIndex = at;
  PHP_DUMP.lastIndex = at;
  if (SERIALIZED.test(text)) {
    const starts = new Map<object, number>();
    const read = readPhpSerialized(text, at, Math.min(end, at + MAX_SERIALIZED), starts);
    if (read === null) {
      if (end - at < MAX_SERIALIZED && !/[\r\n]{2}/.test(text.slice(at, end))) reach.to = Infinity;
      return null;
    }
    return emitRecords(region, at, read.value, starts) > 0 ? read.end : null;
  }
  if (!PHP_DUMP.test(text)) return null;
  const read = readLooseLiteral(text, at, end);
  if (read.kind === 'broken') {
    if (read.reason === 'cut-off') reach.to = Infinity;
    return null;
  }
  return emitRecords(region, at, read.value, read.starts) > 0 ? read.end : null;
}

/** The fields of a form as browsers send them: `endpoint=https%3A%2F%2F…&auth=…`. */
function readForm(region: Region, at: number): number | null {
  const { text, end, reach } = region;
  const lineEnd = Math.min(endOfLine(text, at, end), at + MAX_FORM);
  const line = text.slice(at, lineEnd);
  // The address that a label has may be encoded within another.
  if (!/https?%3a%2f%2f/i.test(line) || ENDPOINT_LINE.test(line)) return null;
  if (lineEnd === end) reach.to = Infinity;
  const fields = /(?:[\w.[\]%-]{1,60}=[^&\s"'<>]*&)+[\w.[\]%-]{1,60}=[^&\s"'<>]*/.exec(line)?.[0];
  if (fields === undefined) return null;
  return emitRecords(region, at, formFields(fields), undefined, false) > 0 ? lineEnd : null;
}

/** A command with an endpoint among its options. */
function readCommand(region: Region, at: number): number | null {
  const { text, end, reach } = region;
  const rest = text.slice(at, Math.min(end, at + MAX_COMMAND));
  const command = /^(?:[^\r\n\\]|\\(?:\r\n?|\n)?)*/.exec(rest)?.[0] ?? '';
  if (command.length === end - at) reach.to = Infinity;
  if (!/--?(?:push-?)?(?:endpoint|identifier)/i.test(command)) return null;
  const options = readArguments(command);
  return options !== null && emitRecords(region, at, options, undefined, false) > 0
    ? at + command.length
    : null;
}

/** Labelled lines, or an object as programs print it. */
function readBlock(region: Region, standing: Standing, at: number): number | null {
  const { text, end, reach } = region;
  LABEL.lastIndex = at;
  const hasLabel = LABEL.test(text);
  const lineEnd = endOfLine(text, at, end);
  if (lineEnd === end) reach.to = Infinity;
  const line = text.slice(at, lineEnd);
  if (isNameAlone(line, region.roles)) return null;
  if (line.includes('{') || /[[(]\s*$|\barray\s?\(/i.test(line)) return null;
  const isUnnamed = /https:/.test(line) && !ENDPOINT_LINE.test(line);
  if (isUnnamed) {
    const [values] = readUnnamed(line.slice(0, MAX_BLOCK));
    const beside = line.split('https://').length === 2 ? personInText(line, region.roles) : {};
    if (values !== undefined && emitRecords(region, at, { ...beside, ...values }) > 0) return lineEnd;
  }
  if (!hasLabel && !ENDPOINT_LINE.test(line)) return null;
  const apart = readApartLines(region, at);
  if (apart !== null) return apart;
  const block = blockAt(region, at, openSection(region, at));
  if (block.end >= end) reach.to = Infinity;
  const lines = block.lines.join('\n');
  if (!ENDPOINT_LINE.test(lines)) {
    const said = Object.fromEntries(block.lines.map((one) => splitLabel(one) ?? ['', '']));
    if (!isTorn(said, region.roles)) return null;
    // Its address may be in lines above that are not read, with no key behind it.
    const [, ...behind] = (text.slice(Math.max(0, at - MAX_HEAD), at) + lines).split('https://');
    if (behind.length > 0 && behind.join('').toLowerCase().split('p256dh').length <= 2) return null;
    emitBad(region, at, NOT_A_SUBSCRIPTION, block.end);
    standing.disturbed ||= block.isTorn;
    return block.end;
  }
  const found = better(region, readLabelledLines(block.lines), readInlinePairs(lines));
  let count = 0;
  for (const values of found) {
    const broken = brokenEndpoint(values, lines);
    if (broken === null) count += emitRecords(region, at, values, undefined, false);
    else {
      region.emit({
        kind: 'bad',
        line: region.lines.lineAt(at),
        problem: MAY_GO_ON,
        excerpt: broken.slice(0, EXCERPT_CHARACTERS),
      });
      count += 1;
    }
  }
  if (count === 0) return null;
  // The brackets that are closed here were opened in what was cut off above.
  standing.disturbed ||= block.isTorn;
  return block.end;
}

/** The endpoint among these values if the rest of it may be in the line below it. */
function brokenEndpoint(values: NamedValues, text: string): string | null {
  for (const value of Object.values(values)) {
    if (typeof value !== 'string' || !isKnownEndpoint(value)) continue;
    const behind = behindIn(text, value);
    if (behind !== null && mayGoOn(behind, value, true)) return value;
  }
  return null;
}

/** The text behind a value that may have been put together from several lines. */
function behindIn(text: string, value: string): string | null {
  const at = text.replaceAll(BLANKS, '').indexOf(value);
  if (at === -1) return null;
  let left = at + value.length;
  let end = 0;
  for (; left > 0; end += 1) if (!BLANK.test(text.charAt(end))) left -= 1;
  return text.slice(end);
}

/** The reading that keeps more of them complete. */
function better(
  region: Region,
  one: readonly NamedValues[],
  other: readonly NamedValues[],
): readonly NamedValues[] {
  const whole = (all: readonly NamedValues[]) =>
    all
      .flatMap((values) => findRecords(values, region.roles))
      .filter((record) => record.kind === 'record' && readRecord(record, region.roles).kind === 'row').length;
  return one.length > 0 && whole(one) >= whole(other) ? one : other;
}

/** Lines up to a blank one, a new item, or one with an endpoint after another. */
function blockAt(
  { text, end, reach }: Region,
  at: number,
  open: string | null,
): { lines: string[]; end: number; isTorn: boolean } {
  const lines: string[] = [];
  let from = at;
  let hasEndpoint = false;
  const names = new Set<string>();
  /** Where the next one begins: at a name that is already there. */
  let next: { lines: number; from: number } | null = null;
  /** Where a section within the open one begins. */
  let within: number | null = null;
  const closes = createClosingLines();
  let isTorn = false;
  while (from < end && lines.length < MANY_LINES && from - at < MAX_BLOCK) {
    const stop = endOfLine(text, from, end);
    const line = text.slice(from, stop);
    // What it is may still change.
    if (stop >= end) reach.to = Infinity;
    isTorn = closes(line) && lines.length > 0;
    if (isTorn) break;
    if (lines.length > 0) {
      if (/^\s*$|^\s*[-*•]\s|^[*=-]{3,}|^-\[ RECORD|^\s*[{[]\s*["'{]/i.test(line)) break;
      if (isSection(line, open) || STATEMENT.test(line)) break;
      if (hasEndpoint && isSection(line, null)) within ??= lines.length;
      if (hasEndpoint && ENDPOINT_LINE.test(line)) {
        // Nobody knows to which of both a section within belongs.
        return { lines: lines.slice(0, within ?? next?.lines), end: next?.from ?? from, isTorn };
      }
      if (!hasEndpoint && /^\s*[[{(]{1,3}\s*$/.test(line)) break;
      // The keys above are the rest of another one.
      if (!hasEndpoint && hasBothKeys(line) && ENDPOINT_LINE.test(line) && lines.some(hasKey)) break;
    }
    hasEndpoint ||= ENDPOINT_LINE.test(line);
    const name = splitLabel(line)?.[0];
    if (name !== undefined && names.has(name) && hasEndpoint) next ??= { lines: lines.length, from };
    if (name !== undefined) names.add(name);
    lines.push(line);
    from = text.startsWith('\r\n', stop) ? stop + 2 : stop + 1;
  }
  return { lines, end: Math.min(end, from), isTorn };
}

const hasKey = (line: string): boolean => /(?:p256dh|auth)\w{0,20}["'`]?\s?(?:=>|[:=])/i.test(line);
const hasBothKeys = (line: string): boolean =>
  /p256dh\w{0,20}["'`]?\s?(?:=>|[:=])/i.test(line) && /auth\w{0,20}["'`]?\s?(?:=>|[:=])/i.test(line);

function endOfLine(text: string, at: number, end: number): number {
  const ends = /[\r\n]/g;
  ends.lastIndex = at;
  const found = ends.exec(text)?.index ?? end;
  return Math.min(found, end);
}

function readRest(region: Region, standing: Standing, at: number, inList: boolean): number {
  const { text, end, reach, lines } = region;
  const after = afterIndex(region, endOfStray(region, at, inList), inList);
  if (after >= end) reach.to = Infinity;
  const some = text.slice(at, after);
  if (/^["']\s*\\*["'{[]/.test(some) || /%7B(?:%22|%27)/i.test(some)) {
    if (emitRecords(region, at, textIn(some)) > 0) return after;
  }
  const alone = ALONE.exec(some)?.[1];
  if (alone !== undefined && (isKnownEndpoint(alone) || inList)) {
    emitBad(region, at, hasKeyNear(region, at, after) ? KEYS_NEAR : ENDPOINT_ALONE, after);
    return after;
  }
  if (standing.wrapperDepth === standing.depth) return after;
  // The mark that psql puts at the end of a line that continues on the next one.
  if (inList && some.trim() === '+') return after;
  // The quotes of a list of texts, each JSON, as Python prints it.
  if (
    inList &&
    /^[bru]{0,2}['"`]\s*$/i.test(some) &&
    (text.charAt(after) === '{' || text.charAt(at - 1) === '}')
  )
    return after;
  // The name of an event or a method, first in a list, before what comes with it.
  if (inList && isNameOfNext(region, at, after)) return after;
  // The name of a type before what it holds, or after it.
  if (inList && text.charAt(after) === '{' && /^%?[A-Za-z_][\w.:\\]*\s*$/.test(some)) return after;
  if (inList && /^(?:as|satisfies)\s[\w.<>\s]{1,80}$/.test(some)) return after;
  if (inList && COMMENT.test(some)) passOver(region, standing, at);
  else if (inList) {
    if (!standing.disturbed || lines.lineAt(at) !== standing.strayLine) {
      standing.strayLine = lines.lineAt(at);
      const isCut = LEFT_OUT.test(some);
      emitBad(
        region,
        at,
        isCut ? CUT_LIST : notJson('This can’t be read as a subscription.', EXPORT_JSON),
        after,
      );
    }
  } else {
    standing.isTranscript ||= TRANSCRIPT.test(some);
    passOver(region, standing, at);
    hearLine(region, standing, at, after);
  }
  return after;
}

function isNameOfNext({ text, end, reach }: Region, at: number, after: number): boolean {
  if (after + MAX_INDEX > end) reach.to = Infinity;
  return (
    /^"[\w:./ -]{1,60}"$/.test(text.slice(at, after)) &&
    /\[\s{0,9}$/.test(text.slice(Math.max(0, at - 10), at)) &&
    /^\s{0,9},\s{0,9}\{/.test(text.slice(after, Math.min(end, after + MAX_INDEX)))
  );
}

/** Whether something that may be its key is around it: then nobody may say that there is none. */
function hasKeyNear({ text, before = '', end, reach }: Region, at: number, after: number): boolean {
  reach.to = Math.max(reach.to, after + NEAR);
  const above = (before + text.slice(Math.max(0, at - NEAR), at)).slice(-NEAR);
  return [above, text.slice(after, Math.min(end, after + NEAR))].some((some) =>
    /(?<![\w-])B[\w-]{86}(?![\w-])/.test(some),
  );
}

/** `subs[0]` opens no list. */
function afterIndex({ text, end, reach }: Region, after: number, inList: boolean): number {
  if (inList || text.charAt(after) !== '[') return after;
  // `In [3]: ` of a notebook
  if (!/[\w)]/.test(text.charAt(after - 1)) && !/^\bIn \[$/.test(text.slice(after - 3, after + 1)))
    return after;
  if (after + MAX_INDEX > end) reach.to = Infinity;
  const index = /^\[[^\][{}"'\r\n]*\]/.exec(text.slice(after, Math.min(end, after + MAX_INDEX)));
  return after + (index?.[0].length ?? 0);
}

/** The value of a string of JSON, or of JSON encoded in a URL. */
function textIn(some: string): unknown {
  const encoded = /%7B(?:%22|%27)[^\s"'<>&;,]*/i.exec(some)?.[0];
  if (encoded === undefined) return parseJson(some);
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/** The end of text that is not a literal: in a list the end of the element, else the end of the line or the start of a literal. */
function endOfStray({ text, end, reach }: Region, start: number, inList: boolean): number {
  if (text.charAt(start) === '"') {
    const after = endOfString(text, start, end);
    if (after !== null) return after;
    // Its line may continue with the closing quote.
    if (!/[\r\n]/.test(text.slice(start, end))) reach.to = Infinity;
  }
  const stops = inList ? (COMMENT.test(text.slice(start, start + 2)) ? LINE_STOPS : LIST_STOPS) : STOPS;
  stops.lastIndex = start + 1;
  const stop = stops.exec(text);
  return Math.min(stop?.index ?? end, end);
}
