import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CampaignId, KeyPairId, SubscriptionId } from '../../../contract/ids.ts';
import type { SubscriptionFilter } from '../../../contract/subscriptions.ts';
import type { Clock } from '../../base/clock.ts';
import type { WritableDb } from '../../store/database.ts';
import {
  addRow,
  countRows,
  hasRow,
  isEmpty,
  keepRows,
  STRETCH_ROWS,
  stretchOf,
} from '../../store/row-bits.ts';
import { createFactReader } from './people/fact-store.ts';
import { createPeopleStore } from './people/people-store.ts';
import { createSearchBitStore } from './search/search-bit-store.ts';
import {
  anyOf,
  filterOfIds,
  groupMatcher,
  idsOfView,
  lessThan,
  prepareFilter,
  type PreparedFilter,
  type RowFilter,
} from './select/row-filter.ts';
import { isPlain, type FilterSources } from './select/filter-steps.ts';
import { createExistingRows } from './select/existing-rows.ts';
import { createKeptCounts } from './select/kept-counts.ts';
import { createKeptBits } from './select/kept-bits.ts';
import { createNobodysNames, type NobodysNames } from './select/nobodys-names.ts';
import { campaignsOf } from './select/receipt-steps.ts';
import { createSearchedText } from './select/searched-text.ts';
import { createSelectStore } from './select/select-store.ts';
import { createStretchView, type StretchView } from './select/stretch-view.ts';
import type { SubscriptionSum, SubscriptionSums } from './subscription-sums-service.ts';
import { createSubscriptionStore } from './subscription-store.ts';

export {
  addRow,
  anyOf,
  campaignsOf,
  countRows,
  filterOfIds,
  hasRow,
  idsOfView,
  isEmpty,
  keepRows,
  lessThan,
  stretchOf,
};
export type { RowFilter, StretchView };

/** Finds the rows that a filter means, one stretch of 16,000 row ids after another. */
export interface SubscriptionSelection {
  /** What it means now: tag names and keys are looked up here. */
  prepare(filter: SubscriptionFilter): PreparedFilter;
  /** Those of these that exist. */
  idsOfEndpoints(endpoints: readonly string[]): SubscriptionId[];
  /** How many stretches there are now. */
  stretches(): number;
  readonly nobodys: NobodysNames;
  view(stretch: number): StretchView;
  /** How many each of them means; in pieces, with a turn of the event loop after each. */
  count(filters: readonly SubscriptionFilter[], signal?: AbortSignal): Promise<number[]>;
  /** Which groups they are in. */
  sumsOf(filter: RowFilter): Promise<SubscriptionSum[]>;
}

export interface SelectionOptions {
  db: WritableDb;
  sums: Pick<SubscriptionSums, 'list'>;
  /** The public key of a key pair; `null`: there is none with that id. */
  publicKeyOf: (id: KeyPairId) => string | null;
  /** Whether the message of a campaign asked for receipts. */
  asksReceipts: (id: CampaignId) => boolean;
  clock: Clock;
}

async function turn(signal: AbortSignal | undefined): Promise<void> {
  await nextTurn();
  signal?.throwIfAborted();
}

export function createSelection({
  db,
  sums,
  publicKeyOf,
  asksReceipts,
  clock,
}: SelectionOptions): SubscriptionSelection {
  const store = createSelectStore(db);
  const facts = createFactReader(db);
  const bits = createSearchBitStore(db);
  const people = createPeopleStore(db);
  const subscriptions = createSubscriptionStore(db);
  const bounds = new Map<number, { first: number; last: number } | null>();

  const sources: FilterSources = {
    store,
    facts,
    publicKeyOf,
    asksReceipts,
    externalIds: (externalIds) => people.withExternalIds(externalIds),
    searched: (text) => createSearchedText(text, { store, facts, bits }),
    now: () => clock.now(),
    addedBounds({ stretch, range }) {
      const known = bounds.get(stretch);
      if (known !== undefined) return known;
      const found = store.addedBounds(range);
      if (store.lastRowId() >= range.to) bounds.set(stretch, found);
      return found;
    },
  };
  const prepare = (filter: SubscriptionFilter) => prepareFilter(filter, sources);
  const kept = createKeptBits(() => db.changeCount());
  const existing = createExistingRows(store, sums);
  const view = (stretch: number) =>
    createStretchView(stretch, { store, facts, sums: () => sums.list(), kept, existing });
  const stretches = () => Math.floor(store.lastRowId() / STRETCH_ROWS) + 1;

  const counted = createKeptCounts(
    () => db.changeCount(),
    () => clock.now(),
  );

  const ofGroups = (filter: SubscriptionFilter): number => {
    const matches = groupMatcher(filter, publicKeyOf);
    const own = sums.list().filter((sum) => matches(sum));
    return own.reduce((count, sum) => count + sum.count, 0);
  };

  return {
    prepare,
    view,
    stretches,
    nobodys: createNobodysNames({ facts, people, subscriptions, view }),
    idsOfEndpoints: (endpoints) =>
      endpoints.flatMap((endpoint) => subscriptions.byEndpoint(endpoint)?.id ?? []),

    async count(filters, signal) {
      const counts = filters.map((filter) =>
        isPlain(filter) ? ofGroups(filter) : (counted.of(filter) ?? 0),
      );
      const startedAt = db.changeCount();
      const open = filters.flatMap((filter, index) =>
        isPlain(filter) || counted.of(filter) !== null ? [] : [{ filter, index, prepared: prepare(filter) }],
      );
      for (let stretch = 0; open.length > 0 && stretch < stretches(); stretch += 1) {
        const here = view(stretch);
        for (const { index, prepared } of open) {
          const work = prepared.steps(here);
          let step = work.next();
          for (; step.done !== true; step = work.next()) await turn(signal);
          counts[index] = (counts[index] ?? 0) + countRows(step.value);
        }
        await turn(signal);
      }
      for (const { filter, index } of open) counted.remember(filter, counts[index] ?? 0, startedAt);
      return counts;
    },

    async sumsOf(filter) {
      const found = new Map<string, SubscriptionSum>();
      for (let stretch = 0; stretch < stretches(); stretch += 1) {
        const here = view(stretch);
        const rows = filter.bits(here);
        if (!isEmpty(rows)) {
          for (const group of here.sums) {
            const own = here.group(group).slice();
            keepRows(own, rows);
            const name = JSON.stringify([group.inBin, group.publicKey, group.pushService, group.state]);
            const before = found.get(name)?.count ?? 0;
            found.set(name, { ...group, count: before + countRows(own) });
          }
        }
        await nextTurn();
      }
      return [...found.values()].filter(({ count }) => count > 0);
    },
  };
}
