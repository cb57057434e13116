/** A row of a layout that keeps names and values apart. */
export type Row = Record<string, unknown>;

/** The values of a row with the names of its columns; a name that comes again is numbered. */
export function objectOf(names: readonly string[], values: readonly unknown[]): Row {
  const row = Object.create(null) as Row;
  names.forEach((name, index) => (row[name in row ? `${name} ${index + 1}` : name] = cellOf(values[index])));
  return row;
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
