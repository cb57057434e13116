import type { SubscriptionSource } from '../../../contract/subscriptions.ts';
import type { WritableDb } from '../../store/database.ts';
import { createSubscriptionStore, type SubscriptionValues } from './subscription-store.ts';

/** Writes subscriptions that another area has made itself. */
export interface SubscriptionWriter {
  /** In one transaction. What already exists stays as it is. */
  add(batch: readonly SubscriptionValues[], source: SubscriptionSource, now: number): void;
}

export function createSubscriptionWriter(db: WritableDb): SubscriptionWriter {
  const store = createSubscriptionStore(db);
  return {
    add(batch, source, now) {
      db.transaction(() => {
        for (const values of batch) store.addNew(values, source, now);
      });
    },
  };
}
