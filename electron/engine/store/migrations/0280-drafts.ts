import type { Migration } from './migration.ts';

/** Templates, and any number of drafts, the first of which is the one that Compose kept until now. */
export const drafts: Migration = {
  version: 280,
  name: 'drafts and templates',
  sql: `
    CREATE TABLE drafts (
      -- Never used twice: a window may still have one open that has gone.
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      -- JSON each.
      message TEXT NOT NULL,
      audience TEXT NOT NULL,
      choices TEXT NOT NULL,
      revision INTEGER NOT NULL,
      -- Of the send that is to come.
      request_id TEXT NOT NULL UNIQUE,
      updated_at INTEGER NOT NULL,
      -- 'sent' or 'deleted', and when; it stays a while, so that it can be put back and a window that has it open can say what happened.
      left_as TEXT,
      left_at INTEGER
    ) STRICT;
    CREATE INDEX drafts_recent ON drafts (updated_at, id) WHERE left_as IS NULL;
    CREATE INDEX drafts_left ON drafts (left_at) WHERE left_as IS NOT NULL;
    CREATE TABLE templates (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      -- The name in lower case; NULL once it was deleted, so that another one may have it.
      key TEXT UNIQUE,
      message TEXT NOT NULL,
      updated_at INTEGER NOT NULL,
      left_at INTEGER
    ) STRICT;
    CREATE INDEX templates_left ON templates (left_at) WHERE left_at IS NOT NULL;
    INSERT INTO drafts (message, audience, choices, revision, request_id, updated_at)
      SELECT value -> '$.message', coalesce(value -> '$.audience', 'null'), '{}', 1,
        lower(format('%s-%s-4%s-8%s-%s', hex(randomblob(4)), hex(randomblob(2)), substr(hex(randomblob(2)), 2),
          substr(hex(randomblob(2)), 2), hex(randomblob(6)))),
        unixepoch() * 1000
      FROM (SELECT value FROM settings WHERE name = 'draft' AND iif(json_valid(value), json_type(value, '$.message') = 'object', 0));
    DELETE FROM settings WHERE name = 'draft';
  `,
};
