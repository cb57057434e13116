import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Campaign } from '../../../electron/contract/campaigns.ts';
import { lifecycleOf } from '../../../electron/core/campaign/lifecycle.ts';
import { countOf } from '../../format/numbers.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import type { CampaignActs } from './use-campaign-acts.ts';

type AgainState = 'unknown' | 'failed';

const WORDS: Record<AgainState, { button: string; title: string; text: string }> = {
  unknown: {
    button: 'Send unknown again',
    title: 'Send the unknown messages again?',
    text: 'Anyone whose first message did arrive gets it twice, unless its tag makes the device replace it.',
  },
  failed: {
    button: 'Send failed again',
    title: 'Send the failed messages again?',
    text: 'They will fail again unless the cause is fixed. Messages that a push service refused can’t arrive twice. Where no answer came, the message may arrive a second time; those are counted.',
  },
};

/** Repeats are for the person to decide. */
export function SendAgain({ campaign, acts }: { campaign: Campaign; acts: CampaignActs }) {
  const [asked, setAsked] = useState<AgainState | null>(null);
  const { counts, state } = campaign;
  if (lifecycleOf(state).isCancelled) return null;
  const states = (['unknown', 'failed'] as const).filter((which) => counts[which] > 0);
  return (
    <div className="pd-campaign__again">
      {states.map((which) => (
        <Button
          key={which}
          size="xs"
          variant="default"
          disabled={acts.isBusy}
          onClick={() => {
            setAsked(which);
          }}
        >
          {WORDS[which].button}
        </Button>
      ))}
      {asked && (
        <ConfirmDialog
          opened
          title={WORDS[asked].title}
          actLabel={`Send ${countOf(counts[asked], 'message')} again`}
          leaveLabel="Don’t send again"
          onLeave={() => {
            setAsked(null);
          }}
          onAct={() => {
            acts.sendAgain(asked);
            setAsked(null);
          }}
        >
          {WORDS[asked].text}
        </ConfirmDialog>
      )}
    </div>
  );
}
