import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ActProgress } from '../../../contract/acts.ts';
import type { audienceProcedures } from '../../../contract/audience.ts';
import { Refusal } from '../../../contract/problem.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Calls } from '../../serve/calls.ts';
import type { WritableDb } from '../../store/database.ts';
import { addRows, countRows, isEmpty, keepRows, noRows } from '../../store/row-bits.ts';
import type { Acts } from './acts/acts.ts';
import { chooseRows } from './acts/choose-rows.ts';
import type { Fact, FactStore } from './people/fact-store.ts';
import { tagKey, type Facts } from './people/facts.ts';
import type { PeopleWriter } from './people/people-writer.ts';
import { union, without } from './people/person-changes.ts';
import { patternOf } from './select/select-store.ts';
import type { RowFilter, SubscriptionSelection } from './subscription-selection-service.ts';

export { tagKey as tagKeyOf };

/** Tags and attributes across all subscriptions. */
export interface SubscriptionTags {
  readonly tags: {
    list(): Promise<{ items: { name: string; count: number }[] }>;
    /** @throws Refusal NOT_FOUND for a tag that nobody has */
    rename(input: { name: string; to: string }): Promise<{ name: string; count: number }>;
    /** @throws Refusal NOT_FOUND for a tag that nobody has */
    remove(input: { name: string }): Promise<ActProgress>;
  };
  readonly attributes: Calls<(typeof audienceProcedures)['attributes']>;
}

export interface SubscriptionTagsOptions {
  db: WritableDb;
  facts: Facts;
  store: FactStore;
  people: PeopleWriter;
  acts: Pick<Acts, 'startOn'>;
  selection: SubscriptionSelection;
  changes: Pick<ChangeHub, 'publish'>;
}

const PIECE = 1000;
const VALUES_SHOWN = 20;
const VALUES_FOUND = 100;

export function createSubscriptionTags(options: SubscriptionTagsOptions): SubscriptionTags {
  const { db, facts, store, people, acts, selection, changes } = options;

  const mustFind = (name: string): Fact => {
    const tag = store.tag(tagKey(name));
    if (tag === null || tag.count === 0) throw new Refusal('NOT_FOUND', TAG_UNKNOWN);
    return tag;
  };
  /** Everyone who has it, including those in the bin. */
  const everyoneWith = (tag: number): RowFilter => ({ bits: (view) => view.fact(tag)?.slice() ?? noRows() });

  const inBin = async (tags: readonly Fact[]): Promise<Map<number, number>> => {
    const counts = new Map<number, number>();
    for (let stretch = 0; stretch < selection.stretches(); stretch += 1) {
      const view = selection.view(stretch);
      const groups = view.sums.filter((sum) => sum.inBin);
      if (groups.length === 0) break;
      const bin = noRows();
      for (const group of groups) addRows(bin, view.group(group));
      for (const { id } of isEmpty(bin) ? [] : tags) {
        const rows = view.fact(id)?.slice();
        if (rows === undefined) continue;
        keepRows(rows, bin);
        counts.set(id, (counts.get(id) ?? 0) + countRows(rows));
      }
      await nextTurn();
    }
    return counts;
  };

  const merge = async (from: Fact, to: Fact): Promise<void> => {
    const chosen = await chooseRows(everyoneWith(from.id), selection, () => []);
    for (const ids of chosen.pieces(PIECE)) {
      db.transactionSoon(() =>
        // Anyone who lost it or was erased since being found no longer has it.
        people.change(ids, (before) =>
          before.tags.includes(from.id)
            ? { ...before, tags: union(without(before.tags, [from.id]), [to.id]) }
            : before,
        ),
      );
      await nextTurn();
    }
    await db.flushed();
  };

  return {
    tags: {
      async list() {
        const tags = store.tags();
        const binned = await inBin(tags);
        return { items: tags.map(({ id, name, count }) => ({ name, count: count - (binned.get(id) ?? 0) })) };
      },
      async rename({ name, to }) {
        const tag = mustFind(name);
        const other = store.tag(tagKey(to));
        if (other !== null && other.id !== tag.id) await merge(tag, other);
        else
          db.transaction(() => {
            store.rename(tag.id, tagKey(to), to);
          });
        facts.forgetNames();
        changes.publish('tags', 'subscriptions', 'segments');
        const after = mustFind(to);
        return { name: after.name, count: after.count };
      },
      remove: ({ name }) => acts.startOn(everyoneWith(mustFind(name).id), { kind: 'untag', tags: [name] }),
    },
    attributes: {
      list: () => ({
        items: store.attributes().map(({ name, count, valueCount, hasMore }) => ({
          name,
          count,
          values: store.values(name, '%', VALUES_SHOWN),
          hasMoreValues: hasMore || valueCount > VALUES_SHOWN,
        })),
      }),
      values({ name, search }) {
        const values = store.values(name, patternOf(search), VALUES_FOUND + 1);
        const hasMore = store.attribute(name)?.hasMore ?? false;
        return {
          values: values.slice(0, VALUES_FOUND),
          hasMoreValues: hasMore || values.length > VALUES_FOUND,
        };
      },
    },
  };
}

const TAG_UNKNOWN = {
  code: 'tag-unknown',
  cause: 'No subscription has this tag.',
  cure: 'Choose another tag.',
};
