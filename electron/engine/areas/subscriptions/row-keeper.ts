import type { ImportResult } from '../../../contract/subscription-import.ts';
import type { WritableDb } from '../../store/database.ts';
import { unpackPeople, type BatchPeople } from './batch-people.ts';
import { keyOf, packedRowsOf, unpackRow, type BatchRow, type SubscriptionBatch } from './batch-row.ts';
import type { Facts } from './people/facts.ts';
import { NOBODY } from './people/people-store.ts';
import type { PeopleWriter } from './people/people-writer.ts';
import { withTold, type Told } from './people/person-changes.ts';
import type { SubscriptionBatchStore } from './subscription-batch-store.ts';
import type { SubscriptionStore } from './subscription-store.ts';
import { createIdSet } from './id-set.ts';
import { arrivalOf, merge } from './merge.ts';

/** Stores batches of rows, one transaction each, and counts. */
export interface RowKeeper {
  keep(batch: SubscriptionBatch): void;
  readonly result: ImportResult;
}

export interface RowKeeperOptions {
  db: WritableDb;
  store: Pick<SubscriptionStore, 'byEndpoint' | 'replace'>;
  batches: SubscriptionBatchStore;
  people: PeopleWriter;
  facts: Pick<Facts, 'tagIds'>;
  publicKey: string | null;
  now: () => number;
}

export function createRowKeeper({
  db,
  store,
  batches,
  people,
  facts,
  publicKey,
  now,
}: RowKeeperOptions): RowKeeper {
  const result: ImportResult = { addedCount: 0, updatedCount: 0, badCount: 0, unsubscribedCount: 0 };
  /** Rows that this import has written: one that occurs again is not another update. */
  const written = createIdSet();

  const personsOf = ({ people: packed }: SubscriptionBatch): Map<number, Told> => {
    if (packed === null) return new Map();
    const batch = unpackPeople(packed);
    const tagLists = tagIdsOf(batch);
    return new Map(
      batch.rows.map((row, at) => [
        row,
        {
          label: batch.labels[at] ?? null,
          externalId: batch.externalIds[at] ?? null,
          tags: tagLists[batch.tagsOf[at] ?? 0],
          attributes: JSON.parse(batch.attributes[at] ?? '{}') as Record<string, string>,
        },
      ]),
    );
  };

  /** A batch has the same few tags again and again. */
  const tagIdsOf = ({ tagLists }: BatchPeople): number[][] => {
    const ids = new Map<string, readonly number[]>();
    const idsOf = (name: string): readonly number[] => {
      const known = ids.get(name) ?? facts.tagIds([name]);
      ids.set(name, known);
      return known;
    };
    return tagLists.map((names) => [...new Set(names.flatMap(idsOf))].sort((one, other) => one - other));
  };

  const addAll = (packed: string, firstId: number) => {
    const batch = unpackPeople(packed);
    people.addBatch(batch, tagIdsOf(batch), firstId);
  };

  const addPeople = (persons: ReadonlyMap<number, Told>, idOf: (index: number) => number | undefined) => {
    const rows = [...persons].flatMap(([index, told]) => {
      const id = idOf(index);
      return id === undefined ? [] : [{ id, person: withTold(NOBODY, told) }];
    });
    people.add(rows);
  };

  const update = (row: BatchRow, told: Told | undefined): number => {
    const known = store.byEndpoint(row.endpoint);
    if (known === null) throw new Error('A known subscription cannot be found.');
    store.replace(known.id, merge(known, arrivalOf(row, publicKey), now()).values, now(), 'import');
    if (told !== undefined) people.change([known.id], (before) => withTold(before, told));
    const isRepeated = written.has(known.id);
    written.add(known.id);
    return isRepeated ? 0 : 1;
  };

  /** Everything except the first rows with each new key. */
  const updateOthers = (batch: SubscriptionBatch, newIds: Map<string, number>): number => {
    for (const id of newIds.values()) written.add(id);
    const persons = personsOf(batch);
    const rows = packedRowsOf(batch);
    const others: number[] = [];
    const firsts = new Map<number, number>();
    rows.forEach((packed, index) => {
      const id = newIds.get(keyOf(packed));
      if (id === undefined) others.push(index);
      else firsts.set(index, id);
      newIds.delete(keyOf(packed));
    });
    addPeople(persons, (index) => firsts.get(index));
    let count = 0;
    for (const index of others) {
      const packed = rows[index];
      if (packed !== undefined) count += update(unpackRow(packed), persons.get(index));
    }
    return count;
  };

  return {
    result,
    keep(batch) {
      // What a power cut loses is imported again: waiting for the disk at the end is enough. [Note: durability]
      const { added, updated } = db.transactionSoon(() => {
        const { added: count, firstId, lastId } = batches.addNew(batch, publicKey, now());
        if (count < batch.count)
          return { added: count, updated: updateOthers(batch, batches.idsFrom(firstId)) };
        // All of them are new, so their ids are consecutive.
        const first = lastId - count + 1;
        for (let id = first; id <= lastId; id += 1) written.add(id);
        if (batch.people !== null) addAll(batch.people, first);
        return { added: count, updated: 0 };
      });
      result.addedCount += added;
      result.updatedCount += updated;
    },
  };
}
