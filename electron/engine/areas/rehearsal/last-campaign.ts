import type { LastCampaign } from '../../../contract/rehearsal.ts';
import { faultsLike, mixesLike } from '../../../core/campaign/answer-mix.ts';
import { createCampaignStore } from '../../dispatch/campaign-store.ts';
import { createCampaignSumStore } from '../../dispatch/campaign-sum-store.ts';
import type { WritableDb } from '../../store/database.ts';

/** How the last campaign to real people went. */
export function createLastCampaign(db: WritableDb): () => LastCampaign | null {
  const campaigns = createCampaignStore(db);
  const sums = createCampaignSumStore(db);
  return () => {
    const campaign = campaigns.lastSent();
    if (campaign === null) return null;
    const all = sums.of(campaign.id);
    const faults = faultsLike(all);
    if (faults === null) return null;
    return {
      title: campaign.message.title,
      finishedAt: campaign.finishedAt ?? campaign.createdAt,
      recipients: campaign.recipients,
      faults,
      services: mixesLike(all),
    };
  };
}
