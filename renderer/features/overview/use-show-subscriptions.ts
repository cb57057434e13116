import { useLocation } from 'wouter';
import type { SubscriptionFilter } from '../../../electron/contract/subscriptions.ts';
import { EMPTY_FILTER } from '../../audience/filter.ts';
import { useKeptView } from '../../audience/kept-view.ts';
import { SCREENS } from '../../navigation/screens.ts';

/** Leads to the subscriptions that a filter means. */
export function useShowSubscriptions(): (filter: Partial<SubscriptionFilter>) => void {
  const [, navigate] = useLocation();
  const [, keep] = useKeptView();
  return (filter) => {
    keep({ filter: { ...EMPTY_FILTER, ...filter }, order: 'newest', segmentId: null });
    navigate(SCREENS.subscriptions.path);
  };
}
