import type { Migration } from './migration.ts';

/** Changes of key and how far they have come, when browsers were last seen on a page, and who came over from another sender. */
export const moves: Migration = {
  version: 250,
  name: 'moves',
  sql: `
    CREATE TABLE key_rotations (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      -- Public keys: the pair itself may be removed later.
      from_key TEXT NOT NULL,
      to_key TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      -- Active subscriptions of the old key then.
      started_with INTEGER NOT NULL,
      ended_at INTEGER,
      ended_as TEXT CHECK (ended_as IN ('finished', 'cancelled'))
    ) STRICT;
    CREATE UNIQUE INDEX key_rotations_open ON key_rotations (from_key) WHERE ended_at IS NULL;
    CREATE TABLE key_rotation_hours (
      rotation_id INTEGER NOT NULL REFERENCES key_rotations (id),
      -- Hours since 1970.
      hour INTEGER NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (rotation_id, hour)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE subscription_visits (
      subscription_id INTEGER PRIMARY KEY REFERENCES subscriptions (id),
      seen_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE moved_in_hours (
      hour INTEGER NOT NULL,
      how TEXT NOT NULL CHECK (how IN ('kept', 'renewed')),
      count INTEGER NOT NULL,
      PRIMARY KEY (hour, how)
    ) STRICT, WITHOUT ROWID`,
};
