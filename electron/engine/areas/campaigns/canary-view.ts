import type { Canary, CanaryProgress } from '../../../contract/canary.ts';
import type { CanaryFacts } from '../../../core/campaign/canary.ts';
import { canaryLifecycleOf } from '../../../core/campaign/lifecycle.ts';
import type { CampaignPace } from '../../dispatch/campaign-pace.ts';

/**
 * The numbers of a canary, and what it waits for.
 *
 * @param pace of its campaign; `null`: nothing of it is being sent
 * @param now ms since 1970
 */
export function toCanaryProgress(
  canary: Canary,
  { parts, receipts }: CanaryFacts,
  pace: CampaignPace | null,
  now: number,
): CanaryProgress {
  const { holdsBack } = canaryLifecycleOf(canary.state);
  const told = receipts();
  return {
    parts: [...parts],
    shown: told === null ? null : { canReport: told.canReport, shown: told.shown },
    waitsFor: holdsBack && pace !== null ? waitOf() : null,
  };

  function waitOf(): CanaryProgress['waitsFor'] {
    const open = parts.reduce((sum, part) => sum + part.open, 0);
    const retrying = parts.reduce((sum, part) => sum + part.retrying, 0);
    const waiting = parts.reduce((sum, part) => sum + part.waiting, 0);
    const { minShownPercent, shownWaitMinutes } = canary.rules;
    if (open === 0 && minShownPercent !== null)
      return { what: 'receipts', until: (told?.lastAcceptedAt ?? now) + shownWaitMinutes * 60_000 };
    if (open === 0 || retrying + waiting < open) return { what: 'answers', until: null };
    const until = pace?.wait?.until ?? null;
    if (waiting === 0) return { what: 'retry', until };
    return { what: retrying === 0 ? 'hours' : 'retry-or-hours', until };
  }
}
