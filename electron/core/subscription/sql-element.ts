import { readCopyLine, readSqlHead, readSqlTuple, type SqlRows } from '../text/sql-rows.ts';
import { readSqlSettings } from '../text/sql-settings.ts';
import { CUT_OFF } from './broken-literal.ts';
import { emitRecords } from './emit-records.ts';
import { columnOf } from './record/field-role.ts';
import { findRecords } from './record/find-records.ts';
import { isTorn } from './record/torn.ts';
import { namedRow } from './record/named-values.ts';
import {
  isPlaceholder,
  PARAMETERS_LOOK,
  parametersBefore,
  parametersBehind,
} from './record/sql-parameters.ts';
import { emitBad, EXCERPT_CHARACTERS, excerptOf, passOver, type Region, type Standing } from './region.ts';

const MAX_ROW = 200_000;
const HEAD = /(?:INSERT|REPLACE|COPY|CREATE|UPDATE)\s/iy;
/** What may follow a statement and belong to it. */
const MAX_TAIL = 250;

/**
 * Reads the head of a dump's statement here.
 *
 * @returns where its rows start, or the next position; `null`: there is no statement here
 */
export function readStatement(region: Region, standing: Standing, at: number): number | null {
  const { text, end } = region;
  HEAD.lastIndex = at;
  if (!HEAD.test(text)) return null;
  const settings = readSettings(region, standing, at);
  if (settings !== null || /^U/i.test(text.charAt(at))) return settings;
  const head = readSqlHead(text, at, end, standing.tables);
  switch (head.kind) {
    case 'unfinished':
      region.reach.to = Infinity;
      return null;
    case 'other':
      return null;
    case 'table':
      standing.tables = new Map(standing.tables).set(head.table, head.columns);
      return head.end;
    case 'rows':
      standing.sql = head.rows;
      return head.end;
  }
}

/** Reads a statement that sets columns by name. Its `WHERE` says whose it is: `UPDATE users SET … WHERE id = 7`. */
function readSettings(region: Region, standing: Standing, at: number): number | null {
  const { text, end, reach } = region;
  const found = readSqlSettings(text, at, end);
  if (found === 'unfinished') reach.to = Infinity;
  if (found === null || found === 'unfinished') return null;
  if (end - found.end < MAX_TAIL && text.charAt(found.end - 1) !== ';') reach.to = Infinity;
  const rows: SqlRows = {
    kind: 'values',
    table: found.table,
    columns: found.columns.map((name) => columnOf(name, found.table)),
    hasEscapes: false,
  };
  if (found.values.some(isPlaceholder))
    return readParameters(region, standing, rows, at, { values: found.values, end: found.end });
  const row = namedRow(found.values, rows.columns);
  emitRow(region, at, isTorn(row, region.roles) ? withEndpoint(row, region) : row, rows);
  return found.end;
}

/** Both keys with no endpoint are no row of another table: their endpoint is lost. */
const withEndpoint = (row: Record<string, unknown>, { roles, within }: Region): Record<string, unknown> =>
  findRecords(row, roles, within).length > 0 ? row : { ...row, endpoint: null };

/** Reads one row of a dump, or what ends its rows. Rows of tables that hold no subscriptions are skipped. */
export function readSqlRow(region: Region, standing: Standing, rows: SqlRows, at: number): number {
  return rows.kind === 'copy'
    ? readCopied(region, standing, rows, at)
    : readTuple(region, standing, rows, at);
}

function readTuple(region: Region, standing: Standing, rows: SqlRows, at: number): number {
  const { text, end } = region;
  const char = text.charAt(at);
  if (char === ',') return at + 1;
  if (char !== '(') {
    standing.sql = null;
    return char === ';' ? at + 1 : at;
  }
  const tuple = readSqlTuple(text, at, end, rows);
  if (tuple === null) {
    standing.sql = null;
    if (end - at < MAX_ROW) region.reach.to = Infinity;
    emitBad(region, at, CUT_OFF);
    const next = text.indexOf('\n', at);
    return next === -1 || next > end ? end : next + 1;
  }
  if (tuple.values.some(isPlaceholder)) return readParameters(region, standing, rows, at, tuple);
  emitRow(region, at, namedRow(tuple.values, rows.columns), rows);
  return tuple.end;
}

/** Hands over a row of a dump: a subscription, or what another table says. Only the end of the dump shows which of them belong together. */
function emitRow(
  region: Region,
  at: number,
  row: Record<string, unknown>,
  { table, columns }: SqlRows,
): void {
  const line = region.lines.lineAt(at);
  const records = findRecords(row, region.roles, region.within);
  const [record] = records;
  if (record === undefined && columns !== null) region.emit({ kind: 'beside', line, table, row });
  else if (records.length === 1 && record?.kind === 'record') {
    region.reach.to = Math.max(region.reach.to, at + EXCERPT_CHARACTERS);
    region.emit({ kind: 'held', line, record, excerpt: excerptOf(region.text, at) });
  } else emitRecords(region, at, row);
}

/** A row of placeholders whose values are elsewhere, as logs print statements. */
function readParameters(
  region: Region,
  standing: Standing,
  { columns }: SqlRows,
  at: number,
  { values, end: after }: { values: readonly unknown[]; end: number },
): number {
  const { text, end, reach } = region;
  if (after + PARAMETERS_LOOK > end) reach.to = Infinity;
  standing.sql = null;
  const rest = text.slice(after, Math.min(end, after + PARAMETERS_LOOK));
  const found = parametersBehind(rest, values, columns, standing.parameters);
  let count = 0;
  for (const row of found?.rows ?? []) count += emitRecords(region, at, row);
  if (count > 0 && found !== null) return after + found.end;
  passOver(region, standing, at);
  return after;
}

function readCopied(region: Region, standing: Standing, rows: SqlRows, at: number): number {
  const { text, end } = region;
  const found = text.indexOf('\n', at);
  const lineEnd = found === -1 || found > end ? end : found;
  if (lineEnd === end) region.reach.to = Infinity;
  const line = text.slice(at, lineEnd).replace(/\r$/, '');
  if (line.startsWith(String.raw`\.`)) {
    standing.sql = null;
    return lineEnd;
  }
  const values = readCopyLine(line);
  // Empty cells at the start look like the space between rows.
  const lost = (rows.columns?.length ?? 0) - values.length;
  const whole = lost > 0 ? [...Array.from({ length: lost }, () => ''), ...values] : values;
  emitRow(region, at, namedRow(whole, rows.columns), rows);
  return lineEnd;
}

export const PARAMETERS_START = '[Parameters=[';

/** The parameters of EF Core, which come before their statement. */
export function readParametersBefore(region: Region, standing: Standing, at: number): number | null {
  const { text, end, reach } = region;
  const limit = Math.min(end, at + PARAMETERS_LOOK);
  const close = text.slice(at, limit).search(/\],\s/);
  if (close === -1) {
    if (at + PARAMETERS_LOOK > end) reach.to = Infinity;
    return null;
  }
  standing.parameters = parametersBefore(text.slice(at, at + close));
  return at + close + 1;
}
