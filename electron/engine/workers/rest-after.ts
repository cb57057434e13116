/**
 * After each question to the database, rest for this many times as long as it took: a busy database is asked less often, for more at once.
 */
const REST = 4;
const LONGEST_REST_MS = 250;

/** @returns milliseconds; at least `least`, even if the clock was set meanwhile */
export const restAfter = (tookMs: number, least: number): number =>
  Math.max(least, Math.min(LONGEST_REST_MS, tookMs * REST));
