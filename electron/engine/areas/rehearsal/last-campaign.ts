import type { CampaignId } from '../../../contract/ids.ts';
import type { LastCampaign } from '../../../contract/rehearsal.ts';
import { faultsLike, mixesLike } from '../../../core/campaign/answer-mix.ts';
import { campaignStatesThat } from '../../../core/campaign/lifecycle.ts';
import { createCampaignStore } from '../../dispatch/campaign-store.ts';
import { createCampaignSumStore } from '../../dispatch/campaign-sum-store.ts';
import type { WritableDb } from '../../store/database.ts';
import { sqlList } from '../../store/sql-list.ts';

/** The last campaign to people that has finished and of which something was sent, and how it went. Tests and rehearsals never count. */
export function createLastCampaign(db: WritableDb): () => LastCampaign | null {
  const campaigns = createCampaignStore(db);
  const sums = createCampaignSumStore(db);
  const last = db.read<object, { id: number }>(
    `SELECT c.id FROM campaigns c
     WHERE c.kind = 'campaign' AND c.state IN (${sqlList(campaignStatesThat('isFinished'))})
       AND EXISTS (SELECT 1 FROM campaign_sums s
         WHERE s.campaign_id = c.id AND s.state IN ('accepted', 'failed', 'gone', 'unknown') AND s.count > 0)
     ORDER BY c.finished_at DESC, c.id DESC LIMIT 1`,
  );
  return () => {
    const id = last.get({})?.id as CampaignId | undefined;
    const campaign = id === undefined ? null : campaigns.get(id);
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
