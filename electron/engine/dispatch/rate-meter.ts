import type { Clock } from '../base/clock.ts';

const WINDOW_SECONDS = 10;
/** Long enough that a burst between two waits is not mistaken for the overall pace. */
const LONG_WINDOW_SECONDS = 60;

/** Counts events over the last seconds. */
export interface RateMeter {
  add(count: number): void;
  /** Per second, over the last ten seconds or since the first count; `null` if nothing happened in that time. */
  perSecond(): number | null;
  /** The same over the last minute: the effective rate when bursts and waits alternate. */
  perSecondOfMinute(): number | null;
}

export function createRateMeter(clock: Clock): RateMeter {
  const buckets = new Map<number, number>();
  let since: number | null = null;
  const second = () => Math.floor(clock.now() / 1000);
  let lastAt = Number.NEGATIVE_INFINITY;
  /** When counting began, including the time before a gap that the long window bridges. */
  let sinceLong: number | null = null;
  const forgetOld = () => {
    // After a clock was set back, earlier counts lie in the future.
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
