import type { SubscriptionJson } from '../../../contract/http.ts';
import type { Person } from '../../../contract/people.ts';
import type { Problem } from '../../../contract/problem.ts';
import { unprinted } from '../unprinted.ts';
import { cleanEndpoint } from './endpoint-text.ts';
import { readExpiry, writtenExpiry } from './expiry.ts';
import { isExportedRecord } from './exported.ts';
import type { FieldRoles } from './field-role.ts';
import type { FoundRecord } from './found-record.ts';
import { bytesOf, isAuth, isPoint, readKey, type FoundKey } from './key-bytes.ts';
import { isKnownEndpoint } from './known-endpoint.ts';
import { endpointProblem, keyProblem, KEYS_FOLDED, missing } from './part-problems.ts';
import { noFacts, personOf, textOf } from './person-of.ts';
import { leftBy, takeBeside, takeNames, takeState, type Beside } from './said-beside.ts';

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

const MAX_LOOKED_AT = 50;

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

function bad(problem: Problem, endpoint: string): ReadRecord {
  return { kind: 'bad', problem, endpoint };
}

const OLD_ENCODING =
  'It was stored with the old encoding aesgcm. Pushdesk sends aes128gcm, which current browsers read.';

const INVALID_ALREADY: Problem = {
  code: 'marked-invalid',
  cause: 'The tool it comes from marked it as invalid: the browser is no longer subscribed.',
  cure: 'Leave it out. The person has to subscribe again.',
};

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
