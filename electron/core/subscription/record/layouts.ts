import { columnwise, type Layout } from './parallel-lists.ts';
import type { FieldRoles } from './field-role.ts';
import { objectOf, type Row } from './named-cells.ts';
import { isPlaceholderSql, namedParameters } from './sql-parameters.ts';

/** Longer lists are still read; but this many names are not a heading. */
const MAX_COLUMNS = 200;
const MAX_NAME = 80;
/** Names that cells, columns and pairs use for their content. */
const NAME_OF_COLUMN = /^(?:name|field|fieldname|column|columnname|column_name|label|title|id|key)$/i;
const NAME_OF_PAIR = /^(?:key|name|field|column|attribute|k|n|property)$/i;
const VALUE_OF_PAIR = /^(?:value|val|v|content)$/i;
const CELLS_OF_ROW = /^(?:f|row|cells?|c|values?|data)$/i;

/**
 * The subscriptions of a value that keeps names and values apart, as objects with names: a list of names and lists of values
 * (`{"columns":[…],"rows":[[…]]}`, a heading row and rows), pairs (`[["endpoint","https://…"],…]`, `[{"key":…,"value":…},…]`), columns
 * (`{"endpoint":[…],"auth":[…]}`, `{"endpoint":{"0":…},…}`), a statement of SQL and its parameters.
 *
 * @returns `null`: it is none of these
 */
export function rowsOfLayout(value: object, roles: FieldRoles): Layout | null {
  if (Array.isArray(value)) return clear(pairs(value, roles) ?? headed(value, roles));
  const entries = Object.entries(value);
  if (entries.length === 0 || entries.length > MAX_COLUMNS) return null;
  return columnwise(entries, roles) ?? clear(namesApart(entries, roles) ?? statement(entries));
}

/** Rows of which each holds what belongs together. */
const clear = (rows: Row | Row[] | null): Layout | null => (rows === null ? null : { rows, isUneven: false });

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= MAX_NAME && !/^https?:|[{}\n]/.test(value);

/** Whether one of the names is that of an endpoint, and could be nothing else. */
function haveEndpoint(names: readonly string[], roles: FieldRoles): boolean {
  return names.some((name) => {
    const field = roles.of(name);
    return field?.role === 'endpoint' && field.sure > 1;
  });
}

function pairs(list: readonly unknown[], roles: FieldRoles): Row | null {
  if (list.length > MAX_COLUMNS || list.length < 2) return null;
  const names: string[] = [];
  const values: unknown[] = [];
  for (const one of list) {
    const pair = pairOf(one);
    if (pair === null) return null;
    names.push(pair[0]);
    values.push(pair[1]);
  }
  return haveEndpoint(names, roles) && new Set(names).size === names.length ? objectOf(names, values) : null;
}

/** A name and its value: `["auth", …]`, `{"auth": …}`, `{"key": "auth", "value": …}`. `null` if the value is none of these. */
export function pairOf(value: unknown): [name: string, value: unknown] | null {
  if (typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) {
    const [name, one] = value as unknown[];
    return value.length === 2 && isName(name) ? [name, one] : null;
  }
  const entries = Object.entries(value);
  if (entries.length === 1) return entries[0] !== undefined && isName(entries[0][0]) ? entries[0] : null;
  if (entries.length > 4) return null;
  const name = entries.find(([key, one]) => NAME_OF_PAIR.test(key) && isName(one))?.[1] as string | undefined;
  const found = entries.find(([key]) => VALUE_OF_PAIR.test(key));
  return name === undefined || found === undefined ? null : [name, found[1]];
}

/** The first row has the names. */
function headed([head, ...rows]: readonly unknown[], roles: FieldRoles): Row[] | null {
  const names = namesOf(head);
  return names === null || rows.length === 0 ? null : rowsUnder(names, rows, roles);
}

function namesOf(value: unknown): string[] | null {
  if (!Array.isArray(value) || value.length < 2 || value.length > MAX_COLUMNS) return null;
  const names = (value as unknown[]).map((one) => {
    if (isName(one)) return one;
    if (typeof one !== 'object' || one === null) return null;
    const found = Object.entries(one).find(([key, name]) => NAME_OF_COLUMN.test(key) && isName(name));
    return (found?.[1] as string | undefined) ?? null;
  });
  return names.every((name) => name !== null) ? names : null;
}

/** The names of columns, if a list has nothing else and one of them is that of an endpoint. */
export function headingOf(list: readonly unknown[], roles: FieldRoles): string[] | null {
  const names = list.every(isName) ? namesOf(list) : null;
  return names !== null && haveEndpoint(names, roles) ? names : null;
}

function rowsUnder(names: readonly string[], rows: readonly unknown[], roles: FieldRoles): Row[] | null {
  if (!haveEndpoint(names, roles)) return null;
  const cells = rows.map(cellsOf);
  // Anything that is not a row means that this is another layout.
  if (!cells.every((some) => some?.length === names.length)) return null;
  return cells.map((some) => objectOf(names, some ?? []));
}

function cellsOf(row: unknown): readonly unknown[] | null {
  if (Array.isArray(row)) return row as unknown[];
  if (typeof row !== 'object' || row === null) return null;
  const found = Object.entries(row).find(([name, one]) => CELLS_OF_ROW.test(name) && Array.isArray(one));
  return (found?.[1] as unknown[] | undefined) ?? null;
}

/** Names and rows are beside each other, the names perhaps one level deeper. */
function namesApart(entries: readonly [string, unknown][], roles: FieldRoles): Row[] | null {
  const lists = entries.flatMap(([, value]) => listsIn(value));
  for (const list of lists) {
    const names = namesOf(list);
    if (names === null || !haveEndpoint(names, roles)) continue;
    for (const rows of lists) {
      const found = rows === list || rows.length === 0 ? null : rowsUnder(names, rows, roles);
      if (found !== null) return found;
    }
  }
  // Google Sheets, sql.js: there are only rows, and the first has the names.
  if (entries.length > 6) return null;
  for (const [, value] of entries) {
    const found = Array.isArray(value) ? headed(value, roles) : null;
    if (found !== null) return found;
  }
  return null;
}

function listsIn(value: unknown): (readonly unknown[])[] {
  if (Array.isArray(value)) return [value as unknown[]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).filter((one): one is unknown[] => Array.isArray(one));
}

/** A statement, and its parameters beside it. */
function statement(entries: readonly [string, unknown][]): Row[] | null {
  const sql = entries.find(([, one]) => typeof one === 'string' && isPlaceholderSql(one))?.[1];
  if (typeof sql !== 'string') return null;
  for (const [, one] of entries) {
    const rows = Array.isArray(one) ? namedParameters(sql, one) : null;
    if (rows !== null) return rows;
  }
  return null;
}
