import type { SubscriptionId } from '../../../contract/ids.ts';
import type { ReadableDb } from '../../store/database.ts';
import {
  GROUP_COLUMNS,
  GROUP_OF_ROW,
  toSum,
  type RawSum,
  type SubscriptionSum,
} from './subscription-group.ts';

export interface SubscriptionSumStore {
  /** Groups that have rows; a few dozen, however many rows there are. */
  list(): SubscriptionSum[];
  /** The same of these rows alone. */
  listOf(ids: readonly SubscriptionId[]): SubscriptionSum[];
}

export function createSubscriptionSumStore(db: ReadableDb): SubscriptionSumStore {
  const all = db.read<object, RawSum>(
    `SELECT ${GROUP_COLUMNS}, count FROM subscription_sums WHERE count > 0`,
  );
  const some = db.read<{ ids: string }, RawSum>(
    `SELECT ${GROUP_OF_ROW}, count(*) AS count FROM subscriptions
     WHERE id IN (SELECT value FROM json_each(@ids)) GROUP BY 1, 2, 3, 4`,
  );
  return {
    list: () => all.all({}).map(toSum),
    listOf: (ids) => some.all({ ids: JSON.stringify(ids) }).map(toSum),
  };
}
