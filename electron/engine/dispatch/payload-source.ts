import type { CampaignId, DeliveryId } from '../../contract/ids.ts';
import { personalOf, type Personal } from '../../core/message/variables/personal.ts';
import type { PersonalStore } from './personal-store.ts';

/** Gives the recipients of a campaign with variables their texts. */
export interface PayloadSource {
  /** `null`: everyone gets the campaign's own payload; for a recipient missing from the map, no text can be made. */
  textsOf(campaignId: CampaignId, ids: readonly DeliveryId[]): Map<DeliveryId, string> | null;
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
  };
}
