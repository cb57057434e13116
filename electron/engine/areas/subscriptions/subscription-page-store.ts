import type { Subscription } from '../../../contract/subscriptions.ts';
import type { ReadableDb } from '../../store/database.ts';
import { SELECT_SUBSCRIPTIONS, toSubscription, type RawSubscription } from './subscription-row.ts';
import { groupParams, IS_OF_GROUP, type GroupParams, type SubscriptionGroup } from './subscription-group.ts';

export interface SubscriptionPageStore {
  /**
   * Newest first: rows of any of these groups, below the id `before`, at most `limit`.
   * Each group is a stretch of one index, so the time does not grow with the rows that do not fit.
   */
  page(groups: readonly SubscriptionGroup[], before: number, limit: number): Subscription[];
  /** These rows, newest first. */
  rows(ids: readonly number[]): Subscription[];
}

export function createSubscriptionPageStore(db: ReadableDb): SubscriptionPageStore {
  const idsOfGroup = db.read<GroupParams & { before: number; limit: number }, { id: number }>(
    `SELECT id FROM subscriptions WHERE ${IS_OF_GROUP} AND id < @before ORDER BY id DESC LIMIT @limit`,
  );
  const rows = db.read<{ ids: string }, RawSubscription>(
    `${SELECT_SUBSCRIPTIONS} WHERE s.id IN (SELECT value FROM json_each(@ids)) ORDER BY s.id DESC`,
  );
  const rowsOf = (ids: readonly number[]) => rows.all({ ids: JSON.stringify(ids) }).map(toSubscription);
  return {
    rows: rowsOf,
    page(groups, before, limit) {
      const ids = groups.flatMap((group) =>
        idsOfGroup.all({ ...groupParams(group), before, limit }).map((row) => row.id),
      );
      const newest = ids.sort((a, b) => b - a).slice(0, limit);
      return rowsOf(newest);
    },
  };
}
