import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Campaign } from '../../../electron/contract/campaign.ts';
import { countOf } from '../../format/numbers.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import type { CampaignActs } from './use-campaign-acts.ts';

type AgainState = 'unknown' | 'failed';

const WORDS: Record<AgainState, { button: string; title: string; text: string }> = {
  unknown: {
    button: 'Send the unknown ones again',
    title: 'Send the unknown ones again?',
    text: 'Those whose first message did arrive will get it twice, unless it has a tag that replaces it.',
  },
  failed: {
    button: 'Send the failed ones again',
    title: 'Send the failed ones again?',
    text: 'They fail again in the same way unless the cause is gone. What a push service refused nobody gets twice. Where no answer came, it may arrive a second time; those are counted.',
  },
};

/** Repeats are for the person to decide. */
export function SendAgain({ campaign, acts }: { campaign: Campaign; acts: CampaignActs }) {
  const [asked, setAsked] = useState<AgainState | null>(null);
  const { counts, state } = campaign;
  if (state === 'cancelled') return null;
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
          leaveLabel="Leave as it is"
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
