import type { Subscription } from '../../../contract/subscriptions.ts';
import type { ReadableDb } from '../../store/database.ts';
import {
  SELECT_SUBSCRIPTIONS,
  toSubscription,
  type RawSubscription,
  type TagNames,
} from './subscription-row.ts';
import {
  GROUP_OF_ROW,
  groupParams,
  IS_OF_GROUP,
  toGroup,
  type GroupParams,
  type RawGroup,
  type SubscriptionGroup,
} from './subscription-group.ts';

export type Order = 'newest' | 'oldest';

/** A place in the order of dates; those of the same date are in the order of their ids. */
export interface DatedRow {
  readonly addedAt: number;
  readonly id: number;
}

export interface SubscriptionPageStore {
  /**
   * [Note: dated lists] Whether some were added at another time than they were stored, as an import may say: then the order of dates is not
   * that of ids.
   */
  isDated(): boolean;
  /** The next of all rows in the order of dates, at most `limit`. `null`: from the first one on. */
  walk(order: Order, after: DatedRow | null, limit: number): DatedRow[];
  /** Their dates, in no order. */
  datesOf(ids: readonly number[]): DatedRow[];
  /** The row with this id or, if it is gone, the one before it; `null`: there is none. */
  placeOf(id: number): DatedRow | null;
  /** Which of these are of a group that matches. */
  ofGroups(ids: readonly number[], matches: (group: SubscriptionGroup) => boolean): Set<number>;
  /**
   * Ids of rows of any of these groups, at most `limit`: newest first below `position`, or oldest first above it. Each group is one range
   * of an index, so rows that do not match take no time.
   */
  page(groups: readonly SubscriptionGroup[], order: Order, position: number, limit: number): number[];
  /** These rows, in the order of the ids. */
  rows(ids: readonly number[]): Subscription[];
}

/** Before and behind all rows. */
const FIRST: DatedRow = { addedAt: -Number.MAX_SAFE_INTEGER, id: 0 };
const LAST: DatedRow = { addedAt: Number.MAX_SAFE_INTEGER, id: 0 };

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
  const dated = db.read<object, { id: number }>('SELECT id FROM dated_list');
  // In the index over the dates, those of one date are in the order of their ids.
  type Walk = DatedRow & { limit: number };
  const walks = {
    newest: {
      same: db.read<Walk, DatedRow>(
        `SELECT id, added_at AS addedAt FROM subscriptions WHERE added_at = @addedAt AND id < @id ORDER BY id DESC LIMIT @limit`,
      ),
      next: db.read<Walk, DatedRow>(
        `SELECT id, added_at AS addedAt FROM subscriptions WHERE added_at < @addedAt
         ORDER BY added_at DESC, id DESC LIMIT @limit`,
      ),
    },
    oldest: {
      same: db.read<Walk, DatedRow>(
        `SELECT id, added_at AS addedAt FROM subscriptions WHERE added_at = @addedAt AND id > @id ORDER BY id LIMIT @limit`,
      ),
      next: db.read<Walk, DatedRow>(
        `SELECT id, added_at AS addedAt FROM subscriptions WHERE added_at > @addedAt ORDER BY added_at, id LIMIT @limit`,
      ),
    },
  };
  const dates = db.read<{ ids: string }, DatedRow>(
    `SELECT id, added_at AS addedAt FROM subscriptions WHERE id IN (SELECT value FROM json_each(@ids))`,
  );
  const place = db.read<{ id: number }, DatedRow>(
    'SELECT id, added_at AS addedAt FROM subscriptions WHERE id <= @id ORDER BY id DESC LIMIT 1',
  );
  const groups = db.read<{ ids: string }, { id: number } & RawGroup>(
    `SELECT id, ${GROUP_OF_ROW} FROM subscriptions WHERE id IN (SELECT value FROM json_each(@ids))`,
  );
  return {
    isDated: () => dated.get({}) !== undefined,
    walk(order, after, limit) {
      const { same, next } = walks[order];
      const { addedAt, id } = after ?? (order === 'newest' ? LAST : FIRST);
      const found = same.all({ addedAt, id, limit });
      return found.length < limit
        ? [...found, ...next.all({ addedAt, id, limit: limit - found.length })]
        : found;
    },
    datesOf: (ids) => dates.all({ ids: JSON.stringify(ids) }),
    placeOf: (id) => place.get({ id }) ?? null,
    ofGroups(ids, matches) {
      const rows = groups.all({ ids: JSON.stringify(ids) });
      return new Set(rows.filter((raw) => matches(toGroup(raw))).map(({ id }) => id));
    },
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
