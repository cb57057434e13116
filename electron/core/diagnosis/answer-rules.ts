import type { PushServiceId } from '../../contract/push-service.ts';
import type { DiagnosisCode } from './diagnosis-words.ts';

/** What an answer means; `classify-answer.ts` makes an outcome of it. */
export type Meaning =
  | { kind: 'accepted' }
  | { kind: 'gone'; diagnosis: DiagnosisCode }
  | { kind: 'mismatched'; diagnosis: DiagnosisCode }
  | { kind: 'failed'; diagnosis: DiagnosisCode; pausesPart: boolean }
  | { kind: 'retry'; diagnosis: DiagnosisCode; throttled: boolean };

/** One row of the table. All that is given must fit; what is left out fits everything. */
export interface AnswerRule {
  /** Unique, so that a test can name the row. */
  id: string;
  services?: readonly PushServiceId[];
  /** Statuses from the first to the second, both included. */
  statuses: readonly (readonly [from: number, to: number])[];
  /** What the body says: each of them must be found. Each is linear in the length of the body, which may be anything. */
  body?: readonly RegExp[];
  /** Something that a header says. */
  header?: { name: string; value: RegExp };
  means: Meaning;
}

/** Push services that people host themselves are built on Mozilla's software and use its error numbers. */
const MOZILLA: readonly PushServiceId[] = ['mozilla', 'other'];
const FCM: readonly PushServiceId[] = ['fcm'];
const APPLE: readonly PushServiceId[] = ['apple'];
const WNS: readonly PushServiceId[] = ['wns'];

const gone = (diagnosis: DiagnosisCode): Meaning => ({ kind: 'gone', diagnosis });
const mismatched = (diagnosis: DiagnosisCode): Meaning => ({ kind: 'mismatched', diagnosis });
const failed = (diagnosis: DiagnosisCode): Meaning => ({ kind: 'failed', diagnosis, pausesPart: false });
const pauses = (diagnosis: DiagnosisCode): Meaning => ({ kind: 'failed', diagnosis, pausesPart: true });
const retry = (diagnosis: DiagnosisCode): Meaning => ({ kind: 'retry', diagnosis, throttled: false });
const throttled = (diagnosis: DiagnosisCode): Meaning => ({ kind: 'retry', diagnosis, throttled: true });
const only = (...statuses: number[]) => statuses.map((status) => [status, status] as const);

/**
 * What push services answer, and what it means: the first row that fits counts. Rows of one service stand before
 * those of all, and what is judged by the service's own words before what is judged by the status alone.
 * Strings of push services change, so each row of words has a row of its status below it.
 */
export const ANSWER_RULES: readonly AnswerRule[] = [
  {
    id: 'mozilla-key-mismatch',
    services: MOZILLA,
    statuses: only(401, 403),
    body: [/"errno"\s*:\s*109\b/, /key mismatch/i],
    means: mismatched('made-with-another-key'),
  },
  {
    id: 'mozilla-token',
    services: MOZILLA,
    statuses: only(401),
    body: [/"errno"\s*:\s*109\b/],
    means: pauses('token-refused'),
  },
  {
    id: 'mozilla-topic',
    services: MOZILLA,
    statuses: only(400),
    body: [/"errno"\s*:\s*113\b/],
    means: pauses('topic-refused'),
  },
  {
    id: 'mozilla-headers',
    services: MOZILLA,
    statuses: only(400),
    body: [/"errno"\s*:\s*(?:108|110|111|114)\b/],
    means: pauses('header-refused'),
  },
  {
    id: 'mozilla-bridge-or-store',
    services: MOZILLA,
    statuses: only(502, 503),
    means: retry('service-unavailable'),
  },
  {
    id: 'fcm-key-mismatch',
    services: FCM,
    statuses: only(401, 403),
    body: [/do not correspond to the credentials used to create the subscription/i],
    means: mismatched('made-with-another-key'),
  },
  {
    id: 'fcm-token',
    services: FCM,
    statuses: only(403),
    body: [/invalid JWT provided|\baud\b[^]{0,40}claim|claim[^]{0,40}\baud\b/i],
    means: pauses('token-refused'),
  },
  { id: 'fcm-401', services: FCM, statuses: only(401), means: pauses('token-refused') },
  {
    id: 'fcm-unauthorized-registration',
    services: FCM,
    statuses: only(400),
    body: [/UnauthorizedRegistration/i],
    means: pauses('registration-refused'),
  },
  {
    id: 'fcm-unsubscribed',
    services: FCM,
    statuses: only(404, 410),
    body: [/push subscription has unsubscribed or expired/i],
    means: gone('subscription-gone'),
  },
  {
    id: 'apple-key-mismatch',
    services: APPLE,
    statuses: [[400, 499]],
    body: [/\bVapidPkHashMismatch\b/],
    means: mismatched('made-with-another-key'),
  },
  {
    id: 'apple-token',
    services: APPLE,
    statuses: only(400, 401, 403),
    body: [/\bBadJwtToken\b/],
    means: pauses('apple-token-refused'),
  },
  {
    id: 'apple-topic',
    services: APPLE,
    statuses: only(400),
    body: [/\bBadWebPushTopic\b/],
    means: pauses('topic-refused'),
  },
  {
    id: 'apple-ttl',
    services: APPLE,
    statuses: only(400),
    body: [/\bBadTtl\b/],
    means: pauses('ttl-refused'),
  },
  {
    id: 'apple-urgency',
    services: APPLE,
    statuses: only(400),
    body: [/\bBadUrgency\b/],
    means: pauses('urgency-refused'),
  },
  { id: 'apple-gone', services: APPLE, statuses: only(410), means: gone('subscription-gone') },
  {
    id: 'wns-cache-policy',
    services: WNS,
    statuses: only(400),
    header: { name: 'X-WNS-Error-Description', value: /conflicts with X-WNS-Cache-Policy/i },
    means: pauses('cache-policy-refused'),
  },
  { id: 'wns-throttled', services: WNS, statuses: only(406), means: throttled('rate-limited') },
  { id: 'wns-auth', services: WNS, statuses: only(401, 403), means: pauses('token-refused') },
  { id: 'wns-gone', services: WNS, statuses: only(404, 410), means: gone('subscription-gone') },

  { id: 'accepted', statuses: [[200, 299]], means: { kind: 'accepted' } },
  { id: 'moved', statuses: [[300, 399]], means: failed('moved') },
  { id: 'bad-request', statuses: only(400), means: pauses('bad-request') },
  { id: 'auth-refused', statuses: only(401, 403), means: pauses('auth-refused') },
  { id: 'gone', statuses: only(404, 410), means: gone('subscription-gone') },
  { id: 'too-slow', statuses: only(408), means: retry('service-timed-out') },
  { id: 'too-large', statuses: only(413), means: failed('payload-too-large') },
  { id: 'rate-limited', statuses: only(429), means: throttled('rate-limited') },
  { id: 'service-unavailable', statuses: only(502, 503, 504), means: retry('service-unavailable') },
  { id: 'service-error', statuses: [[500, 599]], means: retry('service-error') },
];
