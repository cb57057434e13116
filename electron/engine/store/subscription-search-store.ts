import type { Subscription } from '../../contract/subscription.ts';
import type { ReadableDb } from './database.ts';
import type { SubscriptionGroup } from './subscription-page-store.ts';
import { SELECT_SUBSCRIPTIONS, toSubscription, type RawSubscription } from './subscription-row.ts';

/** Rows of some kinds that have a text in their endpoint or label; case is ignored (A to Z, as SQLite's LIKE does). */
export interface SubscriptionSearchStore {
  /** Newest first, below the id `before`, at most `limit`. */
  page(search: string, groups: readonly SubscriptionGroup[], before: number, limit: number): Subscription[];
  count(search: string, groups: readonly SubscriptionGroup[]): number;
}

interface SearchParams {
  pattern: string;
  groups: string;
}

const MATCHES = `(s.endpoint LIKE @pattern ESCAPE '\\' OR s.label LIKE @pattern ESCAPE '\\')
  AND ((s.deleted_at IS NOT NULL) || ',' || ifnull(s.public_key, '') || ',' || s.push_service || ',' || s.state)
    IN (SELECT value FROM json_each(@groups))`;

export function createSubscriptionSearchStore(db: ReadableDb): SubscriptionSearchStore {
  const found = db.read<SearchParams & { before: number; limit: number }, RawSubscription>(
    `${SELECT_SUBSCRIPTIONS} WHERE s.id < @before AND ${MATCHES} ORDER BY s.id DESC LIMIT @limit`,
  );
  const counted = db.read<SearchParams, { count: number }>(
    `SELECT count(*) AS count FROM subscriptions s WHERE ${MATCHES}`,
  );
  return {
    page: (search, groups, before, limit) =>
      found.all({ ...paramsOf(search, groups), before, limit }).map(toSubscription),
    count: (search, groups) => counted.get(paramsOf(search, groups))?.count ?? 0,
  };
}

function paramsOf(search: string, groups: readonly SubscriptionGroup[]): SearchParams {
  const keys = groups.map(({ inBin, publicKey, pushService, state }) =>
    [inBin ? 1 : 0, publicKey ?? '', pushService, state].join(','),
  );
  return { pattern: `%${search.replace(/[\\%_]/g, '\\$&')}%`, groups: JSON.stringify(keys) };
}
