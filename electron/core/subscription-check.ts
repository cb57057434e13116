import type { SubscriptionJson } from '../contract/http.ts';
import type { Problem } from '../contract/problem.ts';
import type { PushServiceId } from '../contract/push-service.ts';
import { decodeBase64, encodeBase64Url } from './base64url.ts';
import { pushServiceOf } from './push-service.ts';

/** What core cannot decide without a library or the settings. */
export interface SubscriptionChecks {
  /** `point`: 65 bytes, uncompressed. */
  isPointOnCurve(point: Uint8Array): boolean;
  /** `hostname`: as `URL` gives it: lower case, IPv6 in brackets. */
  isPrivateHost(hostname: string): boolean;
  allowPrivateEndpoints: boolean;
}

/** A subscription that messages can be encrypted for. Keys are unpadded base64url. */
export interface CheckedSubscription {
  /** As given, with its query; only a host in capitals or a superfluous port is put right. */
  endpoint: string;
  pushService: PushServiceId;
  p256dh: string;
  auth: string;
  /** Milliseconds since 1970. */
  expirationTime: number | null;
  remark: string | null;
}

export type SubscriptionCheck =
  { kind: 'good'; subscription: CheckedSubscription } | { kind: 'bad'; problem: Problem };

const MAX_ENDPOINT_LENGTH = 4096;
const P256DH_BYTES = 65;
const AUTH_BYTES = 16;
const LATEST_INSTANT = 8.64e15;
const COPY_AGAIN = 'Copy the subscription again from the browser that made it.';

/**
 * Checks what a browser or an import handed over (RFC 8030 §8 wants https, RFC 8291 §3.1 and §3.2 give the keys).
 * An auth secret longer than the 16 bytes of RFC 8291 is seen in the wild: it is taken, with a remark.
 */
export function checkSubscription(value: SubscriptionJson, checks: SubscriptionChecks): SubscriptionCheck {
  const problem = checkEndpoint(value.endpoint, checks);
  if (problem !== null) return { kind: 'bad', problem };

  const p256dh = decodeBase64(value.keys.p256dh.trim());
  const auth = decodeBase64(value.keys.auth.trim());
  if (p256dh?.length === AUTH_BYTES && auth?.length === P256DH_BYTES) {
    return bad('keys.p256dh', 'keys-swapped', 'p256dh and auth are swapped.', 'Exchange the two values.');
  }
  if (p256dh === null) return bad('keys.p256dh', 'p256dh-malformed', 'p256dh is not base64url.', COPY_AGAIN);
  if (p256dh.length !== P256DH_BYTES || p256dh[0] !== 4) {
    const cause = `p256dh must be an uncompressed point of ${P256DH_BYTES} bytes; this has ${p256dh.length}.`;
    return bad('keys.p256dh', 'p256dh-length', cause, COPY_AGAIN);
  }
  if (!checks.isPointOnCurve(p256dh)) {
    return bad('keys.p256dh', 'p256dh-not-on-curve', 'p256dh is not a point on the curve P-256.', COPY_AGAIN);
  }
  if (auth === null) return bad('keys.auth', 'auth-malformed', 'auth is not base64url.', COPY_AGAIN);
  if (auth.length < AUTH_BYTES) {
    const cause = `auth must have at least ${AUTH_BYTES} bytes; this has ${auth.length}.`;
    return bad('keys.auth', 'auth-length', cause, COPY_AGAIN);
  }
  const expirationTime = value.expirationTime ?? null;
  if (expirationTime !== null && !(expirationTime >= 0 && expirationTime <= LATEST_INSTANT)) {
    const cause = 'expirationTime is not a time in milliseconds.';
    return bad('expirationTime', 'expiration-malformed', cause, 'Use null when there is none.');
  }
  const endpoint = canonical(value.endpoint);
  return {
    kind: 'good',
    subscription: {
      endpoint,
      pushService: pushServiceOf(endpoint),
      p256dh: encodeBase64Url(p256dh),
      auth: encodeBase64Url(auth),
      expirationTime: expirationTime === null ? null : Math.trunc(expirationTime),
      remark:
        auth.length > AUTH_BYTES
          ? `The auth secret has ${auth.length} bytes; RFC 8291 says ${AUTH_BYTES}. Taken as it is.`
          : null,
    },
  };
}

/**
 * Why an endpoint cannot be sent to, or `null` when it can. The address behind a public name is checked again on
 * connect, after DNS.
 */
export function checkEndpoint(
  endpoint: string,
  checks: Pick<SubscriptionChecks, 'isPrivateHost' | 'allowPrivateEndpoints'>,
): Problem | null {
  if (endpoint.length > MAX_ENDPOINT_LENGTH) {
    const cause = `The endpoint has ${endpoint.length} characters; at most ${MAX_ENDPOINT_LENGTH} are taken.`;
    return endpointProblem('endpoint-too-long', cause, COPY_AGAIN);
  }
  if (!URL.canParse(endpoint) || !/^[!-~]+$/.test(endpoint)) {
    return endpointProblem('endpoint-malformed', 'The endpoint is not a complete address.', COPY_AGAIN);
  }
  const url = new URL(endpoint);
  if (url.protocol !== 'https:') {
    const cause = `The endpoint starts with ${url.protocol} and not with https:.`;
    return endpointProblem('endpoint-not-https', cause, 'Push services take messages over https only.');
  }
  if (!/^https:\/\/[^/\\]/i.test(endpoint) || endpoint.includes('\\')) {
    return endpointProblem('endpoint-malformed', 'The endpoint is not a complete address.', COPY_AGAIN);
  }
  if (url.username !== '' || url.password !== '') {
    const cause = 'The endpoint holds a user name or password, which no browser puts there.';
    return endpointProblem('endpoint-credentials', cause, COPY_AGAIN);
  }
  if (endpoint.includes('#')) {
    const cause = 'The endpoint has a part after #, which is never sent and no browser puts there.';
    return endpointProblem('endpoint-fragment', cause, COPY_AGAIN);
  }
  if (!checks.allowPrivateEndpoints && checks.isPrivateHost(url.hostname)) {
    const cause = `The endpoint leads to a private address (${url.hostname}), inside this machine or its network.`;
    const cure =
      'If that is a push service of your own, turn on "Allow endpoints at private addresses" in Settings.';
    return endpointProblem('endpoint-private', cause, cure);
  }
  return null;
}

/** The same endpoint must not count as two because of a host in capitals or a `:443`, which also spoils the token's `aud`. */
function canonical(endpoint: string): string {
  const url = new URL(endpoint);
  return endpoint.startsWith(`${url.origin}/`) ? endpoint : url.href;
}

function endpointProblem(code: string, cause: string, cure: string): Problem {
  return { code, cause, cure, field: 'endpoint' };
}

function bad(field: string, code: string, cause: string, cure: string): SubscriptionCheck {
  return { kind: 'bad', problem: { code, cause, cure, field } };
}
