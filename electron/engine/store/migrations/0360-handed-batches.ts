import type { Migration } from './migration.ts';

/**
 * Which batches were handed to workers on other machines. A row is on disk before its batch leaves, and is removed once everything in it is
 * recorded; if its worker was lost it stays a while, because results may still come.
 */
export const handedBatches: Migration = {
  version: 360,
  name: 'handed-batches',
  sql: `
    CREATE TABLE handed_batches (
      id TEXT PRIMARY KEY,
      -- Of the queue that it was handed to: a queue that was made anew knows nothing of it.
      queue TEXT NOT NULL,
      push_service TEXT NOT NULL,
      -- JSON: for each delivery its id, its attempts before, and its risk of having arrived twice.
      deliveries TEXT NOT NULL,
      handed_at INTEGER NOT NULL,
      given_up_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE worker_shares (
      campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
      worker TEXT NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (campaign_id, worker)
    ) STRICT, WITHOUT ROWID`,
};
