import type { KeyPairId } from '../../../contract/ids.ts';
import type { SubscriptionFilter } from '../../../contract/subscriptions.ts';
import { cursorOf, placeOfCursor } from './dated-cursor.ts';
import { isPlain } from './select/filter-steps.ts';
import { findPageByDate, type DatedPage } from './select/find-page-by-date.ts';
import { createIdMatcher } from './select/match-ids.ts';
import { groupMatcher } from './select/row-filter.ts';
import type { SubscriptionSum } from './subscription-group.ts';
import type { DatedRow, Order, SubscriptionPageStore } from './subscription-page-store.ts';
import type { SubscriptionSelection } from './subscription-selection-service.ts';

export interface DatedPagesOptions {
  readonly pages: SubscriptionPageStore;
  readonly selection: Pick<SubscriptionSelection, 'prepare' | 'view'>;
  /** The groups that a filter means, with the number of rows in each. */
  readonly groupsOf: (filter: SubscriptionFilter) => readonly SubscriptionSum[];
  /** The public key of a key pair; `null`: there is none with that id. */
  readonly publicKeyOf: (id: KeyPairId) => string | null;
}

/** So few are sorted for each page: some 10 ms. */
const MAX_SORTED = 2000;
/** How much more expensive it is to look at a row than to read an entry of an index. */
const ROW_WORK = 4;

/** Pages of a list whose dates are not in the order of its ids. [Note: dated lists] */
export function createDatedPages({ pages, selection, groupsOf, publicKeyOf }: DatedPagesOptions) {
  const sorted = (groups: readonly SubscriptionSum[], order: Order, after: DatedRow | null): DatedRow[] => {
    const ids = pages.page(groups, order, order === 'newest' ? Number.MAX_SAFE_INTEGER : 0, MAX_SORTED);
    const direction = order === 'newest' ? -1 : 1;
    const compare = (one: DatedRow, other: DatedRow) =>
      direction * (one.addedAt - other.addedAt || one.id - other.id);
    const rows = pages.datesOf(ids).sort(compare);
    return after === null ? rows : rows.filter((row) => compare(row, after) > 0);
  };

  const find = (
    filter: SubscriptionFilter,
    order: Order,
    after: DatedRow | null,
    limit: number,
  ): DatedPage => {
    const walk = (place: DatedRow | null, count: number) => pages.walk(order, place, count);
    if (!isPlain(filter)) {
      const matching = createIdMatcher(selection.prepare(filter), (stretch) => selection.view(stretch));
      return findPageByDate({ after, limit, walk, matching });
    }
    const groups = groupsOf(filter);
    // Going through all rows for a few of them would take much longer.
    if (groups.reduce((count, sum) => count + sum.count, 0) <= MAX_SORTED)
      return { rows: sorted(groups, order, after).slice(0, limit), resumeAt: null };
    const matches = groupMatcher(filter, publicKeyOf);
    const matching = (ids: readonly number[]) => ({
      ids: pages.ofGroups(ids, matches),
      work: ids.length * ROW_WORK,
    });
    return findPageByDate({ after, limit, walk, matching });
  };

  return {
    /** @throws Refusal BAD_INPUT for a cursor that this list didn’t give out */
    pageOf(
      filter: SubscriptionFilter,
      order: Order,
      cursor: string | null,
      limit: number,
    ): { ids: number[]; nextCursor: string | null } {
      const after = placeOfCursor(cursor, (id) => pages.placeOf(id));
      // Asking for one more tells whether there is a next page.
      const { rows, resumeAt } = find(filter, order, after, limit + 1);
      const shown = rows.slice(0, limit);
      const goOnAt = rows.length > limit ? (shown.at(-1) ?? null) : resumeAt;
      return { ids: shown.map(({ id }) => id), nextCursor: goOnAt === null ? null : cursorOf(goOnAt) };
    },
  };
}
