import { Button } from '@mantine/core';
import { useState } from 'react';
import { countOf, formatCount } from '../../format/numbers.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { pushServiceInSentence } from '../../words/push-services.ts';
import type { Trouble } from './troubles.ts';
import type { CampaignActs } from './use-campaign-acts.ts';

/** Sends again what failed for one reason at one push service. */
export function SendCauseAgain({ trouble, acts }: { trouble: Trouble; acts: CampaignActs }) {
  const [isAsking, setAsking] = useState(false);
  const { failed, pushService, diagnosis } = trouble;
  const leave = () => {
    setAsking(false);
  };
  return (
    <>
      <Button
        size="xs"
        variant="default"
        disabled={acts.isBusy}
        onClick={() => {
          setAsking(true);
        }}
      >
        {failed === 1 ? 'Send this one again' : `Send these ${formatCount(failed)} again`}
      </Button>
      <ConfirmDialog
        opened={isAsking}
        title={`Send ${countOf(failed, 'message')} to ${pushServiceInSentence(pushService)} again?`}
        actLabel={`Send ${countOf(failed, 'message')} again`}
        leaveLabel="Don’t send again"
        onLeave={leave}
        onAct={() => {
          acts.sendAgain('failed', { pushService, diagnosis: diagnosis.code });
          leave();
        }}
      >
        They failed for this reason: {diagnosis.cause} They will fail again unless it is fixed. Where no
        answer came, a message may arrive a second time; those are counted.
      </ConfirmDialog>
    </>
  );
}
