import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Campaign } from '../../../electron/contract/campaigns.ts';
import { lifecycleOf } from '../../../electron/core/campaign/lifecycle.ts';
import { countOf } from '../../format/numbers.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { DuplicateCampaign } from './DuplicateCampaign.tsx';
import { missedHours } from './missed-hours.ts';
import { unsentOf } from './outcomes.ts';
import { ScheduledActions } from './ScheduledActions.tsx';
import type { CampaignActs } from './use-campaign-acts.ts';
import { UseMessageAgain } from './UseMessageAgain.tsx';

/** Pause, resume and cancel while it is running; taking the message up again at any time. */
export function CampaignActions({ campaign, acts }: { campaign: Campaign; acts: CampaignActs }) {
  const [isAsking, setAsking] = useState(false);
  const { mayCancel, mayPause, mayResume, isScheduled } = lifecycleOf(campaign.state);
  if (isScheduled)
    return (
      <>
        <DuplicateCampaign campaign={campaign} />
        <ScheduledActions campaign={campaign} />
      </>
    );
  return (
    <>
      <UseMessageAgain message={campaign.message} />
      {/* Beside Pause and Cancel there is no room for its name in a small window. */}
      <DuplicateCampaign campaign={campaign} icon={mayCancel} />
      {mayCancel && (
        <Button
          variant="default"
          disabled={acts.isBusy}
          onClick={() => {
            setAsking(true);
          }}
        >
          Cancel campaign
        </Button>
      )}
      {mayResume && !missedHours(campaign) && (
        <Button loading={acts.isBusy} onClick={acts.resume}>
          Resume
        </Button>
      )}
      {mayPause && (
        <Button loading={acts.isBusy} onClick={acts.pause}>
          Pause
        </Button>
      )}
      <ConfirmDialog
        opened={isAsking && mayCancel}
        title="Cancel this campaign?"
        actLabel="Cancel campaign"
        leaveLabel="Keep sending"
        isDangerous
        onLeave={() => {
          setAsking(false);
        }}
        onAct={() => {
          setAsking(false);
          acts.cancel();
        }}
      >
        {countOf(unsentOf(campaign), 'unsent message')} will be discarded. Sent messages can’t be recalled.
      </ConfirmDialog>
    </>
  );
}
