import { parseHttpDate } from './http-date.ts';

const MAX_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * Reads `Retry-After` in both forms, seconds and HTTP date (RFC 9110 §10.2.3).
 *
 * @param now what the date form is measured from, in ms: the service's own `Date` where it has one, so that a wrong
 * clock here does not matter
 * @returns milliseconds to wait, from 0 to 30 days, or `null` when the header is missing or malformed
 */
export function parseRetryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, MAX_MS);
  const date = parseHttpDate(text);
  return date === null ? null : Math.min(Math.max(date - now, 0), MAX_MS);
}
