import type { Clock } from '../base/clock.ts';

export interface FakeClock extends Clock {
  advance(milliseconds: number): void;
  set(instant: number): void;
}

/** A clock that stands still until told otherwise. Starts at 2026-01-15T12:00:00Z. */
export function fakeClock(start = Date.UTC(2026, 0, 15, 12)): FakeClock {
  let instant = start;
  return {
    now: () => instant,
    advance(milliseconds) {
      instant += milliseconds;
    },
    set(value) {
      instant = value;
    },
  };
}
