import type { Migration } from './migration.ts';

/**
 * Times are milliseconds since 1970 in UTC. Row ids only grow (AUTOINCREMENT), so that lists paged by key never
 * meet a reused one. Private keys are not here: they are stored in their own file, so that a copy of the store contains none of the
 * sender's secrets.
 */
export const firstTables: Migration = {
  version: 10,
  name: 'first tables',
  sql: `
    CREATE TABLE key_pairs (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      subject TEXT NOT NULL,
      public_key TEXT NOT NULL UNIQUE,
      in_use INTEGER NOT NULL DEFAULT 0 CHECK (in_use IN (0, 1)),
      created_at INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX key_pairs_one_in_use ON key_pairs (in_use) WHERE in_use = 1;

    CREATE TABLE subscriptions (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      endpoint TEXT NOT NULL UNIQUE,
      push_service TEXT NOT NULL,
      p256dh TEXT NOT NULL,
      auth TEXT NOT NULL,
      public_key TEXT,
      state TEXT NOT NULL CHECK (state IN ('active', 'expired', 'gone', 'unsubscribed', 'mismatched')),
      expiration_time INTEGER,
      label TEXT,
      source TEXT NOT NULL CHECK (source IN ('page', 'import')),
      remark TEXT,
      added_at INTEGER NOT NULL,
      state_changed_at INTEGER NOT NULL,
      last_delivery_at INTEGER,
      last_delivery_state TEXT,
      deleted_at INTEGER
    ) STRICT;
    CREATE INDEX subscriptions_by_state ON subscriptions (state, id) WHERE deleted_at IS NULL;
    CREATE INDEX subscriptions_by_key ON subscriptions (public_key, state) WHERE deleted_at IS NULL;
    CREATE INDEX subscriptions_by_service ON subscriptions (push_service, state, id) WHERE deleted_at IS NULL;
    CREATE INDEX subscriptions_in_bin ON subscriptions (id) WHERE deleted_at IS NOT NULL;

    CREATE TABLE campaigns (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      request_id TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL CHECK (kind IN ('campaign', 'test', 'rehearsal')),
      state TEXT NOT NULL CHECK (state IN ('preparing', 'running', 'paused', 'finished', 'cancelled')),
      message TEXT NOT NULL,
      payload TEXT NOT NULL,
      payload_bytes INTEGER NOT NULL,
      audience TEXT NOT NULL,
      -- Where the writing of deliveries stands: the last subscription id that was looked at, and the last one that counts.
      audience_cursor INTEGER NOT NULL DEFAULT 0,
      audience_end INTEGER NOT NULL,
      recipients INTEGER NOT NULL DEFAULT 0,
      created_at INTEGER NOT NULL,
      finished_at INTEGER
    ) STRICT;
    CREATE INDEX campaigns_unfinished ON campaigns (state, id) WHERE state IN ('preparing', 'running', 'paused');

    CREATE TABLE deliveries (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
      subscription_id INTEGER NOT NULL REFERENCES subscriptions (id),
      key_pair_id INTEGER NOT NULL,
      push_service TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'accepted', 'retrying', 'failed', 'gone', 'cancelled', 'unknown')),
      attempt_count INTEGER NOT NULL DEFAULT 0,
      last_status INTEGER,
      diagnosis TEXT,
      next_attempt_at INTEGER,
      lease_until INTEGER,
      updated_at INTEGER NOT NULL,
      UNIQUE (campaign_id, subscription_id)
    ) STRICT;
    CREATE INDEX deliveries_by_state ON deliveries (campaign_id, state, id);
    CREATE INDEX deliveries_due ON deliveries (campaign_id, push_service, key_pair_id, state, next_attempt_at, id)
      WHERE state IN ('queued', 'retrying');
    CREATE INDEX deliveries_on_the_wire ON deliveries (state, id) WHERE state = 'sending';

    -- Sums kept in the transaction that changes a delivery, so that progress is read without counting a million rows.
    CREATE TABLE campaign_sums (
      campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
      push_service TEXT NOT NULL,
      key_pair_id INTEGER NOT NULL,
      state TEXT NOT NULL,
      diagnosis TEXT NOT NULL DEFAULT '',
      count INTEGER NOT NULL,
      PRIMARY KEY (campaign_id, push_service, key_pair_id, state, diagnosis)
    ) STRICT, WITHOUT ROWID;

    -- Settled deliveries by local day, for the overview.
    CREATE TABLE day_sums (
      day INTEGER NOT NULL,
      push_service TEXT NOT NULL,
      state TEXT NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (day, push_service, state)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE attempts (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
      number INTEGER NOT NULL,
      started_at INTEGER NOT NULL,
      duration_ms REAL NOT NULL,
      request_url TEXT NOT NULL,
      request_headers TEXT NOT NULL,
      body_bytes INTEGER NOT NULL,
      answer_status INTEGER,
      answer_headers TEXT,
      answer_body TEXT,
      error TEXT,
      diagnosis TEXT
    ) STRICT;
    CREATE INDEX attempts_of_delivery ON attempts (delivery_id, number);

    CREATE TABLE settings (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
