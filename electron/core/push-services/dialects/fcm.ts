import type { ServiceRefusal } from './refusal.ts';
import { TWENTY_EIGHT_DAYS, type Dialect, type DialectTools, type ServiceAnswer } from './dialect.ts';

const EXPIRED = 'push subscription has unsubscribed or expired.';
const BAD_TOKEN = 'invalid JWT provided';

const WORDS: Readonly<Record<ServiceRefusal, readonly [status: number, text: string]>> = {
  'method-not-allowed': [405, 'Method Not Allowed'],
  'unknown-path': [404, 'Not Found'],
  'unknown-subscription': [404, EXPIRED],
  unsubscribed: [410, EXPIRED],
  'ttl-missing': [400, 'the TTL header is missing.'],
  'ttl-invalid': [400, 'the TTL header is not a valid number of seconds.'],
  'cache-policy-conflict': [400, 'the TTL header is not a valid number of seconds.'],
  'urgency-invalid': [400, 'the Urgency header has an unknown value.'],
  'topic-invalid': [400, 'the Topic header must be at most 32 characters of URL-safe base64.'],
  'encoding-missing': [400, 'the Content-Encoding header is missing.'],
  'encoding-unsupported': [400, 'the Content-Encoding is not supported.'],
  'encryption-header-unexpected': [400, 'the Encryption header does not belong to this Content-Encoding.'],
  'body-malformed': [400, 'the message body is malformed.'],
  'body-too-large': [413, 'the message body is too large.'],
  'authorization-missing': [400, 'UnauthorizedRegistration'],
  'authorization-malformed': [401, 'the authorization header had an invalid format.'],
  'token-invalid': [403, BAD_TOKEN],
  'token-audience': [403, 'aud claim in the JWT does not match the push service.'],
  'token-expired': [403, BAD_TOKEN],
  'token-too-long': [403, BAD_TOKEN],
  'subject-invalid': [403, BAD_TOKEN],
  'key-mismatch': [
    403,
    'the VAPID credentials in the authorization header do not correspond to the credentials used to create the subscriptions.',
  ],
  throttled: [429, 'Too Many Requests'],
  'internal-error': [500, 'Internal Server Error'],
  unavailable: [503, 'Service Unavailable'],
};

/** Google's FCM: errors are a line of plain text. */
export function fcmDialect({ statusText }: DialectTools): Dialect {
  function answer(status: number, text: string): ServiceAnswer {
    return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${text}\n` };
  }

  return {
    maxTtlSeconds: TWENTY_EIGHT_DAYS,
    objection: () => null,
    accepted: ({ location }) => ({ status: 201, headers: { location }, body: '' }),
    oddities: [
      answer(403, 'invalid push subscription endpoint'),
      {
        status: 400,
        headers: { 'content-type': 'text/html; charset=UTF-8' },
        body: '<HTML>\n<HEAD>\n<TITLE>InvalidRegistration</TITLE>\n</HEAD>\n<BODY>\n<H1>InvalidRegistration</H1>\n<H2>Error 400</H2>\n</BODY>\n</HTML>\n',
      },
    ],
    refused: (refusal) => answer(...WORDS[refusal]),
    failed: (status) => answer(status, statusText(status) ?? 'Unknown'),
  };
}
