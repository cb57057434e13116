import type { Verdict } from '../sender/verdict.ts';
import type { CampaignStores } from './campaign-stores.ts';
import { createTally } from './tally.ts';

/**
 * Writes what came of attempts: delivery, attempt, subscription and sums; within a transaction.
 * The attempt is kept even when its delivery was taken for lost meanwhile: it is what really happened.
 */
export function recordVerdicts(stores: CampaignStores, verdicts: readonly Verdict[], now: number): void {
  const { campaigns, queue, attempts, subscriptions, sums } = stores;
  const tally = createTally();
  const cancelled = new Map<number, boolean>();
  const isCancelled = (id: Verdict['lane']['campaignId']) => {
    const known = cancelled.get(id) ?? campaigns.stateOf(id) === 'cancelled';
    cancelled.set(id, known);
    return known;
  };

  for (const { lane, delivery, settlement, attempt, retireAs } of verdicts) {
    attempts.add(delivery.id, attempt);
    const end =
      settlement.state === 'retrying' && isCancelled(lane.campaignId)
        ? { ...settlement, state: 'cancelled' as const, nextAttemptAt: null }
        : settlement;
    if (!queue.settle(end, now)) continue;
    tally.add(lane, 'sending', null, -1);
    tally.add(lane, end.state, end.diagnosis, 1);
    if (end.state !== 'retrying') tally.addDay(lane.pushService, end.state, 1);
    subscriptions.noteDelivery(delivery.subscriptionId, end.state, now);
    if (retireAs !== null) subscriptions.retire(delivery.subscriptionId, retireAs, now);
  }
  tally.write(sums, now);
}
