import type { Migration } from './migration.ts';

/**
 * [Note: canary] Deliveries that go first are marked in their rows, in the transaction in which the campaign begins to run: no kill can
 * change which they are. Only marked rows are in the index, so every other delivery pays nothing for it.
 */
export const canaries: Migration = {
  version: 300,
  name: 'canaries',
  sql: `
    CREATE TABLE canaries (
      campaign_id INTEGER PRIMARY KEY REFERENCES campaigns (id),
      state TEXT NOT NULL CHECK (state IN ('sending', 'waiting', 'passed', 'stopped', 'everyone')),
      rules TEXT NOT NULL,
      recipients INTEGER NOT NULL DEFAULT 0,
      verdict TEXT,
      decided_by TEXT CHECK (decided_by IN ('rules', 'person')),
      decided_at INTEGER
    ) STRICT;
    ALTER TABLE deliveries ADD COLUMN canary INTEGER NOT NULL DEFAULT 0 CHECK (canary IN (0, 1));
    CREATE INDEX deliveries_canary ON deliveries (campaign_id, state, push_service, service_host, key_pair_id, id) WHERE canary = 1`,
};
