import type { CampaignId, DeliveryId, KeyPairId, SubscriptionId } from '../../contract/ids.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import type { DeliveryState } from '../../contract/deliveries.ts';
import type { SubscriptionState } from '../../contract/subscriptions.ts';
import type { RepeatRisk } from '../../core/campaign/repeat-risk.ts';
import type { WritableDb } from '../store/database.ts';
import type { LaneKey } from './lane-store.ts';

/** A delivery that was taken from the queue, with its subscription as it is now. */
export interface QueuedDelivery {
  readonly id: DeliveryId;
  readonly subscriptionId: SubscriptionId;
  /** What it was before: `queued` or `retrying`. */
  readonly state: DeliveryState;
  readonly diagnosis: string | null;
  readonly attemptCount: number;
  /** Attempts since it was queued, by the campaign or by the person's "send again". */
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
  /** Where it has changed; `null`: it is what it was. */
  readonly repeatRisk: RepeatRisk | null;
}

/** What deliveries can share of it. */
type End = Omit<Settlement, 'id' | 'repeatRisk'>;

/** A delivery that a bulk change has moved to another state, with what it was before. */
export interface Moved {
  readonly id: DeliveryId;
  readonly campaignId: CampaignId;
  readonly pushService: PushServiceId;
  readonly keyPairId: KeyPairId;
  readonly state: DeliveryState;
  readonly diagnosis: string | null;
  /** When it came to that state. */
  readonly at: number;
}

/** Which ended deliveries are queued again; `null` leaves a condition out. */
export interface Requeue {
  readonly campaignId: CampaignId;
  readonly state: Extract<DeliveryState, 'unknown' | 'failed'>;
  /** `keyPairId` `null`: of any key pair. */
  readonly part: { pushService: PushServiceId; keyPairId: KeyPairId | null; diagnosis: string } | null;
}

export interface DeliveryQueueStore {
  /** Retries that are due, longest waiting first. */
  due(lane: LaneKey, now: number, limit: number): QueuedDelivery[];
  queued(lane: LaneKey, limit: number): QueuedDelivery[];
  /** Only those that belong to the canary. */
  queuedCanary(lane: LaneKey, limit: number): QueuedDelivery[];
  /** When the next retry of the lane is due, in ms since 1970; `null` when none waits. */
  nextDueAt(lane: LaneKey): number | null;
  /** No retry of the lane goes out before `until`: those that are due first say so, `limit` of them at the most. */
  holdRetries(lane: LaneKey, until: number, limit: number): void;
  /** Moves the times of retries back, where the clock was set back by so many milliseconds. */
  setBack(campaignId: CampaignId, byMs: number): void;
  /** Retries that were planned while the clock was ahead wait from now on for as long as they were to wait then. */
  planAnew(campaignId: CampaignId, now: number): void;
  /** The time zone that each of these subscriptions told, where it did. */
  zonesOf(ids: readonly SubscriptionId[]): Map<SubscriptionId, string>;
  /** Of what was just claimed: these wait until then, because of the clock of the recipient, and nothing else of them changes. */
  holdForHours(ids: readonly DeliveryId[], until: number, now: number): void;
  /** When the first of those is due, in ms since 1970; `null`: none waits. */
  firstHourOf(campaignId: CampaignId): number | null;
  /** Marks deliveries as on the wire. */
  markSending(ids: readonly DeliveryId[], now: number): void;
  /**
   * Puts back what was claimed and not sent; `cancelled`: its campaign was cancelled meanwhile.
   *
   * @returns how many; those that were erased meanwhile are not among them
   */
  release(ids: readonly DeliveryId[], to: 'queued' | 'cancelled', now: number): number;
  /** What is on the wire and will never be reported becomes `unknown`; returns how many, like `release`. */
  markUnknown(ids: readonly DeliveryId[], diagnosis: string, now: number): number;
  /** Those of them that have not been erased. */
  existing(ids: readonly DeliveryId[]): Set<DeliveryId>;
  /**
   * Those with the same end are written by one statement.
   *
   * @returns the ones that were on the wire; of all others nothing is written
   */
  settle(settlements: readonly Settlement[], now: number): Set<DeliveryId>;
  /** Of what waits nobody knows whether it was sent before: each counts as an attempt without an answer. */
  mayHaveGone(campaignId: CampaignId): void;
  /** All that is on the wire becomes `unknown`, but for what another machine has: to be called before anything is sent. */
  interrupt(diagnosis: string, now: number, handed: ReadonlySet<DeliveryId>): Moved[];
  /** Cancels some of what waits; an empty list means that there is no more. */
  cancelSome(campaignId: CampaignId, limit: number, now: number): Moved[];
  /** Cancels some of those whose own hour has passed; fewer than `limit`: there are no more. */
  cancelMissed(campaignId: CampaignId, limit: number, now: number): Moved[];
  /**
   * Queues some of what has ended again, as a new round.
   *
   * @param after the last id of the call before, 0 at first
   */
  requeueSome(which: Requeue, after: number, limit: number, now: number): Moved[];
}

interface RawQueued {
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

interface RawMoved {
  id: number;
  campaign_id: number;
  push_service: PushServiceId;
  key_pair_id: number;
  state: DeliveryState;
  diagnosis: string | null;
  updated_at: number;
}

/** Waits for the clock of its recipient: no change of this computer's clock moves that. */
export const FOR_HOURS = 'recipient-hours';
/** That hour passed while nothing could be sent, and the person left it out. */
export const HOUR_MISSED = 'hour-missed';

const LANE = `d.campaign_id = @campaignId AND d.push_service = @pushService AND d.service_host = @serviceHost
  AND d.key_pair_id = @keyPairId`;

/** What is put off together is due within so many milliseconds, in the order in which it waited. */
const HELD_WITHIN_MS = 500;

/** From one of the indexes of the queue, named so that nothing is left to choose ([Note: queue indexes]). */
const waiting = (index: 'deliveries_queued' | 'deliveries_retrying' | 'deliveries_canary') =>
  `SELECT d.id, d.subscription_id, d.state, d.diagnosis, d.attempt_count, d.round_attempts, d.round_started_at,
     d.repeat_risk, s.endpoint, s.p256dh, s.auth, s.state AS subscription_state, s.deleted_at IS NOT NULL AS in_bin
   FROM deliveries d INDEXED BY ${index} CROSS JOIN subscriptions s ON s.id = d.subscription_id
   WHERE ${LANE}`;
const MOVED =
  'SELECT id, campaign_id, push_service, key_pair_id, state, diagnosis, updated_at FROM deliveries';

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
  const selectNextDue = db.read<LaneKey, { at: number | null }>(
    `SELECT min(d.next_attempt_at) AS at FROM deliveries d INDEXED BY deliveries_retrying
     WHERE ${LANE} AND d.state = 'retrying'`,
  );
  const hold = db.write<LaneKey & { until: number; limit: number }>(
    // In the order in which they wait: else the first of them would use up its tries on one outage.
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
  // The plus keeps SQLite from looking through all that is on the wire for each of them.
  const markSettled = db.writeReturning<End & { ids: string; now: number }, { id: DeliveryId }>(
    `UPDATE deliveries SET state = @state, attempt_count = @attemptCount, round_attempts = @roundAttempts,
       last_status = @lastStatus, diagnosis = @diagnosis, next_attempt_at = @nextAttemptAt,
       updated_at = @now
     WHERE id IN (SELECT value FROM json_each(@ids)) AND +state = 'sending' RETURNING id`,
  );
  const markRisk = db.write<{ id: DeliveryId; repeatRisk: RepeatRisk }>(
    'UPDATE deliveries SET repeat_risk = @repeatRisk WHERE id = @id',
  );
  const selectExisting = db.read<{ ids: string }, { id: DeliveryId }>(
    'SELECT id FROM deliveries WHERE id IN (SELECT value FROM json_each(@ids))',
  );
  const selectSending = db.read<object, RawMoved>(`${MOVED} WHERE state = 'sending'`);
  const selectWaiting = db.read<{ campaignId: number; limit: number }, RawMoved>(
    `${MOVED} WHERE campaign_id = @campaignId AND state IN ('queued', 'retrying') LIMIT @limit`,
  );
  const selectMissed = db.read<{ campaignId: number; limit: number; now: number }, RawMoved>(
    `${MOVED} WHERE campaign_id = @campaignId AND state = 'retrying' AND diagnosis = '${FOR_HOURS}' AND next_attempt_at <= @now
     LIMIT @limit`,
  );
  const selectEnded = db.read<object, RawMoved>(
    `${MOVED} WHERE campaign_id = @campaignId AND state = @state AND id > @after
       AND (@diagnosis IS NULL OR (diagnosis = @diagnosis AND push_service = @pushService
         AND (@keyPairId IS NULL OR key_pair_id = @keyPairId)))
     ORDER BY id LIMIT @limit`,
  );
  const markEnded = db.write<{ ids: string; state: DeliveryState; diagnosis: string | null; now: number }>(
    `UPDATE deliveries SET state = @state, diagnosis = @diagnosis, next_attempt_at = NULL, updated_at = @now
     WHERE id IN (SELECT value FROM json_each(@ids))`,
  );
  // The risk as riskAfter of core says for an attempt without an answer.
  const setUnknown = db.write<{ ids: string; diagnosis: string; now: number }>(
    `UPDATE deliveries SET state = 'unknown', diagnosis = @diagnosis, next_attempt_at = NULL,
       repeat_risk = iif(repeat_risk > 0, 2, 1), updated_at = @now
     WHERE id IN (SELECT value FROM json_each(@ids))`,
  );
  const risk = db.write<{ campaignId: CampaignId }>(
    `UPDATE deliveries SET repeat_risk = 1
     WHERE campaign_id = @campaignId AND state IN ('queued', 'retrying') AND repeat_risk = 0`,
  );
  const markRequeued = db.write<{ ids: string; now: number }>(
    `UPDATE deliveries SET state = 'queued', diagnosis = NULL, next_attempt_at = NULL, round_attempts = 0,
       round_started_at = NULL, updated_at = @now
     WHERE id IN (SELECT value FROM json_each(@ids))`,
  );

  return {
    due: (lane, now, limit) => selectDue.all({ ...laneOf(lane), now, limit }).map(toQueued),
    queued: (lane, limit) => selectQueued.all({ ...laneOf(lane), limit }).map(toQueued),
    queuedCanary: (lane, limit) => selectCanary.all({ ...laneOf(lane), limit }).map(toQueued),
    nextDueAt: (lane) => selectNextDue.get(laneOf(lane))?.at ?? null,
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
      // Seldom: most messages are answered at once, and pay nothing for it.
      for (const { id, repeatRisk } of settlements)
        if (repeatRisk !== null && settled.has(id)) markRisk.run({ id, repeatRisk });
      return settled;
    },
    mayHaveGone(campaignId) {
      risk.run({ campaignId });
    },
    interrupt(diagnosis, now, handed) {
      const moved = selectSending
        .all({})
        .map(toMoved)
        .filter(({ id }) => !handed.has(id));
      setUnknown.run({ ids: idsOf(moved), diagnosis, now });
      return moved;
    },
    cancelSome(campaignId, limit, now) {
      const moved = selectWaiting.all({ campaignId, limit }).map(toMoved);
      markEnded.run({ ids: idsOf(moved), state: 'cancelled', diagnosis: null, now });
      return moved;
    },
    cancelMissed(campaignId, limit, now) {
      const moved = selectMissed.all({ campaignId, limit, now }).map(toMoved);
      markEnded.run({ ids: idsOf(moved), state: 'cancelled', diagnosis: HOUR_MISSED, now });
      return moved;
    },
    requeueSome({ campaignId, state, part }, after, limit, now) {
      const { pushService = null, keyPairId = null, diagnosis = null } = part ?? {};
      const moved = selectEnded
        .all({ campaignId, state, pushService, keyPairId, diagnosis, after, limit })
        .map(toMoved);
      markRequeued.run({ ids: idsOf(moved), now });
      return moved;
    },
  };
}

function laneOf({ campaignId, pushService, serviceHost, keyPairId }: LaneKey): LaneKey {
  return { campaignId, pushService, serviceHost, keyPairId };
}

/** Nearly all of a batch come to the same end, so that a handful of statements writes hundreds. */
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

function idsOf(moved: readonly Moved[]): string {
  return JSON.stringify(moved.map(({ id }) => id));
}

function toQueued(raw: RawQueued): QueuedDelivery {
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

function toMoved(raw: RawMoved): Moved {
  return {
    id: raw.id as DeliveryId,
    campaignId: raw.campaign_id as CampaignId,
    pushService: raw.push_service,
    keyPairId: raw.key_pair_id as KeyPairId,
    state: raw.state,
    diagnosis: raw.diagnosis,
    at: raw.updated_at,
  };
}
