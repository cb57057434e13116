import type { ServiceRefusal } from './refusal.ts';
import { THIRTY_DAYS, type Dialect, type DialectTools, type ServiceAnswer } from './dialect.ts';

const REASONS: Readonly<Record<ServiceRefusal, readonly [status: number, reason: string]>> = {
  'method-not-allowed': [405, 'MethodNotAllowed'],
  'unknown-path': [404, 'BadPath'],
  'unknown-subscription': [404, 'BadPath'],
  unsubscribed: [410, 'Unregistered'],
  'ttl-missing': [400, 'BadTtl'],
  'ttl-invalid': [400, 'BadTtl'],
  'cache-policy-conflict': [400, 'BadTtl'],
  'urgency-invalid': [400, 'BadUrgency'],
  'topic-invalid': [400, 'BadWebPushTopic'],
  'encoding-missing': [400, 'BadContentEncoding'],
  'encoding-unsupported': [400, 'BadContentEncoding'],
  'encryption-header-unexpected': [400, 'BadContentEncoding'],
  'body-malformed': [400, 'BadPayload'],
  'body-too-large': [413, 'PayloadTooLarge'],
  'authorization-missing': [403, 'BadJwtToken'],
  'authorization-malformed': [403, 'BadJwtToken'],
  'token-invalid': [403, 'BadJwtToken'],
  'token-audience': [403, 'BadJwtToken'],
  'token-expired': [403, 'BadJwtToken'],
  'token-too-long': [403, 'BadJwtToken'],
  'subject-invalid': [403, 'BadJwtToken'],
  'key-mismatch': [403, 'VapidPkHashMismatch'],
  throttled: [429, 'TooManyRequests'],
  'internal-error': [500, 'InternalServerError'],
  unavailable: [503, 'ServiceUnavailable'],
};

/** Apple: errors are `{"reason": …}`; stricter than the RFCs about the TTL, the topic and the contact in the token. */
export function appleDialect({ statusText, randomId }: DialectTools): Dialect {
  function answer(status: number, reason: string): ServiceAnswer {
    return {
      status,
      headers: { 'content-type': 'application/json; charset=utf-8', 'apns-id': randomId().toUpperCase() },
      body: JSON.stringify({ reason }),
    };
  }

  return {
    maxTtlSeconds: THIRTY_DAYS,
    objection({ push, subject }) {
      if (push.ttlSeconds === 0) return 'ttl-invalid';
      // Apple decodes the topic as base64url, which never has a length of 4n + 1.
      if (push.topic !== null && push.topic.length % 4 === 1) return 'topic-invalid';
      return subject !== null && !isReachableContact(subject) ? 'subject-invalid' : null;
    },
    accepted: ({ location, messageId }) => ({
      status: 201,
      headers: { location, 'apns-id': messageId.toUpperCase() },
      body: '',
    }),
    oddities: [answer(400, 'BadDeviceToken'), answer(405, 'MethodNotAllowed')],
    refused: (refusal) => answer(...REASONS[refusal]),
    failed: (status) => answer(status, (statusText(status) ?? 'Unknown').replaceAll(' ', '')),
  };
}

/** Without spaces or brackets, with a mailbox or a host that is not this machine. */
function isReachableContact(subject: string): boolean {
  if (/[\s<>]/.test(subject)) return false;
  const [, host = ''] = /^(?:mailto:[^@]+@|https:\/\/)([^@/:?#]+)/i.exec(subject) ?? [];
  return host !== '' && host.toLowerCase() !== 'localhost';
}
