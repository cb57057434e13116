import { readLooseLiteral } from '../../text/loose-literal.ts';
import { columnOf } from './field-role.ts';
import { readSqlSettings } from '../../text/sql-settings.ts';
import { readSqlHead, readSqlTuple } from '../../text/sql-rows.ts';

const PLACEHOLDER = /^(?:\?\d{0,3}|\$\d{1,3}|%s|%\(\w{1,60}\)s|[:@]\w{1,60})$/;
const PLACEHOLDER_SQL =
  /^\s*(?:(?:INSERT|REPLACE)\s[^;]{0,4000}VALUES?\s*\(|(?:UPDATE|INSERT|REPLACE)\s[^;]{1,200}\sSET\s)[^']{0,4000}[?$%:@]/i;
/** How far after a statement its parameters are looked for. */
export const PARAMETERS_LOOK = 12_000;
const MAX_BRACKETS = 12;
const NEXT_STATEMENT = /\b(?:INSERT|REPLACE|UPDATE|DELETE|SELECT|CREATE)\s/i;
/** Hibernate: `binding parameter [1] as [VARCHAR] - [text]`, `binding parameter (1:VARCHAR) <- [text]`. */
const BOUND = /binding parameter [[(](\d{1,3})(?::\w+)?[\])](?: as \[\w+\])? (?:<-|-) \[(.*)\][ \t]*\r?$/gm;
/** PostgreSQL: `$1 = 'text'`. */
const DETAIL = /\$(\d{1,3}) = (?:'((?:[^']|'')*)'|(NULL))/g;
/** MyBatis: `Parameters: 5(Long), text(String)`. */
const TYPED = /Parameters: (.*)$/m;

/** Whether a value of a row is only a placeholder. */
export const isPlaceholder = (value: unknown): boolean =>
  typeof value === 'string' && PLACEHOLDER.test(value);

export const isPlaceholderSql = (text: string): boolean => text.length < 20_000 && PLACEHOLDER_SQL.test(text);

/** The rows that a statement with placeholders writes with these parameters; `null`: they do not match. */
export function namedParameters(
  sql: string,
  parameters: readonly unknown[],
): Record<string, unknown>[] | null {
  const from = sql.search(/\S/);
  const settings = readSqlSettings(sql, from, sql.length);
  if (settings !== null && settings !== 'unfinished')
    return fill(
      settings.values,
      settings.columns.map((name) => columnOf(name, settings.table)),
      parameters,
    );
  const head = readSqlHead(`${sql} `, from, sql.length + 1, new Map());
  if (head.kind !== 'rows' || head.rows.columns === null) return null;
  const tuple = readSqlTuple(sql, head.end, sql.length, head.rows);
  return tuple === null ? null : fill(tuple.values, head.rows.columns, parameters);
}

/** Puts parameters in their places; a list of lists gives several rows. */
function fill(
  values: readonly unknown[],
  columns: readonly string[] | null,
  parameters: readonly unknown[],
): Record<string, unknown>[] | null {
  const count = values.filter(isPlaceholder).length;
  if (count === 0 || columns === null) return null;
  const isMany =
    parameters.length > 0 && parameters.every((one) => Array.isArray(one) && one.length === count);
  const all = isMany ? (parameters as unknown[][]) : [parameters];
  if (!all.every((some) => some.length === count)) return null;
  return all.map((list) => {
    // ActiveRecord: each has its name.
    const some = list.every((one) => Array.isArray(one) && one.length === 2)
      ? list.map((one) => (one as unknown[])[1])
      : list;
    const row = Object.create(null) as Record<string, unknown>;
    let next = 0;
    values.forEach((value, index) => {
      const name = columns[index] ?? `column ${index + 1}`;
      row[name] = isPlaceholder(value) ? some[next++] : value;
    });
    return row;
  });
}

/**
 * Looks for the parameters of a statement in what a log prints after it: a list, a row in brackets, lines of Hibernate, MyBatis or
 * PostgreSQL.
 *
 * @param rest the text after the row of placeholders
 * @param named parameters that were given before the statement, by name
 * @returns the rows, and how much of the following text was used; `null`: there are none
 */
export function parametersBehind(
  rest: string,
  values: readonly unknown[],
  columns: readonly string[] | null,
  named: ReadonlyMap<string, unknown>,
): { rows: Record<string, unknown>[]; end: number } | null {
  const known = values.map((value) => (typeof value === 'string' ? named.get(value) : undefined));
  const places = values.filter(isPlaceholder).length;
  if (places > 0 && known.filter((one) => one !== undefined).length === places) {
    const rows = fill(
      values,
      columns,
      known.filter((one) => one !== undefined),
    );
    if (rows !== null) return { rows, end: 0 };
  }
  const stop = NEXT_STATEMENT.exec(rest)?.index ?? rest.length;
  const look = rest.slice(0, stop);
  for (const found of [numbered(look, BOUND, places), numbered(look, DETAIL, places), typed(look)]) {
    const rows = found === null ? null : fill(values, columns, found.values);
    if (found !== null && rows !== null) return { rows, end: found.end };
  }
  return inBrackets(look, values, columns) ?? inLine(look, values, columns);
}

interface Found {
  readonly values: unknown[];
  readonly end: number;
}

function numbered(text: string, pattern: RegExp, places: number): Found | null {
  const values: unknown[] = [];
  let end = 0;
  for (const found of text.matchAll(pattern)) {
    const index = Number(found[1]) - 1;
    // The next row begins.
    if (index < values.length || index >= places) break;
    if (index !== values.length) return null;
    values.push(found[3] === undefined ? (found[2] ?? '').replaceAll("''", "'") : null);
    end = found.index + found[0].length;
  }
  return values.length === 0 ? null : { values, end };
}

function typed(text: string): Found | null {
  const found = TYPED.exec(text);
  if (found === null || !/\(\w+\)\s*$/.test(found[1] ?? '')) return null;
  const values = [...(found[1] ?? '').matchAll(/(null|.*?)(?:\((\w+)\)|(?<=null))(?:, |\s*$)/g)].map(
    ([, value]) => (value === 'null' ? null : value),
  );
  return { values, end: found.index + found[0].length };
}

function inBrackets(
  text: string,
  values: readonly unknown[],
  columns: readonly string[] | null,
): { rows: Record<string, unknown>[]; end: number } | null {
  let tried = 0;
  for (const { 0: bracket, index } of text.matchAll(/[[(]/g)) {
    tried += 1;
    if (tried > MAX_BRACKETS) return null;
    const read = readLooseLiteral(text, index, text.length);
    if (read.kind !== 'read') continue;
    // A row of one value is that value.
    const list: unknown = Array.isArray(read.value) ? read.value : bracket === '(' ? [read.value] : null;
    const rows = Array.isArray(list) ? fill(values, columns, list) : null;
    if (rows !== null) return { rows, end: read.end };
  }
  return null;
}

/** Sequelize: `; 5, "text", "text"`. */
function inLine(
  text: string,
  values: readonly unknown[],
  columns: readonly string[] | null,
): { rows: Record<string, unknown>[]; end: number } | null {
  const line = /;[ \t]*([^\r\n]*)/.exec(text);
  if (line === null) return null;
  const read = readLooseLiteral(`[${line[1] ?? ''}]`, 0, (line[1] ?? '').length + 2);
  const rows = read.kind === 'read' && Array.isArray(read.value) ? fill(values, columns, read.value) : null;
  return rows === null ? null : { rows, end: line.index + line[0].length };
}

/** The parameters that EF Core prints before its statement: `[Parameters=[@p0='text' (Size = 400), @p1='5'], …`. */
export function parametersBefore(text: string): ReadonlyMap<string, unknown> {
  const named = new Map<string, unknown>();
  for (const [, name = '', quoted] of text.matchAll(/(@\w{1,60})=(?:'((?:[^']|'')*)'|NULL)/g))
    named.set(name, quoted?.replaceAll("''", "'") ?? null);
  return named;
}
