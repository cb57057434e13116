import { Button } from '@mantine/core';
import type { Campaign } from '../../../electron/contract/campaigns.ts';
import { lifecycleOf } from '../../../electron/core/campaign/lifecycle.ts';
import { Notice } from '../../ui/Notice.tsx';
import { missedHours } from './missed-hours.ts';
import type { CampaignActs } from './use-campaign-acts.ts';

/** Says why a campaign that asks is paused. The buttons to cancel and, where nobody’s own time was missed, to resume are above. */
export function HoursMissed({ campaign, acts }: { campaign: Campaign; acts: CampaignActs }) {
  const asks = campaign.schedule?.asks;
  if (!lifecycleOf(campaign.state).isUnderWay || !asks) return null;
  return (
    <Notice
      tone="warn"
      cause={asks.problem.cause}
      cure={asks.problem.cure}
      actions={
        missedHours(campaign) && (
          <>
            <Button size="xs" disabled={acts.isBusy} onClick={acts.resume}>
              Send to them now
            </Button>
            <Button size="xs" variant="default" disabled={acts.isBusy} onClick={acts.resumeWithoutMissed}>
              Leave them out
            </Button>
          </>
        )
      }
    />
  );
}
