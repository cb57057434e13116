import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import { OutcomeBar } from '../../ui/OutcomeBar.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { campaignStateWords } from '../../words/states.ts';
import { outcomeParts } from './outcomes.ts';
import { doneWords, paceWords } from './progress-words.ts';

/** Where the campaign stands: its state, how much is done, and how fast it goes or what it is waiting for. */
export function CampaignSummary({ campaign }: { campaign: CampaignDetail }) {
  return (
    <div className="pd-campaign__summary">
      <div className="pd-campaign__line pd-figures">
        <StateTag state={campaignStateWords(campaign)} />
        <span className="pd-soft">{doneWords(campaign)}</span>
        <span className="pd-soft pd-cut" title={paceWords(campaign)}>
          {paceWords(campaign)}
        </span>
      </div>
      <OutcomeBar parts={outcomeParts(campaign.counts)} total={campaign.recipients} />
    </div>
  );
}
