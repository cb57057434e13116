import type { FieldRoles } from './field-role.ts';
import { jsonIn } from './json-in-text.ts';
import { jsonInBytes } from './key-bytes.ts';
import { isEndpoint } from './known-endpoint.ts';
import { rowsOfLayout } from './layouts.ts';
import { MAX_DEPTH } from './leaves.ts';

/** Alternating names and values, as Redis returns a hash: `["endpoint", "https://…", "auth", …]`. */
export function pairsOf(list: readonly unknown[], roles: FieldRoles): Record<string, unknown> | null {
  if (list.length % 2 === 1 || typeof list[0] !== 'string') return null;
  const row = Object.create(null) as Record<string, unknown>;
  for (let index = 0; index < list.length; index += 2) {
    const name = list[index];
    if (typeof name !== 'string' || name.length > 60) return null;
    row[name] = list[index + 1];
  }
  return Object.entries(row).some(
    ([name, value]) =>
      isEndpoint(name, value, roles) && name !== value && roles.of(name)?.role === 'endpoint',
  )
    ? row
    : null;
}

/** Whether there is a subscription somewhere in a value. */
export function holdsRecord(value: unknown, roles: FieldRoles, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  if (typeof value === 'string') return jsonIn(value) !== undefined;
  if (typeof value !== 'object' || value === null) return false;
  const text = jsonInBytes(value);
  if (text !== null) return jsonIn(text) !== undefined;
  if (Array.isArray(value)) {
    if (rowsOfLayout(value, roles) !== null) return true;
    return value.some((one) => holdsRecord(one, roles, depth + 1)) || pairsOf(value, roles) !== null;
  }
  return (
    Object.entries(value).some(
      ([name, one]) => isEndpoint(name, one, roles) || holdsRecord(one, roles, depth + 1),
    ) || rowsOfLayout(value, roles) !== null
  );
}
