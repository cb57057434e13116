import type { Clock } from '../base/clock.ts';

/** Holds a campaign to this many messages a minute, evenly: at most one second's worth at once. */
export interface Pace {
  /** How many may go out now. */
  available(): number;
  take(count: number): void;
  /** When the next one may go out, in ms since 1970. */
  nextAt(): number;
  /** When one that is due at a given time may go out if others take every turn before it; both in ms since 1970. */
  slotFor(due: number): number;
}

/** @param perMinute `null`: no limit */
export function createPace({ clock, perMinute }: { clock: Clock; perMinute: number | null }): Pace {
  if (perMinute === null)
    return {
      available: () => Number.POSITIVE_INFINITY,
      take: () => undefined,
      nextAt: () => clock.now(),
      slotFor: (due) => due,
    };
  const perMs = perMinute / 60_000;
  const most = Math.max(1, perMinute / 60);
  let tokens = 1;
  let filledAt = clock.now();
  const fill = () => {
    const now = clock.now();
    tokens = Math.min(most, tokens + Math.max(0, now - filledAt) * perMs);
    filledAt = now;
  };
  const nextAt = () => {
    fill();
    return tokens >= 1 ? filledAt : filledAt + Math.ceil((1 - tokens) / perMs);
  };
  return {
    available() {
      fill();
      // A hair below a whole number counts as that number: it is the sum of many small steps.
      return Math.floor(tokens + 1e-6);
    },
    take(count) {
      fill();
      tokens -= count;
    },
    nextAt,
    slotFor(due) {
      const first = nextAt();
      const turns = Math.ceil((due - first) * perMs);
      return turns <= 0 ? first : first + Math.ceil(turns / perMs);
    },
  };
}
