import type { z } from 'zod';
import type { KeyPairId, SubscriptionId } from '../../../contract/ids.ts';
import type {
  exportedSubscriptionSchema,
  listSubscriptionsInputSchema,
  Subscription,
  subscriptionCountsSchema,
  SubscriptionFilter,
  subscriptionPageSchema,
  SubscriptionState,
} from '../../../contract/subscriptions.ts';
import type { NamedSubscriptions } from '../../../contract/subscription-changes.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import { findPage, type FoundPage } from './select/find-page.ts';
import { groupMatcher } from './select/row-filter.ts';
import { isPlain } from './select/filter-steps.ts';
import type { WritableDb } from '../../store/database.ts';
import type { Order, SubscriptionPageStore } from './subscription-page-store.ts';
import type { SubscriptionStore } from './subscription-store.ts';
import { soundSum, type SubscriptionSum, type SubscriptionSums } from './subscription-sums-service.ts';
import type { ExportStore } from './export/export-store.ts';
import { exportText } from './export-json.ts';
import { createDatedPages } from './dated-pages.ts';
import { idOfCursor } from './dated-cursor.ts';
import type { SubscriptionSelection } from './subscription-selection-service.ts';
import { subscriptionUnknown } from './subscription-unknown.ts';

type Ids = { ids: SubscriptionId[] };
type Changed = { count: number; ids: SubscriptionId[] };

/** What a person does with the list of subscriptions. */
export interface SubscriptionList {
  /**
   * A page can be short, and still have a next one. [Note: short pages]
   * @throws Refusal BAD_INPUT for a cursor that is not one of ours
   */
  list(input: z.infer<typeof listSubscriptionsInputSchema>): z.infer<typeof subscriptionPageSchema>;
  /** In pieces, for any filter, so that nothing else has to wait. */
  counts(
    input: { filter: SubscriptionFilter },
    signal?: AbortSignal,
  ): Promise<z.infer<typeof subscriptionCountsSchema>>;
  /** @throws Refusal NOT_FOUND */
  get(input: { id: SubscriptionId }): Subscription;
  /** The same rows with their keys. */
  export(input: z.infer<typeof listSubscriptionsInputSchema>): {
    items: z.infer<typeof exportedSubscriptionSchema>[];
    nextCursor: string | null;
  };
  /** As `PushSubscription.toJSON()` gives it. @throws Refusal NOT_FOUND when none of them exists */
  exportJson(input: Ids): { text: string };
  /** Moves them to the bin; those that are already there do not count. */
  remove(input: NamedSubscriptions): Changed;
  /** Takes them out of the bin with the state they had; outside the bin, what a push service retired becomes active again. */
  restore(input: NamedSubscriptions): Changed;
}

export interface SubscriptionListOptions {
  db: WritableDb;
  store: SubscriptionStore;
  pages: SubscriptionPageStore;
  selection: SubscriptionSelection;
  exports: ExportStore;
  /** Ids of rows that have one of these external IDs. */
  idsOfExternal: (externalIds: readonly string[]) => SubscriptionId[];
  sums: SubscriptionSums;
  /** The public key of a key pair; `null`: there is none with that id. */
  publicKeyOf: (id: KeyPairId) => string | null;
  changes: Pick<ChangeHub, 'publish'>;
  clock: Clock;
}

export function createSubscriptionList({
  db,
  store,
  pages,
  selection,
  exports,
  idsOfExternal,
  sums,
  publicKeyOf,
  changes,
  clock,
}: SubscriptionListOptions): SubscriptionList {
  const groupsOf = (filter: SubscriptionFilter): SubscriptionSum[] => {
    const matches = groupMatcher(filter, publicKeyOf);
    return sums.list().filter((sum) => matches(sum));
  };

  const findIds = (filter: SubscriptionFilter, order: Order, position: number, limit: number): FoundPage =>
    isPlain(filter)
      ? { ids: pages.page(groupsOf(filter), order, position, limit), resumeAt: null }
      : findPage({
          filter: selection.prepare(filter),
          order,
          position,
          limit,
          stretches: selection.stretches(),
          view: (stretch) => selection.view(stretch),
        });

  const dated = createDatedPages({ pages, selection, groupsOf, publicKeyOf });

  const pageOf = (input: z.infer<typeof listSubscriptionsInputSchema>) => {
    const { filter, order = 'newest', cursor, limit } = input;
    sums.expireDue();
    if (pages.isDated()) return dated.pageOf(filter, order, cursor, limit);
    const start = idOfCursor(cursor) ?? (order === 'newest' ? Number.MAX_SAFE_INTEGER : 0);
    // Asking for one more tells whether there is a next page.
    const { ids, resumeAt } = findIds(filter, order, start, limit + 1);
    const shown = ids.slice(0, limit);
    const goOnAt = ids.length > limit ? (shown.at(-1) ?? null) : resumeAt;
    return { ids: shown, nextCursor: goOnAt === null ? null : String(goOnAt) };
  };

  const published = (ids: SubscriptionId[]): Changed => {
    if (ids.length > 0) changes.publish('subscriptions', 'keys', 'segments', 'tags');
    return { count: ids.length, ids };
  };

  const named = ({ ids = [], externalIds = [], endpoints = [] }: NamedSubscriptions): SubscriptionId[] => [
    ...new Set([...ids, ...idsOfExternal(externalIds), ...selection.idsOfEndpoints(endpoints)]),
  ];

  return {
    list(input) {
      const { ids, nextCursor } = pageOf(input);
      return { items: pages.rows(ids), nextCursor };
    },

    export(input) {
      const { ids, nextCursor } = pageOf(input);
      const rows = new Map(exports.rows(ids).map((row) => [row.id, row] as const));
      const items = ids.flatMap((id) => {
        const row = rows.get(id as SubscriptionId);
        if (row === undefined) return [];
        const { p256dh, auth, publicKey, tags, ...others } = row;
        return [{ ...others, tags: [...tags], keys: { p256dh, auth }, applicationServerKey: publicKey }];
      });
      return { items, nextCursor };
    },

    async counts({ filter }, signal) {
      sums.expireDue();
      const [matching = 0] = await selection.count([filter], signal);
      const all = sums.list();
      return {
        matching,
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

    remove: (input) => published(store.moveToBin(named(input), clock.now(), 'person')),

    restore: (input) =>
      published(
        db.transaction(() => {
          const ids = named(input);
          // Those retired outside the bin come first: a row that leaves the bin keeps the state it had.
          const revived = store.reactivate(ids, clock.now(), 'person');
          return [...revived, ...store.takeFromBin(ids, clock.now(), 'person')];
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
