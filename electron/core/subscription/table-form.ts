import papa from 'papaparse';
import { guessNames } from './record/named-values.ts';
import { isKnownEndpoint } from './record/known-endpoint.ts';
import { fieldOf } from './record/field-role.ts';
import { columnNames } from './column-names.ts';
import { EXPORT_COLUMNS } from './export-rows.ts';
import { createDrawnRows } from './drawn-rows.ts';

/** How a table is written, as its start shows. */
export interface TableForm {
  readonly delimiter: string;
  /** Whether cells have space around them and rules between rows, as terminals and Markdown print tables. */
  readonly isDrawn: boolean;
  /** Whether there is a vertical bar before the first cell. */
  readonly isFramed: boolean;
  /** Whether `\"` is a quote inside a quoted cell; else it is `""`. */
  readonly hasBackslashes: boolean;
  readonly columns: readonly string[];
  /** What each column is read as: its name, or what its values show it to be. */
  readonly readAs: readonly string[];
  /** Lines before the first row. */
  readonly linesBefore: number;
}

/** That of a table that Pushdesk wrote, whatever the texts in it look like; `null`: the text does not begin like one. */
export function exportedFormOf(start: string): TableForm | null {
  const heading = EXPORT_COLUMNS.join(',');
  if (!start.startsWith(heading) || !/^(?:[\r\n]|$)/.test(start.slice(heading.length))) return null;
  const columns = [...EXPORT_COLUMNS];
  const isPlain = { isDrawn: false, isFramed: false, hasBackslashes: false };
  return { ...isPlain, delimiter: ',', columns, readAs: columns, linesBefore: 1 };
}

const DELIMITERS = [',', ';', '\t', '|', '│', '┃', '║', '^'] as const;
const SAMPLE_ROWS = 12;
/** A line without words between its bars: `+----+----+`, `|---|:--|`, `----+----`. */
const RULE = /^(?=.*(?:--|==))[\s|+:=-]*$|^(?=.*[─━═]{2})[\s\u2500-\u257f]*$/;
/** Names of column types. */
const TYPE = /^[a-z][\w()<>,[\] ]{0,60}$/;
const MAX_LINES_BEFORE = 10;

/**
 * Tells whether a text is a table of subscriptions, and how it is written: commas, semicolons, tabs or bars; with or without names in its
 * first line; drawn by psql, mysql or Markdown.
 *
 * @param start of the text, without a byte order mark
 * @param isWhole whether that is all of it: otherwise its last line may be cut off
 */
export function tableFormOf(start: string, isWhole: boolean): TableForm | null {
  const lines = start.split(/\r\n?|\n/);
  if (
    /^[^\S\r\n]*(?:INSERT|REPLACE|COPY|CREATE)\s|\s(?:INSERT|REPLACE)\s+INTO\s|^[^\S\r\n]*UPDATE\s+\S{1,80}\s+SET\s/im.test(
      start,
    )
  )
    return null;
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

/** What may come before a table: blank lines, comments, rules, prompts. */
function isBefore(line: string): boolean {
  return /^\s*$|^\s*(?:#|--\s|\/\/)/.test(line) || RULE.test(line);
}

function formAt(lines: readonly string[], first: number, delimiter: string): TableForm | null {
  const line = lines[first] ?? '';
  if (/^\s*(?:[[{<]|INSERT\b|COPY\b|CREATE\b|Array\b)/i.test(line)) return null;
  const next = lines.slice(first + 1, first + 40);
  const rows = next.filter((one) => one.trim() !== '' && !RULE.test(one));
  // Before the end of a cell, `\"` means that the cell ends in a backslash.
  const escaped = new RegExp(`\\\\"(?!\\s*(?:\\${delimiter}|$))`);
  const hasBackslashes =
    [line, ...rows].some((one) => escaped.test(one)) && !rows.some((one) => one.includes('""'));
  const isDrawn =
    /[│┃║]/.test(delimiter) ||
    (delimiter === '|' &&
      (/^\s*\|/.test(line) || next.some((one) => RULE.test(one)) || line.includes(' | ')));
  // Below names there are rows, not a program or JSON.
  if (/^\s*[{[}\])]/.test(rows[0] ?? '')) return null;
  const isFramed = isDrawn && line.trimStart().startsWith(delimiter);
  const form = { delimiter, isDrawn, isFramed, hasBackslashes };
  const split = (text: string) => rowsOf([text], form)[0] ?? [];
  const head = split(line);
  // `endpoint|https://…` under `id|1`: names at the left, as psql prints without lines.
  if (head.length === 2 && rows.some((one) => fieldOf(split(one)[0] ?? '')?.role === 'endpoint')) return null;
  const sample = isDrawn ? drawnSample(next, delimiter) : rows.slice(0, SAMPLE_ROWS);
  // DuckDB prints the types between the names and the rule below them.
  const hasTypes =
    isDrawn &&
    isRule(next[1] ?? '') &&
    !isRule(next[0] ?? '') &&
    split(next[0] ?? '').every((cell) => TYPE.test(cell));
  if (hasTypes) sample.shift();
  const body = rowsOf(sample, form, endpointColumnOf(head));
  const [row = []] = body;
  const isOfJson =
    rows[0]?.trimStart().startsWith('"{') === true && /^"?[\p{L}_][\p{L}\p{N}_. -]*"?$/u.test(line.trim());
  if (head.length < 2 && !isOfJson && !isDrawn) return null;
  if (isNamed(head)) {
    // Whether a row has that many cells and holds what a subscription has, or a name that says so.
    const fits = row.length === head.length && row.some(holdsSubscription);
    const says = head.some((name) => fieldOf(name)?.role === 'endpoint' && (fieldOf(name)?.sure ?? 0) > 1);
    const keys = head.filter((name) => /^(?:p256dh|auth|publicKey)$/.test(fieldOf(name)?.role ?? '')).length;
    if (!fits && !(says && keys > 0)) return null;
    const columns = unique(head);
    const alike = body.filter((cells) => cells.length === head.length);
    return { ...form, columns, readAs: columnNames(columns, alike), linesBefore: first + (hasTypes ? 2 : 1) };
  }
  const names = guessNames(head);
  return names.includes('endpoint') && names.includes('p256dh') && names.includes('auth')
    ? { ...form, columns: unique(names), readAs: unique(names), linesBefore: first }
    : null;
}

/** Which column has the endpoint; -1: no name says so. */
export const endpointColumnOf = (names: readonly string[]): number =>
  names.findIndex((name) => fieldOf(name.trim())?.role === 'endpoint');

/** Whether a line can be a line of names: no cell is an address or a key, and not all are empty. */
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

/** Names of columns, each once; those without a name are numbered. */
export function unique(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((raw, index) => {
    const name = raw.trim() === '' ? `column ${index + 1}` : raw.trim();
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} ${count}`;
  });
}

function rowsOf(
  lines: readonly string[],
  form: Pick<TableForm, 'delimiter' | 'hasBackslashes' | 'isDrawn' | 'isFramed'>,
  endpointColumn = -1,
): string[][] {
  if (form.isDrawn) {
    const rows = createDrawnRows(endpointColumn);
    const made = lines.map((line) => (isRule(line) ? rows.end() : rows.line(drawnCells(line, form))));
    return [...made, rows.end()].flatMap((row) => (row === null ? [] : [row.cells]));
  }
  const { data } = papa.parse<string[]>(lines.join('\n'), {
    delimiter: form.delimiter,
    newline: '\n',
    quoteChar: '"',
    escapeChar: form.hasBackslashes ? '\\' : '"',
    preview: SAMPLE_ROWS,
  });
  return data;
}

/** Enough lines for some rows, each of which may take many. */
function drawnSample(lines: readonly string[], delimiter: string): string[] {
  return lines.filter((line) => line.includes(delimiter) || isRule(line));
}

/** Cells of a line of a drawn table, with the space around them, and without the bars at its ends. */
export function drawnCells(
  line: string,
  { delimiter, isFramed }: Pick<TableForm, 'delimiter' | 'isFramed'>,
): string[] {
  // `||name||name||` of Jira.
  const plain = delimiter === '|' && line.startsWith('||') ? line.replaceAll('||', '|') : line;
  const cells = plain.trimEnd().split(delimiter);
  if (isFramed && cells.length > 1 && cells[0]?.trim() === '') cells.shift();
  if (cells.length > 1 && cells.at(-1) === '') cells.pop();
  return cells;
}

/** Whether a line of a drawn table holds no row. */
export const isRule = (line: string): boolean => RULE.test(line) || /^\s*\(?\d+ rows?\b.*$/i.test(line);
