import type { Migration } from './migration.ts';

/**
 * [Note: search bits] Lets a part of an endpoint be found among a million without looking at each. For every stretch of 16,000 row ids and
 * each bit of a signature there is a bitmap of the rows whose endpoint has a character, or a run of three, with that bit
 * (areas/subscriptions/search/text-bits.ts). The rows that can contain a text are those set in the bitmaps of all its bits; only these few
 * are looked at.
 *
 * Bitmaps are built in the background once all ids of a stretch are taken, and never change, because endpoints do not. A row has 2,000
 * bytes, because two of them fill a page. `id` is stretch * 2048 + bit.
 *
 * FTS5 with trigrams does the same with less code, but makes an import take five times as long.
 */
export const searchBits: Migration = {
  version: 40,
  name: 'search bits',
  sql: `
    CREATE TABLE search_bits (
      id INTEGER PRIMARY KEY,
      bitmap BLOB NOT NULL
    ) STRICT;
    CREATE TABLE search_stretches (
      stretch INTEGER PRIMARY KEY
    ) STRICT;
    CREATE INDEX subscriptions_labelled ON subscriptions (id) WHERE label IS NOT NULL;
  `,
};
