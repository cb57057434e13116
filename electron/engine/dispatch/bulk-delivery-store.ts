import type { DeliveryState } from '../../contract/deliveries.ts';
import type { CampaignId, DeliveryId, KeyPairId } from '../../contract/ids.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import type { WritableDb } from '../store/database.ts';
import { FOR_HOURS, SET_UNKNOWN } from './delivery-queue-store.ts';

/** A delivery that a bulk change has moved to another state, with what it was before. */
export interface Moved {
  readonly id: DeliveryId;
  readonly campaignId: CampaignId;
  readonly pushService: PushServiceId;
  readonly keyPairId: KeyPairId;
  readonly state: DeliveryState;
  readonly diagnosis: string | null;
  /** When it entered that state. */
  readonly at: number;
}

/** Which ended deliveries to queue again; `null` leaves a condition out. */
export interface Requeue {
  readonly campaignId: CampaignId;
  readonly state: Extract<DeliveryState, 'unknown' | 'failed'>;
  /** `keyPairId` `null`: any key pair. */
  readonly part: { pushService: PushServiceId; keyPairId: KeyPairId | null; diagnosis: string } | null;
}

/** Moves many deliveries of a campaign at once, piece by piece, and says what each was before. */
export interface BulkDeliveryStore {
  /** Nobody knows whether waiting deliveries were already sent: each counts as having had an attempt without an answer. */
  mayHaveGone(campaignId: CampaignId): void;
  /** Everything on the wire becomes `unknown`, except what another machine has: to be called before anything is sent. */
  interrupt(diagnosis: string, now: number, handed: ReadonlySet<DeliveryId>): Moved[];
  /** Cancels some of those that wait; an empty list means that there are no more. */
  cancelSome(campaignId: CampaignId, limit: number, now: number): Moved[];
  /** Cancels some of those whose own hour has passed; fewer than `limit`: there are no more. */
  cancelMissed(campaignId: CampaignId, limit: number, now: number): Moved[];
  /**
   * Queues some of the ended deliveries again, as a new round.
   *
   * @param after the last id of the previous call, 0 at first
   */
  requeueSome(which: Requeue, after: number, limit: number, now: number): Moved[];
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

/** That hour passed while nothing could be sent, and the person chose to leave it out. */
export const HOUR_MISSED = 'hour-missed';

const MOVED =
  'SELECT id, campaign_id, push_service, key_pair_id, state, diagnosis, updated_at FROM deliveries';

export function createBulkDeliveryStore(db: WritableDb): BulkDeliveryStore {
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
  const setUnknown = db.write<{ ids: string; diagnosis: string; now: number }>(SET_UNKNOWN);
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

function idsOf(moved: readonly Moved[]): string {
  return JSON.stringify(moved.map(({ id }) => id));
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
