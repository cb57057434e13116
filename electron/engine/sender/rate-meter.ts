import type { Clock } from '../clock.ts';

const WINDOW_SECONDS = 10;

/** Counts what happens over the last seconds. */
export interface RateMeter {
  add(count: number): void;
  /** A second, over the last ten seconds or since the first count; `null` when nothing happened in them. */
  perSecond(): number | null;
}

export function createRateMeter(clock: Clock): RateMeter {
  const buckets = new Map<number, number>();
  let since: number | null = null;
  const second = () => Math.floor(clock.now() / 1000);
  const forgetOld = () => {
    for (const at of buckets.keys()) if (at <= second() - WINDOW_SECONDS) buckets.delete(at);
    if (buckets.size === 0) since = null;
  };
  return {
    add(count) {
      forgetOld();
      since ??= clock.now();
      buckets.set(second(), (buckets.get(second()) ?? 0) + count);
    },
    perSecond() {
      forgetOld();
      if (since === null) return null;
      const total = [...buckets.values()].reduce((sum, count) => sum + count, 0);
      const elapsed = Math.min(WINDOW_SECONDS, Math.max(1, (clock.now() - since) / 1000));
      return total / elapsed;
    },
  };
}
