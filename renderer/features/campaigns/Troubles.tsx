import { Button } from '@mantine/core';
import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import { countOf, formatCount } from '../../format/numbers.ts';
import { Notice } from '../../ui/Notice.tsx';
import { pushServiceInSentence } from '../../words/push-services.ts';
import { lifecycleOf } from '../../../electron/core/campaign/lifecycle.ts';
import { SendCauseAgain } from './SendCauseAgain.tsx';
import { CureButton } from './CureButton.tsx';
import { troublesOf, type Trouble } from './troubles.ts';
import type { CampaignActs } from './use-campaign-acts.ts';

interface TroublesProps {
  campaign: CampaignDetail;
  acts: CampaignActs;
  /** Leads to all of them, where there is only room for the first. */
  onAll?: () => void;
}

/** What went wrong, summed up by reason, with the way to its cure. */
export function Troubles({ campaign, acts, onAll }: TroublesProps) {
  const { counts } = campaign;
  const troubles = troublesOf(campaign);
  const notices = troubles.map((trouble) => (
    <TroubleNotice
      key={`${trouble.pushService} ${trouble.diagnosis.code} ${trouble.waitingPart?.keyPairId ?? ''}`}
      trouble={trouble}
      acts={acts}
      maySendAgain={campaign.removedAt === null && mayBeSentAgain(campaign)}
    />
  ));
  const unknown = counts.unknown > 0 && (
    <Notice
      key="unknown"
      tone="odd"
      cause={`${countOf(counts.unknown, 'message')} may or may not have arrived.`}
      cure={
        counts.unknown === 1
          ? 'Sending stopped in the middle of it. It is not sent again unless you choose to.'
          : 'Sending stopped in the middle of them. They are not sent again unless you choose to.'
      }
    />
  );
  const all = [...notices, ...(unknown ? [unknown] : [])];
  if (!onAll) return <>{all}</>;
  return (
    <>
      {all[0]}
      {all.length > 1 && (
        <div className="pd-campaign__more">
          <Button size="compact-xs" variant="subtle" color="gray" onClick={onAll}>
            Show all {all.length} problems
          </Button>
        </div>
      )}
    </>
  );
}

interface TroubleNoticeProps {
  trouble: Trouble;
  acts: CampaignActs;
  maySendAgain: boolean;
}

function TroubleNotice({ trouble, acts, maySendAgain }: TroubleNoticeProps) {
  const { pushService, diagnosis, count, failed, waitingPart } = trouble;
  const lead = waitingPart
    ? `Sending to ${pushServiceInSentence(pushService)} is on hold`
    : `${formatCount(count)} at ${pushServiceInSentence(pushService)}`;
  return (
    <Notice
      tone={toneOf(trouble)}
      cause={`${lead}: ${diagnosis.cause}`}
      cure={diagnosis.cure}
      actions={
        <>
          <CureButton action={diagnosis.action} />
          {failed > 0 && maySendAgain && <SendCauseAgain trouble={trouble} acts={acts} />}
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

const mayBeSentAgain = ({ state }: CampaignDetail) =>
  lifecycleOf(state).maySendAgain && !lifecycleOf(state).isCancelled;

const toneOf = ({ diagnosis, waitingPart }: Trouble) => {
  if (waitingPart) return 'warn';
  return diagnosis.action === 'ask-to-resubscribe' ? 'idle' : 'bad';
};
