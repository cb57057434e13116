import type { DeliveryId } from '../../contract/ids.ts';
import type { Log } from '../base/log.ts';
import type { HandedOver } from '../wire/handed-over.ts';
import type { HandedBatchStore } from './handed-batch-store.ts';
import type { Outstanding } from './outstanding.ts';
import { unpackResults } from './packed-results.ts';
import type { ShareCounter } from './share-counter.ts';
import type { CoordinatorQueue, ResultChunk } from './work-queue.ts';

/** Results from workers, on their way from the queue to the code that records them, until the queue may forget them. */
export interface IncomingResults {
  /** Reports results, each of them only once even if it arrives twice. */
  take(chunks: readonly ResultChunk[]): void;
  /** Everything of this batch was reported: it ends once that is recorded. */
  end(batch: string): void;
  readonly onLate: HandedOver['onLate'];
  /** What was reported so far is recorded. */
  noteRecorded(): void;
  /** Whether anything is recorded that the queue still keeps. */
  hasRecorded(): boolean;
  /** Whether there are chunks whose results all belonged to nobody. */
  hasNobodys(): boolean;
  /**
   * Lets the queue forget what is recorded.
   * @throws Error if the queue cannot be reached: what it keeps comes again, and is not reported twice
   */
  acknowledge(queue: () => Pick<CoordinatorQueue, 'acknowledge'>): Promise<void>;
  /**
   * Lets the queue forget what belongs to nobody.
   * @throws Error if it cannot be reached
   */
  forgetNobodys(queue: () => Pick<CoordinatorQueue, 'acknowledge'>): Promise<void>;
}

export function createIncomingResults({
  outstanding,
  store,
  shares,
  nameOf,
  log,
}: {
  outstanding: Outstanding;
  store: Pick<HandedBatchStore, 'get' | 'remove' | 'flushed'>;
  shares: ShareCounter;
  /** The name of a worker. */
  nameOf: (worker: string) => string;
  log: Log;
}): IncomingResults {
  let takeLate: Parameters<HandedOver['onLate']>[0] | null = null;
  /** Chunks whose results were reported but are not in the store yet. */
  let reported: string[] = [];
  /** Batches that end once what was reported for them is recorded. */
  let ended: string[] = [];
  let recorded: { readonly chunks: string[]; readonly batches: string[] } = { chunks: [], batches: [] };
  /** Chunks whose results all belonged to nobody. */
  let nobodys: string[] = [];

  const takeLateOf = (id: string, results: string): boolean => {
    const row = store.get(id);
    if (row === null || takeLate === null) return false;
    const unpacked = unpackResults(results, () => '') ?? [];
    const ids = new Set<DeliveryId>(unpacked.map(({ deliveryId }) => deliveryId));
    const report = takeLate(row.deliveries.filter((one) => ids.has(one.id)));
    const counted = unpacked.filter((result) => report(result)).length;
    log.info({ batch: id, results: unpacked.length, counted }, 'results came of a batch that was given up');
    return counted > 0;
  };

  /** @returns whether it belonged to somebody */
  const takePart = (
    worker: string,
    { batch: id, results, isLast }: ResultChunk['parts'][number],
  ): boolean => {
    const batch = outstanding.get(id);
    if (batch === null) return takeLateOf(id, results);
    const unpacked = unpackResults(results, batch.urlOf);
    if (unpacked === null) log.error({ batch: id }, 'results of a worker cannot be read');
    for (const result of unpacked ?? []) batch.report(result);
    shares.note(nameOf(worker), unpacked ?? []);
    if (isLast) {
      outstanding.end(batch);
      ended.push(id);
    }
    return true;
  };

  return {
    take(chunks) {
      for (const { id, worker, parts } of chunks.toSorted((one, other) => one.number - other.number)) {
        const wereSomebodys = parts.map((part) => takePart(worker, part));
        (wereSomebodys.includes(true) ? reported : nobodys).push(id);
      }
    },
    end(batch) {
      ended.push(batch);
    },
    onLate(take) {
      takeLate = take;
    },
    noteRecorded() {
      recorded.chunks.push(...reported);
      recorded.batches.push(...ended);
      [reported, ended] = [[], []];
    },
    hasRecorded: () => recorded.chunks.length + recorded.batches.length > 0,
    hasNobodys: () => nobodys.length > 0,
    async acknowledge(queue) {
      const { chunks, batches } = recorded;
      recorded = { chunks: [], batches: [] };
      if (chunks.length + batches.length === 0) return;
      shares.keep();
      store.remove(batches);
      await store.flushed();
      await queue().acknowledge(chunks, batches);
    },
    async forgetNobodys(queue) {
      const chunks = nobodys;
      nobodys = [];
      await queue().acknowledge(chunks, []);
    },
  };
}
