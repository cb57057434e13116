import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { subscriptionIdSchema, type SubscriptionId } from '../../../electron/contract/ids.ts';
import type { Subscription } from '../../../electron/contract/subscriptions.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { shortenEndpoint } from '../../format/shorten.ts';
import { nameOfSubscription } from '../../words/subscription-name.ts';

const labelOf = (row: Subscription) => {
  return `${nameOfSubscription(row)} (${shortenEndpoint(row.endpoint, 8)})`;
};

const MAX_LISTED = 20;
/** Stands last where not all are listed, and cannot be chosen. */
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
}: SubscriptionPickerProps) {
  const { subscriptions } = useQueries();
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search, 200);
  const chosen = useQuery(
    subscriptions.get.queryOptions({ input: value === null ? skipToken : { id: value } }),
  );
  const chosenLabel = chosen.data ? labelOf(chosen.data) : null;
  const found = useQuery(
    subscriptions.list.queryOptions({
      input: {
        filter: { search: asked === chosenLabel ? '' : asked, states: ['active'] },
        limit: MAX_LISTED,
      },
      placeholderData: keepPreviousData,
    }),
  );
  const rows = [...(found.data?.items ?? [])];
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
        ...(found.data?.nextCursor ? [MORE] : []),
      ]}
      // The engine has searched already.
      filter={({ options }) => options}
      nothingFoundMessage={found.isSuccess ? 'No active subscription matches.' : undefined}
      searchValue={search}
      onSearchChange={setSearch}
      value={value === null ? null : String(value)}
      onChange={(id) => {
        onChange(id === null ? null : subscriptionIdSchema.parse(Number(id)));
      }}
    />
  );
}
