import type { Migration } from './migration.ts';

/**
 * A lease on a delivery was written with each claim but never read: anything on the wire at a start was interrupted, whatever its lease
 * said.
 */
export const noLease: Migration = {
  version: 130,
  name: 'no lease',
  sql: 'ALTER TABLE deliveries DROP COLUMN lease_until',
};
