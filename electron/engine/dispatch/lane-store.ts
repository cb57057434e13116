import type { CampaignId, KeyPairId } from '../../contract/ids.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import type { WritableDb } from '../store/database.ts';

/** See [Note: lanes]. */
export interface LaneKey {
  readonly campaignId: CampaignId;
  readonly pushService: PushServiceId;
  /** Empty for services that are known by name. */
  readonly serviceHost: string;
  readonly keyPairId: KeyPairId;
}

/** Why a lane waits even though its campaign is running. */
export interface LanePause {
  /** Diagnosis code. */
  readonly diagnosis: string;
  /** HTTP status of the answer that tipped the balance; `null` if there was none. */
  readonly status: number | null;
}

export interface LaneRow extends LaneKey {
  readonly pause: LanePause | null;
}

export interface LaneStore {
  list(campaignId: CampaignId): LaneRow[];
  /** The lanes of several campaigns, for a list of campaigns. */
  ofMany(ids: readonly CampaignId[]): LaneRow[];
  /** Does nothing if it already exists. */
  add(lane: LaneKey): void;
  setPause(lane: LaneKey, pause: LanePause | null, now: number): void;
}

interface Raw {
  campaign_id: number;
  push_service: PushServiceId;
  service_host: string;
  key_pair_id: number;
  paused_diagnosis: string | null;
  paused_status: number | null;
}

export function createLaneStore(db: WritableDb): LaneStore {
  const many = db.read<{ ids: string }, Raw>(
    `SELECT campaign_id, push_service, service_host, key_pair_id, paused_diagnosis, paused_status
     FROM campaign_lanes WHERE campaign_id IN (SELECT value FROM json_each(@ids))`,
  );
  const insert = db.write<LaneKey>(
    `INSERT INTO campaign_lanes (campaign_id, push_service, service_host, key_pair_id)
     VALUES (@campaignId, @pushService, @serviceHost, @keyPairId) ON CONFLICT DO NOTHING`,
  );
  const change = db.write<
    LaneKey & { diagnosis: string | null; status: number | null; pausedAt: number | null }
  >(
    `UPDATE campaign_lanes SET paused_diagnosis = @diagnosis, paused_status = @status, paused_at = @pausedAt
     WHERE campaign_id = @campaignId AND push_service = @pushService AND service_host = @serviceHost
       AND key_pair_id = @keyPairId`,
  );

  const ofMany: LaneStore['ofMany'] = (ids) => many.all({ ids: JSON.stringify(ids) }).map(toRow);

  return {
    list: (campaignId) => ofMany([campaignId]),
    ofMany,
    add(lane) {
      insert.run(keyOf(lane));
    },
    setPause(lane, pause, now) {
      change.run({
        ...keyOf(lane),
        diagnosis: pause?.diagnosis ?? null,
        status: pause?.status ?? null,
        pausedAt: pause === null ? null : now,
      });
    },
  };
}

function keyOf({ campaignId, pushService, serviceHost, keyPairId }: LaneKey): LaneKey {
  return { campaignId, pushService, serviceHost, keyPairId };
}

function toRow(raw: Raw): LaneRow {
  return {
    campaignId: raw.campaign_id as CampaignId,
    pushService: raw.push_service,
    serviceHost: raw.service_host,
    keyPairId: raw.key_pair_id as KeyPairId,
    pause:
      raw.paused_diagnosis === null ? null : { diagnosis: raw.paused_diagnosis, status: raw.paused_status },
  };
}
