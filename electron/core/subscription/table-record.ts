import { haveSeveralParts } from './record/devices.ts';
import type { FieldRoles } from './record/field-role.ts';
import { parseJson } from './record/parse-json.ts';
import { findRecords } from './record/find-records.ts';
import type { FoundRecord, Leaf, Stranger } from './record/found-record.ts';

/** A text in a cell that may hold values of its own. */
const OBJECT_IN_TEXT = /^\s*\{/;
/** JavaScript objects put these names first, whatever the order of the columns. */
const INDEX = /^\d+$/;

/** Makes records from the rows of one table. */
export interface TableRecords {
  /** None: the row holds no subscription. */
  of(cells: readonly string[]): readonly (FoundRecord | Stranger)[];
}

/** The record of a row of a table that Pushdesk wrote: its texts are as people gave them, whatever they look like. */
export function exportedRecord(columns: readonly (string | null)[], cells: readonly string[]): FoundRecord {
  const own = columns.flatMap((path, index): Leaf[] => {
    const value = cells[index] ?? '';
    if (path === null) return [];
    return [{ path, value: path === 'attributes' ? (parseJson(value) ?? value) : value }];
  });
  return { kind: 'record', at: own, own, around: [], filedUnder: [] };
}

/**
 * Nearly every row has an endpoint and two keys in columns of their own: those cells are the record, and nothing has to be searched.
 *
 * @param columns names that the columns are read by; `null`: left out
 */
export function createTableRecords(columns: readonly (string | null)[], roles: FieldRoles): TableRecords {
  const names = plainNames(columns, roles);
  return {
    of: (cells) => {
      const plain = names === null ? null : plainRecord(names, cells);
      return plain === null ? searchedRecords(columns, cells, roles) : [plain];
    },
  };
}

/** The records of any other row: an object keyed by the names of its columns is searched like JSON. */
export function searchedRecords(
  columns: readonly (string | null)[],
  cells: readonly string[],
  roles: FieldRoles,
): (FoundRecord | Stranger)[] {
  const row = Object.create(null) as Record<string, unknown>;
  columns.forEach((name, index) => {
    if (name !== null) row[name in row ? `${name} ${index + 1}` : name] = cells[index] ?? '';
  });
  return findRecords(row, roles).map((found) => {
    const [name] = found.kind === 'record' ? found.filedUnder : [];
    // A column's name is nobody's name.
    return found.kind === 'record' && name !== undefined && name in row
      ? { ...found, filedUnder: found.filedUnder.slice(1) }
      : found;
  });
}

/** The names of columns, one of which is certainly the endpoint; `null`: rows have to be searched. */
function plainNames(columns: readonly (string | null)[], roles: FieldRoles): (string | null)[] | null {
  const named = columns.flatMap((path) => (path === null ? [] : [{ path }]));
  if (haveSeveralParts(named, roles)) return null;
  const seen = new Set<string>();
  for (const name of columns) {
    if (name === null) continue;
    if (INDEX.test(name) || seen.has(name)) return null;
    seen.add(name);
  }
  const isSure = [...seen].some((name) => {
    const field = roles.of(name);
    return field?.role === 'endpoint' && field.sure === 3;
  });
  return isSure && seen.size > 1 ? [...columns] : null;
}

function plainRecord(names: readonly (string | null)[], cells: readonly string[]): FoundRecord | null {
  const own: Leaf[] = [];
  for (let index = 0; index < names.length; index += 1) {
    const path = names[index] ?? null;
    if (path === null) continue;
    const value = cells[index] ?? '';
    if (OBJECT_IN_TEXT.test(value)) return null;
    own.push({ path, value });
  }
  return { kind: 'record', at: own, own, around: [], filedUnder: [] };
}
