/** What a push service answered. */
export interface Answer {
  status: number;
  /** In the order in which they came; names in any case. */
  headers: [string, string][];
  body: string;
}

/** What broke an attempt when no answer came. */
export const CONNECTION_FAULTS = [
  'connection-refused',
  'dns',
  'tls',
  'reset',
  'timeout',
  'private-address',
  'invalid-endpoint',
  'answer-too-large',
  'bad-answer',
  'encryption',
  'proxy-auth',
  'proxy-refused',
  'proxy-unreachable',
  'proxy-silent',
  'proxy-unsupported',
  'other',
] as const;
export type ConnectionFault = (typeof CONNECTION_FAULTS)[number];

/**
 * What an attempt means for its delivery. `accepted` says that the push service took the message, never that a device showed it.
 * `diagnosis` is a code of `diagnosis.ts`.
 */
export type Outcome =
  | { kind: 'accepted' }
  /** The subscription is dead (RFC 8030 §7.3): the only outcome that retires it. */
  | { kind: 'gone'; diagnosis: string }
  /** The subscription was made with another key: proved by the service's own words. */
  | { kind: 'mismatched'; diagnosis: string }
  /** `pausesPart`: a run of this failure pauses the part of the campaign that goes to this service with this key. */
  | { kind: 'failed'; diagnosis: string; pausesPart: boolean }
  /**
   * `throttled`: the service asks for less; `retryAfterMs`: the wait that it asked for, `null` when it named none; `onlyThis`: it concerns
   * this one subscription, and nothing is wrong with the service.
   */
  | { kind: 'retry'; diagnosis: string; retryAfterMs: number | null; throttled: boolean; onlyThis?: true };

/** The first header of that name, whatever its case. */
export function headerOf(answer: Answer, name: string): string | null {
  const wanted = name.toLowerCase();
  return answer.headers.find(([key]) => key.toLowerCase() === wanted)?.[1] ?? null;
}

/** The values of all headers of these names, in the order of the names. */
export function headersOf(answer: Answer, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const wanted = name.toLowerCase();
    return answer.headers.flatMap(([key, value]) => (key.toLowerCase() === wanted ? [value] : []));
  });
}
