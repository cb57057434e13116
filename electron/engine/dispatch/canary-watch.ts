import type { Canary } from '../../contract/canary.ts';
import type { CampaignId } from '../../contract/ids.ts';
import { judgeCanary, stateAfter } from '../../core/campaign/canary.ts';
import { canaryLifecycleOf, type CanaryLifecycle } from '../../core/campaign/lifecycle.ts';
import type { CampaignRun, CanaryRun } from './campaign-run.ts';
import type { DispatchTables } from './dispatch-tables.ts';

/** @param canary as stored; `null`: there is none */
export function canaryRunOf(canary: Canary | null, now: number): CanaryRun | null {
  if (canary === null || !canaryLifecycleOf(canary.state).holdsBack) return null;
  return { rules: canary.rules, since: now, lookAt: now };
}

export type JudgedCanary = { readonly run: CampaignRun } & (
  | { readonly lookAt: number; readonly since: number; readonly over: null }
  | { readonly over: CanaryLifecycle }
);

type CanaryTables = Pick<DispatchTables, 'campaigns' | 'canaries'>;

/**
 * Judges the canaries for which something has happened or whose time has come, and stores the outcomes; to be called within a step. A
 * campaign whose canary stops it is cancelled, and the ends of what waits are still to be written.
 */
export function judgeCanaries(
  stores: CanaryTables,
  runs: readonly CampaignRun[],
  touched: ReadonlySet<CampaignId>,
  now: number,
): JudgedCanary[] {
  return runs.flatMap((run): JudgedCanary[] => {
    const { campaign, canary } = run;
    if (canary === null || (!touched.has(campaign.id) && canary.lookAt > now)) return [];
    return [{ run, ...judge(stores, campaign.id, canary, now) }];
  });
}

function judge(
  { campaigns, canaries }: CanaryTables,
  id: CampaignId,
  { rules, since }: CanaryRun,
  now: number,
) {
  const judgement = judgeCanary(rules, canaries.facts(id), { since, now });
  if (judgement.kind === 'open') {
    const { lookAt, rests = false } = judgement;
    return { lookAt, since: rests ? now : since, over: null };
  }
  const { kind: outcome, reason } = judgement;
  const state = stateAfter(rules, outcome);
  canaries.judge(id, state, { outcome, reason, at: now });
  const over = canaryLifecycleOf(state);
  if (over.cancelsRest) campaigns.setState(id, 'cancelled', now);
  return { over };
}

/** Puts verdicts into effect once they are written. Returns the runs that end with them: whatever is not on the wire comes back. */
export function applyJudgements(judged: readonly JudgedCanary[]): CampaignRun[] {
  return judged.flatMap((one) => {
    const { run } = one;
    if (one.over === null) {
      if (run.canary !== null) Object.assign(run.canary, { lookAt: one.lookAt, since: one.since });
      return [];
    }
    if (one.over.waitsForPerson || one.over.cancelsRest) return [run];
    letAllGo(run);
    return [];
  });
}

/** Nothing holds the rest back any more. */
export function letAllGo(run: CampaignRun): void {
  run.canary = null;
  for (const lane of run.lanes) lane.more = true;
}

/** Campaigns that these verdicts cancelled. */
export function stoppedOf(judged: readonly JudgedCanary[]): CampaignId[] {
  return judged.flatMap(({ run, over }) => (over?.cancelsRest === true ? [run.campaign.id] : []));
}
