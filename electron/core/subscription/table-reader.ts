import papa from 'papaparse';
import type { ColumnMapping, ColumnTarget } from '../../contract/subscription-import.ts';
import type { SubscriptionTextReader } from './text-reader.ts';
import {
  ATTRIBUTE_PREFIX,
  UNSUBSCRIBED_PREFIX,
  createFieldRoles,
  fieldOf,
  type FieldRole,
} from './record/field-role.ts';
import { readRecord } from './record/read-record.ts';
import { NOTHING_BESIDE, clean, EXCERPT_CHARACTERS, type SubscriptionTextRow } from './region.ts';
import { NOT_A_SUBSCRIPTION, standardSubscription } from './subscription-shape.ts';
import { createDrawnRows, type DrawnRow } from './drawn-rows.ts';
import { createTableRecords, exportedRecord } from './table-record.ts';
import { EXPORT_COLUMNS } from './export-rows.ts';
import { columnProblem } from './unknown-column.ts';
import { mappedTo } from './table-columns.ts';
import { unprinted } from './unprinted.ts';
import { drawnCells, endpointColumnOf, isRule, type TableForm } from './table-form.ts';

/** A longer record has a quote too many: it is read as lines. */
const MAX_RECORD = 200_000;
const BACKSLASH = 92;

/** Reads a table row by row, in pieces cut anywhere. Memory and time are limited by its longest row, at most 200,000 characters. */
export function createTableReader(
  form: TableForm,
  mapping: ColumnMapping = {},
  onRow: (cells: readonly string[]) => void = () => undefined,
): SubscriptionTextReader {
  const roles = createFieldRoles();
  const headed = (names: readonly string[], readAs: readonly string[]) => {
    const columns = names.map((name, index) => columnOf(readAs[index] ?? name, mappedTo(mapping, name)));
    return { columns, records: createTableRecords(columns, roles), direct: directColumns(columns) };
  };
  let { columns, records, direct } = headed(form.columns, form.readAs);
  // In a table that Pushdesk wrote, an empty cell is an empty value, and “none” is a word.
  const isOwn = form.columns.join(',') === EXPORT_COLUMNS.join(',');
  let rest = '';
  let line = 1;
  let toSkip = form.linesBefore;

  const drawn = createDrawnRows(endpointColumnOf(columns.map((name) => name ?? '')));
  const readDrawn = (block: string): SubscriptionTextRow[] => {
    const rows: SubscriptionTextRow[] = [];
    const take = (row: DrawnRow | null) => {
      if (row === null) return;
      onRow(row.cells);
      rows.push(...readRow(row.cells, line - row.height));
    };
    for (const one of block.replace(/\r?\n$/, '').split(/\r\n?|\n/)) {
      if (toSkip > 0) toSkip -= 1;
      else if (
        one.trim() === '' ||
        isRule(one) ||
        !(one.includes(form.delimiter) || form.columns.length === 1)
      )
        take(drawn.end());
      else take(drawn.line(drawnCells(one, form)));
      line += 1;
    }
    return rows;
  };

  const readRows = (block: string, hasQuotes: boolean): SubscriptionTextRow[] => {
    if (form.isDrawn) return readDrawn(block);
    const rows: SubscriptionTextRow[] = [];
    const text = block.includes('\r') ? block.replaceAll(/\r\n?/g, '\n') : block;
    const { data, errors } = papa.parse<string[]>(text.endsWith('\n') ? text.slice(0, -1) : text, {
      delimiter: form.delimiter,
      newline: '\n',
      quoteChar: !hasQuotes ? '\u0000' : '"',
      escapeChar: form.hasBackslashes ? '\\' : '"',
    });
    const torn = new Set(errors.flatMap(({ code, row }) => (code === 'InvalidQuotes' ? [row] : [])));
    for (const [index, cells] of data.entries()) {
      const at = line;
      line += 1;
      if (hasQuotes) for (const cell of cells) line += lineEndsIn(cell);
      if (toSkip > 0) {
        toSkip -= 1;
        continue;
      }
      if (cells.length <= 1 && (cells[0] ?? '').trim() === '') continue;
      if (torn.has(index) && cells.some((cell) => cell.includes('\n'))) {
        rows.push({
          kind: 'bad',
          line: at,
          problem: TORN_QUOTES,
          excerpt: clean(cells.join(' '), 0, EXCERPT_CHARACTERS),
        });
        continue;
      }
      if (form.delimiter === '|' && cells.length === 1 && isRule(cells[0] ?? '')) continue;
      const whole = cells.map(withoutGuard);
      onRow(whole);
      rows.push(...readRow(whole, at));
    }
    return rows;
  };

  const readRow = (cells: readonly string[], at: number): SubscriptionTextRow[] => {
    // Several tables were put together, or somebody added a line below a table.
    if (isHeading(cells)) {
      ({ columns, records, direct } = headed(cells, []));
      return [{ kind: 'other', line: at }];
    }
    if (columns.length > 1 && isRemark(cells)) return [{ kind: 'other', line: at }];
    if (direct !== null) {
      const value = standardSubscription({
        endpoint: cells[direct.endpoint],
        expirationTime: null,
        keys: { p256dh: cells[direct.p256dh], auth: cells[direct.auth] },
      });
      if (value !== null) return [{ kind: 'row', line: at, value, ...NOTHING_BESIDE }];
    }
    const excerpt = () => clean(cells.join(form.delimiter), 0, EXCERPT_CHARACTERS);
    const stranger = (): SubscriptionTextRow => {
      const problem =
        cells.length === columns.length
          ? (unprinted(excerpt()) ?? NOT_A_SUBSCRIPTION)
          : cellCount(cells.length, columns.length);
      return { kind: 'bad', line: at, problem, excerpt: excerpt() };
    };
    const found = isOwn ? [exportedRecord(columns, cells)] : records.of(cells);
    if (found.length === 0) return [stranger()];
    return found.map((record) => {
      if (record.kind === 'stranger') return stranger();
      const read = readRecord(record, roles, isOwn);
      if (read.kind === 'row') return { ...read, line: at };
      const problem = columnProblem(read.problem, columns, cells) ?? read.problem;
      return { kind: 'bad', line: at, problem, excerpt: excerpt() };
    });
  };

  /** Reads the records that are complete by now, and keeps the rest. */
  const read = (isLast: boolean): SubscriptionTextRow[] => {
    const rows: SubscriptionTextRow[] = [];
    for (;;) {
      const { end, hasQuotes, isTorn } = form.isDrawn
        ? lastLineEnd(rest)
        : lastRecordEnd(rest, form.hasBackslashes);
      if (end > 0) {
        rows.push(...readRows(rest.slice(0, end), hasQuotes));
        rest = rest.slice(end);
      }
      if (!isTorn && !(isLast && rest.includes('"') && rest.includes('\n'))) break;
      // A quote that is never closed: its line is read as it is, and the following lines are read again.
      const lineEnd = rest.indexOf('\n') + 1;
      const torn = lineEnd === 0 ? rest : rest.slice(0, lineEnd);
      rows.push(...readRows(torn, false));
      rest = rest.slice(torn.length);
      if (rest === '') break;
    }
    if (isLast && rest !== '') {
      rows.push(...readRows(rest, !form.isDrawn));
      rest = '';
    }
    if (isLast && form.isDrawn) {
      const row = drawn.end();
      if (row !== null) {
        onRow(row.cells);
        rows.push(...readRow(row.cells, line - row.height));
      }
    }
    return rows;
  };

  return {
    push(piece) {
      rest += piece;
      return read(false);
    },
    end: () => read(true),
  };
}

/** Whether these cells name everything that a subscription needs, and hold none of it. */
function isHeading(cells: readonly string[]): boolean {
  if (cells.some((cell) => cell.length > MAX_NAME)) return false;
  const roles = new Set(cells.map((cell) => fieldOf(cell.trim())?.role));
  return roles.has('endpoint') && roles.has('p256dh') && roles.has('auth');
}
const MAX_NAME = 60;

/** Whether one cell has words, and all others are empty. */
function isRemark(cells: readonly string[]): boolean {
  const [only, ...others] = cells.filter((cell) => cell.trim() !== '');
  return only !== undefined && others.length === 0 && /^(?!.*[\w+/-]{16})[^{}[\]"'|]{1,200}$/.test(only);
}

/** The apostrophe before a text that a spreadsheet would take for a formula is not part of it. */
function withoutGuard(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

const TORN_QUOTES = {
  code: 'table-quotes',
  cause: 'A quote is missing in this row, or one too many: it may be parts of two.',
  cure: 'Check its quotes, and export the table again.',
};

function cellCount(found: number, wanted: number) {
  return {
    code: 'table-row',
    cause: `This row has ${found} cells, and the table has ${wanted} columns.`,
    cure: 'Check its quotes, and export the table again.',
  };
}

/** Where the last complete record ends, and whether the one after it is torn: longer than any record, because a quote is missing. */
function lastRecordEnd(
  text: string,
  hasBackslashes: boolean,
): { end: number; hasQuotes: boolean; isTorn: boolean } {
  let quotes = 0;
  let end = 0;
  let from = 0;
  for (let lineEnd = text.indexOf('\n'); lineEnd !== -1; lineEnd = text.indexOf('\n', from)) {
    for (let at = text.indexOf('"', from); at !== -1 && at < lineEnd; at = text.indexOf('"', at + 1)) {
      if (!(hasBackslashes && text.charCodeAt(at - 1) === BACKSLASH)) quotes += 1;
    }
    if (quotes % 2 === 0) end = lineEnd + 1;
    else if (lineEnd - end > MAX_RECORD) return { end, hasQuotes: true, isTorn: true };
    from = lineEnd + 1;
  }
  return { end, hasQuotes: quotes > 0, isTorn: quotes % 2 === 1 && text.length - end > MAX_RECORD };
}

function lastLineEnd(text: string): { end: number; hasQuotes: boolean; isTorn: boolean } {
  return { end: text.lastIndexOf('\n') + 1, hasQuotes: false, isTorn: false };
}

function lineEndsIn(cell: string): number {
  let count = 0;
  for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** The name that a column is read by; `null`: it is left out. */
function columnOf(name: string, target: ColumnTarget | undefined): string | null {
  switch (target) {
    case undefined:
      return name;
    case 'nothing':
      return null;
    case 'label':
      return 'label';
    case 'externalId':
      return 'external_id';
    case 'tags':
      return `tags`;
    case 'attribute':
      return ATTRIBUTE_PREFIX + name;
    case 'unsubscribed':
      return UNSUBSCRIBED_PREFIX + name;
    case 'endpoint':
    case 'p256dh':
    case 'auth':
      return target;
  }
}

/** The columns of endpoint and keys, if no column has any other known name; else `null`. */
function directColumns(columns: readonly (string | null)[]) {
  const at = new Map<FieldRole, number>();
  let isPlain = true;
  for (const [index, name] of columns.entries()) {
    if (name === null) continue;
    const role = fieldOf(name)?.role;
    if (role === undefined) continue;
    if (!['endpoint', 'p256dh', 'auth'].includes(role) || at.has(role)) isPlain = false;
    at.set(role, index);
  }
  const [endpoint, p256dh, auth] = [at.get('endpoint'), at.get('p256dh'), at.get('auth')];
  if (!isPlain || endpoint === undefined || p256dh === undefined || auth === undefined) return null;
  return { endpoint, p256dh, auth };
}
