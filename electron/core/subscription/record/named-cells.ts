/** A row of a layout that keeps names and values apart. */
export type Row = Record<string, unknown>;

/** The values of a row with the names of its columns; a name that comes again is numbered. */
export function objectOf(names: readonly string[], values: readonly unknown[]): Row {
  const row = Object.create(null) as Row;
  const numbers = new Map<string, number>();
  names.forEach((name, index) => (row[nameIn(row, name, numbers)] = cellOf(values[index])));
  return row;
}

/** A name that a row does not have yet: `auth`, `auth 2`. @param numbers how often a name has come */
export function nameIn(row: Row, name: string, numbers: Map<string, number>): string {
  if (!(name in row)) return name;
  let number = (numbers.get(name) ?? 1) + 1;
  while (`${name} ${number}` in row) number += 1;
  numbers.set(name, number);
  return `${name} ${number}`;
}

/** A cell that wraps its value in a type or a name: `{"v":5}`, `{"stringValue":"…"}`. */
function cellOf(cell: unknown): unknown {
  if (typeof cell !== 'object' || cell === null || Array.isArray(cell)) return cell;
  const entries = Object.entries(cell);
  const [only] = entries;
  if (entries.length > 2 || only === undefined) return cell;
  const value = entries.find(([name]) => /^(?:v|value|[a-z]+Value)$/.test(name));
  if (value?.[0] === 'isNull') return null;
  return value === undefined ? cell : value[1];
}
