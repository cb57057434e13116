import type { SubscriptionId } from '../../../contract/ids.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import type { WritableDb } from '../../store/database.ts';
import { createExpiry } from './expiry.ts';
import { createSubscriptionStore } from './subscription-store.ts';
import { soundSum, type SubscriptionSum } from './subscription-group.ts';
import { createSubscriptionSumStore } from './subscription-sum-store.ts';

export { soundSum, type SubscriptionSum };

/** What other areas ask about the subscriptions: how many there are in each group. */
export interface SubscriptionSums {
  /** Groups that have rows: a few dozen, however many rows there are. */
  list(): SubscriptionSum[];
  /** The same of these rows alone. */
  listOf(ids: readonly SubscriptionId[]): SubscriptionSum[];
  /** Marks those whose time is over; returns how many. To be called before an audience is read. */
  expireDue(): number;
}

export function createSubscriptionSums(options: {
  db: WritableDb;
  clock: Clock;
  changes: Pick<ChangeHub, 'publish'>;
}): SubscriptionSums {
  const { db, clock, changes } = options;
  const sums = createSubscriptionSumStore(db);
  sums.mend();
  return {
    list: () => sums.list(),
    listOf: (ids) => sums.listOf(ids),
    expireDue: createExpiry({ store: createSubscriptionStore(db), clock, changes }),
  };
}
