import type { SubscriptionId } from '../../../contract/ids.ts';
import type { WritableDb } from '../../store/database.ts';
import { soundCountSql } from '../../store/sound.ts';
import {
  GROUP_COLUMNS,
  GROUP_OF_ROW,
  toSum,
  type RawSum,
  type SubscriptionSum,
} from './subscription-group.ts';

export interface SubscriptionSumStore {
  /** Groups that have rows: a few dozen, however many rows there are. */
  list(): SubscriptionSum[];
  /** The same of these rows alone. */
  listOf(ids: readonly SubscriptionId[]): SubscriptionSum[];
  /** Counts all rows again if a sum is unusable, because the triggers could not do their work. See [Note: damaged rows]. */
  mend(): void;
}

export function createSubscriptionSumStore(db: WritableDb): SubscriptionSumStore {
  const all = db.read<object, RawSum>(
    `SELECT ${GROUP_COLUMNS}, count FROM subscription_sums WHERE count > 0`,
  );
  const some = db.read<{ ids: string }, RawSum>(
    `SELECT ${GROUP_OF_ROW}, count(*) AS count FROM subscriptions
     WHERE id IN (SELECT value FROM json_each(@ids)) GROUP BY 1, 2, 3, 4`,
  );
  const isDamaged = db.read<object, { found: number }>(
    `SELECT 1 AS found FROM subscription_sums WHERE count <> ${soundCountSql('count')} OR count < 0 LIMIT 1`,
  );
  const drop = db.write<object>('DELETE FROM subscription_sums');
  const count = db.write<object>(
    `INSERT INTO subscription_sums (${GROUP_COLUMNS}, count)
     SELECT ${GROUP_OF_ROW}, count(*) FROM subscriptions GROUP BY 1, 2, 3, 4`,
  );
  return {
    mend() {
      if (isDamaged.get({}) === undefined) return;
      db.transaction(() => {
        drop.run({});
        count.run({});
      });
    },
    list: () => all.all({}).map(toSum),
    listOf: (ids) => some.all({ ids: JSON.stringify(ids) }).map(toSum),
  };
}
