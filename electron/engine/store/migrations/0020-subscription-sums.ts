import type { Migration } from './migration.ts';

/**
 * [Note: subscription sums] How many subscriptions there are of each kind, kept by triggers in the transaction that changes a row. Thanks
 * to them, a count over a million rows is a sum over a few dozen, and a page of a filtered list knows which groups to look into.
 * `public_key` is '' if it is not known.
 *
 * One index serves every filter: it contains the groups in the order of the sums and ends in the row id, by which lists are paged. It
 * replaces several single-purpose indexes, each of which cost every import time.
 */
export const subscriptionSums: Migration = {
  version: 20,
  name: 'subscription sums',
  sql: `
    DROP INDEX subscriptions_by_state;
    DROP INDEX subscriptions_by_key;
    DROP INDEX subscriptions_by_service;
    DROP INDEX subscriptions_in_bin;

    CREATE INDEX subscriptions_by_group ON subscriptions
      ((deleted_at IS NOT NULL), ifnull(public_key, ''), push_service, state, id);
    CREATE INDEX subscriptions_by_expiration ON subscriptions (expiration_time)
      WHERE state = 'active' AND expiration_time IS NOT NULL;

    CREATE TABLE subscription_sums (
      in_bin INTEGER NOT NULL CHECK (in_bin IN (0, 1)),
      public_key TEXT NOT NULL,
      push_service TEXT NOT NULL,
      state TEXT NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (in_bin, public_key, push_service, state)
    ) STRICT, WITHOUT ROWID;

    INSERT INTO subscription_sums (in_bin, public_key, push_service, state, count)
      SELECT deleted_at IS NOT NULL, ifnull(public_key, ''), push_service, state, count(*)
      FROM subscriptions GROUP BY 1, 2, 3, 4;

    CREATE TRIGGER subscriptions_sum_insert AFTER INSERT ON subscriptions BEGIN
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
