import type { Migration } from './migration.ts';

/**
 * What the texts of a campaign with variables are made from: the plan once, and for each delivery the values of its recipient as they were
 * when it was written. A resume or a retry makes the same text from them, whatever has changed since.
 */
export const personalPayloads: Migration = {
  version: 270,
  name: 'personal payloads',
  sql: `
    CREATE TABLE personal_campaigns (
      campaign_id INTEGER PRIMARY KEY REFERENCES campaigns (id),
      plan TEXT NOT NULL,
      -- Recipients who got nothing because a value was missing.
      left_out INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE delivery_values (
      delivery_id INTEGER PRIMARY KEY REFERENCES deliveries (id),
      fixed TEXT NOT NULL
    ) STRICT`,
};
