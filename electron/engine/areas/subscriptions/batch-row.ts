import { pushServiceSchema, type PushServiceId } from '../../../contract/push-service.ts';
import type { SubscriptionState } from '../../../contract/subscriptions.ts';

/** A new subscription on its way into the store. */
export interface BatchRow {
  readonly endpoint: string;
  /** The `endpointKeyHex` of the endpoint. */
  readonly key: string;
  readonly pushService: PushServiceId;
  readonly p256dh: string;
  readonly auth: string;
  readonly state: SubscriptionState;
  readonly expirationTime: number | null;
  readonly remark: string | null;
  /** The key it was made with, if the text says so; otherwise `null`. */
  readonly publicKey: string | null;
  /** When it was made, if the text says so. */
  readonly addedAt: number | null;
}

/**
 * Rows that go into the store in one statement, which reads them out of JSON: that takes half the time of binding them one by one.
 * [Note: packed rows] Nearly all rows differ in just four texts, three of which have a fixed length. Such a row is packed into one text,
 * which SQLite cuts up in a quarter of the time that it takes to read an array; any other row is an array.
 */
export interface SubscriptionBatch {
  /** An array of packed rows. */
  readonly json: string;
  readonly count: number;
  /** The position of each in what is imported. */
  readonly lines: readonly number[];
  /** As `packPeople` returns it. */
  readonly people: string | null;
}

export type PackedRow =
  | string
  | readonly [
      endpoint: string,
      key: string,
      pushService: PushServiceId,
      p256dh: string,
      auth: string,
      state: SubscriptionState,
      expirationTime: number | null,
      remark: string | null,
      publicKey: string | null,
      addedAt: number | null,
    ];

/** A letter for each push service, as in a packed row; it is never written to disk. */
const SERVICES = pushServiceSchema.options.map(
  (service, index) => [service, String.fromCharCode(97 + index)] as const,
);
const LETTERS = Object.fromEntries(SERVICES) as Record<PushServiceId, string>;
const SERVICE_OF = new Map(SERVICES.map(([service, letter]) => [letter, service]));

const KEY_LENGTH = 32;
const P256DH_LENGTH = 87;
const AUTH_LENGTH = 22;
const SERVICE_AT = KEY_LENGTH;
const P256DH_AT = SERVICE_AT + 1;
const AUTH_AT = P256DH_AT + P256DH_LENGTH;
const ENDPOINT_AT = AUTH_AT + AUTH_LENGTH;

export function packRow(row: BatchRow): PackedRow {
  const { endpoint, key, pushService, p256dh, auth, state, expirationTime, remark, publicKey, addedAt } = row;
  const isUsual =
    state === 'active' &&
    expirationTime === null &&
    remark === null &&
    publicKey === null &&
    addedAt === null &&
    p256dh.length === P256DH_LENGTH &&
    auth.length === AUTH_LENGTH;
  return isUsual
    ? key + LETTERS[pushService] + p256dh + auth + endpoint
    : [endpoint, key, pushService, p256dh, auth, state, expirationTime, remark, publicKey, addedAt];
}

export function unpackRow(packed: PackedRow): BatchRow {
  if (typeof packed !== 'string') {
    const [endpoint, key, pushService, p256dh, auth, state, expirationTime, remark, publicKey, addedAt] =
      packed;
    return { endpoint, key, pushService, p256dh, auth, state, expirationTime, remark, publicKey, addedAt };
  }
  return {
    endpoint: packed.slice(ENDPOINT_AT),
    key: packed.slice(0, KEY_LENGTH),
    pushService: SERVICE_OF.get(packed.charAt(SERVICE_AT)) ?? 'other',
    p256dh: packed.slice(P256DH_AT, AUTH_AT),
    auth: packed.slice(AUTH_AT, ENDPOINT_AT),
    state: 'active',
    expirationTime: null,
    remark: null,
    publicKey: null,
    addedAt: null,
  };
}

export function packedRowsOf(batch: SubscriptionBatch): PackedRow[] {
  return JSON.parse(batch.json) as PackedRow[];
}

/** Only the key, which costs less than the whole row. */
export function keyOf(packed: PackedRow): string {
  return typeof packed === 'string' ? packed.slice(0, KEY_LENGTH) : packed[1];
}

/** The columns of a packed row, as SQL over the `type` and `value` of `json_each`. SQLite counts characters from 1. */
export const PACKED = {
  endpoint: either(`substr(value, ${ENDPOINT_AT + 1})`, 0),
  key: `unhex(${either(`substr(value, 1, ${KEY_LENGTH})`, 1)})`,
  pushService: either(
    `CASE substr(value, ${SERVICE_AT + 1}, 1) ${SERVICES.map(([service, letter]) => `WHEN '${letter}' THEN '${service}'`).join(' ')} END`,
    2,
  ),
  p256dh: either(`substr(value, ${P256DH_AT + 1}, ${P256DH_LENGTH})`, 3),
  auth: either(`substr(value, ${AUTH_AT + 1}, ${AUTH_LENGTH})`, 4),
  state: either("'active'", 5),
  expirationTime: either('NULL', 6),
  remark: either('NULL', 7),
  publicKey: either('NULL', 8),
  addedAt: either('NULL', 9),
} as const;

function either(ofText: string, index: number): string {
  return `iif(type = 'text', ${ofText}, value ->> ${index})`;
}
