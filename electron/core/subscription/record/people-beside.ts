import type { FieldRole, FieldRoles } from './field-role.ts';
import type { Leaf } from './found-record.ts';
import { OF_A_PERSON } from './strayed.ts';

/** People in a list or a map of their own beside the subscriptions, by id: nothing that one of them says is said of all. */
export interface PeopleBeside {
  readonly byId: ReadonlyMap<string, readonly Leaf[]>;
  /** The lists and maps that they stand in. */
  readonly places: ReadonlySet<unknown>;
}

const OWN_ID = /^_?(?:id|pk|uuid|uid)$|^(?:user|customer|member|person|contact|account)_?id$/i;
/** What stores of web pages and databases put between the name of a collection and its members. */
const COLLECTION = /^(?:byId|entities|items|data|rows|records|list|documents)$/i;
const PLURAL = /s$|people$/i;
const SAID: ReadonlySet<FieldRole> = new Set([...OF_A_PERSON, 'tags']);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members of a collection, each with the id that it is filed under; none: it may be one person, with several things inside. */
function membersOf(
  name: string,
  value: unknown,
): (readonly [id: unknown, member: Record<string, unknown>])[] {
  if (Array.isArray(value)) return value.every(isObject) ? value.map((one) => [undefined, one] as const) : [];
  if (!isObject(value)) return [];
  const entries = Object.entries(value);
  const inner = entries.find(([key, one]) => COLLECTION.test(key) && typeof one === 'object' && one !== null);
  if (inner !== undefined) return membersOf(name, inner[1]);
  if (!PLURAL.test(name) && !entries.every(([key]) => /\d/.test(key))) return [];
  const members = entries.flatMap(([key, one]) => (isObject(one) ? [[key, one] as const] : []));
  return members.length === entries.length ? members : [];
}

interface Entry {
  readonly name: string;
  readonly one: unknown;
  readonly holds: boolean;
}

const isId = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

/** Finds them among the members of an object that hold no subscription. */
export function peopleBeside(entries: readonly Entry[], roles: FieldRoles): PeopleBeside | null {
  const isMap = entries.filter(({ holds }) => holds).length > 1;
  const byId = new Map<string, readonly Leaf[]>();
  const places = new Set<unknown>();
  /** Maps of people may have no name around them, as in the fixtures of Rails. */
  const loose: Entry[] = [];
  const add = (filedUnder: unknown, member: Record<string, unknown>) => {
    const said = Object.entries(member).flatMap(([path, value]) =>
      SAID.has(roles.of(path)?.role ?? 'former') ? [{ path, value }] : [],
    );
    const id = Object.entries(member).find(([name]) => OWN_ID.test(name))?.[1] ?? filedUnder;
    if (!isId(id)) return;
    // Two who have the same id are nobody in particular.
    byId.set(String(id), byId.has(String(id)) ? [] : said);
  };
  const names = (member: Record<string, unknown>) =>
    Object.keys(member).some((name) => OF_A_PERSON.has(roles.of(name)?.role ?? 'former'));
  for (const other of entries) {
    if (other.holds || typeof other.one !== 'object' || other.one === null) continue;
    const members = membersOf(other.name, other.one).filter(([, member]) => names(member));
    if (members.length > 1 || (members.length === 1 && Array.isArray(other.one))) {
      places.add(other.one);
      for (const [id, member] of members) add(id, member);
    } else if (isMap && roles.of(other.name) === null && isObject(other.one) && names(other.one))
      loose.push(other);
  }
  if (loose.length > 1)
    for (const { one } of loose) {
      places.add(one);
      add(undefined, one as Record<string, unknown>);
    }
  return places.size === 0 ? null : { byId, places };
}

/** With what another list says of the person whose id a subscription has, unless it names somebody itself. */
export function withSaidElsewhere(
  own: readonly Leaf[],
  people: PeopleBeside['byId'] | undefined,
  roles: FieldRoles,
): readonly Leaf[] {
  if (people === undefined) return own;
  const ids = own
    .filter(({ path }) => roles.of(path)?.role === 'externalId')
    .map(({ value }) => String(value));
  const [id] = ids;
  if (id === undefined || ids.some((other) => other !== id)) return own;
  const isNamed = own.some(({ path }) => OF_A_PERSON.has(roles.of(path)?.role ?? 'former'));
  return isNamed ? own : own.concat(people.get(id) ?? []);
}

/** The `id` of an object that gives somebody's name is the id of that person. */
export function withPerson(leaves: readonly Leaf[], roles: FieldRoles): readonly Leaf[] {
  const id = leaves.find(({ path }) => /^_?(?:id|pk|uuid)$/i.test(path));
  if (id === undefined || leaves.some(({ path }) => roles.of(path)?.role === 'externalId')) return leaves;
  const isPerson = leaves.some(({ path }) => OF_A_PERSON.has(roles.of(path)?.role ?? 'former'));
  return isPerson ? [...leaves, { path: 'user.id', value: id.value }] : leaves;
}
