import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import { doneOf } from './outcomes.ts';
import { shareNote, StepBars } from './StepBars.tsx';

/** From those it was meant for to those whose push service took it. What devices report goes on from there. */
export function Funnel({ campaign }: { campaign: CampaignDetail }) {
  const { recipients, counts } = campaign;
  const done = doneOf(counts);
  return (
    <StepBars
      label="From recipients to accepted"
      steps={[
        { name: 'Recipients', count: recipients, note: '' },
        { name: 'Done', count: done, note: shareNote(done, recipients, 'of recipients') },
        { name: 'Accepted', count: counts.accepted, note: shareNote(counts.accepted, done, 'of done') },
      ]}
    />
  );
}
