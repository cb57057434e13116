import { tagKey, type Facts } from './facts.ts';
import type { BatchPeople } from '../batch-people.ts';
import { withRemovals } from './person-changes.ts';
import { NOBODY, type PeopleStore, type PersonValues } from './people-store.ts';

/** Writes what is known about people, and updates the facts. To be called in a transaction. */
export interface PeopleWriter {
  /** For rows about which nothing is known yet. */
  add(rows: readonly { readonly id: number; readonly person: PersonValues }[], fromPage?: boolean): void;
  /**
   * For the rows of a batch, all of them new and with consecutive ids.
   * @param tagLists the ids of the tags, for each of the batch's lists
   */
  addBatch(batch: BatchPeople, tagLists: readonly (readonly number[])[], firstId: number): void;
  /**
   * Changes some of these rows.
   * @param change returns its argument where nothing changes
   * @param by the owner by default. Tags that the owner takes away are remembered; those that an undo takes away are not
   * @returns those that changed, with what they had
   */
  change(
    ids: readonly number[],
    change: (before: PersonValues, id: number) => PersonValues,
    by?: 'owner' | 'page' | 'undo',
  ): { id: number; before: PersonValues; after: PersonValues }[];
  /** `null`: nothing is known. */
  of(id: number): PersonValues | null;
  /** Those people are erased. */
  forget(ids: readonly number[]): void;
}

export function createPeopleWriter({ store, facts }: { store: PeopleStore; facts: Facts }): PeopleWriter {
  return {
    add(rows, fromPage) {
      if (rows.length === 0) return;
      store.add(rows);
      facts.index(
        rows.map(({ id, person }) => ({ id, before: null, after: person })),
        fromPage,
      );
    },
    addBatch(batch, tagLists, firstId) {
      const ids = (rows: readonly number[]) => rows.map((row) => firstId + row);
      const tags = tagLists.map((list) => JSON.stringify(list));
      store.addStored(
        batch.rows.map((row, at) => [
          firstId + row,
          batch.labels[at] ?? null,
          batch.externalIds[at] ?? null,
          tags[batch.tagsOf[at] ?? 0] ?? '[]',
          batch.attributes[at] ?? '{}',
        ]),
      );
      const rowsOf = tagLists.map((): number[] => []);
      batch.rows.forEach((row, at) => rowsOf[batch.tagsOf[at] ?? 0]?.push(row));
      facts.add(
        tagLists.map((list, at) => ({ tags: list, ids: ids(rowsOf[at] ?? []) })),
        batch.values.map(([name, values]) => ({
          name,
          values: values.map(([value, rows]) => ({ value, ids: ids(rows) })),
        })),
      );
    },
    change(ids, change, by = 'owner') {
      const known = store.many(ids);
      const keyOf = (tag: number) => facts.tagNames([tag]).map(tagKey);
      const changed = ids.flatMap((id) => {
        const before = known.get(id) ?? NOBODY;
        const after = change(before, id);
        if (after === before) return [];
        const lasting = by === 'page' ? after : withRemovals(before, after, keyOf, by === 'owner');
        return [{ id, before, after: lasting }];
      });
      if (changed.length === 0) return [];
      store.put(changed.map(({ id, after }) => ({ id, person: after })));
      facts.index(changed, by === 'page');
      return changed;
    },
    of: (id) => store.many([id]).get(id) ?? null,
    forget(ids) {
      const known = store.many(ids);
      if (known.size === 0) return;
      facts.index([...known].map(([id, before]) => ({ id, before, after: null })));
      store.remove([...known.keys()]);
    },
  };
}
