import type { z } from 'zod';
import {
  subscriptionFilterSchema,
  type subscriptionCountsSchema,
  type SubscriptionFilter,
  type SubscriptionState,
} from '../../../electron/contract/subscriptions.ts';
import type { FilterTab } from '../../ui/FilterTabs.tsx';
import { SUBSCRIPTION_STATES } from '../../words/states.ts';

export type SubscriptionView = 'all' | SubscriptionState | 'bin';
export type SubscriptionCounts = z.infer<typeof subscriptionCountsSchema>;

const STATES: readonly SubscriptionState[] = ['active', 'mismatched', 'unsubscribed', 'gone', 'expired'];

/** What the engine is asked for: a view and a search. */
export function filterOf(view: SubscriptionView, search: string): SubscriptionFilter {
  return subscriptionFilterSchema.parse({
    search: search.trim(),
    states: view === 'all' || view === 'bin' ? [] : [view],
    inBin: view === 'bin',
  });
}

/** The views with their counts: all and active always, the rest where there is something or it is in view. */
export function viewTabs(
  counts: SubscriptionCounts | undefined,
  current: SubscriptionView,
): FilterTab<SubscriptionView>[] {
  const all = counts && STATES.reduce((sum, state) => sum + counts.byState[state], 0);
  const tabs: FilterTab<SubscriptionView>[] = [
    { value: 'all', label: 'All', count: all },
    ...STATES.map((state) => ({
      value: state,
      label: SUBSCRIPTION_STATES[state].word,
      count: counts?.byState[state],
    })),
    { value: 'bin', label: 'Bin', count: counts?.inBin },
  ];
  return tabs.filter(
    ({ value, count }) => value === 'all' || value === 'active' || value === current || (count ?? 0) > 0,
  );
}
