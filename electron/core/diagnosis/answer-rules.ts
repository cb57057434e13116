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
  /** Statuses from the first to the second, both included. */
  statuses: readonly (readonly [from: number, to: number])[];
  /** What the body says: each of them must be found. Each is linear in the length of the body, which may be anything. */
  body?: readonly RegExp[];
  /** Something that a header says. */
  header?: { name: string; value: RegExp };
  means: Meaning;
}

export const gone = (diagnosis: DiagnosisCode): Meaning => ({ kind: 'gone', diagnosis });
export const mismatched = (diagnosis: DiagnosisCode): Meaning => ({ kind: 'mismatched', diagnosis });
export const failed = (diagnosis: DiagnosisCode): Meaning => ({
  kind: 'failed',
  diagnosis,
  pausesPart: false,
});
export const pauses = (diagnosis: DiagnosisCode): Meaning => ({
  kind: 'failed',
  diagnosis,
  pausesPart: true,
});
export const retry = (diagnosis: DiagnosisCode): Meaning => ({ kind: 'retry', diagnosis, throttled: false });
export const throttled = (diagnosis: DiagnosisCode): Meaning => ({
  kind: 'retry',
  diagnosis,
  throttled: true,
});
export const only = (...statuses: number[]) => statuses.map((status) => [status, status] as const);

/**
 * What an answer means at every push service: the first row that fits counts. Each service's own rows (`core/push-services`) come first,
 * and
 * what is judged by a service's own words before what is judged by the status alone. Words change, so each row of words has a row of its
 * status below it.
 */
export const COMMON_RULES: readonly AnswerRule[] = [
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
