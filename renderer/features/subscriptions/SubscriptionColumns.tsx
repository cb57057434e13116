import { Tooltip } from '@mantine/core';
import type { Subscription } from '../../../electron/contract/subscriptions.ts';
import { endpointTail } from '../../format/shorten.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { PUSH_SERVICES } from '../../../electron/core/push-services/all.ts';
import { PUSH_SERVICE_ICONS } from '../../words/push-services.ts';
import { DELIVERY_STATES, SUBSCRIPTION_STATES } from '../../words/states.ts';
import { nameOfSubscription } from '../../words/subscription-name.ts';
import './subscriptions.css';

export const SUBSCRIPTION_COLUMNS: readonly Column<Subscription>[] = [
  {
    id: 'name',
    header: 'Subscription',
    track: 'minmax(150px, 1.6fr)',
    cell: (row) => <Name row={row} />,
  },
  {
    id: 'state',
    header: 'State',
    track: '124px',
    cell: ({ state }) => <StateTag state={SUBSCRIPTION_STATES[state]} />,
  },
  {
    id: 'service',
    header: 'Push service',
    track: '116px',
    dropOrder: 2,
    cell: ({ pushService }) => <span className="pd-cut">{PUSH_SERVICES[pushService].name}</span>,
  },
  {
    id: 'key',
    header: 'Key pair',
    track: 'minmax(92px, 1fr)',
    dropOrder: 1,
    cell: ({ keyPairName, publicKey }) => {
      if (keyPairName !== null) return <span className="pd-cut">{keyPairName}</span>;
      return <span className="pd-soft pd-cut">{publicKey === null ? 'Unknown' : 'Not here'}</span>;
    },
  },
  {
    id: 'added',
    header: 'Added',
    track: '92px',
    align: 'end',
    dropOrder: 3,
    cell: ({ addedAt }) => <RelativeTime at={addedAt} />,
  },
  {
    id: 'last',
    header: 'Last delivery',
    track: '112px',
    align: 'end',
    dropOrder: 4,
    cell: ({ lastDelivery }) => <LastDelivery last={lastDelivery} />,
  },
];

/** Who it is first; the end of the endpoint after it, for those who look for that. */
function Name({ row }: { row: Subscription }) {
  const { label, endpoint, pushService } = row;
  const ServiceIcon = PUSH_SERVICE_ICONS[pushService];
  return (
    <>
      <ServiceIcon className="pd-subscriptions__icon" size={16} aria-hidden />
      <span className="pd-subscriptions__name pd-cut" dir="auto" title={label ?? undefined}>
        {nameOfSubscription(row)}
      </span>
      <span className="pd-subscriptions__tail pd-mono pd-soft pd-cut" title={endpoint}>
        {endpointTail(endpoint, 10)}
      </span>
    </>
  );
}

function LastDelivery({ last }: { last: Subscription['lastDelivery'] }) {
  if (!last) return <span className="pd-soft">None yet</span>;
  const { icon: OutcomeIcon, tone, word } = DELIVERY_STATES[last.state];
  return (
    <>
      <Tooltip label={word}>
        <span className="pd-state" data-tone={tone}>
          <OutcomeIcon size={15} stroke={2} aria-label={word} role="img" />
        </span>
      </Tooltip>
      <RelativeTime at={last.at} />
    </>
  );
}
