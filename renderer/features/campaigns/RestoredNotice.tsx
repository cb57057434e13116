import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import { unsettledCount } from '../../../electron/contract/deliveries.ts';
import { lifecycleOf } from '../../../electron/core/campaign/lifecycle.ts';
import { formatClock, formatDate } from '../../format/moments.ts';
import { countOf } from '../../format/numbers.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';

/** Why a campaign that came from a backup is paused, and what Resume would do. */
export function RestoredNotice({ campaign }: { campaign: CampaignDetail }) {
  const { restoredFrom, state, counts, recipients } = campaign;
  if (restoredFrom === null || !lifecycleOf(state).mayResume) return null;
  const when =
    restoredFrom.madeAt === null
      ? ''
      : ` made on ${formatDate(restoredFrom.madeAt)} at ${formatClock(restoredFrom.madeAt)}`;
  const written = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const left = unsettledCount(counts) + Math.max(0, recipients - written);
  return (
    <ProblemNotice
      tone="warn"
      problem={{
        code: 'restored-campaign',
        cause: `This campaign comes from a backup${when}. What was sent after that is not recorded, so Pushdesk paused it.`,
        cure: `Resume sends ${countOf(left, 'more message')}, and some may arrive a second time. If it was sent, cancel it.`,
      }}
    />
  );
}
