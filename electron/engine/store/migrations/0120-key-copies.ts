import type { Migration } from './migration.ts';

/**
 * When a copy of a key pair was last known to lie outside of the data folder. Of the pairs that are here nobody knows: they are reminded
 * of.
 */
export const keyCopies: Migration = {
  version: 120,
  name: 'key copies',
  sql: 'ALTER TABLE key_pairs ADD COLUMN copied_at INTEGER',
};
