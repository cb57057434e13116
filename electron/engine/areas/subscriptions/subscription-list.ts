import type { z } from 'zod';
import type { KeyPairId, SubscriptionId } from '../../../contract/ids.ts';
import {
  type listSubscriptionsInputSchema,
  type Subscription,
  type subscriptionCountsSchema,
  type SubscriptionFilter,
  type subscriptionPageSchema,
  type SubscriptionState,
} from '../../../contract/subscriptions.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import type { SubscriptionSearch } from './search/subscription-search.ts';
import type { WritableDb } from '../../store/database.ts';
import type { SubscriptionPageStore } from './subscription-page-store.ts';
import type { SubscriptionStore } from './subscription-store.ts';
import { soundSum, type SubscriptionSum, type SubscriptionSums } from './subscription-sums-service.ts';
import { exportText } from './export-json.ts';
import { positionOf } from '../../base/list-cursor.ts';
import { subscriptionUnknown } from './subscription-unknown.ts';

type Ids = { ids: SubscriptionId[] };

/** What a person does with the list of subscriptions. */
export interface SubscriptionList {
  /**
   * Newest first; a page of a search can be short, and still have a next one. @throws Refusal BAD_INPUT for a cursor that is none of ours
   */
  list(input: z.infer<typeof listSubscriptionsInputSchema>): z.infer<typeof subscriptionPageSchema>;
  counts(input: { filter: SubscriptionFilter }): z.infer<typeof subscriptionCountsSchema>;
  /** @throws Refusal NOT_FOUND */
  get(input: { id: SubscriptionId }): Subscription;
  /** As `PushSubscription.toJSON()` gives it. @throws Refusal NOT_FOUND when none of them exists */
  exportJson(input: Ids): { text: string };
  /** To the bin; those that are there already do not count. */
  remove(input: Ids): { count: number };
  /** Out of the bin with the state they had; outside of it, what a push service retired becomes active again. */
  restore(input: Ids): { count: number };
}

export interface SubscriptionListOptions {
  db: WritableDb;
  store: SubscriptionStore;
  pages: SubscriptionPageStore;
  searches: SubscriptionSearch;
  sums: SubscriptionSums;
  /** Of a key pair; `null`: there is none of that id. */
  publicKeyOf: (id: KeyPairId) => string | null;
  changes: Pick<ChangeHub, 'publish'>;
  clock: Clock;
}

export function createSubscriptionList({
  db,
  store,
  pages,
  searches,
  sums,
  publicKeyOf,
  changes,
  clock,
}: SubscriptionListOptions): SubscriptionList {
  const groupsOf = (filter: SubscriptionFilter): SubscriptionSum[] => {
    const publicKey = filter.keyPairId === null ? null : publicKeyOf(filter.keyPairId);
    if (filter.keyPairId !== null && publicKey === null) return [];
    return sums
      .list()
      .filter(
        (sum) =>
          sum.inBin === filter.inBin &&
          (filter.states.length === 0 || filter.states.includes(sum.state)) &&
          (filter.pushServices.length === 0 || filter.pushServices.includes(sum.pushService)) &&
          (publicKey === null || sum.publicKey === publicKey),
      );
  };

  const findRows = (search: string, groups: SubscriptionSum[], before: number, limit: number) => {
    if (search === '') return { rows: pages.page(groups, before, limit), resumeBelow: null };
    const { ids, resumeBelow } = searches.page(search, groups, before, limit);
    return { rows: pages.rows(ids), resumeBelow };
  };

  const published = (count: number): { count: number } => {
    if (count > 0) changes.publish('subscriptions', 'keys');
    return { count };
  };

  return {
    list({ filter, cursor, limit }) {
      sums.expireDue();
      const before = positionOf(cursor);
      const groups = groupsOf(filter);
      const search = filter.search.trim();
      // One more than asked for tells whether there is a next page.
      const { rows: found, resumeBelow } = findRows(search, groups, before, limit + 1);
      const items = found.slice(0, limit);
      const last = items.at(-1);
      const goOnBelow = found.length > limit && last !== undefined ? last.id : resumeBelow;
      return { items, nextCursor: goOnBelow === null ? null : String(goOnBelow) };
    },

    counts({ filter }) {
      sums.expireDue();
      const groups = groupsOf(filter);
      const search = filter.search.trim();
      const all = sums.list();
      const found =
        search === '' ? { count: total(groups), isAtLeast: false } : searches.count(search, groups);
      return {
        matching: found.count,
        ...(found.isAtLeast ? { matchingIsAtLeast: true } : {}),
        byState: byState(all.filter((sum) => !sum.inBin)),
        inBin: total(all.filter((sum) => sum.inBin)),
      };
    },

    get({ id }) {
      sums.expireDue();
      const found = store.get(id);
      if (found === null) throw subscriptionUnknown();
      return found;
    },

    exportJson({ ids }) {
      const rows = store.keysOf(ids);
      if (rows.length === 0) throw subscriptionUnknown();
      return { text: exportText(rows, ids.length === 1) };
    },

    remove: ({ ids }) => published(store.moveToBin(ids, clock.now())),

    restore: ({ ids }) =>
      published(
        db.transaction(() => {
          // What is retired outside the bin comes first: a row that leaves the bin keeps the state it had.
          const revived = store.reactivate(ids, clock.now());
          return revived + store.takeFromBin(ids);
        }),
      ),
  };
}

function total(sums: readonly SubscriptionSum[]): number {
  return sums.reduce((count, sum) => count + sum.count, 0);
}

function byState(sums: readonly SubscriptionSum[]): Record<SubscriptionState, number> {
  const counts = { active: 0, expired: 0, gone: 0, unsubscribed: 0, mismatched: 0 };
  for (const sum of sums) counts[soundSum(sum).state] += sum.count;
  return counts;
}
