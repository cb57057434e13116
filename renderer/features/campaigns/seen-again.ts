import type { CampaignReceipts } from '../../../electron/contract/receipts.ts';

/** All devices that were reached are counted for it, so it is not asked with each delivery. */
const LOOK_AGAIN_MS = 10_000;

/**
 * When to ask again what people saw, in milliseconds; `false`: nothing but a receipt can change it. While a campaign is being sent, a count
 * that stands still would contradict the one above it.
 *
 * @param accepted how many the push services have accepted by now
 */
export function seenAgainAfter(told: CampaignReceipts | undefined, accepted: number): number | false {
  return told?.asked === true && told.accepted !== accepted ? LOOK_AGAIN_MS : false;
}
