import { keepPreviousData, useQueries as useManyQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CampaignId } from '../../electron/contract/ids.ts';
import type { SubscriptionFilter } from '../../electron/contract/subscriptions.ts';
import { useQueries } from '../api/ApiProvider.tsx';
import { inNaturalOrder } from '../format/natural-order.ts';
import { campaignsIn, type FilterNames } from './filter.ts';

/** Campaigns that a list offers at once: typing finds the others. */
const MAX_FOUND = 50;

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

/** What these filters name by ids. */
export function useFilterNames(filters: readonly SubscriptionFilter[]): FilterNames {
  const pairs = useKeyPairs();
  const titles = useTitlesOf(campaignsIn(filters));
  return useMemo(
    () => ({
      key: (id) => pairs.find((pair) => pair.id === id)?.name,
      campaign: (id) => titles.get(id),
    }),
    [pairs, titles],
  );
}

/** A title stays as it is: what happens in the campaign is no reason to ask again. */
function useTitlesOf(ids: readonly CampaignId[]): ReadonlyMap<CampaignId, string> {
  const { campaigns } = useQueries();
  return useManyQueries({
    queries: ids.map((id) => ({
      queryKey: ['title of campaign', id],
      queryFn: async () => (await campaigns.get.call({ id })).message.title,
      staleTime: Infinity,
    })),
    combine: (titles) =>
      new Map(ids.flatMap((id, index) => [[id, titles[index]?.data] as const]).filter(isKnown)),
  });
}

const isKnown = (entry: readonly [CampaignId, string | undefined]): entry is [CampaignId, string] =>
  entry[1] !== undefined;

/** Campaigns to choose from, the newest first. */
export function useFoundCampaigns(search: string) {
  const { campaigns } = useQueries();
  const found = useQuery({
    ...campaigns.list.queryOptions({ input: { search, limit: MAX_FOUND } }),
    placeholderData: keepPreviousData,
  });
  return found.data?.items ?? [];
}
