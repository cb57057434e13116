import type { InfiniteData } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Loadable } from '../ui/Loaded.tsx';
import type { More } from '../ui/table/more.ts';
import { loadable } from './loadable.ts';

interface PagedQuery<Item> {
  data: InfiniteData<{ items: Item[] }> | undefined;
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

/** The part of an infinite query that is the same for every list paged by key. */
export const PAGED = {
  initialPageParam: null as string | null,
  getNextPageParam: (last: { nextCursor: string | null }) => last.nextCursor,
  // Comparing a hundred thousand rows with those of a moment ago, for each page, costs more than drawing the few in view.
  structuralSharing: false,
};

/** How much is held of one list; a row takes about half a kilobyte of the window's memory. */
export const MAX_LOADED = 100_000;

export interface PagedList<Item> {
  list: Loadable<readonly Item[]>;
  more: More;
}

/** A list paged by key as one list that grows as it is scrolled. */
export function usePagedList<Item>(query: PagedQuery<Item>): PagedList<Item> {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  const loaded = rows?.length ?? 0;
  const isFull = hasNextPage && loaded >= MAX_LOADED;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFull && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFull, isFetchingNextPage, fetchNextPage]);

  const isGoing = useRef(false);
  const stop = useCallback(() => {
    isGoing.current = false;
  }, []);
  const loadAll = useCallback(() => {
    if (!isGoing.current) loadMore();
    isGoing.current = true;
  }, [loadMore]);
  useEffect(() => {
    if (!hasNextPage || isFull || error !== null) isGoing.current = false;
    if (isGoing.current) loadMore();
    // Depends on the data too: a page that comes before its fetching was drawn changes nothing else.
  }, [hasNextPage, isFull, error, data, loadMore]);
  return {
    list: { ...loadable(query), data: rows },
    more: { hasMore: hasNextPage, isFull, loadMore, loadAll, stop },
  };
}
