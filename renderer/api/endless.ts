import type { InfiniteData } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Loadable } from '../ui/Loaded.tsx';
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
};

export interface Endless<Item> {
  list: Loadable<readonly Item[]>;
  /** Loads one more page unless it is under way, or there is none. */
  loadMore: () => void;
}

/** A list paged by key as one list that grows as it is scrolled. */
export function useEndless<Item>(query: PagedQuery<Item>): Endless<Item> {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { list: { ...loadable(query), data: rows }, loadMore };
}
