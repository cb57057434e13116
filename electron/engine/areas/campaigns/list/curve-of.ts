import type { CurvePoint } from '../../../../contract/campaign-progress.ts';
import type { CampaignSumStore } from '../../../dispatch/campaign-sum-store.ts';

/** The changes added up: how many had ended by each time. Never below zero, whatever was damaged. */
export function curveOf(changes: ReturnType<CampaignSumStore['curve']>): CurvePoint[] {
  const points = new Map<number, CurvePoint>();
  let accepted = 0;
  let notAccepted = 0;
  for (const { at, state, count } of changes) {
    if (state === 'accepted') accepted += count;
    else notAccepted += count;
    points.set(at, { at, accepted: Math.max(0, accepted), notAccepted: Math.max(0, notAccepted) });
  }
  return [...points.values()];
}
