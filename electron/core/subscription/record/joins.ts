import type { FieldRole, FieldRoles } from './field-role.ts';
import type { Leaf } from './found-record.ts';
import { withPerson } from './people-beside.ts';
import { OF_A_PERSON } from './strayed.ts';

/** What other lists say about subscriptions by their ids. */
export type Joins = ReadonlyMap<string, readonly Leaf[]>;

const OWN_ID = /^_?(?:id|pk|uuid)$|^(?:subscription|sub|device|subscriber)_?id$/i;
const REFERENCE = /^(?:(?:push|web)_?)*(?:subscription|subscriber|sub|device|registration)(?:_?id)?$/i;

/** What other lists say of the subscription that has these values. */
export function joinedTo(own: readonly Leaf[], joins: Joins): readonly Leaf[] {
  const id = own.find(({ path }) => OWN_ID.test(path))?.value;
  return typeof id === 'string' || typeof id === 'number' ? (joins.get(String(id)) ?? []) : [];
}

const PEOPLE = /^(?:users?|people|persons|members|customers|clients|contacts|accounts|visitors|profiles)$/i;
const JOINED: ReadonlySet<FieldRole> = new Set(['tags', 'externalId', 'p256dh', 'auth']);

/**
 * Lists beside the list of subscriptions, each of whose objects names a subscription by its id: `{"subscription_id":1,"tag":"news"}`. In a
 * list of people each is a person, whose subscription that is, unless another has the same.
 */
export function joinsOf(
  others: readonly { name: string; one: unknown; holds: boolean }[],
  roles: FieldRoles,
): Joins | undefined {
  const joins = new Map<string, Leaf[]>();
  const people = new Map<string, readonly Leaf[]>();
  for (const { name: listName, one: list, holds } of others) {
    for (const one of !holds && Array.isArray(list) ? (list as unknown[]) : []) {
      if (typeof one !== 'object' || one === null || Array.isArray(one)) break;
      const entries = Object.entries(one);
      const id: unknown = entries.find(([name]) => REFERENCE.test(name))?.[1];
      if ((typeof id !== 'string' && typeof id !== 'number') || entries.length > 8) break;
      const leaves = entries.map(([path, value]) => ({ path, value: value as unknown }));
      if (PEOPLE.test(listName)) people.set(String(id), people.has(String(id)) ? [] : saidOf(leaves, roles));
      else {
        const known = joins.get(String(id)) ?? [];
        known.push(...leaves.filter(({ path }) => JOINED.has(roles.of(path)?.role ?? 'former')));
        joins.set(String(id), known);
      }
    }
  }
  for (const [id, said] of people) joins.set(id, [...(joins.get(id) ?? []), ...said]);
  return joins.size === 0 ? undefined : joins;
}

const saidOf = (leaves: readonly Leaf[], roles: FieldRoles): readonly Leaf[] =>
  withPerson(leaves, roles).filter(({ path }) => {
    const role = roles.of(path)?.role ?? 'former';
    return role === 'externalId' || role === 'tags' || OF_A_PERSON.has(role);
  });
