import { createLineCounter } from '../text/line-counter.ts';
import { createFieldRoles, type FieldRoles } from './record/field-role.ts';
import { readRecord } from './record/read-record.ts';
import { findRecords } from './record/find-records.ts';
import { isTorn } from './record/torn.ts';
import type { FoundRecord, Stranger } from './record/found-record.ts';
import { clean, type SubscriptionTextRow } from './region.ts';
import { NOT_A_SUBSCRIPTION } from './subscription-shape.ts';
import type { SubscriptionTextReader } from './text-reader.ts';
import { indentOf, isName, levelOf, tornBefore, type Level } from './yaml-levels.ts';
import { linesOf, mendYaml, withoutDoubles, type MendedYaml, type YamlPart } from './yaml-mend.ts';
import { yamlValues } from './yaml-values.ts';

/** A longer text is read a few items at a time. */
const MAX_YAML = 500_000;
/** A longer item is read as labelled lines. */
const MAX_ITEM = 4_000_000;
const FIRST_ITEMS = 16_000;
const MAX_EXCERPT = 100;

/** Whether a text looks like YAML: nested maps or lists of maps by indentation, or its marker. */
export function isYaml(start: string): boolean {
  if (!/endpoint|https:/i.test(start)) return false;
  const lines = start.split(/\r\n?|\n/).filter((line) => line.trim() !== '' && !/^\s*#/.test(line));
  // The name above a list may be lost.
  const first = lines.find((line) => !/^\s+- [^:]*$/.test(line)) ?? '';
  // The prompt of a console.
  if (/^[\w.:[\]-]*> /m.test(start)) return false;
  if (/^---(?:\s|$)/.test(first)) return true;
  return (
    /^(?:(?:- *)?["'])?[\w.@ -]+["']?:(?:\s|$)|^-\s*$/.test(first) &&
    (lines.slice(0, 30).some((line) => /^\s+["']?[\w.-]+["']?:(?:\s|$)|^- /.test(line)) ||
      lines.some((line, index) => COLUMN.test(line) && isListOfAddresses(line, lines[index + 1])))
  );
}

/** All endpoints of a text, under a single name. */
const COLUMN = /^["']?[\w.-]{0,30}endpoints?["']?:\s*(?:\[.*)?$/i;
const isListOfAddresses = (line: string, below = ''): boolean =>
  /\[\s*["']?https:/.test(line) || (line.trimEnd().endsWith(':') && /^\s*- ["']?https:/.test(below));

/**
 * Reads YAML with all its features: anchors, folded texts, flow style. A long text is read a few items at a time, each time with what comes
 * before the first. What a lost line has broken is taken out and read by itself. The other reader reads what is not YAML at all.
 *
 * @param otherReader makes the reader for what is not valid YAML
 */
export function createYamlReader(otherReader: () => SubscriptionTextReader): SubscriptionTextReader {
  let text = '';
  let line = 1;
  let other: SubscriptionTextReader | null = null;
  let items: Items | null = null;

  /** Reads the items that are complete by now. */
  const readItems = (): SubscriptionTextRow[] => {
    items ??= itemsOf(text);
    const cut = items === null ? -1 : lastItemStart(text, items.starts);
    if (items === null || cut <= items.head.length) {
      if (text.length <= MAX_ITEM) return [];
      other = otherReader();
      return other.push(text);
    }
    const some = text.slice(items.head.length, cut);
    const rows = readSome(some, items, line);
    const rest = text.slice(cut);
    const next = { ...items, ...headBelow(items, some) };
    line += countLines(some) + items.headLines - next.headLines;
    items = next;
    text = items.head + rest;
    return rows;
  };
  const readSome = (some: string, { head, headLines }: Items, from: number): SubscriptionTextRow[] =>
    readYaml(head + some, from) ??
    readAll(otherReader(), some).map((row) => ({ ...row, line: row.line + from + headLines - 1 }));

  return {
    push(piece) {
      if (other !== null) return other.push(piece);
      text += piece;
      return text.length <= MAX_YAML ? [] : readItems();
    },
    end() {
      if (other !== null) return other.end();
      if (items !== null) return readSome(text.slice(items.head.length), items, line);
      return readYaml(text, 1) ?? readAll(otherReader(), text);
    },
  };
}

const readAll = (reader: SubscriptionTextReader, text: string): SubscriptionTextRow[] => [
  ...reader.push(text),
  ...reader.end(),
];

/** How a long YAML text is cut: what comes before its first item, and how each item begins. */
interface Items {
  readonly head: string;
  readonly headLines: number;
  readonly starts: RegExp;
  readonly level: Pick<Level, 'indent' | 'kind'>;
}

/** What comes before an item has hardly more lines. */
const MAX_HEAD = 500;
/** The name of a list or of a map. */
const isOpen = (line: string): boolean => /:\s*(?:#.*)?$/.test(line);

/** What comes before the items that follow: there may be several lists, each with its name. */
function headBelow({ head, level }: Items, some: string): Pick<Items, 'head' | 'headLines'> {
  const lines = linesOf(head);
  const deepest = level.kind === 'dash' ? level.indent : level.indent - 1;
  for (const line of linesOf(some)) {
    const indent = indentOf(line);
    if (indent > deepest || !isName(line)) continue;
    const first = lines.findIndex((one) => isOpen(one) && isName(one) && indentOf(one) >= indent);
    if (first !== -1) lines.length = first;
    if (lines.length < MAX_HEAD) lines.push(line);
  }
  return { head: lines.join(''), headLines: lines.length };
}

function itemsOf(text: string): Items | null {
  const lines = linesOf(text.slice(0, FIRST_ITEMS));
  const level = levelOf(lines);
  if (level === null) return null;
  const { indent, kind } = level;
  const before = lines.slice(0, tornBefore(lines, level));
  const begins = {
    document: '---',
    dash: `${' '.repeat(Math.max(0, indent))}-(?=[ \\r\\n])`,
    name: nameAt(indent),
  }[kind];
  return { head: before.join(''), headLines: before.length, starts: new RegExp(`^${begins}`, 'gmu'), level };
}

const nameAt = (indent: number): string =>
  `${' '.repeat(Math.max(0, indent))}["']?[\\p{L}\\p{N}_][^\\n:]{0,200}:(?=\\s|$)`;

function lastItemStart(text: string, starts: RegExp): number {
  let last = -1;
  for (const { index } of text.matchAll(starts)) last = index;
  return last;
}

const NOT_YAML = {
  code: 'not-yaml',
  cause: 'This is not valid YAML.',
  cure: 'Check its indentation and quotes.',
};
/** What shows that a piece without an endpoint was a subscription. */
const PART = /https:\/\/|endpoint|p256dh|\b(?:auth|keys)\b/i;

function countLines(text: string): number {
  return text.split(/\r\n?|\n/).length - 1;
}

/**
 * @param line of the first character, from 1
 * @returns `null`: it is not YAML, or most of it is broken
 */
function readYaml(text: string, line: number): SubscriptionTextRow[] | null {
  const values = yamlValues(text);
  if (values !== null) return rowsOf(values, text, line);
  const mended = mendYaml(withoutDoubles(linesOf(text)));
  const whole = yamlValues(mended.text);
  const rest = whole ?? yamlValues(mended.items);
  if (rest === null) return null;
  const broken = (part: YamlPart): SubscriptionTextRow => {
    const at = line + part.before;
    return PART.test(part.text)
      ? { kind: 'bad', line: at, problem: NOT_YAML, excerpt: clean(part.text, 0, MAX_EXCERPT) }
      : { kind: 'other', line: at };
  };
  const apart = mended.apart.flatMap((part) => {
    const rows = rowsOf(yamlValues(part.text) ?? [], part.text, line + part.before);
    return rows.length === 0 ? [broken(part)] : rows;
  });
  const around = whole === null ? aroundItems(mended) : [];
  const rows = [...rowsOf(rest, mended.text, line), ...apart, ...[...mended.broken, ...around].map(broken)];
  const isMostlyBroken = rows.filter(({ kind }) => kind === 'row').length * 2 < rows.length;
  return isMostlyBroken ? null : rows.sort((a, b) => a.line - b.line);
}

/** What is left of a text besides its items, where that is not valid. */
function aroundItems({ text, items }: MendedYaml): YamlPart[] {
  const inItems = linesOf(items);
  const lines = linesOf(text).map((line, index) => (line === inItems[index] ? '' : line));
  const before = lines.findIndex((line) => PART.test(line));
  return before === -1 ? [] : [{ text: lines.slice(before).join(''), before }];
}

/** The subscriptions in values that are read from a text. */
function rowsOf(values: readonly unknown[], text: string, line: number): SubscriptionTextRow[] {
  const roles = createFieldRoles();
  const rows: SubscriptionTextRow[] = [];
  const lines = createLineCounter(text, line);
  let place = 0;
  // The values show where they are; the YAML parser no longer knows once it has produced them.
  const lineOf = (known: string): number => {
    place = Math.max(place, known === '' ? 0 : text.indexOf(known, place));
    return lines.lineAt(place);
  };
  for (const record of values.flatMap((value) => recordsIn(value, roles))) {
    if (record.kind === 'stranger') {
      const known = anyTextIn(record.at);
      const excerpt = known.slice(0, MAX_EXCERPT);
      rows.push({ kind: 'bad', line: lineOf(known), problem: NOT_A_SUBSCRIPTION, excerpt });
      continue;
    }
    const read = readRecord(record, roles, true);
    rows.push(
      read.kind === 'row'
        ? { ...read, line: lineOf(read.value.endpoint) }
        : {
            kind: 'bad',
            line: lineOf(read.endpoint),
            problem: read.problem,
            excerpt: read.endpoint.slice(0, MAX_EXCERPT),
          },
    );
  }
  return rows;
}

/** What is in a document. One with keys alone has lost its endpoint. */
function recordsIn(value: unknown, roles: FieldRoles): (FoundRecord | Stranger)[] {
  const found = findRecords(value, roles);
  return found.length === 0 && isTorn(value, roles) ? [{ kind: 'stranger', at: value as object }] : found;
}

/** A text in a value, by which its place is found. */
function anyTextIn(value: unknown): string {
  if (typeof value === 'string') return value.length < MIN_PLACE ? '' : value;
  if (typeof value !== 'object' || value === null) return '';
  return (
    Object.values(value)
      .map(anyTextIn)
      .find((text) => text !== '') ?? ''
  );
}
const MIN_PLACE = 16;
