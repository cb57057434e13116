import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { KeyPairId } from '../../electron/contract/ids.ts';
import { useQueries } from '../api/ApiProvider.tsx';
import { inNaturalOrder } from '../format/natural-order.ts';

const byName = <Item extends { name: string }>({ items }: { items: readonly Item[] }) =>
  items.toSorted((one, other) => inNaturalOrder(one.name, other.name));

export function useSegments() {
  return useQuery({ ...useQueries().audience.segments.list.queryOptions(), select: byName }).data ?? [];
}

/** All tags with how many have each, in the order of their names. */
export function useTags() {
  return useQuery({ ...useQueries().audience.tags.list.queryOptions(), select: byName }).data ?? [];
}

export function useAttributes() {
  return useQuery(useQueries().audience.attributes.list.queryOptions()).data?.items ?? [];
}

/** Values of one attribute that hold what is typed, the most frequent first. */
export function useAttributeValues(name: string, search: string) {
  const { audience } = useQueries();
  const found = useQuery({
    ...audience.attributes.values.queryOptions({ input: { name, search } }),
    enabled: name !== '',
    placeholderData: keepPreviousData,
  });
  return found.data?.values ?? [];
}

export function useKeyPairs() {
  return useQuery(useQueries().keys.list.queryOptions()).data ?? [];
}

/** The names of key pairs by their ids. */
export function useNameOfKey() {
  const pairs = useKeyPairs();
  return useCallback((id: KeyPairId) => pairs.find((pair) => pair.id === id)?.name, [pairs]);
}
