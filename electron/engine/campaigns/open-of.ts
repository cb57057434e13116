import type { DeliveryCounts } from '../../contract/campaign.ts';

/** Deliveries that have not come to their end. */
export function openOf(counts: DeliveryCounts): number {
  return counts.queued + counts.retrying + counts.sending;
}
