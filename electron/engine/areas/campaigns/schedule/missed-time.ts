import type { Problem } from '../../../../contract/problem.ts';
import { isActive, lifecycleOf } from '../../../../core/campaign/lifecycle.ts';
import type { CampaignRow } from '../../../dispatch/campaign-store.ts';
import type { CampaignStores } from '../campaign-stores.ts';
import { hoursMissed, startMissed } from './schedule-problems.ts';

/**
 * Why a campaign that is under way asks before it continues: nobody should get anything late without the person's knowledge. `null`: it
 * does not ask.
 *
 * @param mostMs how late something may go out without a decision
 */
export function missedTime(
  { id, hours, state, schedule, createdAt }: CampaignRow,
  { queue, sums }: Pick<CampaignStores, 'queue' | 'sums'>,
  now: number,
  mostMs: number,
): Problem | null {
  const isLate = (due: number | null) => due !== null && now - due > mostMs;
  const hasOwnHours = (hours?.start ?? null) !== null;
  if (hasOwnHours && lifecycleOf(state).isSending && isLate(queue.firstHourOf(id))) return hoursMissed;
  // It began at its time, and the engine ended at that moment, before anything of it went out.
  const isUntouched = () => sums.of(id).every((sum) => sum.state === 'queued' || sum.count === 0);
  return schedule !== null && isActive(state) && isLate(createdAt) && isUntouched() ? startMissed : null;
}
