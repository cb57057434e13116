import type { SubscriptionDelivery } from '../../../electron/contract/deliveries.ts';
import type { StateChange } from '../../../electron/contract/subscriptions.ts';

export type HistoryEvent =
  | { at: number; delivery: SubscriptionDelivery }
  | { at: number; change: StateChange };

/**
 * Deliveries and changes of state in one list, newest first; of two at the same moment the change comes first, because the answer brought
 * it.
 *
 * @param hasOlder there are deliveries that are not loaded: changes from before them wait for them
 */
export function historyOf(
  deliveries: readonly SubscriptionDelivery[],
  changes: readonly StateChange[],
  hasOlder: boolean,
): HistoryEvent[] {
  const oldest = hasOlder ? Math.min(...deliveries.map(({ updatedAt }) => updatedAt)) : -Infinity;
  return [
    ...changes.filter(({ at }) => at >= oldest).map((change) => ({ at: change.at, change })),
    ...deliveries.map((delivery) => ({ at: delivery.updatedAt, delivery })),
  ].toSorted((one, other) => other.at - one.at);
}
