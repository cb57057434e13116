import type { Campaign } from '../../../electron/contract/campaigns.ts';
import { lifecycleOf } from '../../../electron/core/campaign/lifecycle.ts';

/** A campaign under way that waits for a decision about recipients whose time has passed. */
export const missedHours = ({ state, schedule }: Pick<Campaign, 'state' | 'schedule'>): boolean =>
  lifecycleOf(state).mayResume && schedule?.asks?.problem.code === 'schedule-hours-missed';
