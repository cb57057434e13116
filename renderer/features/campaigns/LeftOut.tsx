import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import { countOf } from '../../format/numbers.ts';

/** Says who is not among the recipients because the message has no text for them. */
export function LeftOut({ campaign: { leftOut } }: { campaign: CampaignDetail }) {
  if (leftOut === 0) return null;
  return (
    <p className="pd-small pd-soft pd-campaign__note">
      {countOf(leftOut, 'subscription')} {leftOut === 1 ? 'was' : 'were'} left out: a variable of the message
      has no value for {leftOut === 1 ? 'it' : 'them'} and no fallback.
    </p>
  );
}
