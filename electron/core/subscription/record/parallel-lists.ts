import type { FieldRole, FieldRoles } from './field-role.ts';
import { objectOf, type Row } from './named-cells.ts';
import { textOf } from './person-of.ts';
import { KEYS } from './strayed.ts';
import { isType } from './typed-values.ts';

/** The rows of a layout. */
export interface Layout {
  readonly rows: Row | Row[];
  /** Whether a value is missing somewhere, so that it is not certain which values are whose. */
  readonly isUneven: boolean;
}

type Column = Readonly<Record<string, unknown>>;

/** What is said of everybody, or of nobody. */
const OF_ALL: ReadonlySet<FieldRole> = new Set(['former', 'publicKey', 'encoding', 'attributes']);

/**
 * Rows of columns, each name with all of its values: `{"endpoint":[…],"auth":[…]}`, `{"endpoint":{"0":…},…}`. In lists of different lengths
 * one value is missing somewhere, and all after it would be given to somebody else.
 *
 * @returns `null`: there is no column of endpoints
 */
export function columnwise(entries: readonly [string, unknown][], roles: FieldRoles): Layout | null {
  const roleOf = (name: string) => roles.of(name)?.role;
  const columns = entries
    .flatMap(([name, value]) => (KEYS.test(name) ? keyColumns(name, value, roles) : [[name, value] as const]))
    .flatMap(([name, value]): [string, Column][] =>
      isColumn(value) ? [[name.replace(/endpoints$/i, 'endpoint'), value]] : [],
    );
  const endpoints = columns.find(([name]) => roleOf(name) === 'endpoint')?.[1];
  if (endpoints === undefined || !holdsAddresses(endpoints)) return null;
  const places = Object.keys(endpoints);
  if (places.some((place) => isType(place) || place.startsWith('$'))) return null;
  const isOne = places.length === 1;
  const isUneven = columns.some(([name, column]) => {
    const role = roleOf(name) ?? (KEYS.test(name) ? 'p256dh' : 'former');
    const isApart = OF_ALL.has(role) || (isOne && role === 'tags');
    return Array.isArray(column) && column.length !== 0 && column.length !== places.length && !isApart;
  });
  const keys = columns.filter(([name]) => ['p256dh', 'auth'].includes(roleOf(name) ?? ''));
  // Keys whose endpoint is lost are counted as well.
  const all = new Set([...places, ...keys.flatMap(([, column]) => Object.keys(column))]);
  const names = columns.map(([name]) => name);
  const rows = [...all].map((place) =>
    objectOf(
      names,
      columns.map(([name, column]) =>
        isOne && roleOf(name) === 'tags' ? column : Object.hasOwn(column, place) ? column[place] : null,
      ),
    ),
  );
  return { rows, isUneven };
}

const isColumn = (value: unknown): value is Column => typeof value === 'object' && value !== null;

/** The columns within the object of both keys, or that object. */
function keyColumns(name: string, value: unknown, roles: FieldRoles): (readonly [string, unknown])[] {
  const inner = isColumn(value) && !Array.isArray(value) ? Object.entries(value) : [];
  const isOfColumns = inner.some(([key, column]) => roles.of(key)?.role === 'p256dh' && isColumn(column));
  return isOfColumns ? inner.map(([key, column]) => [`${name}.${key}`, column] as const) : [[name, value]];
}

function holdsAddresses(column: Column): boolean {
  const values = Object.values(column);
  const isAddress = (one: unknown) => typeof one === 'string' && /^https?:/.test(one);
  const isNothing = (one: unknown) => (typeof one !== 'object' || one === null) && textOf(one) === null;
  return values.some(isAddress) && values.every((one) => isAddress(one) || isNothing(one));
}
