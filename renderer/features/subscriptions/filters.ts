import type { z } from 'zod';
import type {
  subscriptionCountsSchema,
  SubscriptionFilter,
  SubscriptionState,
} from '../../../electron/contract/subscriptions.ts';
import type { FilterTab } from '../../ui/FilterTabs.tsx';
import { SUBSCRIPTION_STATES } from '../../words/states.ts';

/** `several`: the filter asks for more than one state, which no tab stands for. */
export type StateView = 'all' | SubscriptionState | 'bin' | 'several';
export type SubscriptionCounts = z.infer<typeof subscriptionCountsSchema>;

const STATES: readonly SubscriptionState[] = ['active', 'mismatched', 'unsubscribed', 'gone', 'expired'];

/** The tab that a filter belongs to. */
export function stateViewOf({ states, inBin }: SubscriptionFilter): StateView {
  const [first, second] = states;
  if (inBin) return 'bin';
  if (first === undefined) return 'all';
  return second === undefined ? first : 'several';
}

/** The filter as a tab changes it; everything else that it asks for stays. */
export function filterAt(view: StateView, filter: SubscriptionFilter): SubscriptionFilter {
  if (view === 'several') return filter;
  return { ...filter, states: view === 'all' || view === 'bin' ? [] : [view], inBin: view === 'bin' };
}

/** The filter without what the tabs show already. */
export function besideTabs(filter: SubscriptionFilter): SubscriptionFilter {
  return filter.states.length === 1 ? { ...filter, states: [] } : filter;
}

/** The views with their counts: all and active always, the rest where there is something or it is in view. */
export function viewTabs(counts: SubscriptionCounts | undefined, current: StateView): FilterTab<StateView>[] {
  const all = counts && STATES.reduce((sum, state) => sum + counts.byState[state], 0);
  const tabs: FilterTab<StateView>[] = [
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
