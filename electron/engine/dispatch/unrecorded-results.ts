import type { CampaignId, DeliveryId } from '../../contract/ids.ts';
import type { DiagnosisCode } from '../../core/diagnosis/diagnosis-words.ts';
import type { LaneKey, LanePause } from './lane-store.ts';
import type { Verdict } from './verdict.ts';

export type WhyUnknown = Extract<DiagnosisCode, 'interrupted' | 'worker-lost'>;

export interface Results {
  readonly verdicts: Verdict[];
  /** Claimed but not sent. */
  readonly returned: { lane: LaneKey; id: DeliveryId }[];
  /** Nobody can tell what became of them. */
  readonly unknown: { lane: LaneKey; id: DeliveryId; diagnosis: WhyUnknown }[];
  readonly pauses: { lane: LaneKey; pause: LanePause }[];
  /** Campaigns to check even though nothing of them was sent. */
  readonly checks: Set<CampaignId>;
}

/** What has happened but is not in the store yet. */
export interface UnrecordedResults {
  /** What has come since `take`; callers add to it. */
  readonly current: Results;
  isEmpty(): boolean;
  /** Hands everything over; whatever the store then refuses is put back. */
  take(): Results;
  putBack(results: Results): void;
}

export function createUnrecordedResults(): UnrecordedResults {
  let current = noResults();
  return {
    get current() {
      return current;
    },
    isEmpty() {
      const { verdicts, returned, unknown, pauses, checks } = current;
      return verdicts.length + returned.length + unknown.length + pauses.length + checks.size === 0;
    },
    take() {
      const taken = current;
      current = noResults();
      return taken;
    },
    putBack(results) {
      current = {
        verdicts: [...results.verdicts, ...current.verdicts],
        returned: [...results.returned, ...current.returned],
        unknown: [...results.unknown, ...current.unknown],
        pauses: [...results.pauses, ...current.pauses],
        checks: new Set([...results.checks, ...current.checks]),
      };
    },
  };
}

function noResults(): Results {
  return { verdicts: [], returned: [], unknown: [], pauses: [], checks: new Set() };
}
