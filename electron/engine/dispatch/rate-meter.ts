import type { Clock } from '../base/clock.ts';

const WINDOW_SECONDS = 10;
/** Long enough that a burst between two waits does not pass for the pace of the whole. */
const LONG_WINDOW_SECONDS = 60;

/** Counts what happens over the last seconds. */
export interface RateMeter {
  add(count: number): void;
  /** A second, over the last ten seconds or since the first count; `null` when nothing happened in them. */
  perSecond(): number | null;
  /** The same over the last minute: what comes of it where bursts and waits take turns. */
  perSecondOfMinute(): number | null;
}

export function createRateMeter(clock: Clock): RateMeter {
  const buckets = new Map<number, number>();
  let since: number | null = null;
  const second = () => Math.floor(clock.now() / 1000);
  let lastAt = Number.NEGATIVE_INFINITY;
  /** When counting began, also before the gap that the long window bridges. */
  let sinceLong: number | null = null;
  const forgetOld = () => {
    // A clock that was set back: what it counted lies ahead.
    if (lastAt > second()) {
      buckets.clear();
      lastAt = Number.NEGATIVE_INFINITY;
    }
    for (const at of buckets.keys()) if (at <= second() - LONG_WINDOW_SECONDS) buckets.delete(at);
    if (buckets.size === 0) sinceLong = null;
    if (lastAt <= second() - WINDOW_SECONDS) since = null;
  };
  const over = (seconds: number, from: number | null): number | null => {
    if (from === null) return null;
    let total = 0;
    for (const [at, count] of buckets) if (at > second() - seconds) total += count;
    return total / Math.min(seconds, Math.max(1, (clock.now() - from) / 1000));
  };
  return {
    add(count) {
      forgetOld();
      since ??= clock.now();
      sinceLong ??= clock.now();
      lastAt = second();
      buckets.set(second(), (buckets.get(second()) ?? 0) + count);
    },
    perSecond() {
      forgetOld();
      return over(WINDOW_SECONDS, since);
    },
    perSecondOfMinute() {
      forgetOld();
      return over(LONG_WINDOW_SECONDS, sinceLong);
    },
  };
}
