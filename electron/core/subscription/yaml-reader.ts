import { isScalar, parseAllDocuments, visit, type Node } from 'yaml';
import { createLineCounter } from '../text/line-counter.ts';
import { createFieldRoles } from './record/field-role.ts';
import { readRecord } from './record/read-record.ts';
import { findRecords } from './record/records.ts';
import { clean, type SubscriptionTextRow } from './region.ts';
import type { SubscriptionTextReader } from './text-reader.ts';

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
  const [first = ''] = lines;
  // The prompt of a console.
  if (/^[\w.:[\]-]*> /m.test(start)) return false;
  if (/^---(?:\s|$)/.test(first)) return true;
  return (
    /^(?:- *)?["']?[\w.@ -]+["']?:(?:\s|$)|^-\s*$/.test(first) &&
    lines.slice(0, 30).some((line) => /^\s+["']?[\w.-]+["']?:(?:\s|$)|^- /.test(line))
  );
}

/**
 * Reads YAML with all its features: anchors, folded texts, flow style. A long text is read a few items at a time, each time with what comes
 * before the first. The other reader reads what is broken.
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
    const rows = readSome(text.slice(items.head.length, cut), items, line);
    line += countLines(text.slice(items.head.length, cut));
    text = items.head + text.slice(cut);
    return rows;
  };

  return {
    push(piece) {
      if (other !== null) return other.push(piece);
      text += piece;
      return text.length <= MAX_YAML ? [] : readItems();
    },
    end() {
      if (other !== null) return other.end();
      if (items !== null) return readSome(text.slice(items.head.length), items, line);
      const rows = readYaml(text, 1);
      if (rows.some(({ kind }) => kind === 'row')) return rows;
      const apart = readApart(text);
      if (apart !== null) return apart;
      const fallback = otherReader();
      return [...fallback.push(text), ...fallback.end()];
    },
  };
}

/** How a long YAML text is cut: what comes before its first item, and how each item begins. */
interface Items {
  readonly head: string;
  readonly headLines: number;
  readonly starts: RegExp;
}

/** Its items are those of the first list, or else the names on the outermost level that has several. */
function itemsOf(text: string): Items | null {
  const look = text.slice(0, FIRST_ITEMS);
  const list = /^([ ]*)- /m.exec(look);
  const indent =
    list?.[1] ?? ['', '  ', '    '].find((one) => (look.match(nameAt(one))?.length ?? 0) > 1) ?? null;
  if (indent === null) return null;
  const starts = list === null ? nameAt(indent) : new RegExp(`^${indent}- `, 'gm');
  starts.lastIndex = 0;
  const first = starts.exec(text);
  if (first === null) return null;
  // `matchAll` begins there.
  starts.lastIndex = 0;
  const head = text.slice(0, first.index);
  return { head, headLines: countLines(head), starts };
}

const nameAt = (indent: string) =>
  new RegExp(`^${indent}["']?[\\p{L}\\p{N}_][^\\n:]{0,200}:(?=\\s|$)`, 'gmu');

function lastItemStart(text: string, starts: RegExp): number {
  let last = -1;
  for (const { index } of text.matchAll(starts)) last = index;
  return last;
}

/** Reads items; if one of them is broken, each by itself. */
function readSome(text: string, { head, headLines, starts }: Items, line: number): SubscriptionTextRow[] {
  const rows = readYaml(head + text, line);
  if (rows.length > 0) return rows;
  const places = [...text.matchAll(starts)].map(({ index }) => index);
  let itsLine = line;
  return places.flatMap((at, index): SubscriptionTextRow[] => {
    const one = text.slice(at, places[index + 1]);
    if (index > 0) itsLine += countLines(text.slice(places[index - 1], at));
    const found = readYaml(head + one, itsLine);
    if (found.length > 0 || !/endpoint|https:/.test(one)) return found;
    return [
      { kind: 'bad', line: itsLine + headLines, problem: NOT_YAML, excerpt: clean(one, 0, MAX_EXCERPT) },
    ];
  });
}

/** Reads each item of a broken text by itself; `null`: most of them are broken too, or it would take too long. */
function readApart(text: string): SubscriptionTextRow[] | null {
  const items = itemsOf(text);
  if (items === null) return null;
  const count = text.match(items.starts)?.length ?? 0;
  if (count < 2 || count * items.head.length > MAX_ITEM) return null;
  const rows = readSome(text.slice(items.head.length), items, 1);
  return rows.filter(({ kind }) => kind === 'row').length * 2 < rows.length || rows.length === 0
    ? null
    : rows;
}

const NOT_YAML = {
  code: 'not-yaml',
  cause: 'This is not valid YAML.',
  cure: 'Check its indentation and quotes.',
};

function countLines(text: string): number {
  return text.split(/\r\n?|\n/).length - 1;
}

/** @param line of the first character, from 1 */
function readYaml(text: string, line: number): SubscriptionTextRow[] {
  const roles = createFieldRoles();
  const rows: SubscriptionTextRow[] = [];
  const lines = createLineCounter(text, line);
  let place = 0;
  for (const record of valuesOf(text).flatMap((value) => findRecords(value, roles))) {
    if (record.kind === 'stranger') continue;
    const read = readRecord(record, roles, true);
    // Its values show where it is; the YAML parser no longer knows once it has produced values.
    const known = read.kind === 'row' ? read.value.endpoint : read.endpoint;
    place = Math.max(place, known === '' ? 0 : text.indexOf(known, place));
    rows.push(
      read.kind === 'row'
        ? { ...read, line: lines.lineAt(place) }
        : {
            kind: 'bad',
            line: lines.lineAt(place),
            problem: read.problem,
            excerpt: read.endpoint.slice(0, MAX_EXCERPT),
          },
    );
  }
  return rows;
}

const PARTS = /^(?:endpoint|keys|p256dh|auth)$/i;

/** Whether an object has a part twice: a line between them is lost, and it is not known whose keys are whose. */
function hasPartTwice(document: Node | null): boolean {
  let isTwice = false;
  visit(document, {
    Map(_key, { items }) {
      const parts = items.flatMap(({ key }) =>
        isScalar(key) && typeof key.value === 'string' && PARTS.test(key.value) ? [key.value] : [],
      );
      isTwice ||= new Set(parts).size < parts.length;
      return isTwice ? visit.BREAK : undefined;
    },
  });
  return isTwice;
}

function valuesOf(text: string): unknown[] {
  try {
    const documents = parseAllDocuments(text.replaceAll(/\r\n?/g, '\n'), {
      logLevel: 'silent',
      uniqueKeys: false,
    });
    if (!Array.isArray(documents)) return [];
    return documents
      .filter(({ errors, contents }) => errors.length === 0 && !hasPartTwice(contents))
      .map((one): unknown => one.toJS({ maxAliasCount: 50 }));
  } catch {
    // Nested beyond all measure, or aliases of aliases.
    return [];
  }
}
