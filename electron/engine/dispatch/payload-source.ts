import type { z } from 'zod';
import type { deliveryDetailSchema } from '../../contract/deliveries.ts';
import type { CampaignId, DeliveryId } from '../../contract/ids.ts';
import { personalOf, type Personal } from '../../core/message/variables/personal.ts';
import type { PersonalStore } from './personal-store.ts';

/** Gives the recipients of a campaign with variables their texts. */
export interface PayloadSource {
  /** `null`: everyone gets the campaign's own payload; for a recipient missing from the map, no text can be made. */
  textsOf(campaignId: CampaignId, ids: readonly DeliveryId[]): Map<DeliveryId, string> | null;
  /** For the log: what the recipient of one delivery gets; `null`: what everyone gets, or it can’t be read. */
  shownOf(delivery: {
    id: DeliveryId;
    campaignId: CampaignId;
  }): z.infer<typeof deliveryDetailSchema>['personal'];
}

/** How many campaigns' plans stay in memory. */
const MAX_KEPT = 50;

export function createPayloadSource(store: Pick<PersonalStore, 'plan' | 'values'>): PayloadSource {
  // A plan is written before the first delivery and never changes.
  const kept = new Map<CampaignId, Personal | 'damaged' | null>();
  const personal = (id: CampaignId) => {
    let found = kept.get(id);
    if (found === undefined) {
      const plan = store.plan(id);
      found = plan === null || plan === 'damaged' ? plan : personalOf(plan);
      if (kept.size >= MAX_KEPT) kept.clear();
      kept.set(id, found);
    }
    return found;
  };
  return {
    textsOf(campaignId, ids) {
      const made = personal(campaignId);
      if (made === null) return null;
      if (made === 'damaged') return new Map();
      return new Map([...store.values(ids)].map(([id, fixed]) => [id, made.payload(fixed)]));
    },
    shownOf({ id, campaignId }) {
      const made = personal(campaignId);
      const fixed = made === null || made === 'damaged' ? undefined : store.values([id]).get(id);
      if (made === null || made === 'damaged' || fixed === undefined) return null;
      const message = made.message(fixed);
      const { title, body } = message;
      return { ...fixed, title, body, message, payload: made.payload(fixed) };
    },
  };
}
