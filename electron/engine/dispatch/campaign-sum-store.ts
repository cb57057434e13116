import type { CampaignId, KeyPairId } from '../../contract/ids.ts';
import { pushServiceSchema, type PushServiceId } from '../../contract/push-service.ts';
import { deliveryStateSchema, type DeliveryState } from '../../contract/deliveries.ts';
import type { WritableDb } from '../store/database.ts';
import { soundCount, soundCountSql, soundWord } from '../store/sound.ts';

/** How many deliveries of one part of a campaign are in one state for one reason. */
export interface CampaignSum {
  readonly pushService: PushServiceId;
  readonly keyPairId: KeyPairId;
  readonly state: DeliveryState;
  /** Diagnosis code; empty where there is none. */
  readonly diagnosis: string;
  readonly count: number;
}

export interface DaySum {
  /** Midnight of that day in local time. */
  readonly day: number;
  readonly pushService: PushServiceId;
  readonly state: DeliveryState;
  readonly count: number;
}

export interface CampaignSumStore {
  of(campaignId: CampaignId): CampaignSum[];
  /** The sums of several campaigns, for a list of them. */
  ofMany(ids: readonly CampaignId[]): (CampaignSum & { campaignId: CampaignId })[];
  /** Deliveries that have not come to their end. */
  openCount(campaignId: CampaignId): number;
  /** Adds to a sum; `count` may be negative. */
  add(campaignId: CampaignId, change: CampaignSum): void;
  addDay(change: DaySum): void;
}

interface Raw {
  campaign_id: number;
  push_service: PushServiceId;
  key_pair_id: number;
  state: DeliveryState;
  diagnosis: string;
  count: number;
}

export function createCampaignSumStore(db: WritableDb): CampaignSumStore {
  const many = db.read<{ ids: string }, Raw>(
    `SELECT campaign_id, push_service, key_pair_id, state, diagnosis, count FROM campaign_sums
     WHERE campaign_id IN (SELECT value FROM json_each(@ids)) AND count <> 0`,
  );
  const open = db.read<{ campaignId: number }, { count: number | null }>(
    `SELECT sum(${soundCountSql('count')}) AS count FROM campaign_sums
     WHERE campaign_id = @campaignId AND state IN ('queued', 'retrying', 'sending')`,
  );
  const change = db.write<CampaignSum & { campaignId: number }>(
    `INSERT INTO campaign_sums (campaign_id, push_service, key_pair_id, state, diagnosis, count)
     VALUES (@campaignId, @pushService, @keyPairId, @state, @diagnosis, @count)
     ON CONFLICT DO UPDATE SET count = ${soundCountSql('count')} + excluded.count`,
  );
  const changeDay = db.write<DaySum>(
    `INSERT INTO day_sums (day, push_service, state, count) VALUES (@day, @pushService, @state, @count)
     ON CONFLICT DO UPDATE SET count = ${soundCountSql('count')} + excluded.count`,
  );

  const ofMany: CampaignSumStore['ofMany'] = (ids) =>
    many.all({ ids: JSON.stringify(ids) }).map((raw) => ({
      campaignId: raw.campaign_id as CampaignId,
      pushService: soundWord(pushServiceSchema, raw.push_service, 'other'),
      keyPairId: raw.key_pair_id as KeyPairId,
      state: soundWord(deliveryStateSchema, raw.state, 'unknown'),
      diagnosis: raw.diagnosis,
      count: soundCount(raw.count),
    }));

  return {
    of: (campaignId) => ofMany([campaignId]),
    ofMany,
    openCount: (campaignId) => open.get({ campaignId })?.count ?? 0,
    add(campaignId, sum) {
      change.run({ ...sum, campaignId });
    },
    addDay(sum) {
      changeDay.run(sum);
    },
  };
}
