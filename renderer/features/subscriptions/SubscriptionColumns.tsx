import { Tooltip } from '@mantine/core';
import type { Subscription } from '../../../electron/contract/subscription.ts';
import { endpointTail } from '../../format/shorten.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { PUSH_SERVICE_NAMES } from '../../words/push-services.ts';
import { DELIVERY_STATES, SUBSCRIPTION_STATES } from '../../words/states.ts';
import './subscriptions.css';

export const SUBSCRIPTION_COLUMNS: readonly Column<Subscription>[] = [
  {
    id: 'state',
    header: 'State',
    track: '124px',
    cell: ({ state }) => <StateTag state={SUBSCRIPTION_STATES[state]} />,
  },
  {
    id: 'endpoint',
    header: 'Endpoint',
    track: 'minmax(124px, 1.4fr)',
    cell: ({ endpoint, label }) => (
      <span
        className={label === null ? 'pd-mono pd-cut' : 'pd-subscriptions__label pd-cut'}
        dir={label === null ? undefined : 'auto'}
        title={label === null ? endpoint : `${label}\n${endpoint}`}
      >
        {label ?? endpointTail(endpoint)}
      </span>
    ),
  },
  {
    id: 'service',
    header: 'Push service',
    track: '128px',
    cell: ({ pushService }) => <span className="pd-cut">{PUSH_SERVICE_NAMES[pushService]}</span>,
  },
  {
    id: 'key',
    header: 'Key',
    track: 'minmax(92px, 1fr)',
    dropOrder: 1,
    cell: ({ keyPairName, publicKey }) => {
      if (keyPairName !== null) return <span className="pd-cut">{keyPairName}</span>;
      return <span className="pd-soft pd-cut">{publicKey === null ? 'Not known' : 'Not held here'}</span>;
    },
  },
  {
    id: 'added',
    header: 'Added',
    track: '92px',
    align: 'end',
    dropOrder: 2,
    cell: ({ addedAt }) => <RelativeTime at={addedAt} />,
  },
  {
    id: 'last',
    header: 'Last delivery',
    track: '112px',
    align: 'end',
    dropOrder: 3,
    cell: ({ lastDelivery }) => <LastDelivery last={lastDelivery} />,
  },
];

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
