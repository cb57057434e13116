import type { Clock } from './clock.ts';

/** Anything less is a clock being corrected in small steps, as NTP does: waiting that much longer does no harm. */
const SHORTEST_MS = 1000;

/**
 * Notices that the clock was set back: anything waiting for a certain time would wait for hours more. [Note: clock set back] Code that
 * keeps such times moves them back by the same amount. A clock that was set forward needs nothing: what waits is due, as after a night in
 * which the computer slept.
 *
 * @returns by how many milliseconds it was set back since the last call, as far as can be seen; 0: it was not
 */
export function createSetBackWatch(clock: Clock): () => number {
  let latest = clock.now();
  return () => {
    const now = clock.now();
    const back = latest - now;
    if (back > 0 && back < SHORTEST_MS) return 0;
    latest = now;
    return Math.max(0, back);
  };
}
