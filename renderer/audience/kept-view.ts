import type { SegmentId } from '../../electron/contract/ids.ts';
import type { SubscriptionFilter } from '../../electron/contract/subscriptions.ts';
import { useKept } from '../ui/kept.tsx';
import { EMPTY_FILTER } from './filter.ts';

export type Order = 'newest' | 'oldest';

/** What Subscriptions lists. */
export interface KeptView {
  filter: SubscriptionFilter;
  order: Order;
  /** The segment that the filter began as. */
  segmentId: SegmentId | null;
}

/** Kept for when the screen comes back; another screen may set it before leading there. */
export const useKeptView = () =>
  useKept<KeptView>('subscriptions', { filter: EMPTY_FILTER, order: 'newest', segmentId: null });
