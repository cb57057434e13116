import type { Migration } from './migration.ts';

/**
 * An act on many rows, and what the rows that it changed had before, so that it can be undone. `act_rows` has a line for each piece of rows
 * of one stretch: `before` is JSON, with row ids grouped by what they had before (areas/subscriptions/acts/undo-record.ts). Anyone who is
 * erased is removed from it.
 */
export const acts: Migration = {
  version: 170,
  name: 'acts',
  sql: `
    CREATE TABLE acts (
      id TEXT PRIMARY KEY,
      act TEXT NOT NULL,
      state TEXT NOT NULL,
      matched INTEGER,
      done INTEGER NOT NULL DEFAULT 0,
      changed INTEGER NOT NULL DEFAULT 0,
      restored INTEGER NOT NULL DEFAULT 0,
      started_at INTEGER NOT NULL,
      finished_at INTEGER,
      problem TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE act_rows (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      act_id TEXT NOT NULL REFERENCES acts (id) ON DELETE CASCADE,
      stretch INTEGER NOT NULL,
      before TEXT NOT NULL
    ) STRICT;
    CREATE INDEX act_rows_of_act ON act_rows (act_id, id);
    CREATE INDEX act_rows_of_stretch ON act_rows (stretch);
  `,
};
