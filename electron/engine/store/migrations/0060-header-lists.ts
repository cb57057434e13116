import type { Migration } from './migration.ts';

/**
 * [Note: header lists] The header fields of a request are the same for thousands of attempts, and together with the endpoint they were more
 * than half of each; now each list is stored once. From here on an attempt names its list, and an empty `request_url` stands for the
 * endpoint of its subscription, which never changes. Older attempts keep their own texts.
 */
export const headerLists: Migration = {
  version: 60,
  name: 'header lists',
  sql: `
    -- A JSON array of [name, value].
    CREATE TABLE header_lists (
      id INTEGER PRIMARY KEY,
      headers TEXT NOT NULL UNIQUE
    ) STRICT;

    ALTER TABLE attempts ADD COLUMN header_list_id INTEGER REFERENCES header_lists (id);
  `,
};
