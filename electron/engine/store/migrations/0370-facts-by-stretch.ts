import type { Migration } from './migration.ts';

/**
 * [Note: facts by stretch] The id of a row of `fact_rows` is stretch * 1000000000 + fact, no longer fact * 1000000 + stretch. New rows of
 * the list are all in the last stretch, so that a batch of an import changes a few pages at the end of this table, instead of one for each
 * of hundreds of facts. The ids go by way of negative ones, because an old id may be the new one of another row.
 */
export const factsByStretch: Migration = {
  version: 370,
  name: 'facts-by-stretch',
  sql: `
    UPDATE fact_rows SET id = -(id % 1000000 * 1000000000 + id / 1000000);
    UPDATE fact_rows SET id = -id`,
};
