import type { Migration } from './migration.ts';

/**
 * [Note: list sums] Who joins the list and who leaves it, by quarters of an hour in UTC: in every time zone days begin with one, so that
 * the same sums give the days of any viewer, and a change of the clocks loses none. `change` is `joined` (stored for the first time, by
 * `added_at`), `returned` (active again), or how it left: its new state, or `binned`. Only those that are active and outside the bin are on
 * the list, and every step across that border is counted in the transaction that makes it: those who joined or returned, minus those who
 * left, are those on the list. Erasing subtracts nothing.
 *
 * [Note: age sums] What push services answered, by how many days ago they had last accepted a message for that subscription (-1: never),
 * and by periods of 30 days, so that old answers can be left out. The share of gone subscriptions follows from them.
 *
 * For an older store, only the day someone was added and the day of the last change are known.
 *
 * `people.removed_tags`: tags that the owner took away. The page does not bring them back.
 */
export const listHistory: Migration = {
  version: 210,
  name: 'list history',
  sql: `
    CREATE TABLE list_sums (
      slot INTEGER NOT NULL,
      change TEXT NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (slot, change)
    ) STRICT, WITHOUT ROWID;

    INSERT INTO list_sums (slot, change, count)
      SELECT added_at / 900000, 'joined', count(*) FROM subscriptions
      WHERE state = 'active' OR state_changed_at > added_at GROUP BY 1;
    INSERT INTO list_sums (slot, change, count)
      SELECT max(added_at, iif(state = 'active', deleted_at, state_changed_at)) / 900000,
        iif(state = 'active', 'binned', state), count(*) FROM subscriptions
      WHERE (state = 'active' AND deleted_at IS NOT NULL) OR (state <> 'active' AND state_changed_at > added_at)
      GROUP BY 1, 2;

    CREATE TRIGGER subscriptions_list_insert AFTER INSERT ON subscriptions
      WHEN new.state = 'active' AND new.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM sums_by_batch)
    BEGIN
      INSERT INTO list_sums (slot, change, count) VALUES (new.added_at / 900000, 'joined', 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
    END;

    CREATE TRIGGER subscriptions_list_update AFTER UPDATE OF state, deleted_at ON subscriptions
      WHEN (old.state = 'active' AND old.deleted_at IS NULL) IS NOT (new.state = 'active' AND new.deleted_at IS NULL)
    BEGIN
      INSERT INTO list_sums (slot, change, count)
        VALUES (max(new.added_at, ifnull(new.cause_at, new.state_changed_at)) / 900000,
          CASE WHEN new.state <> 'active' THEN new.state WHEN new.deleted_at IS NULL THEN 'returned' ELSE 'binned' END, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
    END;

    CREATE TABLE age_sums (
      period INTEGER NOT NULL,
      push_service TEXT NOT NULL,
      age INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('accepted', 'gone')),
      count INTEGER NOT NULL,
      PRIMARY KEY (period, push_service, age, state)
    ) STRICT, WITHOUT ROWID;

    INSERT INTO age_sums (period, push_service, age, state, count)
      SELECT at / 2592000000, push_service,
        CASE WHEN reached IS NULL THEN -1 WHEN at - reached < 604800000 THEN 0 WHEN at - reached < 2592000000 THEN 7
          WHEN at - reached < 7776000000 THEN 30 WHEN at - reached < 15552000000 THEN 90 ELSE 180 END,
        state, count(*)
      FROM (
        SELECT updated_at AS at, push_service, state, max(iif(state = 'accepted', updated_at, NULL)) OVER (
          PARTITION BY subscription_id ORDER BY updated_at, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
        FROM deliveries
        WHERE state IN ('accepted', 'gone') AND campaign_id IN (SELECT id FROM campaigns WHERE kind <> 'rehearsal'))
      GROUP BY 1, 2, 3, 4;

    ALTER TABLE people ADD COLUMN removed_tags TEXT NOT NULL DEFAULT '[]';
  `,
};
