import type { Migration } from './migration.ts';

/**
 * Deliveries that wait for their recipient's clock are stored like retries, and there can be hundreds of thousands of them. A page of real
 * retries, which are few, must not walk through them all.
 */
export const retriesInOrder: Migration = {
  version: 380,
  name: 'retries in order',
  sql: `
    CREATE INDEX deliveries_tried ON deliveries (campaign_id, id)
      WHERE state = 'retrying' AND diagnosis IS NOT 'recipient-hours';
  `,
};
