import { fieldOf, type FieldRole } from './record/field-role.ts';
import { isPoint, readKey } from './record/key-bytes.ts';
import { isKnownEndpoint } from './record/known-endpoint.ts';

const ESSENTIAL = ['endpoint', 'p256dh', 'auth'] as const;
type Essential = (typeof ESSENTIAL)[number];

/**
 * What each column is read as: what its name says, else what its values decode to. A name counts only if the values do not contradict it,
 * so headings in any language work.
 *
 * @param names the names in the heading, each once
 * @param rows some rows under it
 */
export function columnNames(names: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const taken = new Set<Essential>();
  const roles = names.map((name) => fieldOf(name)?.role);
  for (const role of ESSENTIAL) if (isTold(role, roles, rows)) taken.add(role);
  if (taken.size === ESSENTIAL.length) return [...names];
  // If a column holds the whole subscription, no other one is needed.
  if (names.some((_name, index) => holds(rows, index, (cell) => /^\s*\{.*(?:endpoint|https:)/s.test(cell))))
    return [...names];
  const read = [...names];
  for (const role of ESSENTIAL) {
    if (taken.has(role)) continue;
    const found = names
      .map((_name, index) => index)
      .filter((index) => !isOfAnother(role, roles[index]) && holds(rows, index, IS[role]));
    // A sender's key is the same in each row.
    const [best] =
      found.length > 1 && role === 'p256dh' && rows.length > 1
        ? found.filter((index) => !isTheSame(rows, index))
        : found;
    if (best === undefined) continue;
    read[best] = role;
  }
  return read;
}

/** Whether a name says this role, and its values fit it. */
function isTold(
  role: Essential,
  roles: readonly (FieldRole | undefined)[],
  rows: readonly (readonly string[])[],
): boolean {
  const named = roles.flatMap((one, index) => (one === role ? [index] : []));
  if (named.length === 0) return false;
  // Wrong values in a column with the right name are reported as such; only a column that never holds a right one gives way.
  const hasOther = roles.some((one, index) => one === undefined && holds(rows, index, IS[role]));
  return !hasOther || named.some((index) => holds(rows, index, IS[role]));
}

const isOfAnother = (role: Essential, known: FieldRole | undefined): boolean =>
  known !== undefined &&
  known !== role &&
  ['endpoint', 'p256dh', 'auth', 'publicKey', 'externalId', 'label'].includes(known);

const IS: Readonly<Record<Essential, (cell: string) => boolean>> = {
  endpoint: (cell) => isKnownEndpoint(cell) || /^\s*https:\/\/[^\s/]+\/\S{20,}\s*$/.test(cell),
  p256dh: (cell) => cell.length >= 80 && cell.length <= 300 && isPoint(bytesOf(cell)),
  auth: (cell) =>
    cell.length >= 22 &&
    cell.length <= 60 &&
    bytesOf(cell)?.length === 16 &&
    /[a-z]/.test(cell) &&
    /[A-Z]/.test(cell),
};

function bytesOf(cell: string): Uint8Array | null {
  const key = readKey(cell);
  return key.kind === 'text' ? key.bytes : null;
}

/** Whether most of the cells that are not empty fit. */
function holds(rows: readonly (readonly string[])[], index: number, is: (cell: string) => boolean): boolean {
  const cells = rows.flatMap((row) => ((row[index] ?? '').trim() === '' ? [] : [row[index] ?? '']));
  return cells.length > 0 && cells.filter(is).length * 2 > cells.length;
}

function isTheSame(rows: readonly (readonly string[])[], index: number): boolean {
  return new Set(rows.map((row) => row[index])).size === 1;
}
