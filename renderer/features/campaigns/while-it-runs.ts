import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import { lifecycleOf } from '../../../electron/core/campaign/lifecycle.ts';

/** Pace and time left change even while nothing happens; they are shown to the second. */
export const whileItRuns = ({ state }: { state: { data: CampaignDetail | undefined } }): number | false =>
  lifecycleOf(state.data?.state ?? null).isSending ? 1000 : false;
