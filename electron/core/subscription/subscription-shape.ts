import type { SubscriptionJson } from '../../contract/http.ts';
import type { Problem } from '../../contract/problem.ts';
import { isOfAnother } from '../text/named-map.ts';
import { hasStrayEquals, isStartAlone } from './spoiled.ts';

export const WANTED =
  'Paste what PushSubscription.toJSON() returns: endpoint, and keys with p256dh and auth.';

/** How to get the keys, for people who have only an endpoint. */
export const GET_KEYS =
  'Messages are encrypted with the browser’s keys. Have the page send JSON.stringify(subscription): it holds endpoint, p256dh and auth.';

/** The problem for something that is not about a subscription at all. */
export const NOT_A_SUBSCRIPTION: Problem = {
  code: 'not-a-subscription',
  cause: 'There is no endpoint here.',
  cure: WANTED,
};

/** The problem for an address without keys. */
export const ENDPOINT_ALONE: Problem = {
  code: 'keys-missing',
  cause: 'This is an endpoint without its keys: keys.p256dh and keys.auth are missing.',
  cure: GET_KEYS,
  field: 'keys.p256dh',
};

/** 65 and 16 bytes in base64url. */
const P256DH_CHARACTERS = 87;
const AUTH_CHARACTERS = 22;
const PLAIN_ADDRESS = /^https:\/\/[!#-;=?-[\]-~]{1,4000}$/;
const STANDARD = new Set(['endpoint', 'expirationTime', 'keys']);
/** An earlier time in milliseconds would be before Web Push. */
const FIRST_MS = 1e12;

/**
 * The subscription of an object that has exactly the shape of `PushSubscription.toJSON()`, as nearly all in a large file have. `null`: it
 * has another shape and must be read as a record.
 */
export function standardSubscription(value: object): SubscriptionJson | null {
  for (const name in value) if (!STANDARD.has(name)) return null;
  const { endpoint, expirationTime, keys } = value as {
    endpoint?: unknown;
    expirationTime?: unknown;
    keys?: unknown;
  };
  if (
    typeof endpoint !== 'string' ||
    !PLAIN_ADDRESS.test(endpoint) ||
    endpoint.includes('...') ||
    isStartAlone(endpoint) ||
    (endpoint.includes('=') && (endpoint.includes('=3D') || hasStrayEquals(endpoint))) ||
    endpoint.includes('&')
  )
    return null;
  if (expirationTime !== null && expirationTime !== undefined) {
    if (typeof expirationTime !== 'number' || expirationTime < FIRST_MS || expirationTime > 1e13) return null;
  }
  if (typeof keys !== 'object' || keys === null) return null;
  const { p256dh, auth } = keys as { p256dh?: unknown; auth?: unknown };
  if (!isKeyText(p256dh) || !isKeyText(auth)) return null;
  for (const name in keys) if (isOfAnother(name)) return null;
  // Another length means another notation for the bytes, or a fault that has to be reported.
  if (p256dh.length !== P256DH_CHARACTERS || auth.length !== AUTH_CHARACTERS) return null;
  return { endpoint, expirationTime: expirationTime ?? null, keys: { p256dh, auth } };
}

function isKeyText(text: unknown): text is string {
  return typeof text === 'string' && /^[\w-]+$/.test(text);
}
