import type { CampaignId, DeliveryId, SubscriptionId } from '../../contract/ids.ts';
import type { DeliveryState } from '../../contract/deliveries.ts';
import type { SubscriptionState } from '../../contract/subscriptions.ts';
import { ageOfRow, AGE_PERIOD_MS } from '../store/age-sums.ts';
import type { WritableDb } from '../store/database.ts';
import { COUNTS_IN_TOTALS } from './campaign-sum-store.ts';

/** What deliveries record in their subscriptions. */
export interface SubscriptionOutcomeStore {
  /** Their last delivery came to this state, in this campaign. */
  noteDeliveries(
    campaignId: CampaignId,
    ids: readonly SubscriptionId[],
    state: DeliveryState,
    now: number,
  ): void;
  /** Only an active subscription is retired: one that the browser has reported again meanwhile is left alone. */
  retire(
    id: SubscriptionId,
    state: Extract<SubscriptionState, 'gone' | 'mismatched'>,
    delivery: DeliveryId,
    now: number,
  ): boolean;
}

export function createSubscriptionOutcomeStore(db: WritableDb): SubscriptionOutcomeStore {
  const note = db.write<{ ids: string; state: DeliveryState; now: number }>(
    `UPDATE subscriptions SET last_delivery_at = @now, last_delivery_state = @state,
       last_accepted_at = iif(@state = 'accepted', @now, last_accepted_at)
     WHERE id IN (SELECT value FROM json_each(@ids))`,
  );
  // [Note: age sums] Before the row forgets when it was last reached.
  const noteAges = db.write<{ campaignId: number; ids: string; state: DeliveryState; now: number }>(
    `INSERT INTO age_sums (period, push_service, age, state, count)
     SELECT CAST(@now / ${AGE_PERIOD_MS} AS INTEGER), push_service, ${ageOfRow('@now')}, @state, count(*) FROM subscriptions
     WHERE id IN (SELECT value FROM json_each(@ids)) AND ${COUNTS_IN_TOTALS} GROUP BY 2, 3
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
  );
  const retire = db.write<{ id: number; state: SubscriptionState; cause: string; now: number }>(
    `UPDATE subscriptions SET state = @state, state_changed_at = @now, state_cause = @cause, cause_at = @now
     WHERE id = @id AND state = 'active'`,
  );
  return {
    noteDeliveries(campaignId, list, state, now) {
      const ids = JSON.stringify(list);
      if (state === 'accepted' || state === 'gone') noteAges.run({ campaignId, ids, state, now });
      note.run({ ids, state, now });
    },
    retire: (id, state, delivery, now) =>
      retire.run({ id, state, cause: `delivery ${delivery}`, now }).changes === 1,
  };
}
