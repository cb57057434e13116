/** After each question to the database one rests for so many times as long as that took: a busy one is asked less often, and for more. */
const REST = 4;
const LONGEST_REST_MS = 250;

/** @returns milliseconds; at least `least`, also where the clock was set meanwhile */
export const restAfter = (tookMs: number, least: number): number =>
  Math.max(least, Math.min(LONGEST_REST_MS, tookMs * REST));
