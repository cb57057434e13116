import type { ImportResult } from '../../../contract/subscriptions.ts';
import type { WritableDb } from '../../store/database.ts';
import { keyOf, packedRowsOf, unpackRow, type BatchRow, type SubscriptionBatch } from './batch-row.ts';
import type { SubscriptionBatchStore } from './subscription-batch-store.ts';
import type { SubscriptionStore } from './subscription-store.ts';
import { createIdSet } from './id-set.ts';
import { arrivalOf, merge } from './merge.ts';

/** Stores batches of rows, a transaction each, and counts. */
export interface RowKeeper {
  keep(batch: SubscriptionBatch): void;
  readonly result: ImportResult;
}

export interface RowKeeperOptions {
  db: WritableDb;
  store: Pick<SubscriptionStore, 'byEndpoint' | 'replace'>;
  batches: SubscriptionBatchStore;
  publicKey: string | null;
  now: () => number;
}

export function createRowKeeper({ db, store, batches, publicKey, now }: RowKeeperOptions): RowKeeper {
  const result: ImportResult = { addedCount: 0, updatedCount: 0, badCount: 0 };
  /** Rows that this import has written: one that comes again is no further update. */
  const written = createIdSet();

  const update = (row: BatchRow): number => {
    const known = store.byEndpoint(row.endpoint);
    if (known === null) throw new Error('A known subscription cannot be found.');
    store.replace(known.id, merge(known, arrivalOf(row, publicKey), now()).values, now(), 'import');
    const isRepeated = written.has(known.id);
    written.add(known.id);
    return isRepeated ? 0 : 1;
  };

  /** Everything but the first rows with the keys that are new. */
  const updateOthers = (batch: SubscriptionBatch, newIds: Map<string, number>): number => {
    for (const id of newIds.values()) written.add(id);
    let count = 0;
    for (const packed of packedRowsOf(batch)) {
      if (!newIds.delete(keyOf(packed))) count += update(unpackRow(packed));
    }
    return count;
  };

  return {
    result,
    keep(batch) {
      // What is lost in a power cut is imported again: waiting for the disk at the end is enough. [Note: durability]
      const { added, updated } = db.transactionSoon(() => {
        const { added: count, firstId, lastId } = batches.addNew(batch, publicKey, now());
        if (count < batch.count)
          return { added: count, updated: updateOthers(batch, batches.idsFrom(firstId)) };
        // All of them are new: then their ids follow each other.
        for (let id = lastId - count + 1; id <= lastId; id += 1) written.add(id);
        return { added: count, updated: 0 };
      });
      result.addedCount += added;
      result.updatedCount += updated;
    },
  };
}
