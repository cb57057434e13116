import type { CampaignState } from '../../../../contract/campaigns.ts';
import type { CampaignId } from '../../../../contract/ids.ts';
import { searchTextOf } from '../../../../core/campaign/search-text.ts';
import type { WritableDb } from '../../../store/database.ts';
import { parsed, soundCountSql } from '../../../store/sound.ts';

/** Which campaigns a list is about. */
export interface CampaignFilter {
  /** What to look for, folded like the search texts; empty finds every campaign. */
  readonly text: string;
  /** An empty list means every state. */
  readonly states: readonly CampaignState[];
  /** Made at this time or later, ms since 1970; `null`: at any time, even a damaged one. */
  readonly from: number | null;
  /** Made before this time. */
  readonly to: number | null;
}

/** What devices reported about a campaign. */
export interface SeenSums {
  readonly campaignId: CampaignId;
  readonly shown: number;
  readonly clicked: number;
}

export interface CampaignListStore {
  /** Newest first, those before `before`. [Note: campaign list] From one index: rows with their payloads are never gone through. */
  ids(filter: CampaignFilter, before: number, limit: number): CampaignId[];
  count(filter: CampaignFilter): number;
  /** For those of them about which devices reported something. */
  seen(ids: readonly CampaignId[]): SeenSums[];
  /**
   * Writes some of the missing search texts, such as for campaigns from before there were any.
   * @returns how many were written; fewer than `limit`: there are no more
   */
  fillTexts(limit: number): number;
}

type Asked = { text: string; states: string; from: number | null; to: number | null };

const WANTED = `(@from IS NULL OR created_at >= @from) AND (@to IS NULL OR created_at < @to)
  AND (@states = '[]' OR state IN (SELECT value FROM json_each(@states)))
  AND (@text = '' OR EXISTS (SELECT 1 FROM campaign_texts t WHERE t.campaign_id = campaigns.id AND instr(t.text, @text) > 0))`;

export function createCampaignListStore(db: WritableDb): CampaignListStore {
  const page = db.read<Asked & { before: number; limit: number }, { id: CampaignId }>(
    `SELECT id FROM campaigns INDEXED BY campaigns_listed WHERE id < @before AND ${WANTED} ORDER BY id DESC LIMIT @limit`,
  );
  const countAll = db.read<Asked, { count: number }>(
    `SELECT count(*) AS count FROM campaigns INDEXED BY campaigns_listed WHERE id > 0 AND ${WANTED}`,
  );
  const seen = db.read<{ ids: string }, SeenSums>(
    `SELECT campaign_id AS campaignId,
       sum(iif(event = 'shown', ${soundCountSql('count')}, 0)) AS shown,
       sum(iif(event = 'clicked', ${soundCountSql('count')}, 0)) AS clicked
     FROM receipt_sums WHERE campaign_id IN (SELECT value FROM json_each(@ids)) GROUP BY campaign_id`,
  );
  const without = db.read<{ limit: number }, { id: CampaignId; message: string }>(
    `SELECT id, message FROM campaigns WHERE id IN (
       SELECT c.id FROM campaigns c INDEXED BY campaigns_listed
       WHERE c.id > 0 AND NOT EXISTS (SELECT 1 FROM campaign_texts t WHERE t.campaign_id = c.id) LIMIT @limit)`,
  );
  const keep = db.write<{ id: number; text: string }>(
    'INSERT OR REPLACE INTO campaign_texts (campaign_id, text) VALUES (@id, @text)',
  );
  const asked = ({ text, states, from, to }: CampaignFilter): Asked => ({
    text,
    states: JSON.stringify(states),
    from,
    to,
  });

  return {
    ids: (filter, before, limit) => page.all({ ...asked(filter), before, limit }).map(({ id }) => id),
    count: (filter) => countAll.get(asked(filter))?.count ?? 0,
    seen: (ids) => seen.all({ ids: JSON.stringify(ids) }),
    fillTexts(limit) {
      const rows = without.all({ limit });
      if (rows.length === 0) return 0;
      db.transaction(() => {
        for (const { id, message } of rows) keep.run({ id, text: searchTextOf(parsed(message)) });
      });
      return rows.length;
    },
  };
}
