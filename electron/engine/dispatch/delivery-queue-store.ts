import type { CampaignId, DeliveryId, SubscriptionId } from '../../contract/ids.ts';
import type { DeliveryState } from '../../contract/deliveries.ts';
import type { SubscriptionState } from '../../contract/subscriptions.ts';
import type { RepeatRisk } from '../../core/campaign/repeat-risk.ts';
import type { WritableDb } from '../store/database.ts';
import type { LaneKey } from './lane-store.ts';

/** A delivery that was taken from the queue, with its subscription as it is now. */
export interface QueuedDelivery {
  readonly id: DeliveryId;
  readonly subscriptionId: SubscriptionId;
  /** Its state before: `queued` or `retrying`. */
  readonly state: DeliveryState;
  readonly diagnosis: string | null;
  readonly attemptCount: number;
  /** Attempts since it was last queued, by the campaign or by the person's "send again". */
  readonly roundAttempts: number;
  readonly roundStartedAt: number | null;
  readonly repeatRisk: RepeatRisk;
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly subscriptionState: SubscriptionState;
  readonly inBin: boolean;
}

/** What became of a delivery. */
export interface Settlement {
  readonly id: DeliveryId;
  readonly state: DeliveryState;
  readonly attemptCount: number;
  readonly roundAttempts: number;
  readonly lastStatus: number | null;
  readonly diagnosis: string | null;
  readonly nextAttemptAt: number | null;
  /** The new risk; `null`: unchanged. */
  readonly repeatRisk: RepeatRisk | null;
}

/** The part that deliveries can share. */
type End = Omit<Settlement, 'id' | 'repeatRisk'>;

/** The next delivery of a lane that goes out at a time of its own. */
export interface NextDue {
  /** ms since 1970 */
  readonly at: number;
  /** It waits for its recipient's clock; otherwise it is a retry. */
  readonly forHours: boolean;
}

export interface DeliveryQueueStore {
  /** Retries that are due, longest waiting first. */
  due(lane: LaneKey, now: number, limit: number): QueuedDelivery[];
  queued(lane: LaneKey, limit: number): QueuedDelivery[];
  /** Only those that belong to the canary. */
  queuedCanary(lane: LaneKey, limit: number): QueuedDelivery[];
  /** What of the lane is due next; `null` when nothing waits. */
  nextDue(lane: LaneKey): NextDue | null;
  /** Keeps retries of the lane from going out before `until`: puts off those that are due first, at most `limit` of them. */
  holdRetries(lane: LaneKey, until: number, limit: number): void;
  /** Moves the times of retries back after the clock was set back by this many milliseconds. */
  setBack(campaignId: CampaignId, byMs: number): void;
  /** Retries that were planned while the clock was ahead wait, from now on, as long as they were originally meant to. */
  planAnew(campaignId: CampaignId, now: number): void;
  /** The time zone that each of these subscriptions reported, if it did. */
  zonesOf(ids: readonly SubscriptionId[]): Map<SubscriptionId, string>;
  /** For deliveries just claimed: these wait until then because of the recipient's clock, and nothing else about them changes. */
  holdForHours(ids: readonly DeliveryId[], until: number, now: number): void;
  /** When the first of those is due, in ms since 1970; `null`: none waits. */
  firstHourOf(campaignId: CampaignId): number | null;
  /** Marks deliveries as on the wire. */
  markSending(ids: readonly DeliveryId[], now: number): void;
  /**
   * Puts back what was claimed but not sent; `cancelled`: its campaign was cancelled meanwhile.
   *
   * @returns how many; those that were erased meanwhile are not among them
   */
  release(ids: readonly DeliveryId[], to: 'queued' | 'cancelled', now: number): number;
  /** Deliveries on the wire that will never be reported become `unknown`; returns how many, like `release`. */
  markUnknown(ids: readonly DeliveryId[], diagnosis: string, now: number): number;
  /** Those of these that have not been erased. */
  existing(ids: readonly DeliveryId[]): Set<DeliveryId>;
  /**
   * Writes those with the same end in one statement.
   *
   * @returns the ones that were on the wire; nothing is written for any others
   */
  settle(settlements: readonly Settlement[], now: number): Set<DeliveryId>;
}

/** What SQLite gives for `QUEUED_COLUMNS`. */
export interface RawQueued {
  id: number;
  subscription_id: number;
  state: DeliveryState;
  diagnosis: string | null;
  attempt_count: number;
  round_attempts: number;
  round_started_at: number | null;
  repeat_risk: RepeatRisk;
  endpoint: string;
  p256dh: string;
  auth: string;
  subscription_state: SubscriptionState;
  in_bin: number;
}

/** It is waiting for its recipient's clock: no change of this computer's clock affects that. */
export const FOR_HOURS = 'recipient-hours';
/**
 * The state that people are shown, of a row with its state and its diagnosis: one that waits for its recipient's clock is stored like a
 * retry, but nobody has tried it. @param from the name of its table with a dot, or nothing
 */
export const shownState = (from: 'd.' | '') =>
  `iif(${from}state = 'retrying' AND ${from}diagnosis = '${FOR_HOURS}', 'waiting', ${from}state)`;
const LANE = `d.campaign_id = @campaignId AND d.push_service = @pushService AND d.service_host = @serviceHost
  AND d.key_pair_id = @keyPairId`;

/** Deliveries that are put off together come due within this many milliseconds, in the order in which they were waiting. */
const HELD_WITHIN_MS = 500;

/** Of a delivery `d` and its subscription `s`. */
export const QUEUED_COLUMNS = `d.id, d.subscription_id, d.state, d.diagnosis, d.attempt_count, d.round_attempts, d.round_started_at,
  d.repeat_risk, s.endpoint, s.p256dh, s.auth, s.state AS subscription_state, s.deleted_at IS NOT NULL AS in_bin`;

/** Uses one of the queue's indexes, by name, so that SQLite has nothing to choose ([Note: queue indexes]). */
const waiting = (index: 'deliveries_queued' | 'deliveries_retrying' | 'deliveries_canary') =>
  `SELECT ${QUEUED_COLUMNS}
   FROM deliveries d INDEXED BY ${index} CROSS JOIN subscriptions s ON s.id = d.subscription_id
   WHERE ${LANE}`;
/** Nobody knows whether it arrived: the risk of a repeat is what core's riskAfter gives for an attempt without an answer. */
export const SET_UNKNOWN = `UPDATE deliveries SET state = 'unknown', diagnosis = @diagnosis, next_attempt_at = NULL,
    repeat_risk = iif(repeat_risk > 0, 2, 1), updated_at = @now
  WHERE id IN (SELECT value FROM json_each(@ids))`;

export function createDeliveryQueueStore(db: WritableDb): DeliveryQueueStore {
  const selectDue = db.read<LaneKey & { now: number; limit: number }, RawQueued>(
    `${waiting('deliveries_retrying')} AND d.state = 'retrying' AND d.next_attempt_at <= @now
     ORDER BY d.next_attempt_at, d.id LIMIT @limit`,
  );
  const selectQueued = db.read<LaneKey & { limit: number }, RawQueued>(
    `${waiting('deliveries_queued')} AND d.state = 'queued' ORDER BY d.id LIMIT @limit`,
  );
  const selectCanary = db.read<LaneKey & { limit: number }, RawQueued>(
    `${waiting('deliveries_canary')} AND d.state = 'queued' AND d.canary = 1 ORDER BY d.id LIMIT @limit`,
  );
  const selectNextDue = db.read<LaneKey, { at: number; for_hours: number }>(
    `SELECT d.next_attempt_at AS at, d.diagnosis IS '${FOR_HOURS}' AS for_hours FROM deliveries d INDEXED BY deliveries_retrying
     WHERE ${LANE} AND d.state = 'retrying' AND d.next_attempt_at IS NOT NULL ORDER BY d.next_attempt_at, d.id LIMIT 1`,
  );
  const hold = db.write<LaneKey & { until: number; limit: number }>(
    // In the order in which they wait: otherwise the first of them would use up its tries on a single outage.
    `UPDATE deliveries SET next_attempt_at = @until + min(${HELD_WITHIN_MS}, next_attempt_at - (
       SELECT min(d.next_attempt_at) FROM deliveries d INDEXED BY deliveries_retrying WHERE ${LANE} AND d.state = 'retrying'))
     WHERE id IN (
       SELECT d.id FROM deliveries d INDEXED BY deliveries_retrying
       WHERE ${LANE} AND d.state = 'retrying' AND d.next_attempt_at < @until ORDER BY d.next_attempt_at LIMIT @limit)`,
  );
  const moveBack = db.write<{ campaignId: CampaignId; byMs: number }>(
    `UPDATE deliveries SET next_attempt_at = max(0, next_attempt_at - @byMs), updated_at = max(0, updated_at - @byMs),
       round_started_at = max(0, round_started_at - @byMs)
     WHERE campaign_id = @campaignId AND state = 'retrying' AND diagnosis IS NOT '${FOR_HOURS}'`,
  );
  const plan = db.write<{ campaignId: CampaignId; now: number }>(
    `UPDATE deliveries SET next_attempt_at = @now + max(0, next_attempt_at - updated_at), updated_at = @now,
       round_started_at = min(round_started_at, @now)
     WHERE campaign_id = @campaignId AND state = 'retrying' AND updated_at > @now AND diagnosis IS NOT '${FOR_HOURS}'`,
  );
  const zones = db.read<{ ids: string }, { id: SubscriptionId; zone: string }>(
    `SELECT id, attributes ->> '$.timeZone' AS zone FROM people
     WHERE id IN (SELECT value FROM json_each(@ids)) AND json_valid(attributes) AND attributes ->> '$.timeZone' IS NOT NULL`,
  );
  const holdClaimed = db.write<{ ids: string; until: number; now: number }>(
    `UPDATE deliveries SET state = 'retrying', diagnosis = '${FOR_HOURS}', next_attempt_at = @until, updated_at = @now,
       round_started_at = iif(round_attempts = 0, NULL, round_started_at)
     WHERE id IN (SELECT value FROM json_each(@ids)) AND +state = 'sending'`,
  );
  const firstHour = db.read<{ campaignId: CampaignId }, { at: number | null }>(
    `SELECT min(next_attempt_at) AS at FROM deliveries
     WHERE campaign_id = @campaignId AND state = 'retrying' AND diagnosis = '${FOR_HOURS}'`,
  );
  const setSending = db.write<{ ids: string; now: number }>(
    `UPDATE deliveries SET state = 'sending', diagnosis = NULL, next_attempt_at = NULL,
       round_started_at = ifnull(round_started_at, @now), updated_at = @now
     WHERE id IN (SELECT value FROM json_each(@ids))`,
  );
  const markReleased = db.write<{ ids: string; state: DeliveryState; now: number }>(
    `UPDATE deliveries SET state = @state, updated_at = @now,
       round_started_at = iif(round_attempts = 0, NULL, round_started_at)
     WHERE id IN (SELECT value FROM json_each(@ids)) AND state = 'sending'`,
  );
  // The plus keeps SQLite from going through everything on the wire for each of them.
  const markSettled = db.writeReturning<End & { ids: string; now: number }, { id: DeliveryId }>(
    `UPDATE deliveries SET state = @state, attempt_count = @attemptCount, round_attempts = @roundAttempts,
       last_status = @lastStatus, diagnosis = @diagnosis, next_attempt_at = @nextAttemptAt,
       updated_at = @now
     WHERE id IN (SELECT value FROM json_each(@ids)) AND +state = 'sending' RETURNING id`,
  );
  const markRisk = db.write<{ id: DeliveryId; repeatRisk: RepeatRisk }>(
    'UPDATE deliveries SET repeat_risk = @repeatRisk WHERE id = @id',
  );
  const setUnknown = db.write<{ ids: string; diagnosis: string; now: number }>(SET_UNKNOWN);
  const selectExisting = db.read<{ ids: string }, { id: DeliveryId }>(
    'SELECT id FROM deliveries WHERE id IN (SELECT value FROM json_each(@ids))',
  );
  return {
    due: (lane, now, limit) => selectDue.all({ ...laneOf(lane), now, limit }).map(toQueued),
    queued: (lane, limit) => selectQueued.all({ ...laneOf(lane), limit }).map(toQueued),
    queuedCanary: (lane, limit) => selectCanary.all({ ...laneOf(lane), limit }).map(toQueued),
    nextDue(lane) {
      const next = selectNextDue.get(laneOf(lane));
      return next === undefined ? null : { at: next.at, forHours: next.for_hours === 1 };
    },
    holdRetries(lane, until, limit) {
      hold.run({ ...laneOf(lane), until, limit });
    },
    setBack(campaignId, byMs) {
      moveBack.run({ campaignId, byMs });
    },
    planAnew(campaignId, now) {
      plan.run({ campaignId, now });
    },
    zonesOf: (ids) => new Map(zones.all({ ids: JSON.stringify(ids) }).map(({ id, zone }) => [id, zone])),
    holdForHours(ids, until, now) {
      holdClaimed.run({ ids: JSON.stringify(ids), until, now });
    },
    firstHourOf: (campaignId) => firstHour.get({ campaignId })?.at ?? null,
    markSending(ids, now) {
      setSending.run({ ids: JSON.stringify(ids), now });
    },
    release: (ids, state, now) => markReleased.run({ ids: JSON.stringify(ids), state, now }).changes,
    markUnknown: (ids, diagnosis, now) =>
      setUnknown.run({ ids: JSON.stringify(ids), diagnosis, now }).changes,
    existing: (ids) => new Set(selectExisting.all({ ids: JSON.stringify(ids) }).map(({ id }) => id)),
    settle(settlements, now) {
      const settled = new Set<DeliveryId>();
      for (const { end, ids } of byEnd(settlements))
        for (const { id } of markSettled.all({ ...end, ids: JSON.stringify(ids), now })) settled.add(id);
      // Rare: most messages are answered at once, and pay nothing for this.
      for (const { id, repeatRisk } of settlements)
        if (repeatRisk !== null && settled.has(id)) markRisk.run({ id, repeatRisk });
      return settled;
    },
  };
}

function laneOf({ campaignId, pushService, serviceHost, keyPairId }: LaneKey): LaneKey {
  return { campaignId, pushService, serviceHost, keyPairId };
}

/** Nearly all of a batch end the same way, so a handful of statements writes hundreds. */
function byEnd(settlements: readonly Settlement[]): Iterable<{ end: End; ids: DeliveryId[] }> {
  const groups = new Map<string, { end: End; ids: DeliveryId[] }>();
  for (const settlement of settlements) {
    const { id, state, attemptCount, roundAttempts, lastStatus, diagnosis, nextAttemptAt } = settlement;
    const end = { state, attemptCount, roundAttempts, lastStatus, diagnosis, nextAttemptAt };
    const name = Object.values(end).join(' ');
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { end, ids: [id] });
    else group.ids.push(id);
  }
  return groups.values();
}

export function toQueued(raw: RawQueued): QueuedDelivery {
  return {
    id: raw.id as DeliveryId,
    subscriptionId: raw.subscription_id as SubscriptionId,
    state: raw.state,
    diagnosis: raw.diagnosis,
    attemptCount: raw.attempt_count,
    roundAttempts: raw.round_attempts,
    roundStartedAt: raw.round_started_at,
    repeatRisk: raw.repeat_risk,
    endpoint: raw.endpoint,
    p256dh: raw.p256dh,
    auth: raw.auth,
    subscriptionState: raw.subscription_state,
    inBin: raw.in_bin === 1,
  };
}
