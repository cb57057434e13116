import { CONTROL_LABELS } from '../text/control-labels.ts';
import type { SubscriptionJson } from '../../contract/http.ts';
import type { Problem } from '../../contract/problem.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import { decodeBase64, toBase64Url } from '../text/base64url.ts';
import { pushServiceAt } from '../push-services/push-service.ts';
import { cutRemark, deadEndpoint, foreignPoint, spoiledEndpoint, spoiledKey } from './spoiled.ts';

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
  /** As given, with its query; only a host in capitals or a superfluous port is corrected. */
  endpoint: string;
  pushService: PushServiceId;
  p256dh: string;
  auth: string;
  /** Milliseconds since 1970. */
  expirationTime: number | null;
  remark: string | null;
}

export type SubscriptionCheck =
  | { kind: 'good'; subscription: CheckedSubscription }
  | { kind: 'bad'; problem: Problem };

const MAX_ENDPOINT_LENGTH = 4096;
const P256DH_BYTES = 65;
const AUTH_BYTES = 16;
const LATEST_INSTANT = 8.64e15;
const COPY_AGAIN = 'Copy the subscription again from the browser that made it.';

/**
 * Checks what a browser or an import handed over (RFC 8030 §8 requires https, RFC 8291 §3.1 and §3.2 define the keys). An auth secret
 * longer than the 16 bytes of RFC 8291 is seen in the wild: it is accepted, with a remark.
 */
export function checkSubscription(value: SubscriptionJson, checks: SubscriptionChecks): SubscriptionCheck {
  const url = URL.parse(value.endpoint);
  const problem = findEndpointProblem(value.endpoint, url, checks);
  if (problem !== null || url === null) return { kind: 'bad', problem: problem ?? MALFORMED };

  const p256dhText = value.keys.p256dh.trim();
  const authText = value.keys.auth.trim();
  const p256dh = decodeBase64(p256dhText);
  const auth = decodeBase64(authText);
  const spoiled = spoiledKey('p256dh', p256dhText) ?? spoiledKey('auth', authText);
  if (spoiled !== null) return { kind: 'bad', problem: spoiled };
  if (p256dh?.length === AUTH_BYTES && auth?.length === P256DH_BYTES) {
    return bad('keys.p256dh', 'keys-swapped', 'p256dh and auth are swapped.', 'Swap the two values.');
  }
  if (p256dh === null) return bad('keys.p256dh', 'p256dh-malformed', 'p256dh is not base64url.', COPY_AGAIN);
  if (p256dh.length !== P256DH_BYTES || p256dh[0] !== 4) {
    const known = foreignPoint(p256dh);
    if (known !== null) return { kind: 'bad', problem: known };
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
  return {
    kind: 'good',
    subscription: {
      // The same endpoint must not count as two because of a host in capitals or a `:443`, which also spoils the token's `aud`.
      endpoint: value.endpoint.startsWith(`${url.origin}/`) ? value.endpoint : url.href,
      pushService: pushServiceAt(url.hostname),
      p256dh: toBase64Url(p256dhText, p256dh),
      auth: toBase64Url(authText, auth),
      expirationTime: expirationTime === null ? null : Math.trunc(expirationTime),
      remark:
        auth.length > AUTH_BYTES
          ? `The auth secret has ${auth.length} bytes; RFC 8291 says ${AUTH_BYTES}. Accepted as it is.`
          : cutRemark(value.endpoint),
    },
  };
}

/** Why an endpoint cannot be sent to. The address behind a public name is checked again on connect, after DNS. */
function findEndpointProblem(
  endpoint: string,
  url: URL | null,
  checks: Pick<SubscriptionChecks, 'isPrivateHost' | 'allowPrivateEndpoints'>,
): Problem | null {
  if (endpoint.length > MAX_ENDPOINT_LENGTH) {
    const cause = `The endpoint has ${endpoint.length} characters; the limit is ${MAX_ENDPOINT_LENGTH}.`;
    return endpointProblem('endpoint-too-long', cause, COPY_AGAIN);
  }
  const spoiled = spoiledEndpoint(endpoint);
  if (spoiled !== null) return spoiled;
  if (url === null || !/^[!-~]+$/.test(endpoint)) return MALFORMED;
  const strange = /["<>\\^`{}]/.exec(endpoint)?.[0];
  if (strange !== undefined) {
    const cause = `The endpoint has “${strange}” in it, which no endpoint has: it was changed on its way here.`;
    return endpointProblem('endpoint-malformed', cause, COPY_AGAIN);
  }
  const dead = deadEndpoint(url);
  if (dead !== null) return dead;
  if (url.protocol !== 'https:') {
    const cause = `The endpoint starts with ${url.protocol} instead of https:.`;
    return endpointProblem('endpoint-not-https', cause, 'Push services accept messages over https only.');
  }
  if (!/^https:\/\/[^/]/i.test(endpoint)) return MALFORMED;
  if (url.username !== '' || url.password !== '') {
    const cause = 'The endpoint contains a user name or password. Browsers never put one there.';
    return endpointProblem('endpoint-credentials', cause, COPY_AGAIN);
  }
  if (endpoint.includes('#')) {
    const cause = 'The endpoint contains a # part, which is never sent. Browsers never put one there.';
    return endpointProblem('endpoint-fragment', cause, COPY_AGAIN);
  }
  if (!checks.allowPrivateEndpoints && checks.isPrivateHost(url.hostname)) {
    const cause = `The endpoint is at a private address (${url.hostname}), on this computer or its network.`;
    const cure = `If this is your own push service, turn on “${CONTROL_LABELS.allowPrivateEndpoints}” in Settings.`;
    return endpointProblem('endpoint-private', cause, cure);
  }
  return null;
}

const MALFORMED = endpointProblem(
  'endpoint-malformed',
  'The endpoint is not a complete address.',
  COPY_AGAIN,
);

function endpointProblem(code: string, cause: string, cure: string): Problem {
  return { code, cause, cure, field: 'endpoint' };
}

function bad(field: string, code: string, cause: string, cure: string): SubscriptionCheck {
  return { kind: 'bad', problem: { code, cause, cure, field } };
}
