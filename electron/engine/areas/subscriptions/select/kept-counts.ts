import type { SubscriptionFilter } from '../../../../contract/subscriptions.ts';

/** Counts, for as long as nothing is written: several views show the same ones. */
export interface KeptCounts {
  /** `null`: it is to be counted. */
  of(filter: SubscriptionFilter): number | null;
  /** @param startedAt `changeCount` when the counting began: what was counted while something changed is not kept */
  remember(filter: SubscriptionFilter, count: number, startedAt: number | null): void;
}

const MAX_KEPT = 500;

/** @param changeCount as `ReadableDb` gives it */
export function createKeptCounts(changeCount: () => number | null): KeptCounts {
  const kept = new Map<string, number>();
  let keptAt: number | null = null;
  const keep = () => {
    const now = changeCount();
    if (now !== keptAt || now === null || kept.size > MAX_KEPT) kept.clear();
    keptAt = now;
  };
  return {
    of(filter) {
      keep();
      return kept.get(JSON.stringify(filter)) ?? null;
    },
    remember(filter, count, startedAt) {
      keep();
      if (keptAt !== null && keptAt === startedAt) kept.set(JSON.stringify(filter), count);
    },
  };
}
