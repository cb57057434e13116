import type { Migration } from './migration.ts';

/**
 * What campaigns are searched by, how they went over time, and what stays of one whose deliveries were removed. Missing search texts are
 * written when they are first needed: their case is folded by rules that SQL does not know.
 */
export const campaignList: Migration = {
  version: 310,
  name: 'campaign-list',
  sql: `
    CREATE TABLE campaign_texts (
      campaign_id INTEGER PRIMARY KEY REFERENCES campaigns (id),
      text TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER campaign_texts_stale AFTER UPDATE OF message ON campaigns WHEN old.message IS NOT new.message BEGIN
      DELETE FROM campaign_texts WHERE campaign_id = new.id;
    END;
    CREATE INDEX campaigns_listed ON campaigns (id, state, created_at);
    CREATE TABLE campaign_curve (
      campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
      -- Where the second, minute or quarter of an hour begins, in ms since 1970.
      at INTEGER NOT NULL,
      state TEXT NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (campaign_id, at, state)
    ) STRICT, WITHOUT ROWID;
    ALTER TABLE campaigns ADD COLUMN removed_at INTEGER;
    ALTER TABLE campaigns ADD COLUMN removed_facts TEXT;
    CREATE INDEX campaigns_with_deliveries ON campaigns (finished_at, id) WHERE finished_at IS NOT NULL AND removed_at IS NULL`,
};
