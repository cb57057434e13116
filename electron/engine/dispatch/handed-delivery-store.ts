import type { CampaignId, DeliveryId, KeyPairId } from '../../contract/ids.ts';
import type { DeliveryState } from '../../contract/deliveries.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import { riskAfter, type RepeatRisk } from '../../core/campaign/repeat-risk.ts';
import type { WritableDb } from '../store/database.ts';
import type { HandedDelivery } from '../wire/handed-over.ts';
import { QUEUED_COLUMNS, toQueued, type QueuedDelivery, type RawQueued } from './delivery-queue-store.ts';
import type { LaneKey } from './lane-store.ts';

/** A delivery whose attempt was handed to another machine. */
export interface OpenDelivery {
  readonly lane: LaneKey;
  readonly delivery: QueuedDelivery;
}

export interface HandedDeliveryStore {
  /** Those for which exactly that attempt is on the wire. */
  onTheWire(handed: readonly HandedDelivery[]): OpenDelivery[];
  /**
   * Puts those that became `unknown` in exactly that attempt back on the wire, with their previous risk, because their results came after
   * all. Returns them; `diagnosis` is the one they had while unknown.
   */
  revive(handed: readonly HandedDelivery[], now: number): (OpenDelivery & { diagnosis: string | null })[];
}

interface Raw extends RawQueued {
  campaign_id: number;
  push_service: PushServiceId;
  service_host: string;
  key_pair_id: number;
}

export function createHandedDeliveryStore(db: WritableDb): HandedDeliveryStore {
  const select = db.read<{ handed: string; state: DeliveryState }, Raw>(
    // The plus keeps SQLite from going through everything on the wire for each of them.
    `SELECT ${QUEUED_COLUMNS}, d.campaign_id, d.push_service, d.service_host, d.key_pair_id
     FROM json_each(@handed) h
       CROSS JOIN deliveries d ON d.id = h.value ->> '$[0]' JOIN subscriptions s ON s.id = d.subscription_id
     WHERE +d.state = @state AND d.attempt_count = h.value ->> '$[1]' AND d.repeat_risk = h.value ->> '$[2]'`,
  );
  const putBack = db.write<{ id: DeliveryId; repeatRisk: RepeatRisk; now: number }>(
    `UPDATE deliveries SET state = 'sending', diagnosis = NULL, repeat_risk = @repeatRisk, updated_at = @now WHERE id = @id`,
  );
  /** An attempt that became `unknown` is not counted but adds to the risk: that shows whether it was sent again afterwards. */
  const listOf = (
    handed: readonly HandedDelivery[],
    state: DeliveryState,
    riskNow: (before: RepeatRisk) => RepeatRisk,
  ) =>
    select.all({
      handed: JSON.stringify(
        handed.map(({ id, attemptCount, repeatRisk }) => [id, attemptCount, riskNow(repeatRisk)]),
      ),
      state,
    });
  return {
    onTheWire: (handed) => listOf(handed, 'sending', (before) => before).map(toOpen),
    revive(handed, now) {
      const risks = new Map(handed.map(({ id, repeatRisk }) => [id, repeatRisk]));
      return listOf(handed, 'unknown', (before) => riskAfter(before, 'unanswered')).map((raw) => {
        const id = raw.id as DeliveryId;
        const repeatRisk = risks.get(id) ?? raw.repeat_risk;
        putBack.run({ id, repeatRisk, now });
        return { ...toOpen({ ...raw, repeat_risk: repeatRisk, diagnosis: null }), diagnosis: raw.diagnosis };
      });
    },
  };
}

function toOpen(raw: Raw): OpenDelivery {
  return {
    lane: {
      campaignId: raw.campaign_id as CampaignId,
      pushService: raw.push_service,
      serviceHost: raw.service_host,
      keyPairId: raw.key_pair_id as KeyPairId,
    },
    // As if put back: waiting for its first attempt, or for another one.
    delivery: { ...toQueued(raw), state: raw.round_attempts === 0 ? 'queued' : 'retrying' },
  };
}
