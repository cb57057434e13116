import type { CampaignId, KeyPairId } from '../../contract/ids.ts';
import { pushServiceSchema, type PushServiceId } from '../../contract/push-service.ts';
import {
  deliveryStateSchema,
  shownDeliveryStateSchema,
  type DeliveryState,
  type ShownDeliveryState,
} from '../../contract/deliveries.ts';
import type { WritableDb } from '../store/database.ts';
import { soundCount, soundCountSql, soundInstant, soundWord } from '../store/sound.ts';
import { shownState } from './delivery-queue-store.ts';

/** How many deliveries of one part of a campaign are in one state for one reason. */
export interface CampaignSum {
  readonly pushService: PushServiceId;
  readonly keyPairId: KeyPairId;
  readonly state: ShownDeliveryState;
  /** Diagnosis code; empty if there is none. */
  readonly diagnosis: string;
  readonly count: number;
}

/** A change of a sum, by the state as it is stored. */
export type SumChange = CampaignSum & { readonly state: DeliveryState };

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
  /** Deliveries that have not ended. */
  openCount(campaignId: CampaignId): number;
  /** Adds to a sum; `count` may be negative. */
  add(campaignId: CampaignId, change: SumChange): void;
  /** Adds to a day's sum, over all campaigns except tests. */
  addDay(campaignId: CampaignId, change: DaySum): void;
  /** For the curve: this many more came to this state at `at`, or left it if `count` is negative. */
  addToCurve(campaignId: CampaignId, change: CurvePoint & { count: number }): void;
  /** How many came to each state from one time to the next, oldest first. */
  curve(campaignId: CampaignId): (CurvePoint & { count: number })[];
}

export interface CurvePoint {
  /** ms since 1970 */
  readonly at: number;
  readonly state: DeliveryState;
}

/**
 * Where a time falls on the curve: by the second for five minutes, by the minute for six hours, by the quarter of an hour afterwards. That
 * way a send of a few seconds has a curve, and one of a week has no more than a thousand points.
 */
const SLOT = `(SELECT @at - @at % CASE
    WHEN @at - began < 300000 THEN 1000
    WHEN @at - began < 21600000 THEN 60000
    ELSE 900000 END
  FROM (SELECT ifnull((SELECT min(at) FROM campaign_curve WHERE campaign_id = @campaignId), @at) AS began))`;

/** Tests go to the person's own devices: what becomes of them says nothing about the list. `@campaignId` names the campaign. */
export const COUNTS_IN_TOTALS = `(SELECT kind FROM campaigns WHERE id = @campaignId) IS NOT 'test'`;

const MOST_ON_CURVE = 1e9;

interface Raw {
  campaign_id: number;
  push_service: PushServiceId;
  key_pair_id: number;
  state: ShownDeliveryState;
  diagnosis: string;
  count: number;
}

export function createCampaignSumStore(db: WritableDb): CampaignSumStore {
  const many = db.read<{ ids: string }, Raw>(
    `SELECT campaign_id, push_service, key_pair_id, ${shownState('')} AS state, diagnosis, count FROM campaign_sums
     WHERE campaign_id IN (SELECT value FROM json_each(@ids)) AND count <> 0`,
  );
  const open = db.read<{ campaignId: number }, { count: number | null }>(
    `SELECT sum(${soundCountSql('count')}) AS count FROM campaign_sums
     WHERE campaign_id = @campaignId AND state IN ('queued', 'retrying', 'sending')`,
  );
  const change = db.write<SumChange & { campaignId: number }>(
    `INSERT INTO campaign_sums (campaign_id, push_service, key_pair_id, state, diagnosis, count)
     VALUES (@campaignId, @pushService, @keyPairId, @state, @diagnosis, @count)
     ON CONFLICT DO UPDATE SET count = ${soundCountSql('count')} + excluded.count`,
  );
  const changeDay = db.write<DaySum & { campaignId: number }>(
    `INSERT INTO day_sums (day, push_service, state, count)
     SELECT @day, @pushService, @state, @count WHERE ${COUNTS_IN_TOTALS}
     ON CONFLICT DO UPDATE SET count = ${soundCountSql('count')} + excluded.count`,
  );

  const changeCurve = db.write<CurvePoint & { campaignId: number; count: number }>(
    `INSERT INTO campaign_curve (campaign_id, at, state, count) VALUES (@campaignId, ${SLOT}, @state, @count)
     ON CONFLICT DO UPDATE SET count = ${soundCountSql('count')} + excluded.count`,
  );
  const readCurve = db.read<{ campaignId: number }, { at: number; state: DeliveryState; count: number }>(
    'SELECT at, state, count FROM campaign_curve WHERE campaign_id = @campaignId ORDER BY at, state',
  );

  const ofMany: CampaignSumStore['ofMany'] = (ids) =>
    many.all({ ids: JSON.stringify(ids) }).map((raw) => ({
      campaignId: raw.campaign_id as CampaignId,
      pushService: soundWord(pushServiceSchema, raw.push_service, 'other'),
      keyPairId: raw.key_pair_id as KeyPairId,
      state: soundWord(shownDeliveryStateSchema, raw.state, 'unknown'),
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
    addDay(campaignId, sum) {
      changeDay.run({ ...sum, campaignId });
    },
    addToCurve(campaignId, change) {
      changeCurve.run({ ...change, campaignId });
    },
    curve: (campaignId) =>
      readCurve.all({ campaignId }).map(({ at, state, count }) => ({
        at: soundInstant(at),
        state: soundWord(deliveryStateSchema, state, 'unknown'),
        count: soundCount(count, -MOST_ON_CURVE, MOST_ON_CURVE),
      })),
  };
}
