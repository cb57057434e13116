import type { z } from 'zod';
import type {
  subscriptionDeliveriesInputSchema,
  subscriptionDeliveryPageSchema,
} from '../../../contract/deliveries.ts';
import { toDelivery } from './campaign-view.ts';
import type { ReadableDb } from '../../store/database.ts';
import { createDeliveryStore } from './delivery-store.ts';
import { positionOf } from '../../base/list-cursor.ts';

/** What was sent to one subscription. */
export interface SubscriptionHistory {
  /**
   * Newest first.
   * @throws Refusal BAD_INPUT for a cursor that is not one of ours
   */
  deliveries(
    input: z.output<typeof subscriptionDeliveriesInputSchema>,
  ): z.infer<typeof subscriptionDeliveryPageSchema>;
}

export function createSubscriptionHistory({ db }: { db: ReadableDb }): SubscriptionHistory {
  const store = createDeliveryStore(db);
  return {
    deliveries({ id, cursor, limit }) {
      // One more than asked for shows whether there is a next page. A campaign has at most one delivery per subscription.
      const found = store.ofSubscription(id, positionOf(cursor), limit + 1);
      const rows = found.slice(0, limit);
      const last = rows.at(-1);
      return {
        items: rows.map((row) => ({ ...toDelivery(row), messageTitle: row.messageTitle })),
        nextCursor: found.length > limit && last !== undefined ? String(last.campaignId) : null,
      };
    },
  };
}
