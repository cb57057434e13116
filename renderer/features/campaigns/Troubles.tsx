import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CampaignDetail } from '../../../electron/contract/campaign.ts';
import { countOf, formatCount } from '../../format/numbers.ts';
import { Notice } from '../../ui/Notice.tsx';
import { pushServiceAtStart, pushServiceInSentence } from '../../words/push-services.ts';
import { CureButton } from './CureButton.tsx';
import { troublesOf, type Trouble } from './troubles.ts';
import type { CampaignActs } from './use-campaign-acts.ts';

const FIRST_SHOWN = 1;

/** What went wrong, summed up by reason, with the way to its cure. */
export function Troubles({ campaign, acts }: { campaign: CampaignDetail; acts: CampaignActs }) {
  const [isAll, setAll] = useState(false);
  const { counts } = campaign;
  const troubles = troublesOf(campaign);
  const shown = isAll ? troubles : troubles.slice(0, FIRST_SHOWN);
  const hasMore = troubles.length > FIRST_SHOWN;
  return (
    <>
      {counts.unknown > 0 && (
        <Notice
          tone="odd"
          cause={`${countOf(counts.unknown, 'message')} may or may not have arrived.`}
          cure="They were on the wire when Pushdesk stopped, so nobody knows. They are not sent again unless you say so."
        />
      )}
      {shown.map((trouble) => (
        <TroubleNotice
          key={`${trouble.pushService} ${trouble.diagnosis.code} ${trouble.waitingPart?.keyPairId ?? ''}`}
          trouble={trouble}
          acts={acts}
        />
      ))}
      {hasMore && (
        <div className="pd-campaign__more">
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            onClick={() => {
              setAll(!isAll);
            }}
          >
            {isAll ? 'Show fewer reasons' : `Show all ${troubles.length} reasons`}
          </Button>
        </div>
      )}
    </>
  );
}

function TroubleNotice({ trouble, acts }: { trouble: Trouble; acts: CampaignActs }) {
  const { pushService, diagnosis, count, waitingPart } = trouble;
  const lead = waitingPart
    ? `${pushServiceAtStart(pushService)} waits, so that no more of them fail`
    : `${formatCount(count)} at ${pushServiceInSentence(pushService)}`;
  return (
    <Notice
      tone={toneOf(trouble)}
      cause={`${lead}: ${diagnosis.cause}`}
      cure={diagnosis.cure}
      actions={
        <>
          <CureButton action={diagnosis.action} />
          {waitingPart && (
            <Button
              size="xs"
              variant="default"
              loading={acts.isBusy}
              onClick={() => {
                acts.resumePart(waitingPart);
              }}
            >
              Try again
            </Button>
          )}
        </>
      }
    />
  );
}

const toneOf = ({ diagnosis, waitingPart }: Trouble) => {
  if (waitingPart) return 'warn';
  return diagnosis.action === 'ask-to-resubscribe' ? 'idle' : 'bad';
};
