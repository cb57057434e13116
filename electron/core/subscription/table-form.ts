import papa from 'papaparse';
import { guessNames } from './record/named-values.ts';
import { isKnownEndpoint } from './record/records.ts';
import { fieldOf } from './record/field-role.ts';

/** How a table is written, as its start shows it. */
export interface TableForm {
  readonly delimiter: string;
  /** Whether cells have space around them and rules between rows, as terminals and Markdown print tables. */
  readonly isDrawn: boolean;
  /** Whether `\"` is a quote inside a quoted cell; else it is `""`. */
  readonly hasBackslashes: boolean;
  readonly columns: readonly string[];
  /** Lines before the first row. */
  readonly linesBefore: number;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** A line without words between its strokes: `+----+----+`, `|---|:--|`, `----+----`. */
const RULE = /^[\s|+:=-]*(?:--|==)[\s|+:=-]*$/;
const MAX_LINES_BEFORE = 10;

/**
 * Tells whether a text is a table of subscriptions, and how it is written: commas, semicolons, tabs or strokes; with names in its first
 * line or without; drawn by psql, mysql or Markdown.
 *
 * @param start of the text, without a byte order mark
 * @param isWhole whether that is all of it: else its last line may be cut
 */
export function tableFormOf(start: string, isWhole: boolean): TableForm | null {
  const lines = start.split(/\r\n?|\n/);
  if (/^\s*(?:INSERT|REPLACE|COPY|CREATE)\s/im.test(start)) return null;
  if (!isWhole && lines.length > 1) lines.pop();
  const told = /^sep=(.)$/i.exec(lines[0]?.trim() ?? '')?.[1];
  let first = told === undefined ? 0 : 1;
  for (; first < Math.min(lines.length, MAX_LINES_BEFORE); first += 1) {
    const line = lines[first] ?? '';
    if (isBefore(line)) continue;
    for (const delimiter of told === undefined ? DELIMITERS : [told]) {
      const form = formAt(lines, first, delimiter);
      if (form !== null) return form;
    }
    if (!/^[^{[<]{0,200}$/.test(line) || first > 2) return null;
  }
  return null;
}

/** What stands before a table: blank lines, comments, rules, prompts. */
function isBefore(line: string): boolean {
  return /^\s*$|^\s*(?:#|--\s|\/\/)/.test(line) || RULE.test(line);
}

function formAt(lines: readonly string[], first: number, delimiter: string): TableForm | null {
  const line = lines[first] ?? '';
  if (/^\s*(?:[[{<]|INSERT\b|COPY\b|CREATE\b|Array\b)/i.test(line)) return null;
  const next = lines.slice(first + 1, first + 40);
  const rows = next.filter((one) => one.trim() !== '' && !RULE.test(one));
  // Before the end of a cell it is one that ends in a backslash.
  const escaped = new RegExp(`\\\\"(?!\\s*(?:\\${delimiter}|$))`);
  const hasBackslashes =
    [line, ...rows].some((one) => escaped.test(one)) && !rows.some((one) => one.includes('""'));
  const isDrawn =
    delimiter === '|' && (/^\s*\|/.test(line) || next.some((one) => RULE.test(one)) || line.includes(' | '));
  // Names have rows under them, and not a program or JSON.
  if (/^\s*[{[}\])]/.test(rows[0] ?? '')) return null;
  const split = (text: string) => splitRow(text, delimiter, hasBackslashes, isDrawn);
  const head = split(line);
  const row = split(rows.slice(0, 12).join('\n'));
  if (head.length < 2 && !(rows[0]?.trimStart().startsWith('"{') ?? false)) return null;
  const form = { delimiter, isDrawn, hasBackslashes };
  if (isNamed(head)) {
    // A row that has as many cells and holds what a subscription has, or a name that says it.
    const fits = row.length === head.length && row.some(holdsSubscription);
    const says = head.some((name) => fieldOf(name)?.role === 'endpoint' && (fieldOf(name)?.sure ?? 0) > 1);
    const keys = head.filter((name) => /^(?:p256dh|auth|publicKey)$/.test(fieldOf(name)?.role ?? '')).length;
    if (fits || (says && keys > 0)) return { ...form, columns: unique(head), linesBefore: first + 1 };
    return null;
  }
  const names = guessNames(head);
  return names.includes('endpoint') && names.includes('p256dh') && names.includes('auth')
    ? { ...form, columns: unique(names), linesBefore: first }
    : null;
}

/** Whether a line can be one of names: none of its cells is an address, a key or empty throughout. */
function isNamed(cells: readonly string[]): boolean {
  return (
    cells.some((cell) => cell.trim() !== '') &&
    cells.every((cell) => cell.length <= 80 && !/^https?:|[{}]|^[\w-]{60,}={0,2}$/.test(cell.trim()))
  );
}

function holdsSubscription(cell: string): boolean {
  return (
    isKnownEndpoint(cell) ||
    /^\s*https:\/\/\S{40,}$/.test(cell) ||
    /^\s*[{["].*(?:endpoint|https:)/s.test(cell)
  );
}

function unique(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((raw, index) => {
    const name = raw.trim() === '' ? `column ${index + 1}` : raw.trim();
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} ${count}`;
  });
}

/** The cells of the first row of a text. */
function splitRow(text: string, delimiter: string, hasBackslashes: boolean, isDrawn: boolean): string[] {
  const { data } = papa.parse<string[]>(text, {
    delimiter,
    newline: '\n',
    quoteChar: isDrawn ? '\u0000' : '"',
    escapeChar: hasBackslashes ? '\\' : '"',
    preview: 1,
  });
  const cells = data[0] ?? [];
  return isDrawn ? drawnCells(cells) : cells;
}

/** Cells of a drawn row: without space around them, and without the strokes at its ends. */
export function drawnCells(cells: readonly string[]): string[] {
  const inner = cells.map((cell) => cell.trim());
  if (inner[0] === '' && inner.length > 2) inner.shift();
  if (inner.at(-1) === '' && inner.length > 2 && cells[0]?.trim() === '') inner.pop();
  return inner;
}

/** Whether a line of a drawn table holds no row. */
export const isRule = (line: string): boolean => RULE.test(line) || /^\s*\(?\d+ rows?\b.*$/i.test(line);
