import type { Migration } from './migration.ts';

/**
 * Who is in the audience of a campaign, determined when it starts and written before its first delivery: rows of each stretch of 16,000
 * ids, as in [Note: facts]. They are removed once all deliveries are written. `kept_audience` says in words and data whom the campaign was
 * meant for.
 */
export const campaignMembers: Migration = {
  version: 190,
  name: 'campaign members',
  sql: `
    CREATE TABLE campaign_members (
      campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
      stretch INTEGER NOT NULL,
      count INTEGER NOT NULL,
      rows BLOB NOT NULL,
      PRIMARY KEY (campaign_id, stretch)
    ) STRICT;
    ALTER TABLE campaigns ADD COLUMN kept_audience TEXT;
    -- Whether all members are found: until then no delivery is written. Campaigns from before have none and need none.
    ALTER TABLE campaigns ADD COLUMN members_found INTEGER NOT NULL DEFAULT 0 CHECK (members_found IN (0, 1));
  `,
};
