import type { ServiceRefusal } from './refusal.ts';
import { THIRTY_DAYS, type Dialect, type DialectTools, type ServiceAnswer } from './dialect.ts';

const MORE_INFO = 'http://autopush.readthedocs.io/en/latest/http.html#error-codes';

interface Words {
  readonly status: number;
  readonly errno: number | null;
  readonly message: string;
}

const WORDS: Readonly<Record<ServiceRefusal, Words>> = {
  'method-not-allowed': { status: 405, errno: null, message: 'Method not allowed' },
  'unknown-path': { status: 404, errno: 102, message: 'Invalid URL endpoint' },
  'unknown-subscription': { status: 404, errno: 102, message: 'Invalid token' },
  unsubscribed: { status: 410, errno: 106, message: 'No such subscription' },
  'ttl-missing': { status: 400, errno: 111, message: 'Missing TTL value' },
  'ttl-invalid': { status: 400, errno: 114, message: 'TTL must be greater than 0' },
  'cache-policy-conflict': { status: 400, errno: 114, message: 'TTL must be greater than 0' },
  'urgency-invalid': { status: 400, errno: 111, message: 'Invalid Urgency value' },
  'topic-invalid': {
    status: 400,
    errno: 113,
    message: 'Topic must be URL and Filename safe Base64 alphabet',
  },
  'encoding-missing': { status: 400, errno: 110, message: 'Missing Content-Encoding header' },
  'encoding-unsupported': { status: 400, errno: 110, message: 'Unknown Content-Encoding header' },
  'encryption-header-unexpected': {
    status: 400,
    errno: 110,
    message: "Do not include 'salt' header in aes128gcm Encryption header",
  },
  'body-malformed': { status: 400, errno: 110, message: 'Invalid aes128gcm body' },
  'body-too-large': { status: 413, errno: 104, message: 'Data payload too large' },
  'authorization-missing': { status: 401, errno: 109, message: 'Missing VAPID token' },
  'authorization-malformed': { status: 401, errno: 109, message: 'Missing VAPID public key' },
  'token-invalid': { status: 401, errno: 109, message: 'InvalidSignature' },
  'token-audience': { status: 401, errno: 109, message: 'Invalid VAPID audience' },
  'token-expired': { status: 401, errno: 109, message: 'Invalid VAPID expiry' },
  'token-too-long': { status: 401, errno: 109, message: 'The VAPID token expiration is too long' },
  'subject-invalid': { status: 401, errno: 109, message: 'Invalid VAPID subject' },
  'key-mismatch': { status: 401, errno: 109, message: 'VAPID public key mismatch' },
  throttled: { status: 429, errno: null, message: 'Too many requests' },
  'internal-error': { status: 500, errno: 999, message: 'General error' },
  unavailable: { status: 503, errno: null, message: 'Database error' },
};

/** Mozilla's autopush: every error is a JSON object with an `errno`. */
export function mozillaDialect({ statusText }: DialectTools): Dialect {
  function answer({ status, errno, message }: Words): ServiceAnswer {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (status === 410) headers['cache-control'] = 'max-age=86400';
    if (status === 503) headers['retry-after'] = '120';
    const body = { code: status, errno, error: statusText(status) ?? '', message, more_info: MORE_INFO };
    return { status, headers, body: JSON.stringify(body) };
  }

  return {
    maxTtlSeconds: THIRTY_DAYS,
    objection: () => null,
    accepted: ({ location, ttlSeconds }) => ({
      status: 201,
      headers: { location, ttl: String(ttlSeconds) },
      body: '',
    }),
    oddities: [
      answer({
        status: 413,
        errno: 104,
        message: 'This message is intended for a constrained device and is limited to 3070 bytes',
      }),
      answer({ status: 400, errno: 108, message: 'Invalid router type' }),
    ],
    refused: (refusal) => answer(WORDS[refusal]),
    failed: (status) => answer({ status, errno: null, message: statusText(status) ?? 'Unknown' }),
  };
}
