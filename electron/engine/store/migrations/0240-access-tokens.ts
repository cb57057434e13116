import type { Migration } from './migration.ts';

/** Tokens for programs and people elsewhere: what each may do, and only a hash of the token itself. */
export const accessTokens: Migration = {
  version: 240,
  name: 'access tokens',
  sql: `CREATE TABLE access_tokens (
      -- Never used twice: a token that was revoked must not be taken for a later one.
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      -- Words with blanks between.
      scopes TEXT NOT NULL,
      -- SHA-256 of the whole token.
      hash BLOB NOT NULL UNIQUE,
      created_at INTEGER NOT NULL,
      expires_at INTEGER,
      last_used_at INTEGER
    ) STRICT`,
};
