import type { Subscription } from '../../../contract/subscriptions.ts';
import type { ReadableDb } from '../../store/database.ts';
import {
  SELECT_SUBSCRIPTIONS,
  toSubscription,
  type RawSubscription,
  type TagNames,
} from './subscription-row.ts';
import { groupParams, IS_OF_GROUP, type GroupParams, type SubscriptionGroup } from './subscription-group.ts';

export type Order = 'newest' | 'oldest';

export interface SubscriptionPageStore {
  /**
   * Ids of rows of any of these groups, at most `limit`: newest first below `position`, or oldest first above it. Each group is one range
   * of an index, so rows that do not match take no time.
   */
  page(groups: readonly SubscriptionGroup[], order: Order, position: number, limit: number): number[];
  /** These rows, in the order of the ids. */
  rows(ids: readonly number[]): Subscription[];
}

export function createSubscriptionPageStore(db: ReadableDb, tagNames: TagNames): SubscriptionPageStore {
  type Params = GroupParams & { position: number; limit: number };
  const below = db.read<Params, { id: number }>(
    `SELECT id FROM subscriptions WHERE ${IS_OF_GROUP} AND id < @position ORDER BY id DESC LIMIT @limit`,
  );
  const above = db.read<Params, { id: number }>(
    `SELECT id FROM subscriptions WHERE ${IS_OF_GROUP} AND id > @position ORDER BY id LIMIT @limit`,
  );
  const rows = db.read<{ ids: string }, RawSubscription>(
    `${SELECT_SUBSCRIPTIONS} WHERE s.id IN (SELECT value FROM json_each(@ids))`,
  );
  return {
    rows(ids) {
      const found = new Map(rows.all({ ids: JSON.stringify(ids) }).map((raw) => [raw.id, raw] as const));
      return ids.flatMap((id) => {
        const raw = found.get(id);
        return raw === undefined ? [] : [toSubscription(raw, tagNames)];
      });
    },
    page(groups, order, position, limit) {
      const query = order === 'newest' ? below : above;
      const ids = groups.flatMap((group) =>
        query.all({ ...groupParams(group), position, limit }).map((row) => row.id),
      );
      const direction = order === 'newest' ? -1 : 1;
      return ids.sort((one, other) => direction * (one - other)).slice(0, limit);
    },
  };
}
