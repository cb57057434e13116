import type { Migration } from './migration.ts';

/**
 * When a copy of a key pair was last known to exist outside the data folder. For existing pairs nobody knows, so the person is reminded of
 * them.
 */
export const keyCopies: Migration = {
  version: 120,
  name: 'key copies',
  sql: 'ALTER TABLE key_pairs ADD COLUMN copied_at INTEGER',
};
