import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import { useIsRehearsal } from '../../api/CampaignSource.tsx';
import { Funnel } from './Funnel.tsx';
import { LeftOut } from './LeftOut.tsx';
import { Seen } from './Seen.tsx';
import { SendCurve } from './SendCurve.tsx';
import { ServiceProgressTable } from './ServiceProgressTable.tsx';
import { ShortenedAnswers } from './ShortenedAnswers.tsx';
import { Troubles } from './Troubles.tsx';
import { WorkerShares } from './WorkerShares.tsx';
import type { CampaignActs } from './use-campaign-acts.ts';

/** What became of the deliveries: how many got how far, when, by push service, and for what reasons some failed. */
export function Outcome({ campaign, acts }: { campaign: CampaignDetail; acts: CampaignActs }) {
  const isRehearsal = useIsRehearsal();
  return (
    <div className="pd-campaign__outcome">
      <Troubles campaign={campaign} acts={acts} />
      <LeftOut campaign={campaign} />
      <ShortenedAnswers count={campaign.shortenedAnswers} />
      {campaign.services.length > 0 && <ServiceProgressTable campaign={campaign} />}
      {!isRehearsal && <WorkerShares id={campaign.id} />}
      <div className="pd-campaign__pair">
        <div>
          <Funnel campaign={campaign} />
          {campaign.counts.accepted > 0 && !isRehearsal && <Seen campaign={campaign} />}
        </div>
        <SendCurve campaign={campaign} />
      </div>
    </div>
  );
}
