import type { Problem } from '../../../contract/problem.ts';
import { jsonInBase64 } from '../base64-lines.ts';
import { devicesIn } from './devices.ts';
import { isExported } from './exported.ts';
import { groupsAmong, isWrapper } from './filed-under.ts';
import { groupOf } from './group-name.ts';
import { pairOf, rowsOfLayout } from './layouts.ts';
import { readLooseLiteral } from '../../text/loose-literal.ts';
import { isOfAnother } from '../../text/named-map.ts';
import { readPhpSerialized } from '../../text/php-serialized.ts';
import { isAuth, isPoint, jsonInBytes, listedBytes, readKey } from './key-bytes.ts';
import type { FieldRole, FieldRoles } from './field-role.ts';
import { parseJson } from './parse-json.ts';
import { plainResources } from './resources.ts';
import { withoutReferences } from './references.ts';
import { peopleBeside, withPerson, withSaidElsewhere } from './people-beside.ts';
import { IS_PART, KEYS, strayedIn } from './strayed.ts';
import { isType, withoutTypes } from './typed-values.ts';
import { UNCLEAR, UNEVEN } from '../unclear.ts';

/** A value with a name, somewhere in a record: `keys.p256dh`. */
export interface Leaf {
  readonly path: string;
  readonly value: unknown;
}

/** One subscription in a tree of values, with everything that belongs to it. */
export interface FoundRecord {
  readonly kind: 'record';
  /** The object that holds the endpoint: from it a reader knows its position. */
  readonly at: object;
  /** Its own values, and those of objects inside it. */
  readonly own: readonly Leaf[];
  /** Values of the objects around it, the nearest first. */
  readonly around: readonly Leaf[];
  /** Names that it is filed under, the outermost first, without those of wrappers. */
  readonly filedUnder: readonly string[];
  /** Why it is not certain that its values are its own. */
  readonly unclear?: Problem;
}

/** An object in a list of subscriptions that is not one. */
export interface Stranger {
  readonly kind: 'stranger';
  readonly at: object;
}

const MAX_DEPTH = 24;
const MAX_JSON_IN_TEXT = 200_000;
/** The hosts of known push services, as the source of a regular expression. */
export const KNOWN_HOSTS = String.raw`(?:(?:fcm|android|gcm-http)\.googleapis\.com|jmt17\.google\.com|[\w.-]{1,60}\.push\.services\.mozilla\.com|[\w.-]{1,60}\.push\.apple\.com|[\w.-]{1,60}\.notify\.windows\.com|permanently-removed\.invalid)`;
const KNOWN_ENDPOINT = new RegExp(`^\\s*https://${KNOWN_HOSTS}/`, 'i');

/** Whether a text is an address of a known push service. */
export const isKnownEndpoint = (text: string): boolean => KNOWN_ENDPOINT.test(text);

/**
 * Finds the subscriptions in a tree of values, whatever they are wrapped in: objects, lists, maps by user, JSON within strings.
 *
 * @param within what is around the tree, where that is known
 */
export function findRecords(
  value: unknown,
  roles: FieldRoles,
  within: Pick<FoundRecord, 'around' | 'filedUnder'> = NOWHERE,
): (FoundRecord | Stranger)[] {
  const found: (FoundRecord | Stranger)[] = [];
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
function onceEach(found: readonly (FoundRecord | Stranger)[], roles: FieldRoles): (FoundRecord | Stranger)[] {
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

const isWithoutKeys = (found: FoundRecord | Stranger, roles: FieldRoles): boolean =>
  found.kind === 'stranger' || !found.own.some(({ path }) => roles.of(path)?.role === 'p256dh');

/** Whether it is not a subscription but one property of one, with its type: `{"type":"url","url":"https://…"}`. */
function isProperty(found: FoundRecord | Stranger): boolean {
  if (found.kind === 'stranger') return true;
  const type = found.own.find(({ path }) => path === 'type')?.value;
  return (
    found.own.length <= 4 &&
    typeof type === 'string' &&
    found.own.some(({ path }) => path === type || path.startsWith(`${type}.`))
  );
}

const NOWHERE = { around: [], filedUnder: [] };
/** What other lists say about subscriptions by their ids. */
type Joins = ReadonlyMap<string, readonly Leaf[]>;

interface Place {
  readonly joins?: Joins;
  /** People in lists of their own, by their ids. */
  readonly people?: Joins;
  readonly around: readonly Leaf[];
  readonly filedUnder: readonly string[];
  readonly unclear?: Problem;
  readonly depth: number;
}

function visit(value: unknown, place: Place, roles: FieldRoles, found: (FoundRecord | Stranger)[]): void {
  if (place.depth > MAX_DEPTH) return;
  if (typeof value === 'string') {
    const inner = jsonIn(value);
    if (inner !== undefined) visit(inner, { ...place, depth: place.depth + 1 }, roles, found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const inside = { ...place, depth: place.depth + 1 };
  const text = jsonInBytes(value);
  if (text !== null) {
    visit(text, inside, roles, found);
    return;
  }
  if (Array.isArray(value)) {
    const rows = rowsOfLayout(value, roles);
    if (rows !== null) visit(rows.rows, inside, roles, found);
    else visitList(value, inside, roles, found);
    return;
  }
  const resources = plainResources(value);
  if (resources !== null) {
    visit(resources, inside, roles, found);
    return;
  }
  const entries = Object.entries(value as Record<string, unknown>);
  const isTyped = entries.length === 1 && isType(entries[0]?.[0] ?? '');
  const others = isTyped || isExported(value) ? [] : othersIn(entries, roles, place.depth + 1);
  if (!isTyped && others.length === 0 && entries.some(([name, one]) => isEndpoint(name, one, roles))) {
    const own = isExported(value)
      ? entries.flatMap(([path, one]) =>
          path === 'keys' ? leavesOf(path, one, roles, 0) : [{ path, value: one }],
        )
      : entries.flatMap(([name, one]) => leavesOf(name, one, roles, 0));
    const joined = place.joins === undefined ? own : own.concat(joinedTo(own, place.joins));
    const all = withSaidElsewhere(joined, place.people, roles);
    const { around, filedUnder, unclear: above } = place;
    const devices = isExported(value) ? null : devicesIn(all, roles);
    for (const device of devices ?? [{ own: all, unclear: null }]) {
      const unclear = device.unclear ?? above;
      found.push({
        kind: 'record',
        at: value,
        own: device.own,
        around,
        filedUnder,
        ...(unclear && { unclear }),
      });
    }
    return;
  }
  if (others.length > 0) {
    // The rest of one whose beginning is lost is around the others, and belongs to none of them.
    visit(Object.fromEntries(entries.filter((entry) => !others.includes(entry))), inside, roles, found);
    for (const [name, one] of others) {
      const group = groupOf(name, roles);
      const isNobody = group !== null || isWrapper(name, others.length + 1);
      const filedUnder = isNobody ? place.filedUnder : [...place.filedUnder, name];
      visit(one, { ...inside, around: [...(group?.said ?? []), ...place.around], filedUnder }, roles, found);
    }
    return;
  }
  const rows = rowsOfLayout(value, roles);
  if (rows !== null) {
    const beside = entries
      .filter(([, one]) => typeof one !== 'object')
      .flatMap(([name, one]) => leavesOf(name, one, roles, 0));
    const around = [...beside, ...place.around];
    visit(rows.rows, { ...inside, around, ...(rows.isUneven && { unclear: UNEVEN }) }, roles, found);
    return;
  }
  const inner = entries.map(([name, one]) => ({
    name,
    one,
    holds: holdsRecord(one, roles, place.depth + 1),
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
    visit(one, { ...inside, ...filing, ...(unclear && { unclear }) }, roles, found);
  }
  const { params } = value as { params?: unknown };
  if (Object.hasOwn(value, 'method') && Array.isArray(params)) leaveOutOptions(found, before, params, roles);
}

/** Other subscriptions in an object that is one itself, each with its keys. */
function othersIn(
  entries: readonly [string, unknown][],
  roles: FieldRoles,
  depth: number,
): readonly [string, unknown][] {
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

/** Whether an object has both keys of a subscription in it. */
export function isTorn(value: unknown, roles: FieldRoles): boolean {
  const found = new Set<FieldRole>();
  const look = (one: unknown, depth: number) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one) || depth > MAX_TORN) return;
    for (const [name, inner] of Object.entries(one)) {
      const role = roles.of(name)?.role;
      if (role === 'p256dh' || role === 'auth') {
        const key = readKey(inner);
        const bytes = key.kind === 'text' ? key.bytes : null;
        if (role === 'auth' ? isAuth(bytes) : isPoint(bytes)) found.add(role);
      }
      look(inner, depth + 1);
    }
  };
  look(value, 0);
  return found.size === 2;
}
const MAX_TORN = 4;

/** In a call of JSON-RPC, what is beside a subscription and has no part of one are the options. */
function leaveOutOptions(
  found: (FoundRecord | Stranger)[],
  from: number,
  params: readonly unknown[],
  roles: FieldRoles,
): void {
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

const OWN_ID = /^_?(?:id|pk|uuid)$|^(?:subscription|sub|device|subscriber)_?id$/i;
const REFERENCE = /^(?:(?:push|web)_?)*(?:subscription|subscriber|sub|device|registration)(?:_?id)?$/i;

function joinedTo(own: readonly Leaf[], joins: Joins): readonly Leaf[] {
  const id = own.find(({ path }) => OWN_ID.test(path))?.value;
  return typeof id === 'string' || typeof id === 'number' ? (joins.get(String(id)) ?? []) : [];
}

const JOINED: ReadonlySet<FieldRole> = new Set(['tags', 'externalId', 'p256dh', 'auth']);

/** Lists beside the list of subscriptions, each of whose objects names a subscription by its id: `{"subscription_id":1,"tag":"news"}`. */
function joinsOf(others: readonly { one: unknown; holds: boolean }[], roles: FieldRoles): Joins | undefined {
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

function visitList(
  list: readonly unknown[],
  place: Place,
  roles: FieldRoles,
  found: (FoundRecord | Stranger)[],
): void {
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
}

/** What Livewire puts beside a value, to say of what kind it is: `[{"endpoint":…},{"s":"arr"}]`. */
function isMark(one: object): boolean {
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

/** Alternating names and values, as Redis returns a hash: `["endpoint", "https://…", "auth", …]`. */
function pairsOf(list: readonly unknown[], roles: FieldRoles): Record<string, unknown> | null {
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

const isSubscription = (value: unknown, roles: FieldRoles): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).some(([name, one]) => isEndpoint(name, one, roles));

/** Whether this value, under this name, makes the object around it a subscription. */
function isEndpoint(name: string, value: unknown, roles: FieldRoles): boolean {
  const field = roles.of(name);
  if (field?.role === 'endpoint') {
    if (field.sure === 3) return typeof value !== 'object' || value === null;
    if (typeof value !== 'string') return false;
    return field.sure === 2 ? /^\W{0,3}https?:/i.test(value) : KNOWN_ENDPOINT.test(value);
  }
  return typeof value === 'string' && value.length < 5000 && KNOWN_ENDPOINT.test(value);
}

function holdsRecord(value: unknown, roles: FieldRoles, depth: number): boolean {
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

/** The value that a text holds as JSON, once or twice encoded, where a subscription may be in it. */
function jsonIn(text: string): unknown {
  if (text.length > MAX_JSON_IN_TEXT) return undefined;
  if (!/endpoint|https:/i.test(text)) return jsonInBase64(text);
  if (!/^\s*[{["]/.test(text)) return literalIn(text);
  const value = parseWrapped(text);
  return typeof value === 'object' && value !== null
    ? value
    : typeof value === 'string'
      ? jsonIn(value)
      : undefined;
}

/** A value after some words in a text, or as PHP serializes it. */
function literalIn(text: string): unknown {
  if (/^[aO]:\d+:/.test(text)) return readPhpSerialized(text, 0, text.length, new Map())?.value;
  // Only an address, as nearly all of them are.
  const start = /^https?:\S*$/.test(text) ? -1 : text.search(/\{\s{0,4}\\?(?:["']|\w{1,30}:\s)/);
  if (start === -1) return undefined;
  const read = readLooseLiteral(text, start, text.length);
  return read.kind === 'read' && typeof read.value === 'object' && read.value !== null
    ? read.value
    : undefined;
}

/** If a table was broken over lines, so are the texts in it. */
function parseWrapped(text: string): unknown {
  return parseJson(text) ?? (text.includes('\n') ? parseJson(text.replaceAll('\n', '')) : undefined);
}

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

/** The values in a value, with the names that lead to them. Bytes are one value, and so are lists, except for named keys. */
function leavesOf(path: string, value: unknown, roles: FieldRoles, depth: number): Leaf[] {
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
  if (field !== null && UNDIVIDED.has(field.role)) return [{ path, value }];
  return entries.flatMap(([name, one]) => leavesOf(`${path}.${name}`, one, roles, depth + 1));
}
