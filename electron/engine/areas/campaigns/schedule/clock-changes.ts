import type { Clock } from '../../../base/clock.ts';

/** Anything less is a clock being corrected in small steps, or a machine that was busy between two looks. */
const SMALLEST_MS = 60_000;
/** For this long after a change a person may not have noticed that the clock is wrong. */
const REMEMBERED_MS = 24 * 3_600_000;
/** For this long after the computer has started, its clock may be corrected: many start with a wrong time. */
const SETTLING_MS = 10 * 60_000;

/** How far the clock was recently set forward, compared with a time that nobody sets. */
export interface ClockChanges {
  /** To be called often: compares the two. */
  look(): void;
  /** How many milliseconds the clock is ahead of where it would be if nobody had set it in the last day; 0: none. */
  aheadBy(): number;
  /** The person knows: changes so far no longer count. */
  forget(): void;
}

/** @param uptime milliseconds since the computer started, sleep included: it runs evenly, whatever the clock is set to */
export function createClockChanges({ clock, uptime }: { clock: Clock; uptime: () => number }): ClockChanges {
  let last = { wall: clock.now(), up: uptime() };
  let changes: { at: number; by: number }[] = [];
  return {
    look() {
      const wall = clock.now();
      const up = uptime();
      const by = wall - last.wall - (up - last.up);
      // Small differences add up until they amount to one that counts.
      if (Math.abs(by) < SMALLEST_MS) return;
      last = { wall, up };
      changes = changes.filter(({ at }) => up - at < REMEMBERED_MS);
      if (up > SETTLING_MS) changes.push({ at: up, by });
    },
    aheadBy() {
      const up = uptime();
      return Math.max(
        0,
        changes.reduce((sum, { at, by }) => (up - at < REMEMBERED_MS ? sum + by : sum), 0),
      );
    },
    forget() {
      changes = [];
    },
  };
}
