import { Button } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Campaign } from '../../../electron/contract/campaign.ts';
import { SCREENS } from '../../app/screens.ts';
import { countOf } from '../../format/numbers.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { useFillCompose } from '../compose/use-draft.ts';
import { waitingOf } from './outcomes.ts';
import type { CampaignActs } from './use-campaign-acts.ts';

/** Pause, resume and cancel while it goes on; taking the message up again at any time. */
export function CampaignActions({ campaign, acts }: { campaign: Campaign; acts: CampaignActs }) {
  const [isAsking, setAsking] = useState(false);
  const [, navigate] = useLocation();
  const fillCompose = useFillCompose();
  const { state } = campaign;
  const isUnderWay = state === 'preparing' || state === 'running' || state === 'paused';
  return (
    <>
      <Button
        variant="default"
        onClick={() => {
          void fillCompose({ message: campaign.message }).then(() => {
            navigate(SCREENS.compose.path);
          });
        }}
      >
        Use message again
      </Button>
      {isUnderWay && (
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
      {state === 'paused' && (
        <Button loading={acts.isBusy} onClick={acts.resume}>
          Resume
        </Button>
      )}
      {(state === 'running' || state === 'preparing') && (
        <Button loading={acts.isBusy} onClick={acts.pause}>
          Pause
        </Button>
      )}
      <ConfirmDialog
        opened={isAsking && isUnderWay}
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
        {countOf(waitingOf(campaign.counts), 'message')} not sent yet never will be. What has been sent stays
        sent.
      </ConfirmDialog>
    </>
  );
}
