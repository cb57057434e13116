import type { CanaryRules } from '../../contract/canary.ts';
import type { CampaignId } from '../../contract/ids.ts';
import type { RecipientHours } from '../../contract/schedule.ts';
import type { Message } from '../../contract/message.ts';
import { fitToService, type FittedMessage } from '../../core/push-services/service-limits.ts';
import type { Clock } from '../base/clock.ts';
import type { LaneKey, LanePause, LaneRow } from './lane-store.ts';
import { createBreaker, type Breaker } from './breaker.ts';
import type { NextDue } from './delivery-queue-store.ts';
import type { Gate, GateOf } from './gate.ts';
import { createPace, type Pace } from './pace.ts';
import { createRateMeter, type RateMeter } from './rate-meter.ts';
import type { Results } from './unrecorded-results.ts';

/** What the dispatcher has to know of a campaign to send it. */
export interface DispatchCampaign {
  readonly id: CampaignId;
  readonly message: Pick<Message, 'ttlSeconds' | 'topic' | 'urgency'> & Partial<Pick<Message, 'expiresAt'>>;
  readonly payload: string;
  readonly messagesPerMinute: number | null;
  /** When messages may go out, by the clock of each recipient; `null`: at once. */
  readonly hours: RecipientHours | null;
}

/** A lane while its campaign runs. */
export interface Lane {
  readonly key: LaneKey;
  readonly fitted: FittedMessage;
  readonly gate: Gate;
  readonly breaker: Breaker;
  readonly meter: RateMeter;
  inFlight: number;
  pause: LanePause | null;
  /** False once the queue was found empty. */
  more: boolean;
  nextDue: NextDue | null;
  /** Until when its waiting retries are put off in the store, in ms since 1970. */
  heldUntil: number;
  /** Aborted when the lane is paused, its campaign is paused or cancelled, or the app stops: whatever is not on the wire comes back. */
  stop: AbortController;
}

/** The canary of a campaign while it is being sent. Its times are in ms since 1970. */
export interface CanaryRun {
  readonly rules: CanaryRules;
  /** When its time started to count: a pause, or a night with the app closed, does not count. */
  since: number;
  /** When to look at it even if nothing has happened. */
  lookAt: number;
}

/** A campaign while it is being sent. */
export interface CampaignRun {
  readonly campaign: DispatchCampaign;
  readonly lanes: Lane[];
  readonly pace: Pace;
  readonly meter: RateMeter;
  /** Set while only the canary may be sent; `null`: everything may. */
  canary: CanaryRun | null;
  /** By how many milliseconds its times in the store are still to be moved. [Note: clock set back] */
  owedBack: number;
}

export function createCampaignRun({
  campaign,
  rows,
  canary,
  gateOf,
  clock,
}: {
  campaign: DispatchCampaign;
  rows: readonly LaneRow[];
  canary: CanaryRun | null;
  gateOf: GateOf;
  clock: Clock;
}): CampaignRun {
  return {
    campaign,
    lanes: rows.map((row) => ({
      key: row,
      fitted: fitToService(campaign.message, row.pushService),
      gate: gateOf(row.pushService, row.serviceHost),
      breaker: createBreaker(),
      meter: createRateMeter(clock),
      inFlight: 0,
      pause: row.pause,
      more: true,
      nextDue: null,
      heldUntil: 0,
      stop: new AbortController(),
    })),
    pace: createPace({ clock, perMinute: campaign.messagesPerMinute }),
    meter: createRateMeter(clock),
    canary,
    owedBack: 0,
  };
}

/** Calls back everything that is not on the wire. */
export function stopRun(run: CampaignRun): void {
  for (const { stop } of run.lanes) stop.abort();
}

/** The lane with that key, in a run that may have been started again since. */
export function laneOf(run: CampaignRun | undefined, key: LaneKey): Lane | null {
  const same = (lane: Lane) =>
    lane.key.pushService === key.pushService &&
    lane.key.serviceHost === key.serviceHost &&
    lane.key.keyPairId === key.keyPairId;
  return run?.lanes.find(same) ?? null;
}

/** How many of the lane's deliveries may go out now. */
export function roomOf(lane: Lane, now: number): number {
  const hasWork = lane.more || (lane.nextDue !== null && lane.nextDue.at <= now);
  if (lane.pause !== null || !hasWork) return 0;
  return Math.max(0, Math.min(lane.gate.free(), lane.breaker.allowance() - lane.inFlight));
}

/** When the lane next has something to do even if no answer comes in, in ms since 1970; `null`: never. */
export function wakeOf(lane: Lane, pace: Pace, now: number): number | null {
  if (lane.pause !== null) return null;
  const due = lane.more ? now : (lane.nextDue?.at ?? null);
  if (due === null) return null;
  const closedUntil = lane.gate.closedUntil();
  // Full, but open: the next answer wakes it.
  if (closedUntil === null && due <= now && roomOf(lane, now) === 0) return null;
  return Math.max(due, closedUntil ?? due, pace.nextAt());
}

/** The clock was set back by this many milliseconds. The lanes follow once the store has moved the times of its retries. */
export function setRunBack(run: CampaignRun, byMs: number): void {
  run.owedBack += byMs;
  if (run.canary === null) return;
  run.canary.since -= byMs;
  run.canary.lookAt -= byMs;
}

/** The store has moved the times of its retries, so the lanes do the same. */
export function moveLanesBack(run: CampaignRun): void {
  for (const lane of run.lanes) {
    lane.heldUntil -= run.owedBack;
    if (lane.nextDue !== null) lane.nextDue = { ...lane.nextDue, at: lane.nextDue.at - run.owedBack };
  }
  run.owedBack = 0;
}

/** The results just written have changed what is waiting in the lanes. */
export function noteWaiting(
  runs: ReadonlyMap<CampaignId, CampaignRun>,
  { returned, unknown, verdicts }: Results,
): void {
  const currentOf = (key: LaneKey) => laneOf(runs.get(key.campaignId), key);
  for (const { lane } of [...returned, ...unknown]) {
    const current = currentOf(lane);
    if (current !== null) current.more = true;
  }
  for (const { lane, settlement } of verdicts) {
    const at = settlement.nextAttemptAt;
    const current = at === null ? null : currentOf(lane);
    if (at === null || current === null) continue;
    if (current.nextDue === null || at < current.nextDue.at) current.nextDue = { at, forHours: false };
  }
}
