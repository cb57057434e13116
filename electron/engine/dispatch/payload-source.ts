import type { CampaignId, DeliveryId } from '../../contract/ids.ts';
import { personalOf, type Personal } from '../../core/message/variables/personal.ts';
import type { PersonalStore } from './personal-store.ts';

/** Gives recipients of a campaign with variables their texts. */
export interface PayloadSource {
  /** `null`: the payload of the campaign is for all; one that is not in the map can't be made. */
  textsOf(campaignId: CampaignId, ids: readonly DeliveryId[]): Map<DeliveryId, string> | null;
}

/** Campaigns whose plan stays read. */
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
