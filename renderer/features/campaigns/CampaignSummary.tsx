import type { CampaignDetail } from '../../../electron/contract/campaign.ts';
import { useIsRehearsal } from '../../api/CampaignSource.tsx';
import { formatSeconds } from '../../format/durations.ts';
import { countOf, formatCount, formatShare } from '../../format/numbers.ts';
import { OutcomeBar } from '../../ui/OutcomeBar.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { campaignStateWords } from '../../words/states.ts';
import { outcomeParts, waitingOf } from './outcomes.ts';

/** Where the campaign stands: its state, how much is settled, and how fast it goes. */
export function CampaignSummary({ campaign }: { campaign: CampaignDetail }) {
  const { counts, recipients, state, ratePerSecond, timeLeftMs } = campaign;
  const isRehearsal = useIsRehearsal();
  const settled = recipients - waitingOf(counts);
  return (
    <div className="pd-campaign__summary">
      <div className="pd-campaign__line pd-figures">
        <StateTag state={campaignStateWords(campaign)} />
        <span className="pd-soft">
          {formatCount(settled)} of {countOf(recipients, 'recipient')} settled
          {counts.accepted > 0 && `, ${formatShare(counts.accepted, recipients)} accepted`}
        </span>
        <span className="pd-soft">
          {ratePerSecond !== null && `${formatCount(Math.round(ratePerSecond))} a second`}
          {timeLeftMs !== null && `, about ${formatSeconds(Math.ceil(timeLeftMs / 1000))} left`}
        </span>
      </div>
      <OutcomeBar parts={outcomeParts(counts)} total={recipients} />
      {counts.accepted > 0 && state === 'finished' && !isRehearsal && (
        <p className="pd-small pd-soft pd-campaign__note">
          Accepted means that the push service took the message. Whether the device showed it, push services
          do not tell.
        </p>
      )}
    </div>
  );
}
