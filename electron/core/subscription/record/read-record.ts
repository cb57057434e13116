import type { SubscriptionJson } from '../../../contract/http.ts';
import type { Person } from '../../../contract/people.ts';
import type { Problem } from '../../../contract/problem.ts';
import { encodeBase64Url } from '../../text/base64url.ts';
import { visibleText } from '../../text/visible-text.ts';
import { plainText, withoutOuterQuotes } from '../../text/plain-text.ts';
import { isAuth, isPoint, readKey, type FoundKey } from './key-bytes.ts';
import { subscriptionStateSchema } from '../../../contract/subscriptions.ts';
import { unprinted } from '../unprinted.ts';
import { spoiledEndpoint } from '../spoiled.ts';
import { isExportedRecord } from './exported.ts';
import { type Field, type FieldRoles } from './field-role.ts';
import { FIRST_PUSH, readInstant } from './instant.ts';
import { saysLeft } from './still-subscribed.ts';
import {
  looksLikeId,
  looksLikeName,
  noFacts,
  personOf,
  textOf,
  type PersonFacts,
  type Writing,
} from './person-of.ts';
import { isKnownEndpoint } from './known-endpoint.ts';
import type { FoundRecord, Leaf } from './found-record.ts';

/** What a record says: a subscription and what comes with it, or why it is not one. */
export type ReadRecord =
  | {
      kind: 'row';
      value: SubscriptionJson;
      person: Person | null;
      publicKey: string | null;
      addedAt: number | null;
      left: string | null;
      remark: string | null;
    }
  | { kind: 'bad'; problem: Problem; endpoint: string };

/** The longest endpoint, and the longest key text, that is looked at. */
const MAX_ENDPOINT = 4096;
const MAX_KEY_TEXT = 200;
const MAX_LEFT = 40;
const MAX_LOOKED_AT = 50;
const WANTED = 'Paste what PushSubscription.toJSON() returns: endpoint, and keys with p256dh and auth.';
const GET_ALL =
  'Messages are encrypted with the browser’s keys. Have the page send JSON.stringify(subscription): it holds endpoint, p256dh and auth.';

interface Candidate<Value> {
  readonly value: Value;
  readonly isRight: boolean;
  readonly sure: number;
}

/** The best one: right values come before right names, and earlier ones before later ones. */
function best<Value>(candidates: readonly Candidate<Value>[]): Value | undefined {
  let found: Candidate<Value> | undefined;
  for (const one of candidates) {
    if (found === undefined || rank(one) > rank(found)) found = one;
  }
  return found?.value;
}
const rank = ({ isRight, sure }: Candidate<unknown>) => (isRight ? 10 : 0) + sure;

/**
 * Reads one subscription from a record, whatever names its tool used (`public_key`, `keys.auth`, `web_p256`, `userAuthToken` …) and in
 * whatever notation. Only the endpoint and the two keys decide about the row: any other field that cannot be read is left out with a
 * remark.
 *
 * @param isTyped whether its form has a `null` of its own, as JSON has: then the text "None" is one that somebody wrote
 */
export function readRecord(record: FoundRecord, roles: FieldRoles, isTyped = false): ReadRecord {
  const endpoints: Candidate<unknown>[] = [];
  const points: Candidate<FoundKey>[] = [];
  const secrets: Candidate<FoundKey>[] = [];
  const expiries: unknown[] = [];
  const remarks: string[] = [];
  const writing = isExportedRecord(record.own) ? 'exported' : isTyped ? 'typed' : 'plain';
  const beside: Beside = { person: noFacts(), publicKey: null, addedAt: null, writing };
  let isInvalid = false;
  let left: string | null = null;

  for (const leaf of record.own) {
    const field = roles.of(leaf.path);
    switch (field?.role) {
      case 'endpoint':
        endpoints.push({
          value: leaf.value,
          isRight: typeof leaf.value === 'string' && /^\W{0,3}https:/i.test(leaf.value),
          sure: field.sure,
        });
        break;
      case 'p256dh': {
        const key = readKey(leaf.value);
        points.push({ value: key, isRight: isPoint(bytesOf(key)), sure: field.sure });
        break;
      }
      case 'auth': {
        const key = readKey(leaf.value);
        secrets.push({ value: key, isRight: isAuth(bytesOf(key)), sure: field.sure });
        break;
      }
      case 'expirationTime':
        expiries.push(leaf.value);
        break;
      case 'encoding':
        if (isOldEncodingAlone(leaf.value)) remarks.push(OLD_ENCODING);
        break;
      case 'invalid':
        isInvalid ||= /^(?:t|true|1|yes|y)$/i.test(textOf(leaf.value) ?? '');
        break;
      case 'subscribed':
        left ??= leftBy(leaf, field);
        takeState(leaf, field, beside);
        break;
      default:
        if (field === null && typeof leaf.value === 'string' && isKnownEndpoint(leaf.value)) {
          endpoints.push({ value: leaf.value, isRight: true, sure: 0 });
        } else takeBeside(leaf, field ?? null, beside);
    }
  }
  const isTable = record.around.some(({ path, value }) => path === 'type' && value === 'table');
  for (const leaf of record.around) {
    // phpMyAdmin puts a table's name around its rows.
    if (isTable && leaf.path === 'name') continue;
    const field = roles.of(leaf.path);
    if (field?.role === 'subscribed') left ??= leftBy(leaf, field);
    else takeBeside(leaf, field, beside);
  }
  takeNames(record.filedUnder, beside.person);

  const endpoint = cleanEndpoint(best(endpoints));
  if (record.unclear !== undefined) return bad(record.unclear, endpoint);
  if (isInvalid) return bad(INVALID_ALREADY, endpoint);
  const problem =
    endpointProblem(best(endpoints), endpoint) ??
    keyProblem('p256dh', best(points), points.length + secrets.length) ??
    keyProblem('auth', best(secrets), points.length + secrets.length);
  const point = best(points);
  const secret = best(secrets);
  if (problem !== null || point?.kind !== 'text' || secret?.kind !== 'text') {
    return bad(
      unprintedIn(record) ?? foldedIn(record, problem) ?? problem ?? missing('keys', 'endpoint and keys'),
      endpoint,
    );
  }
  const { person, leftOut } = personOf(beside.person, writing);
  if (leftOut.length > 0) remarks.push(`Left out, because it can’t be kept: ${namedSome(leftOut)}.`);
  return {
    kind: 'row',
    value: {
      endpoint,
      expirationTime:
        (writing === 'exported' ? writtenExpiry(expiries[0]) : null) ?? readExpiry(expiries, remarks),
      keys: { p256dh: point.text, auth: secret.text },
    },
    person,
    publicKey: beside.publicKey,
    addedAt: beside.addedAt,
    left,
    remark: remarks.length === 0 ? null : remarks.join(' '),
  };
}

/** A value that only says that there is an object. */
function unprintedIn({ own }: FoundRecord): Problem | null {
  for (const { value } of own.slice(0, MAX_LOOKED_AT)) {
    const only = onlyTextIn(value);
    const text = only === null ? value : `[${only}]`;
    const problem =
      typeof text === 'string' && text.length < 200 && !text.startsWith('https:') ? unprinted(text) : null;
    if (problem !== null) return problem;
  }
  return null;
}

/** The problem, if the console showed that there are keys, but not what they are. */
function foldedIn({ own }: FoundRecord, problem: Problem | null): Problem | null {
  const isFolded = own.some(
    ({ path, value }) =>
      isFoldMark(typeof value === 'string' ? value : onlyTextIn(value)) &&
      /^(?:.*\.)?keys(?:\.…)?$/i.test(path),
  );
  return isFolded && problem?.code === 'keys-missing' ? KEYS_FOLDED : null;
}

const isFoldMark = (text: string | null) => text !== null && /^…\d*$/.test(text);

/** The text that is alone in a list; a list may hold anything. */
function onlyTextIn(value: unknown): string | null {
  const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : null;
  return typeof only === 'string' ? only : null;
}

/** What says that the person is no longer subscribed, as written there: `is_active = 0`. */
function leftBy({ path, value }: Leaf, { sense, name = path }: Field): string | null {
  return sense !== undefined && saysLeft(value, sense)
    ? visibleText(`${name} = ${(textOf(value) ?? '').slice(0, MAX_LEFT)}`)
    : null;
}

/** A word such as `state` or `subscribed` may say something else. */
function takeState({ path, value }: Leaf, { sense }: Field, beside: Beside): void {
  if (sense === undefined || saysLeft(value, sense)) return;
  if (sense === 'isIn' && beside.addedAt === null) {
    const at = typeof value === 'string' && /\d{4}/.test(value) ? readInstant(value) : null;
    if (at?.kind === 'at') beside.addedAt = at.ms;
  }
  if (sense === 'status' && /^state$/i.test(path) && !subscriptionStateSchema.safeParse(value).success) {
    addAttribute(beside, path, value);
  }
}

interface Beside {
  person: PersonFacts;
  publicKey: string | null;
  addedAt: number | null;
  /** If Pushdesk wrote it, nothing of it is left out. */
  readonly writing: Writing;
}

const bytesOf = (key: FoundKey): Uint8Array | null => (key.kind === 'text' ? key.bytes : null);

function bad(problem: Problem, endpoint: string): ReadRecord {
  return { kind: 'bad', problem, endpoint };
}

/** What fields say besides the subscription. The first one that says something counts: the record's own fields, then those around it. */
function takeBeside({ path, value }: Leaf, field: Field | null, beside: Beside): void {
  if (field === null || OF_ANOTHER.test(path)) return;
  const { person } = beside;
  switch (field.role) {
    case 'publicKey': {
      const bytes = bytesOf(readKey(value));
      if (beside.publicKey === null && bytes !== null && isPoint(bytes))
        beside.publicKey = encodeBase64Url(bytes);
      break;
    }
    case 'addedAt': {
      const at = readInstant(value);
      if (beside.addedAt === null && at.kind === 'at') beside.addedAt = at.ms;
      break;
    }
    case 'label': {
      const text = textOf(value, beside.writing);
      if (text === null || (field.sure < 3 && DOCUMENT_PATH.test(text))) break;
      // `username = 17` or a UUID is not anybody's name.
      if (field.sure === 2 && looksLikeId(text) && !(text.includes('@') && /^name$/i.test(path))) {
        person.externalId ??= value;
      } else person.label ??= value;
      break;
    }
    case 'firstName':
    case 'lastName':
      person[field.role] ??= value;
      addAttribute(beside, path, value);
      break;
    case 'email':
      if (textOf(value, beside.writing) !== null) person.email ??= value;
      break;
    case 'externalId': {
      const text = textOf(value, beside.writing);
      if (text === null) break;
      // `user = Zoë` is somebody's name.
      if (field.sure === 1 && looksLikeName(text)) person.label ??= value;
      else person.externalId ??= value;
      break;
    }
    case 'tags':
      // OneSignal calls `{"plan":"pro"}` tags.
      if (isPairs(value)) addPairs(beside, value);
      else person.tags.push(value);
      break;
    case 'attributes':
      if (isPairs(value)) addPairs(beside, value);
      break;
    case 'attribute':
      addAttribute(beside, field.name ?? path, value);
      break;
    default:
  }
}

/** A message for somebody says nothing about them, and neither does the name of a program. */
const OF_ANOTHER =
  /^(?:.*\.)?(?:(?:notification|payload|message|headers|vapid_?details)\.|(?:creator|generator|browser|os|library|sdk|app|application|package|runtime|service|host|server|container|pod|agent|logger)\.name$)/i;

/** The path of a Firestore document is not a person's name. */
const DOCUMENT_PATH = /^projects\/[^/]+\/databases\/\S*$/;

/** Credentials for other systems are not attributes of a person. */
const IS_SECRET =
  /authorization|cookie|password|passwd|secret|bearer|(?:api|access|private|refresh|session|id)[._-]?(?:key|token)|^token$|jwt/i;

function isPairs(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function addPairs(beside: Beside, value: object): void {
  for (const [name, one] of Object.entries(value)) addAttribute(beside, name, one);
}

function addAttribute({ person, writing }: Beside, name: string, value: unknown): void {
  if (writing !== 'exported' && IS_SECRET.test(name)) return;
  if (textOf(value, writing) === null || person.attributes.some(([known]) => known === name)) return;
  person.attributes.push([name, value]);
}

/** A column of a statement that does not name its columns. */
const NO_NAME = /^column \d+$/;

/** The name it is filed under: one with blanks or capitals was given by a person, any other is an id. Firebase push ids say nothing. */
function takeNames([first]: readonly string[], person: PersonFacts): void {
  if (first === undefined || /^-[\w-]{4,}$/.test(first) || NO_NAME.test(first)) return;
  if (/[\s'{}]/.test(first)) person.label ??= first;
  else person.externalId ??= first;
}

/** An endpoint with what terminals, mail and databases do to it undone. */
export function cleanEndpoint(value: unknown): string {
  if (typeof value !== 'string') return '';
  if (/^https:\/\/[!#-&(-;=?-[\]^-~]+$/.test(value) && !/&(?:amp|#)|\.\.\.|%%|=3D/.test(value)) return value;
  let text = withoutOuterQuotes(plainText(value).text)
    .replaceAll(/[ \t]*[\r\n]+[ \t]*/g, '')
    .replaceAll('\\/', '/')
    // Of quoted-printable: tokens of WNS begin with the letters behind it.
    .replace(/(?<=^https:\/\/[\w.-]{1,60}\.notify\.windows\.com\/[^?]{0,40}\?token=)3D(?=[AB][A-Z])/, '');
  if (/^https?%3a%2f%2f/i.test(text)) text = decodeOnce(text);
  // Batch files on Windows write every percent sign twice.
  if (/%%[\da-f]{2}/i.test(text) && !text.replaceAll('%%', '').includes('%'))
    text = text.replaceAll('%%', '%');
  // A link of Slack has its text behind a bar.
  const inBrackets = /^<([^|]*)(?:\|.*)?>$/.exec(text) ?? /^\[[^\]]*\]\((.*)\)$/.exec(text);
  return inBrackets?.[1] ?? text;
}

function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function endpointProblem(value: unknown, endpoint: string): Problem | null {
  if (value === undefined || value === null || value === '') return missing('endpoint', 'endpoint');
  if (typeof value !== 'string') return shape('endpoint', 'endpoint has the wrong type.', WANTED);
  if (endpoint === '') return missing('endpoint', 'endpoint');
  if (endpoint.length > MAX_ENDPOINT) return shape('endpoint', 'endpoint is too long.', WANTED);
  // If the endpoint is shortened, its keys are usually left out as well: they are not the problem.
  return spoiledEndpoint(endpoint);
}

function keyProblem(name: 'p256dh' | 'auth', key: FoundKey | undefined, keyCount: number): Problem | null {
  const field = `keys.${name}`;
  if (key === undefined) {
    return keyCount === 0
      ? { ...shape(field, `${field} is missing.`, GET_ALL), code: 'keys-missing', cause: NO_KEYS }
      : missing(field, field);
  }
  switch (key.kind) {
    case 'empty':
      return {
        ...shape(field, `${field} is empty: it was turned into JSON without toJSON().`, CALL_TO_JSON),
        code: 'keys-empty',
      };
    case 'foreign':
      return shape(field, `${field} has the wrong type.`, WANTED);
    case 'text':
      if (
        key.text === '' ||
        /^(?:null|none|nil|undefined|nan|n\/a|#n\/a|-|\(null\)|<null>|\\n)$/i.test(key.text)
      )
        return missing(field, field);
      return key.text.length > MAX_KEY_TEXT ? shape(field, `${field} is too long.`, WANTED) : null;
  }
}

const NO_KEYS = 'This has an endpoint, but no keys: keys.p256dh and keys.auth are missing.';
const KEYS_FOLDED: Problem = {
  code: 'keys-folded',
  cause: 'This object was printed folded: “…” stands where its keys are.',
  cure: 'Print all of it and import that: copy(JSON.stringify(subscription)) in the console of a browser, json_encode() in PHP.',
  field: 'keys.p256dh',
};
const CALL_TO_JSON =
  'In the page, call subscription.toJSON(), or JSON.stringify(subscription) on the object itself and not on a copy of it.';
const OLD_ENCODING =
  'It was stored with the old encoding aesgcm. Pushdesk sends aes128gcm, which current browsers read.';
const INVALID_ALREADY: Problem = {
  code: 'marked-invalid',
  cause: 'The tool it comes from marked it as invalid: the browser is no longer subscribed.',
  cure: 'Leave it out. The person has to subscribe again.',
};

function missing(field: string, what: string): Problem {
  return shape(field, `${what} is missing.`, field === 'endpoint' ? WANTED : GET_ALL);
}

function shape(field: string, cause: string, cure: string): Problem {
  return { code: 'subscription-shape', cause, cure, field };
}

/** What Pushdesk exported is in milliseconds, however far that is from the present; `null`: a program in between rewrote it. */
function writtenExpiry(value: unknown): number | null {
  const text = String(value);
  return /^\d{1,16}$/.test(text) ? Number(text) : null;
}

function readExpiry(values: readonly unknown[], remarks: string[]): number | null {
  const leftOut: string[] = [];
  for (const value of values) {
    const instant = readInstant(value);
    if (instant.kind === 'none') continue;
    if (instant.kind === 'at' && instant.ms >= FIRST_PUSH) return instant.ms;
    const text = instant.kind === 'at' ? (textOf(value) ?? 'an object') : instant.text;
    leftOut.push(`The expiry “${text}” ${NOT_AN_EXPIRY[instant.kind]} and was left out.`);
  }
  remarks.push(...leftOut);
  return null;
}

const NOT_AN_EXPIRY = {
  at: 'is before Web Push existed',
  impossible: 'is a day or time that doesn’t exist',
  'too-small': 'is too small a number for a time',
  unreadable: 'can’t be read as a time',
} as const;

function isOldEncodingAlone(value: unknown): boolean {
  const texts = Array.isArray(value) ? value : [value];
  return texts.some((text) => text === 'aesgcm') && !texts.includes('aes128gcm');
}

const MAX_NAMED = 5;

/** Those not named are counted: `tag, tag and 30 more`. */
function namedSome(names: readonly string[]): string {
  const others = names.length - MAX_NAMED;
  const named = names.slice(0, MAX_NAMED).join(', ');
  return others > 0 ? `${named} and ${others} more` : named;
}
