import type { CampaignId, SubscriptionId } from '../../../contract/ids.ts';
import type { WritableDb } from '../../store/database.ts';
import {
  idsOf,
  packRows,
  stretchOf,
  unpackRows,
  type PackedRows,
  type RowBits,
} from '../../store/row-bits.ts';

/** Who is in the audience of a campaign that is being prepared: found once, when it starts. */
export interface MemberStore {
  add(campaignId: CampaignId, stretch: number, bits: RowBits): void;
  /** The next ones after a row id, from one stretch only; empty: there are no more. */
  after(campaignId: CampaignId, id: number, limit: number): SubscriptionId[];
  clear(campaignId: CampaignId): void;
  areFound(campaignId: CampaignId): boolean;
  setFound(campaignId: CampaignId): void;
}

export function createMemberStore(db: WritableDb): MemberStore {
  const insert = db.write<{ campaignId: number; stretch: number; count: number; rows: Uint8Array }>(
    'INSERT INTO campaign_members (campaign_id, stretch, count, rows) VALUES (@campaignId, @stretch, @count, @rows)',
  );
  const next = db.read<{ campaignId: number; stretch: number }, PackedRows & { stretch: number }>(
    `SELECT stretch, count, rows FROM campaign_members WHERE campaign_id = @campaignId AND stretch >= @stretch
     ORDER BY stretch LIMIT 2`,
  );
  const drop = db.write<{ campaignId: number }>(
    'DELETE FROM campaign_members WHERE campaign_id = @campaignId',
  );
  const found = db.read<{ campaignId: number }, { found: number }>(
    'SELECT members_found AS found FROM campaigns WHERE id = @campaignId',
  );
  const setFound = db.write<{ campaignId: number }>(
    'UPDATE campaigns SET members_found = 1 WHERE id = @campaignId',
  );
  return {
    add(campaignId, stretch, bits) {
      insert.run({ campaignId, stretch, ...packRows(bits) });
    },
    after(campaignId, id, limit) {
      for (const { stretch, ...packed } of next.all({ campaignId, stretch: stretchOf(id + 1) })) {
        const ids = idsOf(unpackRows(packed), stretch).filter((one) => one > id);
        if (ids.length > 0) return ids.slice(0, limit) as SubscriptionId[];
      }
      return [];
    },
    clear(campaignId) {
      drop.run({ campaignId });
    },
    areFound: (campaignId) => found.get({ campaignId })?.found === 1,
    setFound(campaignId) {
      setFound.run({ campaignId });
    },
  };
}
