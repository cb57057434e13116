import type { Migration } from './migration.ts';

/**
 * [Note: state changes] Why a subscription is in its current state. Code that changes a state or moves a row to the bin says why in
 * `state_cause` (a word, or `delivery 47`) and when in `cause_at`, in the same statement; a trigger keeps it, so that none is forgotten.
 * The last 100 of each subscription are kept.
 *
 * `last_accepted_at` tells who was ever reached. `subscriptions_by_outcome` finds those whose last message failed, or who were never sent
 * any: rows whose last message was accepted are not in it, so a campaign touches it only where something changes.
 */
export const stateChanges: Migration = {
  version: 180,
  name: 'state changes',
  sql: `
    ALTER TABLE subscriptions ADD COLUMN last_accepted_at INTEGER;
    ALTER TABLE subscriptions ADD COLUMN state_cause TEXT;
    ALTER TABLE subscriptions ADD COLUMN cause_at INTEGER;
    UPDATE subscriptions SET last_accepted_at = sent.at
      FROM (SELECT subscription_id, max(updated_at) AS at FROM deliveries WHERE state = 'accepted' GROUP BY subscription_id) AS sent
      WHERE sent.subscription_id = subscriptions.id;

    CREATE INDEX subscriptions_by_outcome ON subscriptions
      (ifnull(last_delivery_state, ''), (last_accepted_at IS NULL), id)
      WHERE last_delivery_state IS NOT 'accepted';
    CREATE INDEX subscriptions_by_added ON subscriptions (added_at);

    CREATE TABLE state_changes (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      subscription_id INTEGER NOT NULL REFERENCES subscriptions (id),
      at INTEGER NOT NULL,
      from_state TEXT NOT NULL,
      to_state TEXT NOT NULL,
      bin TEXT CHECK (bin IN ('in', 'out')),
      cause TEXT
    ) STRICT;
    CREATE INDEX state_changes_of ON state_changes (subscription_id, id);
    CREATE INDEX state_changes_by_time ON state_changes (at);

    CREATE TRIGGER subscriptions_state_change
      AFTER UPDATE OF state, deleted_at ON subscriptions
      WHEN old.state IS NOT new.state OR (old.deleted_at IS NULL) IS NOT (new.deleted_at IS NULL)
    BEGIN
      INSERT INTO state_changes (subscription_id, at, from_state, to_state, bin, cause)
        VALUES (new.id, ifnull(new.cause_at, new.state_changed_at),
          old.state, new.state,
          iif((old.deleted_at IS NULL) IS (new.deleted_at IS NULL), NULL, iif(new.deleted_at IS NULL, 'out', 'in')),
          new.state_cause);
      DELETE FROM state_changes WHERE subscription_id = new.id AND id <= (
        SELECT id FROM state_changes WHERE subscription_id = new.id ORDER BY id DESC LIMIT 1 OFFSET 100);
    END;
  `,
};
