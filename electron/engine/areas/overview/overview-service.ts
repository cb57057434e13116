import type { Overview } from '../../../contract/overview.ts';
import type { KeyPair } from '../../../contract/keys.ts';
import { pushServiceSchema } from '../../../contract/push-service.ts';
import type { DeliveryState } from '../../../contract/deliveries.ts';
import { closedPairOf } from '../../../core/keys/private-half.ts';
import type { Clock } from '../../base/clock.ts';
import { lastDays } from './local-days.ts';
import type { OverviewStore } from './overview-store.ts';
import type { SubscriptionSums } from '../subscriptions/subscription-sums-service.ts';

/** How many days the chart of deliveries shows, today included. */
const DAYS = 14;

export interface OverviewService {
  read(): Overview;
}

export interface OverviewServiceOptions {
  store: OverviewStore;
  sums: Pick<SubscriptionSums, 'list'>;
  keys: { list(): readonly Pick<KeyPair, 'canSign' | 'inUse' | 'privateHalfProblem' | 'subscriptions'>[] };
  clock: Clock;
}

/** What the first screen shows: how far the person has come, and how sending is going. */
export function createOverviewService({ store, sums, keys, clock }: OverviewServiceOptions): OverviewService {
  return {
    read() {
      const pairs = keys.list();
      const subscriptions = sums.list().filter((sum) => !sum.inBin);
      const active = subscriptions.filter((sum) => sum.state === 'active');
      const outcomes = store.outcomes();
      const campaigns = store.campaignCount();
      const days = lastDays(clock.now(), DAYS).map(({ start }) => start);
      const daySums = store.days(days[0] ?? 0);
      return {
        steps: {
          keys: pairs.some(({ canSign }) => canSign),
          subscription: subscriptions.length > 0,
          send: store.hasReached(),
        },
        keyProblem: closedPairOf(pairs)?.privateHalfProblem ?? null,
        totals: {
          activeSubscriptions: add(active),
          subscriptions: add(subscriptions),
          campaigns: campaigns.all,
          campaignsUnderWay: campaigns.underWay,
          accepted: total(outcomes, 'accepted'),
          failed: total(outcomes, 'failed'),
          gone: total(outcomes, 'gone'),
        },
        days: days.map((day, index) => {
          // A stored day is midnight in the time zone it was stored in: it belongs to the day that it falls into here.
          const until = days[index + 1] ?? Number.POSITIVE_INFINITY;
          const own = daySums.filter((sum) => sum.day >= day && sum.day < until);
          return {
            day,
            accepted: total(own, 'accepted'),
            failed: total(own, 'failed'),
            gone: total(own, 'gone'),
          };
        }),
        services: pushServiceSchema.options
          .map((pushService) => {
            const own = outcomes.filter((sum) => sum.pushService === pushService);
            return {
              pushService,
              active: add(active.filter((sum) => sum.pushService === pushService)),
              accepted: total(own, 'accepted'),
              failed: total(own, 'failed'),
              gone: total(own, 'gone'),
            };
          })
          .filter((row) => row.active + row.accepted + row.failed + row.gone > 0),
      };
    },
  };
}

const add = (sums: readonly { count: number }[]) => sums.reduce((sum, { count }) => sum + count, 0);

const total = (sums: readonly { state: DeliveryState; count: number }[], state: DeliveryState) =>
  add(sums.filter((sum) => sum.state === state));
