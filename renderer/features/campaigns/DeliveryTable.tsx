import { IconInbox } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Delivery } from '../../../electron/contract/deliveries.ts';
import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import type { CampaignId, DeliveryId } from '../../../electron/contract/ids.ts';
import { useBothEnds } from '../../api/both-ends.ts';
import { useCampaigns, useIsRehearsal } from '../../api/CampaignSource.tsx';
import { MAX_LOADED, PAGED, usePagedList } from '../../api/paged-list.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { useWayToEnd } from '../../ui/table/way-to-end.ts';
import { PUSH_SERVICES } from '../../../electron/core/push-services/all.ts';
import { causeOfDelivery } from '../../words/delivery-cause.ts';
import { deliveryStateWords } from '../../words/states.ts';
import { nameOfSubscription } from '../../words/subscription-name.ts';
import type { wantedBy } from './outcomes.ts';

const PAGE_SIZE = 500;

const stateColumn = (wait: CampaignDetail['wait']): Column<Delivery> => ({
  id: 'state',
  header: 'State',
  track: '96px',
  cell: ({ state }) => <StateTag state={deliveryStateWords(state, wait)} />,
});

const OTHER_COLUMNS: readonly Column<Delivery>[] = [
  {
    id: 'service',
    header: 'Push service',
    track: '112px',
    dropOrder: 3,
    cell: ({ pushService }) => <span className="pd-cut">{PUSH_SERVICES[pushService].name}</span>,
  },
  {
    id: 'subscription',
    header: 'Subscription',
    track: 'minmax(152px, 0.7fr)',
    cell: ({ subscriptionId: id, ...named }) => (
      <span className="pd-cut" title={named.endpoint}>
        <bdi>{nameOfSubscription({ ...named, id })}</bdi>
      </span>
    ),
  },
  {
    id: 'answer',
    header: 'Answer',
    track: '56px',
    align: 'end',
    cell: ({ lastStatus }) => lastStatus ?? <span className="pd-zero">–</span>,
  },
  {
    id: 'cause',
    header: 'Cause',
    track: 'minmax(140px, 1fr)',
    dropOrder: 2,
    cell: (delivery) => (
      <span className="pd-cut pd-soft" title={causeOfDelivery(delivery)}>
        {causeOfDelivery(delivery)}
      </span>
    ),
  },
  {
    id: 'updated',
    header: 'When',
    track: '84px',
    align: 'end',
    dropOrder: 1,
    cell: ({ updatedAt }) => <RelativeTime at={updatedAt} />,
  },
];

interface DeliveryTableProps {
  campaign: Pick<CampaignDetail, 'id' | 'wait'>;
  /** Only those; no state means all of them. */
  wanted: ReturnType<typeof wantedBy>;
  /** How many those are. */
  count: number;
  openId: DeliveryId | null;
  onOpen: (id: DeliveryId) => void;
}

export function DeliveryTable({ campaign: { id, wait }, wanted, count, openId, onOpen }: DeliveryTableProps) {
  const place = useIsRehearsal() ? 'end of deliveries of a rehearsal' : 'end of deliveries';
  const way = useWayToEnd(place, JSON.stringify([id, wanted]), count > MAX_LOADED);
  const start = usePages(id, wanted, 'oldest', true);
  const end = usePages(id, wanted, 'newest', way.isTaken);
  const { list, more } = useBothEnds(start, end, way);
  return (
    <Loaded of={list}>
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState icon={IconInbox} title="Nothing here">
            <p>This campaign has no deliveries in this state.</p>
          </EmptyState>
        ) : (
          <DataTable
            label="Deliveries"
            columns={[stateColumn(wait), ...OTHER_COLUMNS]}
            rows={rows}
            idOf={(delivery) => delivery.id}
            openId={openId}
            onOpen={(delivery) => {
              onOpen(delivery.id);
            }}
            more={more}
            {...(way.isThere ? { totalCount: count } : {})}
          />
        )
      }
    </Loaded>
  );
}

function usePages(
  campaignId: CampaignId,
  wanted: ReturnType<typeof wantedBy>,
  order: 'oldest' | 'newest',
  enabled: boolean,
) {
  const campaigns = useCampaigns();
  return usePagedList(
    useInfiniteQuery(
      campaigns.deliveries.infiniteOptions({
        input: (cursor) => ({
          campaignId,
          ...wanted,
          ...(order === 'newest' ? { order } : {}),
          cursor,
          limit: PAGE_SIZE,
        }),
        enabled,
        ...PAGED,
      }),
    ),
  );
}
