import { isOfAnother } from '../../text/named-map.ts';
import { UNCLEAR, UNEVEN } from '../unclear.ts';
import { devicesIn } from './devices.ts';
import { isExported } from './exported.ts';
import type { FieldRoles } from './field-role.ts';
import { groupsAmong, isWrapper } from './filed-under.ts';
import type { FoundRecord, Stranger } from './found-record.ts';
import { groupOf } from './group-name.ts';
import { holdsRecord, pairsOf } from './holds-record.ts';
import { joinedTo, joinsOf, type Joins } from './joins.ts';
import { jsonIn } from './json-in-text.ts';
import { jsonInBytes } from './key-bytes.ts';
import { isEndpoint, isSubscription } from './known-endpoint.ts';
import { rowsOfLayout } from './layouts.ts';
import { isMark, leavesOf, MAX_DEPTH } from './leaves.ts';
import { peopleBeside, withPerson, withSaidElsewhere } from './people-beside.ts';
import { withoutReferences } from './references.ts';
import { plainResources } from './resources.ts';
import { IS_PART, KEYS, strayedIn } from './strayed.ts';
import { isTorn } from './torn.ts';
import { isType, withoutTypes } from './typed-values.ts';

type Found = FoundRecord | Stranger;
type Entries = readonly (readonly [name: string, value: unknown])[];

/**
 * Finds the subscriptions in a tree of values, whatever they are wrapped in: objects, lists, maps by user, JSON within strings.
 *
 * @param within what is around the tree, where that is known
 */
export function findRecords(
  value: unknown,
  roles: FieldRoles,
  within: Pick<FoundRecord, 'around' | 'filedUnder'> = NOWHERE,
): Found[] {
  const found: Found[] = [];
  const top = { around: within.around, filedUnder: within.filedUnder, depth: 0 };
  visit(value, top, roles, found);
  if (typeof value !== 'object' || value === null) return found;
  const plain = found.every(isProperty)
    ? (withoutTypes(value) ?? withoutReferences(value))
    : found.every((one) => isWithoutKeys(one, roles))
      ? withoutReferences(value)
      : null;
  if (plain !== null) {
    found.length = 0;
    visit(plain, top, roles, found);
  }
  return plain === null ? found : onceEach(found, roles);
}

/** What several parts refer to is in the place of each. */
function onceEach(found: readonly Found[], roles: FieldRoles): Found[] {
  const seen = new Set<unknown>();
  return found.filter((one) => {
    const endpoint =
      one.kind === 'record'
        ? one.own.find(({ path }) => roles.of(path)?.role === 'endpoint')?.value
        : undefined;
    // Keys that a subscription refers to are no torn one.
    if (endpoint === undefined) return one.kind === 'record' || !isTorn(one.at, roles);
    const isNew = !seen.has(endpoint);
    seen.add(endpoint);
    return isNew;
  });
}

const isWithoutKeys = (found: Found, roles: FieldRoles): boolean =>
  found.kind === 'stranger' || !found.own.some(({ path }) => roles.of(path)?.role === 'p256dh');

/** Whether it is not a subscription but one property of one, with its type: `{"type":"url","url":"https://…"}`. */
function isProperty(found: Found): boolean {
  if (found.kind === 'stranger') return true;
  const type = found.own.find(({ path }) => path === 'type')?.value;
  return (
    found.own.length <= 4 &&
    typeof type === 'string' &&
    found.own.some(({ path }) => path === type || path.startsWith(`${type}.`))
  );
}

const NOWHERE = { around: [], filedUnder: [] };

/** What is around a value. */
interface Place extends Pick<FoundRecord, 'around' | 'filedUnder' | 'unclear'> {
  readonly joins?: Joins;
  /** People in lists of their own, by their ids. */
  readonly people?: Joins;
  readonly depth: number;
}

/** Adds what it finds, in the order of the values. */
type Visit<Value> = (value: Value, place: Place, roles: FieldRoles, found: Found[]) => void;

const visit: Visit<unknown> = (value, place, roles, found) => {
  if (place.depth > MAX_DEPTH) return;
  const inside = { ...place, depth: place.depth + 1 };
  if (typeof value === 'string') {
    const inner = jsonIn(value);
    if (inner === undefined) return;
    const before = found.length;
    visit(inner, inside, roles, found);
    const plain = found.length === before ? withoutTypes(inner) : null;
    if (plain !== null) visit(plain, inside, roles, found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const text = jsonInBytes(value);
  if (text !== null) visit(text, inside, roles, found);
  else if (Array.isArray(value)) {
    const rows = rowsOfLayout(value, roles);
    if (rows !== null) visit(rows.rows, inside, roles, found);
    else visitList(value, inside, roles, found);
  } else {
    const resources = plainResources(value);
    if (resources !== null) visit(resources, inside, roles, found);
    else visitObject(value, inside, roles, found);
  }
};

const visitObject: Visit<object> = (value, place, roles, found) => {
  const entries: Entries = Object.entries(value);
  const isTyped = entries.length === 1 && isType(entries[0]?.[0] ?? '');
  const others = isTyped || isExported(value) ? [] : othersIn(entries, roles, place.depth);
  if (others.length > 0) visitOthers({ entries, others }, place, roles, found);
  else if (!isTyped && entries.some(([name, one]) => isEndpoint(name, one, roles)))
    visitSubscription(value, place, roles, found);
  else {
    const rows = rowsOfLayout(value, roles);
    if (rows === null) visitEach(value, place, roles, found);
    else {
      const beside = entries
        .filter(([, one]) => typeof one !== 'object')
        .flatMap(([name, one]) => leavesOf(name, one, roles, 0));
      const around = [...beside, ...place.around];
      visit(rows.rows, { ...place, around, ...(rows.isUneven && { unclear: UNEVEN }) }, roles, found);
    }
  }
};

/** An object with an endpoint: one subscription, or one for each device that it names. */
const visitSubscription: Visit<object> = (value, place, roles, found) => {
  const entries: Entries = Object.entries(value);
  const own = isExported(value)
    ? entries.flatMap(([path, one]) =>
        path === 'keys' ? leavesOf(path, one, roles, 0) : [{ path, value: one }],
      )
    : entries.flatMap(([name, one]) => leavesOf(name, one, roles, 0));
  const joined = place.joins === undefined ? own : own.concat(joinedTo(own, place.joins));
  const all = withSaidElsewhere(joined, place.people, roles);
  const devices = isExported(value) ? null : devicesIn(all, roles);
  for (const device of devices ?? [{ own: all, unclear: null }]) {
    const { around, filedUnder } = place;
    const unclear = device.unclear ?? place.unclear;
    found.push({
      kind: 'record',
      at: value,
      own: device.own,
      around,
      filedUnder,
      ...(unclear && { unclear }),
    });
  }
};

/** A subscription with others in it. */
const visitOthers: Visit<{ entries: Entries; others: Entries }> = (
  { entries, others },
  place,
  roles,
  found,
) => {
  // The rest of one whose beginning is lost is around the others, and belongs to none of them.
  visit(Object.fromEntries(entries.filter((entry) => !others.includes(entry))), place, roles, found);
  for (const [name, one] of others) {
    const group = groupOf(name, roles);
    const isNobody = group !== null || isWrapper(name, others.length + 1);
    const filedUnder = isNobody ? place.filedUnder : [...place.filedUnder, name];
    visit(one, { ...place, around: [...(group?.said ?? []), ...place.around], filedUnder }, roles, found);
  }
};

/** An object that is no subscription itself, but in which there may be some. */
const visitEach: Visit<object> = (value, place, roles, found) => {
  const inner = Object.entries(value as Record<string, unknown>).map(([name, one]) => ({
    name,
    one,
    holds: holdsRecord(one, roles, place.depth),
  }));
  const holding = inner.filter(({ holds }) => holds);
  if (holding.length === 0) return;
  // Of one whose endpoint is lost, nothing belongs to others.
  const torn = new Set(
    inner.filter(({ name, one, holds }) => !holds && !KEYS.test(name) && isTorn(one, roles)),
  );
  const strayed = strayedIn(inner, roles);
  const people = peopleBeside(inner, roles);
  const isSaid = (entry: (typeof inner)[number]) =>
    !entry.holds && !torn.has(entry) && !strayed.has(entry) && people?.places.has(entry.one) !== true;
  const beside = withPerson(
    inner.filter(isSaid).flatMap(({ name, one }) => leavesOf(name, one, roles, 0)),
    roles,
  );
  const around = beside.length === 0 ? place.around : [...beside, ...place.around];
  const joins = joinsOf(inner, roles) ?? place.joins;
  const byId = people?.byId ?? place.people;
  const groups = groupsAmong(holding, roles, (one) => isSubscription(one, roles));
  const before = found.length;
  for (const entry of inner) {
    const { name, one, holds } = entry;
    if (torn.has(entry)) found.push({ kind: 'stranger', at: one as object });
    if (!holds) continue;
    const isField = holding.length === 1 && beside.length > 0 && WORDS.test(name);
    const group = groups.get(name);
    const isNobody = group !== undefined || isField || isWrapper(name, holding.length);
    const filing = {
      ...(joins && { joins }),
      ...(byId && { people: byId }),
      around: group === undefined ? around : [...group.said, ...around],
      filedUnder: isNobody ? place.filedUnder : [...place.filedUnder, name],
    };
    const unclear = isOfAnother(name) ? UNCLEAR : place.unclear;
    visit(one, { ...place, ...filing, ...(unclear && { unclear }) }, roles, found);
  }
  const { params } = value as { params?: unknown };
  if (Object.hasOwn(value, 'method') && Array.isArray(params)) leaveOutOptions(found, before, params, roles);
};

const visitList: Visit<readonly unknown[]> = (list, place, roles, found) => {
  const inTurn = pairsOf(list, roles);
  if (inTurn !== null) {
    visit(inTurn, place, roles, found);
    return;
  }
  const before = found.length;
  const strangers: { at: object; index: number }[] = [];
  for (const one of list) {
    const count = found.length;
    visit(one, place, roles, found);
    if (found.length === count && typeof one === 'object' && one !== null && !isMark(one)) {
      strangers.push({ at: one, index: count });
    }
  }
  // A list without any subscription is a list of something else.
  if (found.length === before) return;
  for (const { at, index } of strangers.reverse()) found.splice(index, 0, { kind: 'stranger', at });
};

/** Other subscriptions in an object that is one itself, each with its keys. */
function othersIn(entries: Entries, roles: FieldRoles, depth: number): Entries {
  const endpoint = entries.find(([name, one]) => isEndpoint(name, one, roles))?.[1];
  if (
    endpoint === undefined ||
    !entries.some(([name]) => IS_PART.has(roles.of(name)?.role ?? 'former') || KEYS.test(name))
  )
    return [];
  return entries.filter(([, one]) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one) || !holdsRecord(one, roles, depth))
      return false;
    return isTorn(one, roles) && !hasEndpoint(one, endpoint);
  });
}

const hasEndpoint = (value: unknown, endpoint: unknown): boolean =>
  value === endpoint ||
  (typeof value === 'object' &&
    value !== null &&
    Object.values(value).some((one) => hasEndpoint(one, endpoint)));

/** In a call of JSON-RPC, what is beside a subscription and has no part of one are the options. */
function leaveOutOptions(found: Found[], from: number, params: readonly unknown[], roles: FieldRoles): void {
  const all = new Set(params);
  let kept = from;
  for (const one of found.slice(from)) {
    if (one.kind === 'stranger' && all.has(one.at) && !hasPart(one.at, roles)) continue;
    found[kept] = one;
    kept += 1;
  }
  found.length = kept;
}

const hasPart = (value: object, roles: FieldRoles): boolean =>
  Object.entries(value)
    .flatMap(([name, one]) => leavesOf(name, one, roles, 0))
    .some(
      ({ path, value: one }) =>
        IS_PART.has(roles.of(path)?.role ?? 'former') || (typeof one === 'string' && /^https?:/.test(one)),
    );

/** A name beside other fields and without digits is a field too, in any language. */
const WORDS = /^[\p{L}_][\p{L}\p{M}_]*$/u;
