import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { SubscriptionDelivery } from '../../../electron/contract/deliveries.ts';
import type { SubscriptionId } from '../../../electron/contract/ids.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { PAGED, usePagedList } from '../../api/paged-list.ts';
import { campaignPath } from '../../navigation/paths.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { causeOfDelivery } from '../../words/delivery-cause.ts';
import { DELIVERY_STATES } from '../../words/states.ts';
import { historyOf } from './history.ts';
import { StateEntry } from './StateEntry.tsx';
import './history.css';

const PAGE_SIZE = 20;

/**
 * Everything that was sent to one subscription and every change of its state, newest first: why it did not get something. Each delivery
 * leads to its campaign.
 */
export function SubscriptionDeliveries({ id }: { id: SubscriptionId }) {
  const { subscriptions } = useQueries();
  const { list, more } = usePagedList(
    useInfiniteQuery(
      subscriptions.deliveries.infiniteOptions({
        input: (cursor) => ({ id, cursor, limit: PAGE_SIZE }),
        ...PAGED,
      }),
    ),
  );
  const changes = useQuery(subscriptions.states.queryOptions({ input: { id } })).data?.items ?? [];
  return (
    <section className="pd-history" aria-label="Deliveries">
      <h3 className="pd-history__title">Deliveries</h3>
      <Loaded of={list}>
        {(deliveries) =>
          deliveries.length + changes.length === 0 ? (
            <p className="pd-soft">Nothing has been sent to it yet.</p>
          ) : (
            <ul className="pd-history__list">
              {historyOf(deliveries, changes, more.hasMore).map((event) =>
                'delivery' in event ? (
                  <Entry key={`delivery ${event.delivery.id}`} delivery={event.delivery} />
                ) : (
                  <StateEntry key={`state ${event.change.id}`} change={event.change} />
                ),
              )}
            </ul>
          )
        }
      </Loaded>
      {more.hasMore && (
        <Button size="xs" variant="default" onClick={more.loadMore}>
          Show older deliveries
        </Button>
      )}
    </section>
  );
}

function Entry({ delivery }: { delivery: SubscriptionDelivery }) {
  const { id, campaignId, messageTitle, state, updatedAt } = delivery;
  const cause = causeOfDelivery(delivery);
  return (
    <li className="pd-history__entry">
      <Link className="pd-link pd-cut" href={campaignPath(campaignId, id)} dir="auto" title={messageTitle}>
        {messageTitle}
      </Link>
      <span className="pd-history__when pd-soft pd-figures">
        <RelativeTime at={updatedAt} />
      </span>
      <StateTag state={DELIVERY_STATES[state]} />
      {cause !== '' && <span className="pd-history__cause pd-soft">{cause}</span>}
    </li>
  );
}
