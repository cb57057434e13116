import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import type { ReactNode, Ref } from 'react';
import type { Subscription } from '../../../electron/contract/subscriptions.ts';
import { shortenMiddle } from '../../format/shorten.ts';
import { FactList } from '../../ui/FactList.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { ShortText } from '../../ui/ShortText.tsx';
import { SidePanel, type PanelHandle } from '../../ui/SidePanel.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { PUSH_SERVICES } from '../../../electron/core/push-services/all.ts';
import { DELIVERY_STATES, SUBSCRIPTION_STATES } from '../../words/states.ts';
import { EraseForGood } from './EraseForGood.tsx';
import { nameOfSubscription } from '../../words/subscription-name.ts';
import { PersonFields } from './PersonFields.tsx';
import { SendTest } from './SendTest.tsx';
import { SubscriptionDeliveries } from './SubscriptionDeliveries.tsx';
import { chosenIds } from './target.ts';
import type { SubscriptionActs } from './use-subscription-acts.ts';

interface SubscriptionPanelProps {
  ref?: Ref<PanelHandle> | undefined;
  takesFocus: boolean;
  onWalk?: ((key: string) => void) | undefined;
  row: Subscription;
  acts: SubscriptionActs;
  onClose: () => void;
}

/** One subscription: where it lives, what it was made with, and what became of it. */
export function SubscriptionPanel({ row, acts, ...panel }: SubscriptionPanelProps) {
  return (
    <SidePanel
      {...panel}
      title={nameOfSubscription(row)}
      subtitle={`${PUSH_SERVICES[row.pushService].name}: ${PUSH_SERVICES[row.pushService].browsers}`}
      actions={<PanelActions row={row} acts={acts} />}
    >
      {row.state !== 'active' && (
        <Notice tone={SUBSCRIPTION_STATES[row.state].tone} cause={SUBSCRIPTION_STATES[row.state].meaning} />
      )}
      {row.remark !== null && <Notice tone="warn" cause={row.remark} />}
      {/* What is typed belongs to one row: the next one starts afresh. */}
      <PersonFields key={`person ${row.id}`} row={row} />
      {row.state === 'active' && row.deletedAt === null && <SendTest key={`test ${row.id}`} id={row.id} />}
      <SubscriptionDeliveries key={row.id} id={row.id} />
      <FactList facts={factsOf(row)} />
    </SidePanel>
  );
}

function PanelActions({ row, acts }: Pick<SubscriptionPanelProps, 'row' | 'acts'>) {
  const ids = [row.id];
  const chosen = chosenIds(ids);
  const isInBin = row.deletedAt !== null;
  return (
    <>
      {row.state === 'active' && !isInBin && (
        <Button
          size="xs"
          px={10}
          aria-label="Send to this one"
          title="Send to this one"
          onClick={() => {
            acts.sendTo(chosen);
          }}
        >
          Send
        </Button>
      )}
      {isInBin && (
        <Button
          size="xs"
          onClick={() => {
            acts.restore(chosen);
          }}
        >
          Restore
        </Button>
      )}
      <Tooltip label="Copy as JSON">
        <ActionIcon
          size={30}
          variant="default"
          aria-label="Copy as JSON"
          onClick={() => {
            acts.copyJson(ids);
          }}
        >
          <IconCopy size={15} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {!isInBin && (
        <Button
          size="xs"
          variant="default"
          px={10}
          onClick={() => {
            acts.bin(chosen);
          }}
        >
          Delete
        </Button>
      )}
      <EraseForGood whose={ids} onErased={acts.done} />
    </>
  );
}

type Fact = readonly [name: string, value: ReactNode];

function factsOf(row: Subscription): Fact[] {
  const moment = (at: number | null, name: string): Fact[] =>
    at === null ? [] : [[name, <RelativeTime key={name} at={at} />]];
  return [
    ['State', <StateTag key="state" state={SUBSCRIPTION_STATES[row.state]} />],
    ...(row.stateChangedAt === row.addedAt ? [] : moment(row.stateChangedAt, 'Since')),
    [
      'Endpoint',
      <ShortText
        key="endpoint"
        short={shortenMiddle(row.endpoint.replace(/^https:\/\//, ''), 32)}
        full={row.endpoint}
        copyLabel="Copy endpoint"
      />,
    ],
    ['Key pair', row.keyPairName ?? (row.publicKey === null ? 'Unknown' : 'Not held on this machine')],
    ...(row.publicKey === null
      ? []
      : [
          [
            'Public key',
            <ShortText
              key="key"
              short={shortenMiddle(row.publicKey, 24)}
              full={row.publicKey}
              copyLabel="Copy public key"
            />,
          ] as const,
        ]),
    ...moment(row.addedAt, 'Added'),
    ['Source', row.source === 'page' ? 'Subscribe page' : 'Import'],
    ...moment(row.expirationTime, 'Expires'),
    [
      'Last delivery',
      row.lastDelivery === null ? (
        'None yet'
      ) : (
        <span key="last">
          {DELIVERY_STATES[row.lastDelivery.state].word} <RelativeTime at={row.lastDelivery.at} />
        </span>
      ),
    ],
    ...moment(row.lastAcceptedAt, 'Last accepted'),
    ...moment(row.deletedAt, 'In the bin since'),
  ];
}
