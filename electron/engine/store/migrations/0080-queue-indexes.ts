import type { Migration } from './migration.ts';

/**
 * [Note: queue indexes] The waiting deliveries of a lane are found by a separate index for each of the two states, because only then is
 * there a single way to read them, in order and up to a limit. With one index over both, although the statements named it, SQLite still had
 * a choice: once it had statistics from a moment when nothing was waiting, it went through everything that waits and sorted it, for each
 * batch.
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
