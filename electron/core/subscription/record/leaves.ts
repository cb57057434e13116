import { readLooseLiteral } from '../../text/loose-literal.ts';
import type { FieldRole, FieldRoles } from './field-role.ts';
import type { Leaf } from './found-record.ts';
import { MAX_JSON_IN_TEXT, parseWrapped } from './json-in-text.ts';
import { listedBytes } from './key-bytes.ts';
import { pairOf } from './layouts.ts';
import { KEYS } from './strayed.ts';
import { isType, withoutTypes } from './typed-values.ts';

/** How deep values may lie in one another. */
export const MAX_DEPTH = 24;

/** What Livewire puts beside a value, to say of what kind it is: `[{"endpoint":…},{"s":"arr"}]`. */
export function isMark(one: object): boolean {
  const [[name, kind] = [], ...others] = Object.entries(one);
  return name === 's' && typeof kind === 'string' && kind.length <= MAX_KIND && others.length === 0;
}
const MAX_KIND = 8;

/** A value that has its kind beside it. */
const withoutMark = (value: unknown): unknown => {
  if (!Array.isArray(value) || value.length !== 2) return value;
  const [one, mark] = value as unknown[];
  return typeof mark === 'object' && mark !== null && isMark(mark) ? one : value;
};

/** Keys in a list, each with its name. */
function pairsInList(list: readonly unknown[]): object | null {
  const pairs = list.map(pairOf);
  return pairs.length > 0 && pairs.every((pair) => pair !== null) ? Object.fromEntries(pairs) : null;
}

/** What PowerShell makes of an object deeper than it prints: `@{p256dh=…; auth=…}`. */
function hashtableIn(text: string): unknown {
  const read = readLooseLiteral(text, 0, text.length);
  return read.kind === 'read' ? read.value : undefined;
}

const UNDIVIDED: ReadonlySet<FieldRole> = new Set(['tags', 'attributes', 'expirationTime', 'addedAt']);

/** Whether the only member of an object names the type of its value, as exports of DynamoDB and Firestore do. */
const isTyped = (entries: readonly [string, unknown][]): boolean =>
  entries.length === 1 && isType(entries[0]?.[0] ?? '');

/** The values in a value, with the names that lead to them. Bytes are one value, and so are lists, except for named keys. */
export function leavesOf(path: string, value: unknown, roles: FieldRoles, depth: number): Leaf[] {
  if (typeof value === 'string') {
    const isHashtable = value.startsWith('@{') && KEYS.test(path);
    if (value.length > MAX_JSON_IN_TEXT || !(isHashtable || /^\s*\{/.test(value))) return [{ path, value }];
    const inner = isHashtable ? hashtableIn(value) : parseWrapped(value);
    const leaves = typeof inner === 'object' && inner !== null ? leavesOf(path, inner, roles, depth + 1) : [];
    // One of whose names none is known is somebody's text.
    return leaves.some((leaf) => roles.of(leaf.path) !== null) ? leaves : [{ path, value }];
  }
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return [{ path, value }];
  if (Array.isArray(value)) {
    const unmarked = withoutMark(value);
    if (unmarked !== value) return leavesOf(path, unmarked, roles, depth + 1);
    const pairs = KEYS.test(path) ? pairsInList(value) : null;
    return pairs === null ? [{ path, value }] : leavesOf(path, pairs, roles, depth + 1);
  }
  const entries = Object.entries(value as Record<string, unknown>);
  if (entries.length === 1 && entries[0]?.[0].startsWith('$') === true) return [{ path, value }];
  if (listedBytes(value) !== null) return [{ path, value }];
  const field = roles.of(path);
  // An attribute may have the name of a type.
  const plain = field?.role !== 'attributes' && isTyped(entries) ? withoutTypes(value) : null;
  if (plain !== null) return leavesOf(path, plain, roles, depth + 1);
  if (field !== null && UNDIVIDED.has(field.role)) return [{ path, value }];
  return entries.flatMap(([name, one]) => leavesOf(`${path}.${name}`, one, roles, depth + 1));
}
