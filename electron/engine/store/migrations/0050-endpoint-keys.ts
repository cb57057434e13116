import type { Migration } from './migration.ts';

/**
 * [Note: endpoint keys] An endpoint is some 200 random characters, and a unique index over them was half as large as the table: each new
 * row wrote to a page of it that was nowhere near the last one. Now the index is over a key of 16 bytes (`endpoint_key` in
 * engine/store/endpoint-key.ts), a sixth of the size. A constraint cannot be dropped, so the table is rebuilt, in the order given at
 * https://sqlite.org/lang_altertable.html#otheralter; references to its rows stay valid.
 *
 * Batches of new rows add to the sums themselves, once per batch: while there is a row in `sums_by_batch`, the trigger leaves the sums
 * alone. That row exists only inside such a transaction.
 */
export const endpointKeys: Migration = {
  version: 50,
  name: 'endpoint keys',
  sql: `
    CREATE TABLE keyed_subscriptions (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      endpoint TEXT NOT NULL,
      endpoint_key BLOB NOT NULL CHECK (length(endpoint_key) = 16),
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

    INSERT INTO keyed_subscriptions (id, endpoint, endpoint_key, push_service, p256dh, auth, public_key, state,
        expiration_time, label, source, remark, added_at, state_changed_at, last_delivery_at, last_delivery_state, deleted_at)
      SELECT id, endpoint, endpoint_key(endpoint), push_service, p256dh, auth, public_key, state,
        expiration_time, label, source, remark, added_at, state_changed_at, last_delivery_at, last_delivery_state, deleted_at
      FROM subscriptions ORDER BY id;

    -- Ids are never given twice, those of rows that were removed included.
    UPDATE sqlite_sequence
      SET seq = max(seq, (SELECT ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = 'subscriptions'))
      WHERE name = 'keyed_subscriptions';
    INSERT INTO sqlite_sequence (name, seq)
      SELECT 'keyed_subscriptions', seq FROM sqlite_sequence WHERE name = 'subscriptions'
        AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'keyed_subscriptions');

    DROP TABLE subscriptions;
    ALTER TABLE keyed_subscriptions RENAME TO subscriptions;

    CREATE UNIQUE INDEX subscriptions_by_endpoint ON subscriptions (endpoint_key);
    CREATE INDEX subscriptions_by_group ON subscriptions
      ((deleted_at IS NOT NULL), ifnull(public_key, ''), push_service, state, id);
    CREATE INDEX subscriptions_by_expiration ON subscriptions (expiration_time)
      WHERE state = 'active' AND expiration_time IS NOT NULL;
    CREATE INDEX subscriptions_labelled ON subscriptions (id) WHERE label IS NOT NULL;

    CREATE TABLE sums_by_batch (
      id INTEGER PRIMARY KEY CHECK (id = 1)
    ) STRICT;

    CREATE TRIGGER subscriptions_sum_insert AFTER INSERT ON subscriptions
      WHEN NOT EXISTS (SELECT 1 FROM sums_by_batch)
    BEGIN
      INSERT INTO subscription_sums (in_bin, public_key, push_service, state, count)
        VALUES (new.deleted_at IS NOT NULL, ifnull(new.public_key, ''), new.push_service, new.state, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
    END;

    CREATE TRIGGER subscriptions_sum_delete AFTER DELETE ON subscriptions BEGIN
      UPDATE subscription_sums SET count = count - 1
        WHERE in_bin = (old.deleted_at IS NOT NULL) AND public_key = ifnull(old.public_key, '')
          AND push_service = old.push_service AND state = old.state;
    END;

    CREATE TRIGGER subscriptions_sum_update
      AFTER UPDATE OF deleted_at, public_key, push_service, state ON subscriptions
      WHEN (old.deleted_at IS NOT NULL) IS NOT (new.deleted_at IS NOT NULL) OR old.public_key IS NOT new.public_key
        OR old.push_service IS NOT new.push_service OR old.state IS NOT new.state
    BEGIN
      UPDATE subscription_sums SET count = count - 1
        WHERE in_bin = (old.deleted_at IS NOT NULL) AND public_key = ifnull(old.public_key, '')
          AND push_service = old.push_service AND state = old.state;
      INSERT INTO subscription_sums (in_bin, public_key, push_service, state, count)
        VALUES (new.deleted_at IS NOT NULL, ifnull(new.public_key, ''), new.push_service, new.state, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
    END;
  `,
};
