import { scanObject, skipSpace } from '../text/json-scan.ts';
import type { JsonScan } from '../text/json-scan.ts';
import { readLooseLiteral } from '../text/loose-literal.ts';
import { endOfMark, isObjectAlone } from './among-rows.ts';
import { CUT_OFF, describeBreak, notJson, TOO_DEEP } from './broken-literal.ts';
import { emitRecords } from './emit-records.ts';
import { groupOf } from './record/group-name.ts';
import { findRecords } from './record/find-records.ts';
import { isTorn } from './record/torn.ts';
import type { Leaf } from './record/found-record.ts';
import { headingOf } from './record/layouts.ts';
import { whoInText } from './record/left-in-text.ts';
import { readNameLine } from './record/name-line.ts';
import { namedRow } from './record/named-values.ts';
import { parseJson } from './record/parse-json.ts';
import {
  clean,
  emitBad,
  EXCERPT_CHARACTERS,
  excerptOf,
  NOTHING_BESIDE,
  ownDepth,
  passOver,
  standingAtStart,
  type Region,
  type Standing,
} from './region.ts';
import { PARAMETERS_START, readParametersBefore, readSqlRow } from './sql-element.ts';
import { readStray } from './stray-text.ts';
import { readLine } from './subscription-line.ts';
import { emitUnread } from './unread-form.ts';
import { NOT_A_SUBSCRIPTION } from './subscription-shape.ts';

const BREAK_CHARACTERS = 12;
const MAX_ANSWER = 500;
/** What identifies a subscription, wherever it is broken. */
const SIGN = /endpoint|p256|https:\/\//i;
/** How much text must be there to tell what a `[` opens. */
const LOOK_AHEAD = 80;
const KEY_START = /^[\p{L}\p{N}"'`“”„«‘’&\\:[.}<_$@#/(…]/u;
const LITERAL_MAP = /\[\s*(?:"[^"\n]{0,60}"|'[^'\n]{0,60}'|:?[\w.]{1,60})\s*=>/y;
/** When something was said, as chats write it: `[03.01.26, 10:02:11]`. */
const STAMP =
  /^\[\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,9})?)?(?:\s?[AaPp]\.?[Mm]\.?)?\]/;
/** A Redis hash as JSON: alternating names and values. */
const PAIRS_IN_TURN = /\[\s*"[a-z_]\w{0,40}"\s*,\s*"/iy;
/** Pairs, or a heading and rows. */
const LISTS_OF_NAMES =
  /\[\s*(?:[[(]\s*(?:[[(]\s*)?["'][\p{L}_]|(?:\[\s*)?\{\s*(?:"(?:key|name|field|column|attribute|k)"\s*:\s*"[^"]{1,40}"\s*,\s*"(?:value|val|v)"|[a-z]\w{0,40},))/uy;
const HEADING = /\[\s*"[^"\n]{1,60}"\s*,\s*"[^"\n]{1,60}"\s*,\s*"/y;
const LIST_START =
  /\[\s*(?:$|[\][{("'`“‘«\\&<]|\/[/*]|#\s|(?:-?\d[\d.]*(?:e[-+]?\d+)?|null|true|false|None|nil|undefined)\s*(?:$|[,\]])|(?:array|%?[A-Z][\w.:\\]*)\s*[({])/y;

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

/** Reads what starts at `at`, which is not a space, hands over the rows in it, and returns where the next element may start. */
export function readElement(whole: Region, standing: Standing, at: number): number {
  if (standing.sql !== null) return readSqlRow(whole, standing, standing.sql, at);
  const below = standing.above === null ? whole : belowLine(whole, standing, standing.above, at);
  const region =
    standing.filed === null ? below : { ...below, within: { around: standing.filed, filedUnder: [] } };
  const char = region.text.charAt(at);
  switch (char) {
    case ',':
    case ';':
      return at + 1;
    case '[':
      return readBracket(region, standing, at);
    case ']':
    case '}':
      readClosing(region, standing, at, char);
      return at + 1;
    case '{':
      return readMark(region, standing, at) ?? readObject(region, standing, at);
    default:
      return readStray(region, standing, at);
  }
}

/** A mark, passed over. There are none inside a list. */
function readMark(region: Region, standing: Standing, at: number): number | null {
  const next = standing.depth > 0 ? null : endOfMark(region, at);
  if (next !== null) passOver(region, standing, at);
  return next;
}

/** What a line says about a subscription applies to the one that begins right below it. */
function belowLine(
  region: Region,
  standing: Standing,
  above: NonNullable<Standing['above']>,
  at: number,
): Region {
  const line = region.lines.lineAt(at);
  if (line > above.upTo) standing.above = null;
  if (line > above.upTo || line === above.line || standing.depth > 0) return region;
  return {
    ...region,
    within: { around: above.said, filedUnder: [] },
    emit: (row) => {
      if (row.kind !== 'other') standing.above = null;
      region.emit(row);
    },
  };
}

/** A `[` opens a list, or a map of PHP or Ruby, or is part of a text such as `[info]`. */
function readBracket(region: Region, standing: Standing, at: number): number {
  const { text, end, reach } = region;
  if (at + LOOK_AHEAD > end) reach.to = Infinity;
  const ahead = text.slice(at, Math.min(end, at + LOOK_AHEAD));
  // The number that some printers put before each.
  const numbered = standing.depth > 0 ? /^\[\d{1,6}\]\s{1,4}(?=[#{<[A-Z])/.exec(ahead) : null;
  if (numbered !== null) return at + numbered[0].length;
  const stamp = STAMP.exec(ahead);
  if (stamp !== null) {
    passOver(region, standing, at);
    return at + stamp[0].length;
  }
  if (ahead.startsWith(PARAMETERS_START)) {
    const next = readParametersBefore(region, standing, at);
    if (next !== null) return next;
  }
  LITERAL_MAP.lastIndex = 0;
  LIST_START.lastIndex = 0;
  if (LITERAL_MAP.test(ahead)) {
    const next = readLiteral(region, standing, at);
    if (next !== null) return next;
  } else if (LIST_START.test(ahead)) {
    PAIRS_IN_TURN.lastIndex = 0;
    LISTS_OF_NAMES.lastIndex = 0;
    const isOfNames = LISTS_OF_NAMES.test(ahead);
    if (isOfNames || (standing.depth === ownDepth(region.inList) && PAIRS_IN_TURN.test(ahead))) {
      const read = readLooseLiteral(text, at, end);
      if (read.kind === 'read' && emitRecords(region, at, read.value, read.starts) > 0) return read.end;
      if (read.kind === 'broken' && read.reason === 'cut-off') reach.to = Infinity;
    }
    const next = isOfNames ? null : readUnderHeading(region, standing, at);
    if (next !== null) return next;
    if (standing.wrapperDepth === standing.depth) standing.filed = filedAt(region, at);
    standing.depth += 1;
    return at + 1;
  }
  const close = /^\[([^\][{}\r\n]*)\]/.exec(ahead);
  const next = at + (close?.[0].length ?? 1);
  if (isObjectAlone(region, at, next)) {
    emitBad(region, at, NOT_A_SUBSCRIPTION, next);
    return next;
  }
  passOver(region, standing, at);
  if (close === null && standing.depth === 0) standing.looseLists += 1;
  // A section heading in settings.
  if (close !== null && /^[\r\n]?$/.test(text.slice(next, next + 1))) {
    const found = standing.depth > 0 ? null : readNameLine(close[1] ?? '', region.roles);
    const line = region.lines.lineAt(at);
    standing.above = found === null ? null : { line, upTo: line + 1, said: found.said };
  }
  return next;
}

const NAME_BEFORE = /"([^"\\\r\n]{1,40})"\s{0,9}:\s{0,9}$/;
const MAX_NAME_BEFORE = 70;

/** What the name of a list says of those in it, if it is that of a group. */
function filedAt({ text, before = '', roles }: Region, at: number): readonly Leaf[] | null {
  const some = (before + text.slice(Math.max(0, at - MAX_NAME_BEFORE), at)).slice(-MAX_NAME_BEFORE);
  const said = groupOf(NAME_BEFORE.exec(some)?.[1] ?? '', roles)?.said ?? [];
  return said.length === 0 ? null : said;
}

/** A list with the names for the values in the lists that follow, or one of those lists. */
function readUnderHeading(region: Region, standing: Standing, at: number): number | null {
  if (standing.depth === 0) return null;
  HEADING.lastIndex = at;
  if (standing.heading === null && !HEADING.test(region.text)) return null;
  const read = readLooseLiteral(region.text, at, region.end);
  if (read.kind === 'broken' && read.reason === 'cut-off') region.reach.to = Infinity;
  if (read.kind === 'broken' || !Array.isArray(read.value)) return null;
  if (standing.heading === null) {
    standing.heading = headingOf(read.value, region.roles);
    return standing.heading === null ? null : read.end;
  }
  if (read.value.length !== standing.heading.length) return null;
  return emitRecords(region, at, namedRow(read.value, standing.heading)) > 0 ? read.end : null;
}

function readClosing(region: Region, standing: Standing, at: number, char: string): void {
  if (char === ']') standing.heading = null;
  if (char === ']' && standing.depth > ownDepth(region.inList)) {
    standing.depth -= 1;
    if (standing.wrapperDepth === standing.depth) standing.filed = null;
  } else if (char === '}' && standing.codeDepth > 0) standing.codeDepth -= 1;
  else if (char === ']' && standing.looseLists > 0) standing.looseLists -= 1;
  else if (standing.wrapperDepth === standing.depth) standing.wrapperDepth = null;
  else if (!standing.disturbed && region.lines.lineAt(at) !== standing.strayLine) {
    emitBad(region, at, notJson(`"${char}" has no opening bracket.`));
    standing.disturbed = true;
  }
}

const MAX_BESIDE = 200;

/** What the text before it in its line says about the person, as in log lines: `user_id=5 {"endpoint":…}`. */
function withLine(region: Region, standing: Standing, at: number): Region {
  const { text, before = '', lines, within } = region;
  if (standing.depth > 0 || lines.lineAt(at) !== standing.strayLine) return region;
  const some = (before + text.slice(Math.max(0, at - MAX_BESIDE), at)).slice(-MAX_BESIDE);
  const line = some.slice(Math.max(some.lastIndexOf('\n'), some.lastIndexOf('\r')) + 1);
  const around = Object.entries(whoInText(line, region.roles)).map(([path, value]) => ({ path, value }));
  return around.length === 0
    ? region
    : { ...region, within: { around: [...around, ...(within?.around ?? [])], filedUnder: [] } };
}

function readObject(whole: Region, standing: Standing, at: number): number {
  const region = withLine(whole, standing, at);
  const { text, end } = region;
  const line = readLine(text, at, end);
  if (line !== null) {
    if (line.standard !== null && region.within === undefined) {
      region.emit({ kind: 'row', line: region.lines.lineAt(at), value: line.standard, ...NOTHING_BESIDE });
    } else emitRecords(region, at, line.value);
    return line.end;
  }
  const scan = scanObject(text, at, end);
  if (scan.kind === 'closed') {
    const [part] = scan.parts;
    if (scan.parts.length === 1 && part?.start === at) {
      const value = parseJson(text.slice(at, scan.end));
      if (value !== undefined) {
        emitRecords(region, at, value);
        return scan.end;
      }
    }
    // A wrapper around one, if it is JSON: quicker than reading a literal of any language.
    if (scan.parts.length === 1 && part?.kind === 'row' && text.charAt(part.start) === '{') {
      const value = parseJson(text.slice(at, scan.end));
      if (value !== undefined && emitRecords(region, part.start, value) > 0) return scan.end;
    }
    return readLiteral(region, standing, at, scan.end) ?? readParts(region, standing, at, scan);
  }
  const literal = scan.reason === 'syntax' ? readLiteral(region, standing, at) : null;
  return literal ?? readBroken(region, standing, at, scan);
}

/** An object without a subscription: reported, unless the text around it shows that it is something else. */
function emitNothing(region: Region, standing: Standing, at: number, end: number): void {
  const isBehindText = region.lines.lineAt(at) === standing.strayLine && standing.depth === 0;
  if (isBehindText || isAnswer(region, standing, at, end)) passOver(region, standing, at);
  else emitUnread(region, at, end);
}

/** What a server answered, in a transcript: `{}`, `{"ok":true,"id":17}`. Nothing in it is as long as an address or a key. */
function isAnswer({ text }: Region, standing: Standing, at: number, end: number): boolean {
  if (standing.depth > 0 || !standing.isTranscript || end - at > MAX_ANSWER) return false;
  return !/[^\s"',:{}[\]]{22}|["']?(?:endpoint|p256dh|auth|keys|subscription)["']?\s{0,9}:/i.test(
    text.slice(at, end),
  );
}

/**
 * Reads a literal of any language with everything in it.
 *
 * @param knownEnd where it ends, if that is known
 * @returns where the next element may start; `null`: it is not a literal, or not a complete one
 */
function readLiteral(region: Region, standing: Standing, at: number, knownEnd?: number): number | null {
  const { text } = region;
  // Most brackets of code and rubbish are recognised at once as no literals.
  const second = text.slice(at + 1, at + 40).trimStart();
  if (second !== '' && !KEY_START.test(second) && !isListOfMaps(text, at)) return null;
  const read = readLooseLiteral(text, at, knownEnd === undefined ? region.end : knownEnd + 1);
  if (read.kind === 'broken') {
    if (read.reason === 'cut-off' && knownEnd === undefined) region.reach.to = Infinity;
    return null;
  }
  if (emitRecords(region, at, read.value, read.starts) > 0) return read.end;
  if (isTorn(read.value, region.roles)) {
    emitBad(region, at, NOT_A_SUBSCRIPTION, read.end);
    return read.end;
  }
  // Code and log lines have brackets too, and the lists in a dump include more than its rows.
  if (isAround(read.value)) passOver(region, standing, at);
  else emitNothing(region, standing, at, read.end);
  return read.end;
}

/** `{ {endpoint = …}, … }`, as Lua and C write lists; templates have two brackets too. */
const isListOfMaps = (text: string, at: number): boolean =>
  /^\{\s{0,40}\{/.test(text.slice(at, at + 50)) && SIGN.test(text.slice(at, at + 400));

/** Other contents of tools' exports besides subscriptions: the headers of phpMyAdmin's JSON, its other tables, JSON log lines. */
function isAround(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const named = new Map<string, unknown>(Object.entries(value));
  const type = named.get('type');
  if (type === 'header' || type === 'database' || type === 'table') return true;
  return (named.has('level') || named.has('severity')) && (named.has('msg') || named.has('message'));
}

/** The subscriptions in a JSON object that is longer than a literal may be. */
function readParts(
  region: Region,
  standing: Standing,
  at: number,
  scan: JsonScan & { kind: 'closed' },
): number {
  const { text } = region;
  if (scan.parts.length === 0) {
    const value = parseJson(text.slice(at, scan.end));
    if (emitRecords(region, at, value) === 0) emitNothing(region, standing, at, scan.end);
  }
  emitParts(region, scan, placesOf(region, at, scan));
  return scan.end;
}

function emitParts(region: Region, scan: JsonScan, places: readonly Region['within'][] = []): void {
  for (const [index, part] of scan.parts.entries()) {
    const within = places[index] ?? region.within;
    if (part.kind === 'list')
      readRegion({ ...region, within, start: part.start + 1, end: part.end - 1, inList: true });
    else emitText({ ...region, within }, part.start, part.end);
  }
}

/** What surrounds the parts of a long object: it is read once more with something short in place of each part. */
function placesOf(
  { text, roles, within }: Region,
  at: number,
  { parts, end }: JsonScan & { kind: 'closed' },
): Region['within'][] {
  const pieces: string[] = [];
  let from = at;
  for (const [index, part] of parts.entries()) {
    const stand = `{"endpoint":"part ${index}"}`;
    pieces.push(text.slice(from, part.start), part.kind === 'list' ? `[${stand}]` : stand);
    from = part.end;
  }
  pieces.push(text.slice(from, end));
  const places: Region['within'][] = [];
  for (const found of findRecords(parseJson(pieces.join('')), roles, within)) {
    const name = found.kind === 'record' ? found.own[0]?.value : undefined;
    const index = typeof name === 'string' ? /^part (\d+)$/.exec(name)?.[1] : undefined;
    if (found.kind === 'record' && index !== undefined) places[Number(index)] = found;
  }
  return places;
}

function emitText(region: Region, start: number, end: number): void {
  const value = parseJson(region.text.slice(start, end));
  if (value === undefined) emitBad(region, start, notJson('This is not valid JSON.'), end);
  else if (emitRecords(region, start, value) === 0) emitUnread(region, start, end);
}

/** Hands over what a broken object holds and returns where reading continues. */
function readBroken(
  region: Region,
  standing: Standing,
  start: number,
  scan: JsonScan & { kind: 'broken' },
): number {
  const { text, end } = region;
  if (brokeAtTheEnd(text, scan, end)) region.reach.to = Infinity;
  if (scan.parts.length === 0 && scan.openList === null && isCode(region, standing, start, scan.at)) {
    passOver(region, standing, start);
    let last = start;
    while (text.charAt(last + 1) === '{' && last + 1 < end) last += 1;
    const next = Math.max(last, start + 1);
    standing.codeDepth += next - start;
    return next;
  }
  if (scan.openList === null) {
    standing.disturbed = true;
    emitBad(region, start, problemOf(region, start, scan));
  } else standing.wrapperDepth = standing.depth;
  emitParts(region, scan);
  if (scan.openList !== null) return scan.openList;
  const goOnFrom = scan.reason === 'too-deep' ? scan.at : (scan.parts.at(-1)?.end ?? start + 1) - 1;
  const next = nextObject(text, goOnFrom, end);
  if (next >= end) region.reach.to = Infinity;
  return next;
}

/** Whether a bracket belongs to prose or a program, and nothing before the point where it breaks is about a subscription. */
function isCode(region: Region, standing: Standing, start: number, brokeAt: number): boolean {
  const { text, end, lines, reach } = region;
  reach.to = Math.max(reach.to, brokeAt + BREAK_CHARACTERS, start + 200);
  if (SIGN.test(text.slice(start, Math.min(end, brokeAt + BREAK_CHARACTERS)))) return false;
  if (standing.depth > 0) return false;
  return !/^\{\s*["}]/.test(text.slice(start, start + 200)) || lines.lineAt(start) === standing.strayLine;
}

/** Whether it might be complete if the text went on. */
function brokeAtTheEnd(text: string, scan: JsonScan & { kind: 'broken' }, end: number): boolean {
  if (scan.reason === 'cut-off') return true;
  return text.charAt(scan.at) === '"' && !/[\r\n]/.test(text.slice(scan.at, end));
}

function problemOf(region: Region, start: number, scan: JsonScan & { kind: 'broken' }) {
  switch (scan.reason) {
    case 'cut-off':
      return CUT_OFF;
    case 'too-deep':
      return TOO_DEEP;
    case 'syntax': {
      const { text, reach } = region;
      reach.to = Math.max(reach.to, scan.at + BREAK_CHARACTERS);
      const linesDown = text.slice(start, scan.at).split(/\r\n?|\n/).length - 1;
      const literal = text.slice(start, Math.min(scan.at + BREAK_CHARACTERS, start + 2000));
      const upToIt = ((region.before ?? '') + text.slice(Math.max(0, start - 60), start)).slice(-60);
      const before = /(?:&|%[\w.:]{0,60}|[\w.:]{1,60} ?|\[\])$/.exec(upToIt)?.[0];
      return describeBreak(literal, clean(text, scan.at, BREAK_CHARACTERS), linesDown, before);
    }
  }
}

/**
 * Where the next object may start after a broken one: at the start of a line, first in a list, or after `}` or `},`.
 * Looked for from the start of the broken one, because a missing quote or bracket can make it swallow good rows.
 */
function nextObject(text: string, start: number, end: number): number {
  let before = '';
  let last = '';
  for (let at = start; at < end; at += 1) {
    const char = text.charAt(at);
    if (char === '{' && (last === '\n' || last === '[' || last === '}' || (last === ',' && before === '}')))
      return at;
    if (char === ' ' || char === '\t') continue;
    before = last;
    last = char === '\r' ? '\n' : char;
  }
  return end;
}
