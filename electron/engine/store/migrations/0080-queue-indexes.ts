import type { Migration } from './migration.ts';

/**
 * [Note: queue indexes] What waits of a lane is found by an index for each of the two states, because only then is there one way to read
 * it, in its order and up to a limit. With one index over both, which was named in the statements, SQLite still had a choice: once it had
 * statistics of a moment when nothing waited, it went through all that waits and sorted it, for each batch.
 */
export const queueIndexes: Migration = {
  version: 80,
  name: 'queue indexes',
  sql: `
    DROP INDEX deliveries_due;
    CREATE INDEX deliveries_queued ON deliveries (campaign_id, push_service, service_host, key_pair_id, id)
      WHERE state = 'queued';
    CREATE INDEX deliveries_retrying ON deliveries (campaign_id, push_service, service_host, key_pair_id, next_attempt_at, id)
      WHERE state = 'retrying';
  `,
};
