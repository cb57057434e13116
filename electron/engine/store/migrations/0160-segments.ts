import type { Migration } from './migration.ts';

/** A segment is a filter with a name, which is unique regardless of case (`key`). Ids are never reused: campaigns remember them. */
export const segments: Migration = {
  version: 160,
  name: 'segments',
  sql: `
    CREATE TABLE segments (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      key TEXT NOT NULL UNIQUE,
      filter TEXT NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT;
  `,
};
