import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { SubscriptionFilter } from '../../../electron/contract/subscriptions.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { useBothEnds } from '../../api/both-ends.ts';
import { MAX_LOADED, PAGED, usePagedList } from '../../api/paged-list.ts';
import type { Order } from '../../audience/kept-view.ts';
import { useWayToEnd } from '../../ui/table/way-to-end.ts';

const PAGE_SIZE = 500;
/** How long a list is held whose screen is away, so that what was selected far down is still among its rows. */
const HELD_MS = 60 * 60_000;

/** The rows of a view as they are scrolled to, from its start or from its end, and how many there are. */
export function useSubscriptionList(filter: SubscriptionFilter, order: Order) {
  const { subscriptions } = useQueries();
  const counts = useQuery(
    subscriptions.counts.queryOptions({ input: { filter }, placeholderData: keepPreviousData }),
  ).data;
  const start = usePages(filter, order, true);
  const isLong = (counts?.matching ?? 0) > MAX_LOADED;
  const way = useWayToEnd('end of subscriptions', JSON.stringify([filter, order]), isLong);
  const end = usePages(filter, order === 'oldest' ? 'newest' : 'oldest', way.isTaken);
  return { ...useBothEnds(start, end, way), counts };
}

function usePages(filter: SubscriptionFilter, order: Order, enabled: boolean) {
  const { subscriptions } = useQueries();
  const query = useInfiniteQuery(
    subscriptions.list.infiniteOptions({
      input: (cursor) => ({
        filter,
        ...(order === 'oldest' ? { order } : {}),
        cursor,
        limit: PAGE_SIZE,
      }),
      ...(enabled ? { placeholderData: keepPreviousData } : {}),
      gcTime: HELD_MS,
      enabled,
      ...PAGED,
    }),
  );
  const { list, more } = usePagedList(query);
  const { loadMore } = more;
  const { hasNextPage, isFetchNextPageError } = query;
  const lastLength = query.data?.pages.at(-1)?.items.length ?? PAGE_SIZE;
  // A search for a few characters returns what it has found after some milliseconds, and continues from there.
  const isSearching = enabled && lastLength < PAGE_SIZE && hasNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (isSearching) loadMore();
    // Depends on the data too: a page that comes before its fetching was drawn changes nothing else.
  }, [isSearching, query.data, loadMore]);
  const isEmptySoFar = isSearching && list.data?.length === 0;
  return { list: isEmptySoFar ? { ...list, data: undefined } : list, more };
}
