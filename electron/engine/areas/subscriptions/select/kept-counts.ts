import type { SubscriptionFilter } from '../../../../contract/subscriptions.ts';
import { isRelative } from './receipt-steps.ts';

/** Counts, kept until something is written: several views show the same ones. Counts about the last days are kept for a minute. */
export interface KeptCounts {
  /** `null`: it has to be counted. */
  of(filter: SubscriptionFilter): number | null;
  /** @param startedAt `changeCount` when the counting began: a count during which something changed is not kept */
  remember(filter: SubscriptionFilter, count: number, startedAt: number | null): void;
}

const MAX_KEPT = 500;

const MINUTE_MS = 60_000;

/** @param changeCount as `ReadableDb` gives it */
export function createKeptCounts(changeCount: () => number | null, now: () => number): KeptCounts {
  const kept = new Map<string, number>();
  let keptAt: number | null = null;
  const keep = () => {
    const now = changeCount();
    if (now !== keptAt || now === null || kept.size > MAX_KEPT) kept.clear();
    keptAt = now;
  };
  const nameOf = (filter: SubscriptionFilter) =>
    `${isRelative(filter) ? Math.floor(now() / MINUTE_MS) : ''} ${JSON.stringify(filter)}`;
  return {
    of(filter) {
      keep();
      return kept.get(nameOf(filter)) ?? null;
    },
    remember(filter, count, startedAt) {
      keep();
      if (keptAt !== null && keptAt === startedAt) kept.set(nameOf(filter), count);
    },
  };
}
