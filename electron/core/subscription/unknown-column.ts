import type { Problem } from '../../contract/problem.ts';
import { fieldOf } from './record/field-role.ts';

const KEYS = ['p256dh', 'auth'] as const;
const MISSING = new Set(['subscription-shape', 'keys-missing']);
const MAX_NAMED = 4;
const MAX_NAME = 40;

/**
 * The problem of a row whose key is missing only because no column was recognised as the one that has it; `null`: its problem is another
 * one.
 *
 * @param columns names that the columns are read by; `null`: left out by the person
 */
export function columnProblem(
  problem: Problem,
  columns: readonly (string | null)[],
  cells: readonly string[],
): Problem | null {
  if (!MISSING.has(problem.code) || !KEYS.some((key) => problem.field === `keys.${key}`)) return null;
  const roles = columns.map((name) => (name === null ? null : fieldOf(name)));
  const missing = KEYS.filter((key) => !roles.some((field) => field?.role === key));
  const unknown = columns
    .map((name, index) => ({ name, length: (cells[index] ?? '').trim().length, field: roles[index] }))
    .filter(({ name, length, field }) => name !== null && field === null && length > 1)
    .sort((a, b) => b.length - a.length);
  if (missing.length === 0 || unknown.length < missing.length) return null;
  const keys = missing.length === 1 ? `key ${missing.join()}` : `keys ${missing.join(' and ')}`;
  const named = unknown.slice(0, MAX_NAMED).map(({ name }) => `“${name?.slice(0, MAX_NAME) ?? ''}”`);
  const others = unknown.length > MAX_NAMED ? ' or another one' : '';
  return {
    code: 'column-unknown',
    cause: `No column of this table was recognized as the ${keys}.`,
    cure: `If it is in ${named.join(' or ')}${others}, say so for that column. Otherwise export the table again, with the keys of the browsers.`,
    field: `keys.${missing[0] ?? 'p256dh'}`,
  };
}
