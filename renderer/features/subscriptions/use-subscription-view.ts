import type { Segment } from '../../../electron/contract/audience.ts';
import type { SubscriptionFilter } from '../../../electron/contract/subscriptions.ts';
import { EMPTY_FILTER, isSameFilter } from '../../audience/filter.ts';
import { useKeptView, type Order } from '../../audience/kept-view.ts';
import { useSegments } from '../../audience/use-audience.ts';

export interface SubscriptionView {
  /** With the search as it is being typed. */
  filter: SubscriptionFilter;
  order: Order;
  /** The segment that the filter began as. */
  segment: Segment | null;
  /** Whether the filter asks for something other than the segment by now. */
  isChanged: boolean;
  change: (filter: SubscriptionFilter) => void;
  turnOrder: () => void;
  /** `null`: all. */
  choose: (segment: Segment | null) => void;
  /** Starts afresh with one filter, such as that of a tag. */
  begin: (filter: Partial<SubscriptionFilter>) => void;
}

/** What is listed; it is still there when the screen comes back. */
export function useSubscriptionView(): SubscriptionView {
  const [kept, keep] = useKeptView();
  const segments = useSegments();
  const segment = segments.find(({ id }) => id === kept.segmentId) ?? null;
  const { filter } = kept;
  return {
    ...kept,
    segment,
    isChanged: segment !== null && !isSameFilter(filter, segment.filter),
    change: (next) => {
      keep({ ...kept, filter: next });
    },
    turnOrder: () => {
      keep({ ...kept, order: kept.order === 'newest' ? 'oldest' : 'newest' });
    },
    choose: (next) => {
      keep({ ...kept, filter: next?.filter ?? EMPTY_FILTER, segmentId: next?.id ?? null });
    },
    begin: (part) => {
      keep({ ...kept, filter: { ...EMPTY_FILTER, ...part }, segmentId: null });
    },
  };
}
