import type { Migration } from './migration.ts';

/**
 * An import may say when its subscriptions were made, which is not the order in which they were stored. While there is no row in
 * `dated_list`, both orders are the same, and a list in the order of dates is read in that of ids, which takes no time.
 */
export const datedLists: Migration = {
  version: 390,
  name: 'dated lists',
  sql: `
    CREATE TABLE dated_list (id INTEGER PRIMARY KEY CHECK (id = 1)) STRICT;
    INSERT INTO dated_list (id)
    SELECT 1 WHERE EXISTS (
      SELECT 1 FROM (SELECT id, lag(id) OVER (ORDER BY added_at, id) AS before FROM subscriptions) WHERE before > id);
  `,
};
