import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useQueries } from '../../api/ApiProvider.tsx';
import { PAGED, useEndless } from '../../api/endless.ts';
import { filterOf, type SubscriptionView } from './filters.ts';

const PAGE_SIZE = 200;

/** The rows of a view as they are scrolled to, and how many there are. */
export function useSubscriptionList(view: SubscriptionView, search: string) {
  const { subscriptions } = useQueries();
  const filter = filterOf(view, search);
  const endless = useEndless(
    useInfiniteQuery(
      subscriptions.list.infiniteOptions({
        input: (cursor) => ({ filter, cursor, limit: PAGE_SIZE }),
        placeholderData: keepPreviousData,
        ...PAGED,
      }),
    ),
  );
  const counts = useQuery(
    subscriptions.counts.queryOptions({ input: { filter }, placeholderData: keepPreviousData }),
  );
  return { ...endless, counts: counts.data };
}
