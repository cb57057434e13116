import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import { useIsRehearsal } from '../../api/CampaignSource.tsx';
import { Seen } from './Seen.tsx';
import { ServiceProgressTable } from './ServiceProgressTable.tsx';
import { ShortenedAnswers } from './ShortenedAnswers.tsx';
import { Troubles } from './Troubles.tsx';
import type { CampaignActs } from './use-campaign-acts.ts';

/** What the deliveries come to: by push service, and for what reasons some failed. */
export function Outcome({ campaign, acts }: { campaign: CampaignDetail; acts: CampaignActs }) {
  const isRehearsal = useIsRehearsal();
  return (
    <div className="pd-campaign__outcome">
      {campaign.services.length > 0 && <ServiceProgressTable campaign={campaign} />}
      <ShortenedAnswers count={campaign.shortenedAnswers} />
      <Troubles campaign={campaign} acts={acts} />
      {campaign.counts.accepted > 0 && !isRehearsal && <Seen campaign={campaign} />}
    </div>
  );
}
