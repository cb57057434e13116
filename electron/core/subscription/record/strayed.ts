import { isDeviceName } from './device-name.ts';
import type { FieldRole, FieldRoles } from './field-role.ts';

/** The parts of a subscription. */
export const IS_PART: ReadonlySet<FieldRole> = new Set(['endpoint', 'p256dh', 'auth']);

/** What names a person. */
export const OF_A_PERSON: ReadonlySet<FieldRole> = new Set(['label', 'firstName', 'lastName', 'email']);

/** What the object of both keys is called. */
export const KEYS = /(?:^|\.)keys$/i;

/**
 * What says whose something is and comes after one of several people, who each say it themselves: a line between them is lost, and nobody
 * knows whose it is. Subscriptions of one person say nothing of that themselves, or are named after the person's devices.
 */
export function strayedIn<Entry extends { name: string; one: unknown; holds: boolean }>(
  entries: readonly Entry[],
  roles: FieldRoles,
): ReadonlySet<Entry> {
  const holding = entries.filter(({ holds }) => holds);
  const people = holding.map(({ one }) => rolesIn(one, roles));
  if (people.length < 2) return new Set();
  const isTornHere = entries.some(
    ({ name }) => IS_PART.has(roles.of(name)?.role ?? 'former') || KEYS.test(name),
  );
  if (!isTornHere && holding.every(({ name }) => isDeviceName(name))) return new Set();
  const after = entries.slice(entries.findIndex(({ holds }) => holds));
  return new Set(
    after.filter(({ name, holds }) => {
      const role = roles.of(name)?.role;
      if (holds || role === undefined || !isOfSomebody(role)) return false;
      const saying = people.filter((said) => said.has(role)).length;
      return saying > 0 && (saying < people.length || isTornHere);
    }),
  );
}

/** What the fields of an object itself say. */
const rolesIn = (value: unknown, roles: FieldRoles): ReadonlySet<FieldRole> =>
  new Set(
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.keys(value).flatMap((name) => roles.of(name)?.role ?? [])
      : [],
  );

const isOfSomebody = (role: FieldRole): boolean =>
  role === 'tags' || role === 'externalId' || OF_A_PERSON.has(role);
