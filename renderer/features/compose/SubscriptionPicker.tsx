import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { subscriptionIdSchema, type SubscriptionId } from '../../../electron/contract/ids.ts';
import type { Audience } from '../../../electron/contract/campaign-audience.ts';
import type { Subscription } from '../../../electron/contract/subscriptions.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { shortenEndpoint } from '../../format/shorten.ts';
import { nameOfSubscription } from '../../words/subscription-name.ts';

type Row = Pick<Subscription, 'id' | 'label' | 'externalId' | 'endpoint' | 'pushService'>;

const labelOf = (row: Row) => `${nameOfSubscription(row)} (${shortenEndpoint(row.endpoint, 8)})`;

const MAX_LISTED = 20;
/** Comes last where not all are listed, and cannot be chosen. */
const MORE = {
  value: 'more',
  label: `Only ${MAX_LISTED} are listed. Type more of the label or endpoint to find others.`,
  disabled: true,
};

interface SubscriptionPickerProps {
  value: SubscriptionId | null;
  onChange: (id: SubscriptionId | null) => void;
  label?: string;
  /** It is said to assistive technology only. */
  hidesLabel?: boolean;
  placeholder?: string;
  clearable?: boolean;
  size?: 'xs';
  /** Only its members who can be reached are found; left out: every active subscription is. */
  among?: Audience | null;
}

/** Finds one active subscription among any number. */
export function SubscriptionPicker({
  value,
  onChange,
  label = 'Subscription',
  hidesLabel = false,
  placeholder = 'Search by endpoint or label',
  clearable = true,
  size,
  among = null,
}: SubscriptionPickerProps) {
  const { subscriptions } = useQueries();
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search, 200);
  const chosen = useQuery(
    subscriptions.get.queryOptions({ input: value === null ? skipToken : { id: value } }),
  );
  const chosenLabel = chosen.data ? labelOf(chosen.data) : null;
  const found = useFound(asked === chosenLabel ? '' : asked, among);
  const rows: Row[] = [...found.rows];
  if (chosen.data && !rows.some(({ id }) => id === value)) rows.unshift(chosen.data);

  return (
    <Select
      {...(hidesLabel ? { 'aria-label': label } : { label })}
      {...(size === undefined ? {} : { size })}
      placeholder={placeholder}
      searchable
      clearable={clearable}
      data={[
        ...rows.map((row) => ({ value: String(row.id), label: labelOf(row) })),
        ...(found.hasMore ? [MORE] : []),
      ]}
      // The engine has searched already.
      filter={({ options }) => options}
      nothingFoundMessage={
        found.isKnown
          ? among === null
            ? 'No active subscription matches.'
            : 'Nobody in this audience matches.'
          : undefined
      }
      searchValue={search}
      onSearchChange={setSearch}
      value={value === null ? null : String(value)}
      onChange={(id) => {
        onChange(id === null ? null : subscriptionIdSchema.parse(Number(id)));
      }}
    />
  );
}

function useFound(search: string, among: Audience | null) {
  const { campaigns, subscriptions } = useQueries();
  const active = useQuery({
    ...subscriptions.list.queryOptions({
      input: among === null ? { filter: { search, states: ['active'] }, limit: MAX_LISTED } : skipToken,
    }),
    placeholderData: keepPreviousData,
  });
  const recipients = useQuery({
    ...campaigns.findRecipients.queryOptions({
      input: among === null ? skipToken : { audience: among, search, limit: MAX_LISTED },
    }),
    placeholderData: keepPreviousData,
  });
  const { data, isSuccess: isKnown } = among === null ? active : recipients;
  const hasMore = data !== undefined && ('hasMore' in data ? data.hasMore : data.nextCursor !== null);
  return { rows: data?.items ?? [], hasMore, isKnown };
}
