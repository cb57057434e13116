import type { Migration } from './migration.ts';

/**
 * [Note: facts] What an owner knows about subscribers is in its own table, so that rows about which nothing is known cost nothing, and all
 * of it can be read without the endpoints. `tags` is a JSON array of ids of facts, `attributes` a JSON object, `page_names` the attributes
 * whose value came from the page, which may change it again.
 *
 * A fact is a tag, an attribute that is set, or one value of it. For each fact and each stretch of 16,000 row ids, `fact_rows` says which
 * rows have it (store/row-bits.ts): `id` is fact * 1000000 + stretch, until step 370. They are written in the transaction that changes a
 * row, so they are never behind. An attribute with very many values has facts only for the first of them; `has_more` says so, and the
 * others are looked for in the rows.
 *
 * `subscriptions.label` stays, but empty: removing a column would rewrite the whole table.
 */
export const people: Migration = {
  version: 150,
  name: 'people',
  sql: `
    CREATE TABLE people (
      id INTEGER PRIMARY KEY REFERENCES subscriptions (id),
      label TEXT,
      external_id TEXT,
      tags TEXT NOT NULL DEFAULT '[]',
      attributes TEXT NOT NULL DEFAULT '{}',
      page_names TEXT NOT NULL DEFAULT '[]'
    ) STRICT;
    INSERT INTO people (id, label) SELECT id, label FROM subscriptions WHERE label IS NOT NULL;
    DROP INDEX subscriptions_labelled;
    UPDATE subscriptions SET label = NULL WHERE label IS NOT NULL;
    CREATE INDEX people_named ON people (id, label, external_id) WHERE label IS NOT NULL OR external_id IS NOT NULL;
    CREATE INDEX people_by_external_id ON people (external_id) WHERE external_id IS NOT NULL;

    CREATE TABLE facts (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL CHECK (kind IN ('tag', 'attribute', 'value')),
      -- A tag in small letters, or the name of an attribute.
      key TEXT NOT NULL,
      -- Of an attribute; '' for the others.
      value TEXT NOT NULL DEFAULT '',
      -- As it was spelled first.
      name TEXT NOT NULL,
      -- Rows that have it, the bin included.
      count INTEGER NOT NULL DEFAULT 0,
      -- Of an attribute: how many of its values are facts, and whether there are others.
      value_count INTEGER NOT NULL DEFAULT 0,
      has_more INTEGER NOT NULL DEFAULT 0 CHECK (has_more IN (0, 1)),
      -- The page brought it, not the owner.
      from_page INTEGER NOT NULL DEFAULT 0 CHECK (from_page IN (0, 1)),
      UNIQUE (kind, key, value)
    ) STRICT;
    CREATE TABLE fact_rows (
      id INTEGER PRIMARY KEY,
      count INTEGER NOT NULL,
      rows BLOB NOT NULL
    ) STRICT;
  `,
};
