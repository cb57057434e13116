import type { DeliveryState } from '../../contract/deliveries.ts';
import type { Canary, CanaryRules, CanaryState } from '../../contract/canary.ts';
import type { RecipientHours } from '../../contract/schedule.ts';
import { createTally } from './tally.ts';
import type { Clock } from '../base/clock.ts';
import type { DispatchTables } from './dispatch-tables.ts';
import { claimDeliveries, type Claim } from './claim-deliveries.ts';
import { recordVerdicts } from './record-verdicts.ts';
import type { CampaignId, DeliveryId } from '../../contract/ids.ts';
import { judgeCanary, stateAfter } from '../../core/campaign/canary.ts';
import { canaryLifecycleOf, lifecycleOf } from '../../core/campaign/lifecycle.ts';
import type { LaneKey, LanePause, LaneRow } from './lane-store.ts';
import type { WhyUnknown } from './unrecorded-results.ts';
import type { FittedMessage } from '../../core/push-services/service-limits.ts';
import type { Verdict } from './verdict.ts';

/** The most retries that are put off together: this keeps a step short, and those behind have to wait for these anyway. */
const HELD_AT_ONCE = 5000;

/** What the dispatcher needs of the store. */
export interface DispatchStore {
  /** All or nothing: what one step records and claims succeeds or fails together. */
  step<Result>(work: () => Result): Result;
  /** Resolves when the steps so far are on disk: only then may what they claimed go out. */
  flushed(): Promise<void>;
  lanes(campaignId: CampaignId): LaneRow[];
  /**
   * Takes up to `limit` deliveries, only from the canary if so asked, and marks them as on the wire. Those whose subscription has left
   * meanwhile end here.
   */
  claim(lane: LaneKey, fitted: FittedMessage, limit: number, onlyCanary: boolean): Claim;
  record(verdicts: readonly Verdict[]): void;
  /** Retries of the lane that are due before `until` wait until then. Returns when the next one is due, in ms since 1970. */
  holdRetries(lane: LaneKey, until: number): number | null;
  /** The clock was set back by this many milliseconds: the campaign's retries do not wait any longer because of it. */
  setBack(campaignId: CampaignId, byMs: number): void;
  /** The same if nobody saw by how much: to be called before a campaign goes on. */
  planAnew(campaignId: CampaignId): void;
  /** Puts back what was claimed but not sent. */
  release(lane: LaneKey, ids: readonly DeliveryId[]): void;
  /** Nobody can tell what became of these. */
  markUnknown(lane: LaneKey, ids: readonly DeliveryId[], diagnosis: WhyUnknown): void;
  pauseLane(lane: LaneKey, pause: LanePause): void;
  /** `null`: the campaign has none. */
  canary(campaignId: CampaignId): Canary | null;
  /**
   * Judges a canary that is being sent, and stores the outcome. If the outcome is to stop, the campaign is cancelled, and the ends of what
   * waits are still to be written.
   *
   * @param since when its time started to count, in ms since 1970
   */
  judgeCanary(
    campaignId: CampaignId,
    rules: CanaryRules,
    since: number,
  ): { kind: 'open'; lookAt: number; rests?: true } | { kind: 'over'; state: CanaryState };
  /** Ends the campaign if nothing of it is open; true if it did. */
  finishIfDone(campaignId: CampaignId): boolean;
}

export function createDispatchStore(stores: DispatchTables, clock: Clock): DispatchStore {
  const { db, campaigns, canaries, lanes, queue, sums } = stores;

  /** Fixed once the campaign is being sent. */
  const known = new Map<CampaignId, RecipientHours | null>();
  const hoursOf = (id: CampaignId) => {
    const hours = known.get(id);
    if (hours !== undefined) return hours;
    const read = campaigns.hoursOf(id);
    known.set(id, read);
    return read;
  };

  const move = (lane: LaneKey, to: DeliveryState, diagnosis: string | null, count: number) => {
    const tally = createTally();
    tally.add(lane, 'sending', null, -count);
    tally.add(lane, to, diagnosis, count);
    tally.write(sums, clock.now());
  };

  return {
    step: (work) => db.transactionSoon(work),
    flushed: () => db.flushed(),
    lanes: (campaignId) => lanes.list(campaignId),
    claim: (lane, fitted, limit, onlyCanary) =>
      claimDeliveries(
        stores,
        lane,
        fitted,
        { limit, onlyCanary, hours: hoursOf(lane.campaignId) },
        clock.now(),
      ),
    record(verdicts) {
      recordVerdicts(stores, verdicts, clock.now());
    },
    holdRetries(lane, until) {
      queue.holdRetries(lane, until, HELD_AT_ONCE);
      return queue.nextDueAt(lane);
    },
    setBack(campaignId, byMs) {
      queue.setBack(campaignId, byMs);
    },
    planAnew(campaignId) {
      queue.planAnew(campaignId, clock.now());
    },
    release(lane, ids) {
      const to = lifecycleOf(campaigns.stateOf(lane.campaignId)).isCancelled ? 'cancelled' : 'queued';
      move(lane, to, null, queue.release(ids, to, clock.now()));
    },
    markUnknown(lane, ids, diagnosis) {
      move(lane, 'unknown', diagnosis, queue.markUnknown(ids, diagnosis, clock.now()));
    },
    pauseLane(lane, pause) {
      lanes.setPause(lane, pause, clock.now());
    },
    canary: (campaignId) => canaries.of(campaignId),
    judgeCanary(campaignId, rules, since) {
      const now = clock.now();
      const judgement = judgeCanary(rules, canaries.facts(campaignId), { since, now });
      if (judgement.kind === 'open') return judgement;
      const { kind: outcome, reason } = judgement;
      const state = stateAfter(rules, outcome);
      canaries.judge(campaignId, state, { outcome, reason, at: now });
      if (canaryLifecycleOf(state).cancelsRest) campaigns.setState(campaignId, 'cancelled', now);
      return { kind: 'over', state };
    },
    finishIfDone(id) {
      if (!lifecycleOf(campaigns.stateOf(id)).mayFinish || sums.openCount(id) > 0) return false;
      campaigns.setState(id, 'finished', clock.now());
      return true;
    },
  };
}
