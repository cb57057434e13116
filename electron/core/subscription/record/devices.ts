import type { Problem } from '../../../contract/problem.ts';
import { encodeBase64Url } from '../../text/base64url.ts';
import { isOfAnother } from '../../text/named-map.ts';
import { plainName, type Field, type FieldRole, type FieldRoles } from './field-role.ts';
import { isAuth, isPoint, readKey } from './key-bytes.ts';
import { isKnownEndpoint } from './known-endpoint.ts';
import type { Leaf } from './found-record.ts';
import { KEY_OF_DEVICE_MISSING, UNCLEAR, UNCLEAR_BY_NAMES } from '../unclear.ts';

/** What belongs to one of several devices in a record. */
export interface Device {
  /** What its names have in addition; empty: nothing. */
  readonly name: string;
  readonly own: readonly Leaf[];
  /** Why its endpoint or its keys may be those of another one; `null`: they are its own. */
  readonly unclear: Problem | null;
}

/** Words that say nothing but what a value is. */
const PART = /^(?:endpoint|keys?|auth)$/;
/** Words that only say what a value is, if they do not tell two apart. */
const OF_A_PART =
  /^(?:endpoints?|ur[il]|address|link|keys?|auth|token|secret|public|pub|dh|push|webpush|subscriptions?|subs?|data|json|info|object)$/;
/** Words that say it in `user_auth` and whose it is in `web_auth`. */
const OF_A_BROWSER = /^(?:user|client|browser|web|device|subscriber|wp)$/;
const FORMER = /^(?:old|prev|previous|former|legacy|original|last)$/;
const PARTS: ReadonlySet<FieldRole> = new Set(['endpoint', 'p256dh', 'auth']);
const ADDRESS = /^\W{0,3}https?:/i;
/** What has more words is not said of one device. */
const MAX_WORDS = 12;
/** It limits what many devices cost that all have much in common. */
const MAX_SHARED = 100;

type Part = 'endpoint' | 'p256dh' | 'auth';

interface PartLeaf {
  readonly leaf: Leaf;
  readonly part: Part;
  readonly sure: Field['sure'];
  /** Its value, if that is what its name says. */
  readonly right: string | null;
}

interface Group {
  readonly parts: Leaf[];
  readonly has: Set<Part>;
  readonly endpoints: Set<string>;
  /** Those whose names say nothing else. */
  readonly points: Set<string>;
  readonly secrets: Set<string>;
}

/** Whether words such as `push` tell devices apart, and whether such as `user` and `browser` do. */
type Strictness = 'exact' | 'usual' | 'loose';

/**
 * The devices of a record that has several beside each other, told apart by numbers or words in their names: `endpoint_1`, `auth_1`,
 * `endpoint_2`, …; `desktop_endpoint`, `mobile_endpoint`; `subs.0.keys.auth`. What is said of none of them is said of each.
 *
 * @returns `null`: there is only one
 */
export function devicesIn(own: readonly Leaf[], roles: FieldRoles): Device[] | null {
  if (!haveSeveralParts(own, roles)) return null;
  const parts = own.flatMap((leaf) => partOf(leaf, roles) ?? []);
  if (parts.some(({ leaf }) => isOfAnother(leaf.path))) return withoutBorder(own, parts);
  const groups = groupsThatFit(parts);
  const isMixed = [...groups.values()].some(hasTwo);
  if (groups.size < 2 && !isMixed) return null;
  const withEndpoint = [...groups].filter(([, { has }]) => has.has('endpoint'));
  if (withEndpoint.length === 0) return null;
  const beside = besideOf(own, new Set(parts.map(({ leaf }) => leaf)), groups, roles);
  const keysAlone = keysAloneIn(groups);
  const isShifted = keysAlone.length > 0 && isCounted(parts);
  const isSure = (group: Group) => isPair(group) && !hasTwo(group) && !isShifted;
  const isTorn = (group: Group) => !hasTwo(group) && keysAlone.length === 0;
  const devices = withEndpoint.map(([name, group]) => ({
    name,
    own: [...group.parts, ...(beside.of.get(name) ?? []), ...(name === '' ? beside.unnamed : beside.shared)],
    unclear: isSure(group) ? null : isTorn(group) ? KEY_OF_DEVICE_MISSING : UNCLEAR_BY_NAMES,
  }));
  // Keys without an endpoint are counted as well, unless nobody knows whose they are anyway.
  const torn = devices.some(({ unclear }) => unclear === UNCLEAR_BY_NAMES) ? [] : keysAlone.filter(isPair);
  return [
    ...devices,
    ...torn.map((group) => ({
      name: '',
      own: [{ path: 'endpoint', value: null }, ...group.parts],
      unclear: null,
    })),
  ];
}

/**
 * Two records of which nobody knows where one ends: a part came twice in the same object. The first is certain only if all of it stands
 * before the second.
 */
function withoutBorder(own: readonly Leaf[], parts: readonly PartLeaf[]): Device[] {
  const kinds = (isSecond: boolean) =>
    new Set(
      parts.flatMap(({ leaf, part, right }) =>
        right !== null && isOfAnother(leaf.path) === isSecond ? [part] : [],
      ),
    );
  const [first, second] = [kinds(false), kinds(true)];
  const isCertain = first.size === PARTS.size && second.has('endpoint') && second.size > 1;
  const some = (isSecond: boolean) => own.filter(({ path }) => isOfAnother(path) === isSecond);
  return [
    { name: '', own: some(false), unclear: isCertain ? null : UNCLEAR },
    ...(second.has('endpoint') ? [{ name: '', own: some(true), unclear: UNCLEAR }] : []),
  ];
}

/** Whether several of these values, or columns of a table, are the same part. */
export function haveSeveralParts(named: readonly Pick<Leaf, 'path'>[], roles: FieldRoles): boolean {
  const seen = new Set<FieldRole>();
  for (const { path } of named) {
    const field = roles.of(path);
    if (field === null || field.sure === 1 || !PARTS.has(field.role)) continue;
    if (seen.has(field.role)) return true;
    seen.add(field.role);
  }
  return false;
}

/** `null`: it is no part, or not for certain. */
function partOf(leaf: Leaf, roles: FieldRoles): PartLeaf | null {
  const { role: part, sure = 1 } = roles.of(leaf.path) ?? {};
  if (sure === 1 || FORMER.test(wordsOf(leaf.path)[0] ?? '')) return null;
  if (part === 'endpoint') {
    const { value } = leaf;
    return { leaf, part, sure, right: typeof value === 'string' && ADDRESS.test(value) ? value : null };
  }
  if (part !== 'p256dh' && part !== 'auth') return null;
  const key = readKey(leaf.value);
  const bytes = key.kind === 'text' ? key.bytes : null;
  const isRight = part === 'auth' ? isAuth(bytes) : isPoint(bytes);
  return { leaf, part, sure, right: isRight && bytes !== null ? encodeBase64Url(bytes) : null };
}

/** Whether names only got numbers because they came again: where one is missing, those of the next ones are too low. */
const isCounted = (parts: readonly PartLeaf[]): boolean =>
  parts.some(({ leaf }) => / \d+$/.test(leaf.path)) && !parts.some(({ leaf }) => / [01]$/.test(leaf.path));

/** The groups in which what belongs together is together, or else those by the usual words. */
function groupsThatFit(parts: readonly PartLeaf[]): ReadonlyMap<string, Group> {
  const usual = groupsOf(parts, 'usual');
  if ([...usual.values()].some(hasTwo)) return groupsOf(parts, 'exact');
  if (isWhole(usual)) return usual;
  const loose = groupsOf(parts, 'loose');
  const fits = isWhole(loose) && keysAloneIn(loose).length === 0 && ![...loose.values()].some(hasTwo);
  return fits ? loose : usual;
}

function groupsOf(parts: readonly PartLeaf[], strictness: Strictness): Map<string, Group> {
  const saysNothing = (word: string) =>
    strictness === 'exact'
      ? PART.test(word)
      : OF_A_PART.test(word) || (strictness === 'loose' && OF_A_BROWSER.test(word));
  const groups = new Map<string, Group>();
  for (const { leaf, part, sure, right } of parts) {
    const name = wordsOf(leaf.path)
      .filter((word) => !saysNothing(word))
      .join(' ');
    const group = groups.get(name) ?? newGroup();
    groups.set(name, group);
    group.parts.push(leaf);
    if (right === null) continue;
    group.has.add(part);
    if (part === 'endpoint') group.endpoints.add(right);
    if (part === 'p256dh' && sure === 3) group.points.add(right);
    if (part === 'auth') group.secrets.add(right);
  }
  return withoutOthers(groups);
}

const newGroup = (): Group => ({
  parts: [],
  has: new Set(),
  endpoints: new Set(),
  points: new Set(),
  secrets: new Set(),
});

/** Endpoints of other programs, and those that stand there twice, have no keys. */
function withoutOthers(groups: Map<string, Group>): Map<string, Group> {
  const all = [...groups];
  const withKeys = new Set(all.flatMap(([, group]) => (group.has.size > 1 ? [...group.endpoints] : [])));
  return new Map(
    all.filter(([, { has, endpoints }]) => {
      if (has.size !== 1 || !has.has('endpoint')) return has.size > 0;
      const [endpoint = ''] = endpoints;
      return isKnownEndpoint(endpoint) && !withKeys.has(endpoint);
    }),
  );
}

/** Whether there are two of what a subscription has once. */
const hasTwo = ({ endpoints, points, secrets }: Group): boolean =>
  endpoints.size > 1 || points.size > 1 || secrets.size > 1;
const isPair = ({ has }: Group): boolean => has.has('p256dh') && has.has('auth');
const keysAloneIn = (groups: ReadonlyMap<string, Group>): Group[] =>
  [...groups.values()].filter(({ has }) => !has.has('endpoint'));
const isWhole = (groups: ReadonlyMap<string, Group>): boolean =>
  [...groups.values()].every((group) => !group.has.has('endpoint') || isPair(group));

/** What is said of each device, of one whose names have no addition, and of all of them. */
function besideOf(
  own: readonly Leaf[],
  parts: ReadonlySet<Leaf>,
  groups: ReadonlyMap<string, Group>,
  roles: FieldRoles,
): { of: Map<string, Leaf[]>; unnamed: Leaf[]; shared: Leaf[] } {
  const of = new Map<string, Leaf[]>();
  const unnamed: Leaf[] = [];
  const saidOfOne = new Set<string>();
  for (const leaf of own) {
    if (parts.has(leaf)) continue;
    const role = roles.of(leaf.path)?.role;
    const told = ownerOf(leaf.path, groups);
    if (told !== null && (role === undefined || roles.of(told.rest) !== null)) {
      saidOfOne.add(plainName(told.rest));
      const some = of.get(told.group) ?? [];
      some.push({ path: told.rest, value: leaf.value });
      of.set(told.group, some);
    } else if (role !== undefined && !PARTS.has(role) && unnamed.length < MAX_SHARED) unnamed.push(leaf);
  }
  // Beside `user_2`, `user` is the one of the first device.
  const shared = unnamed.filter(({ path }) => !saidOfOne.has(plainName(path)));
  return { of, unnamed, shared };
}

/** The device that a name begins or ends with, and what else it says: `mobile_platform`, `name_2`, `subs.0.platform`. */
function ownerOf(path: string, groups: ReadonlyMap<string, Group>): { group: string; rest: string } | null {
  const words = wordsOf(path);
  if (words.length > MAX_WORDS) return null;
  for (let from = 0; from < words.length; from += 1)
    for (let to = words.length; to > from; to -= 1) {
      const group = words.slice(from, to).join(' ');
      const rest = [...words.slice(0, from), ...words.slice(to)];
      if (rest.length > 0 && groups.has(group)) return { group, rest: rest.join('.') };
    }
  return null;
}

/** The words of a name: `subs[0].webAuth2` has `subs`, `0`, `web`, `auth`, `2`. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(/p256(?:dh)?/gi, ' ')
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{L})(?=\d)|(\d)(?=\p{L})/gu, '$& ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
