import type { ServiceRefusal } from './refusal.ts';
import { bare, THIRTY_DAYS, type Dialect, type DialectTools } from './dialect.ts';

interface Words {
  readonly status: number;
  readonly description: string;
  /** `X-WNS-STATUS` where it is not the plain "dropped". */
  readonly state?: string;
}

const CONFLICT = 'Ttl value conflicts with X-WNS-Cache-Policy.';
const BAD_TOKEN = 'The authorization token is invalid.';

const WORDS: Readonly<Record<ServiceRefusal, Words>> = {
  'method-not-allowed': { status: 405, description: 'Method not allowed.' },
  'unknown-path': { status: 404, description: 'The channel URI is not valid.' },
  'unknown-subscription': { status: 404, description: 'The channel URI is not valid.' },
  unsubscribed: { status: 410, description: 'The channel expired.' },
  'ttl-missing': { status: 400, description: 'Ttl header is missing.' },
  'ttl-invalid': { status: 400, description: 'Ttl value is invalid.' },
  'cache-policy-conflict': { status: 400, description: CONFLICT },
  'urgency-invalid': { status: 400, description: 'Urgency value is invalid.' },
  'topic-invalid': { status: 400, description: 'Topic value is invalid.' },
  'encoding-missing': { status: 400, description: 'Content-Encoding header is missing.' },
  'encoding-unsupported': { status: 400, description: 'Content-Encoding value is not supported.' },
  'encryption-header-unexpected': { status: 400, description: 'Encryption header is not expected.' },
  'body-malformed': { status: 400, description: 'The payload is malformed.' },
  'body-too-large': { status: 413, description: 'The payload exceeds the size limit.' },
  'authorization-missing': { status: 401, description: 'The authorization header is missing.' },
  'authorization-malformed': { status: 401, description: 'The authorization header is malformed.' },
  'token-invalid': { status: 401, description: BAD_TOKEN },
  'token-audience': { status: 401, description: BAD_TOKEN },
  'token-expired': { status: 401, description: 'The authorization token expired.' },
  'token-too-long': { status: 401, description: BAD_TOKEN },
  'subject-invalid': { status: 401, description: BAD_TOKEN },
  'key-mismatch': { status: 403, description: 'The key does not match the channel.' },
  // Not 429: WNS says 406 when it is throttled.
  throttled: { status: 406, description: 'The channel is throttled.', state: 'channelthrottled' },
  'internal-error': { status: 500, description: 'Internal failure.' },
  unavailable: { status: 503, description: 'The service is unavailable.' },
};

/** Microsoft's WNS: bodies are empty, and the reason is in `X-WNS-*` headers. */
export function wnsDialect({ statusText, randomId }: DialectTools): Dialect {
  function answer({ status, description, state = 'dropped' }: Words) {
    return bare(status, {
      'x-wns-error-description': description,
      'x-wns-status': state,
      'x-wns-notificationstatus': state,
      'x-wns-msg-id': randomId(),
    });
  }

  return {
    maxTtlSeconds: THIRTY_DAYS,
    objection({ headers, push }) {
      // Without the header WNS assumes "cache", which a TTL of 0 contradicts.
      const policy = headers['x-wns-cache-policy'] ?? 'cache';
      const fitting = push.ttlSeconds === 0 ? 'no-cache' : 'cache';
      return policy === fitting ? null : 'cache-policy-conflict';
    },
    accepted: ({ location, messageId }) =>
      bare(201, {
        location,
        'x-wns-status': 'received',
        'x-wns-notificationstatus': 'received',
        'x-wns-msg-id': messageId,
      }),
    oddities: [
      bare(200, {
        'x-wns-status': 'dropped',
        'x-wns-notificationstatus': 'dropped',
        'x-wns-deviceconnectionstatus': 'disconnected',
      }),
      bare(200, {
        'x-wns-status': 'channelthrottled',
        'x-wns-notificationstatus': 'channelthrottled',
        'x-wns-continue-after': '2',
      }),
    ],
    refused: (refusal) => answer(WORDS[refusal]),
    failed: (status) => answer({ status, description: statusText(status) ?? 'Unknown' }),
  };
}
