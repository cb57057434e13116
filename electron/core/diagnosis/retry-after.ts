import { headerOf, headersOf, type Answer } from './answer.ts';
import { parseHttpDate } from './http-date.ts';

/** No push service asks for more, and a wrong year must not stop a service for weeks: after a day it is asked again. */
export const MAX_WAIT_MS = 24 * 60 * 60 * 1000;

const UNITS: readonly (readonly [names: RegExp, milliseconds: number])[] = [
  [/^(?:|s|secs?|seconds?)$/i, 1000],
  [/^(?:m|mins?|minutes?)$/i, 60_000],
  [/^(?:h|hrs?|hours?)$/i, 3_600_000],
];

/** Fields that ask for patience. WNS names its own (`X-WNS-Continue-After`, in seconds). */
const FIELDS = ['Retry-After', 'X-WNS-Continue-After'];

/**
 * Reads `Retry-After` in both forms, seconds and HTTP date (RFC 9110 §10.2.3), and in others that occur: numbers with a fraction or a unit,
 * quoted values, and ISO 8601 dates.
 *
 * @param now what the date form is measured from, in ms: the service's own `Date` where it has one, so that a wrong clock here does not
 * matter
 * @returns milliseconds to wait, from 0 to a day, or `null` when the header is missing or malformed
 */
export function parseRetryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const text = header.trim().replace(/^"(.*)"$/, '$1');
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? [];
  const size = UNITS.find(([names]) => names.test(unit))?.[1];
  if (number !== undefined && size !== undefined)
    return Math.min(Math.ceil(Number(number) * size), MAX_WAIT_MS);
  const date = parseHttpDate(text) ?? parseIsoDate(text);
  return date === null ? null : Math.min(Math.max(date - now, 0), MAX_WAIT_MS);
}

/**
 * The wait that an answer asks for: the longest of its fields, or what Google's errors say in their body (`google.rpc.RetryInfo`).
 *
 * @param now as for `parseRetryAfter`
 * @returns milliseconds, or `null` when it does not say
 */
export function askedWait(answer: Answer, now: number): number | null {
  const asked = headersOf(answer, FIELDS).flatMap((value) => waitsIn(value, now));
  if (asked.length > 0) return Math.max(...asked);
  const [, delay] = /"retryDelay"\s{0,9}:\s{0,9}"(\d+(?:\.\d+)?)s"/.exec(answer.body) ?? [];
  return delay === undefined ? null : parseRetryAfter(delay, now);
}

/** The time on the service's own clock, by its `Date`, or else the time given, in ms since 1970. */
export function serviceTime(answer: Answer, otherwise: number): number {
  return parseHttpDate(headerOf(answer, 'Date') ?? '') ?? otherwise;
}

/** Fields of one name may come joined by commas (RFC 9110 §5.3); the comma within a date does not separate. */
function waitsIn(value: string, now: number): number[] {
  const whole = parseRetryAfter(value, now);
  if (whole !== null) return [whole];
  return value.split(',').flatMap((part) => parseRetryAfter(part, now) ?? []);
}

function parseIsoDate(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(text)) return null;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : instant;
}
