import type { SubscriptionId } from '../../../../contract/ids.ts';
import { isPersonal, personalOf, type Fixed } from '../../../../core/message/variables/personal.ts';
import type { CampaignRow } from '../../../dispatch/campaign-store.ts';
import type { LaneKey } from '../../../dispatch/lane-store.ts';
import type { AudienceBatch } from '../audience-store.ts';
import type { CampaignStores } from '../campaign-stores.ts';

/** Writes deliveries of a campaign whose text depends on who gets it; within a transaction. */
export interface PersonalWriter {
  /** Like the audience's. Those who lack a value are left out and counted. */
  write(batch: AudienceBatch, now: number): (LaneKey & { count: number })[];
}

/**
 * `null`: its text is the same for all.
 *
 * [Note: fixed values] The values that a text uses are kept with its delivery, in the transaction that writes it, and the plan that they
 * are put into is kept with the first of them. So a resume, a retry or a "send again" makes the same text, whatever the recipient's
 * attributes or the settings are by then.
 */
export function createPersonalWriter(
  { id, message }: Pick<CampaignRow, 'id' | 'message'>,
  { personal, recipients, audience }: Pick<CampaignStores, 'personal' | 'recipients' | 'audience'>,
  asksReceipts: () => boolean,
  ownSites: () => readonly string[],
): PersonalWriter | null {
  if (!isPersonal(message) && personal.plan(id) === null) return null;
  return {
    write(batch, now) {
      if (personal.plan(id) === null)
        personal.addPlan(id, { message, receipts: asksReceipts(), sites: ownSites() });
      const plan = personal.plan(id);
      if (plan === null || plan === 'damaged') return [];
      const texts = personalOf(plan);
      const found = new Map<SubscriptionId, Fixed>();
      let leftOut = 0;
      for (const { id: subscriptionId, recipient } of recipients.list(batch, now)) {
        const fixed = texts.fix(recipient);
        if ('missing' in fixed) leftOut += 1;
        else found.set(subscriptionId, fixed);
      }
      if (leftOut > 0) personal.addLeftOut(id, leftOut);
      const ids = [...found.keys()];
      const written = audience.write({ ...batch, ids }, now);
      const deliveries = audience.deliveriesOf(id, ids);
      personal.addValues(
        [...found].flatMap(([subscriptionId, fixed]) => {
          const deliveryId = deliveries.get(subscriptionId);
          return deliveryId === undefined ? [] : [{ deliveryId, fixed }];
        }),
      );
      return written;
    },
  };
}
