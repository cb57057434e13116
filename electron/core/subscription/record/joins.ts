import type { FieldRole, FieldRoles } from './field-role.ts';
import type { Leaf } from './found-record.ts';

/** What other lists say about subscriptions by their ids. */
export type Joins = ReadonlyMap<string, readonly Leaf[]>;

const OWN_ID = /^_?(?:id|pk|uuid)$|^(?:subscription|sub|device|subscriber)_?id$/i;
const REFERENCE = /^(?:(?:push|web)_?)*(?:subscription|subscriber|sub|device|registration)(?:_?id)?$/i;

/** What other lists say of the subscription that has these values. */
export function joinedTo(own: readonly Leaf[], joins: Joins): readonly Leaf[] {
  const id = own.find(({ path }) => OWN_ID.test(path))?.value;
  return typeof id === 'string' || typeof id === 'number' ? (joins.get(String(id)) ?? []) : [];
}

const JOINED: ReadonlySet<FieldRole> = new Set(['tags', 'externalId', 'p256dh', 'auth']);

/** Lists beside the list of subscriptions, each of whose objects names a subscription by its id: `{"subscription_id":1,"tag":"news"}`. */
export function joinsOf(
  others: readonly { one: unknown; holds: boolean }[],
  roles: FieldRoles,
): Joins | undefined {
  const joins = new Map<string, Leaf[]>();
  for (const { one: list, holds } of others) {
    for (const one of !holds && Array.isArray(list) ? (list as unknown[]) : []) {
      if (typeof one !== 'object' || one === null || Array.isArray(one)) break;
      const entries = Object.entries(one);
      const id: unknown = entries.find(([name]) => REFERENCE.test(name))?.[1];
      if ((typeof id !== 'string' && typeof id !== 'number') || entries.length > 8) break;
      const said = entries.filter(([name]) => JOINED.has(roles.of(name)?.role ?? 'former'));
      const known = joins.get(String(id)) ?? [];
      known.push(...said.map(([path, value]) => ({ path, value: value as unknown })));
      joins.set(String(id), known);
    }
  }
  return joins.size === 0 ? undefined : joins;
}
