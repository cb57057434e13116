import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { SubscriptionFilter } from '../../../electron/contract/subscriptions.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { MAX_LOADED, PAGED, usePagedList } from '../../api/paged-list.ts';
import type { Order } from '../../audience/kept-view.ts';
import { useKept } from '../../ui/kept.tsx';

const PAGE_SIZE = 500;
/** A list whose screen is away is held that long, so that what was selected far down is still among its rows. */
const HELD_MS = 60 * 60_000;

/** The rows of a view as they are scrolled to, from its start or from its end, and how many there are. */
export function useSubscriptionList(filter: SubscriptionFilter, order: Order) {
  const { subscriptions } = useQueries();
  const counts = useQuery(
    subscriptions.counts.queryOptions({ input: { filter }, placeholderData: keepPreviousData }),
  ).data;
  const start = usePages(filter, order, true);
  const isLong = (counts?.matching ?? 0) > MAX_LOADED;
  const listName = JSON.stringify([filter, order]);
  const [asked, setAsked] = useKept('end of subscriptions', { list: '', isAsked: false });
  const isEndAsked = isLong && asked.isAsked && asked.list === listName;
  const end = usePages(filter, order === 'oldest' ? 'newest' : 'oldest', isEndAsked);
  const turned = end.list.data;
  const fromEnd = useMemo(
    () => (isEndAsked && turned !== undefined ? turned.toReversed() : null),
    [isEndAsked, turned],
  );
  const go = (isAsked: boolean) => {
    setAsked({ list: listName, isAsked });
  };
  const { list, more } = fromEnd === null ? start : { ...end, list: { ...end.list, data: fromEnd } };
  const theEnd = {
    isAt: fromEnd !== null,
    go: () => {
      go(true);
    },
    leave: () => {
      go(false);
    },
  };
  return {
    list,
    more: isLong ? { ...more, end: theEnd } : more,
    counts,
    /** Of both ends: a row that is chosen at one of them stays so at the other. */
    loaded: useMemo(
      () => (fromEnd === null ? start.list.data : [...(start.list.data ?? []), ...fromEnd]),
      [start.list.data, fromEnd],
    ),
  };
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
  // A search for a few characters gives what it has found after some milliseconds, and goes on from there.
  const isSearching = enabled && lastLength < PAGE_SIZE && hasNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (isSearching) loadMore();
    // By the page too: one that comes at once, before its fetching was drawn, changes nothing else.
  }, [isSearching, query.data, loadMore]);
  const isEmptySoFar = isSearching && list.data?.length === 0;
  return { list: isEmptySoFar ? { ...list, data: undefined } : list, more };
}
