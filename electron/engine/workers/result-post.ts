import { randomUUID } from 'node:crypto';
import { packResults, type WorkerResult } from './packed-results.ts';
import type { ResultChunk, WorkerQueue } from './work-queue.ts';

/** With more unsent chunks than this, nothing new is taken. */
const MOST_CHUNKS = 64;

interface Part {
  readonly results: WorkerResult[];
  isLast: boolean;
}

/** Collects results and sends them, each until it has arrived. */
export interface ResultPost {
  add(coordinator: string, batch: string, result: WorkerResult): void;
  /** There are no more results for that batch. */
  end(coordinator: string, batch: string): void;
  isEmpty(): boolean;
  /** Whether the last results of a batch are waiting, or results that could not be sent. */
  hasEnd(): boolean;
  isFull(): boolean;
  /** Rejects when the queue does; what the queue did not take is kept, and sent again as the same chunk. */
  sendAll(queue: Pick<WorkerQueue, 'sendResults'>, worker: string): Promise<void>;
}

export function createResultPost(): ResultPost {
  let number = 0;
  let gathered = new Map<string, Map<string, Part>>();
  const packed: { coordinator: string; chunk: ResultChunk }[] = [];
  const partOf = (coordinator: string, batch: string): Part => {
    const parts = gathered.get(coordinator) ?? new Map<string, Part>();
    gathered.set(coordinator, parts);
    const part = parts.get(batch) ?? { results: [], isLast: false };
    parts.set(batch, part);
    return part;
  };
  return {
    add(coordinator, batch, result) {
      partOf(coordinator, batch).results.push(result);
    },
    end(coordinator, batch) {
      partOf(coordinator, batch).isLast = true;
    },
    hasEnd: () =>
      packed.length > 0 ||
      [...gathered.values()].some((parts) => [...parts.values()].some(({ isLast }) => isLast)),
    isEmpty: () => gathered.size + packed.length === 0,
    isFull: () => packed.length >= MOST_CHUNKS,
    async sendAll(queue, worker) {
      for (const [coordinator, parts] of gathered) {
        const list = [...parts].map(([batch, { results, isLast }]) => ({
          batch,
          results: packResults(results),
          isLast,
        }));
        number += 1;
        packed.push({ coordinator, chunk: { id: randomUUID(), worker, number, parts: list } });
      }
      gathered = new Map();
      for (let first = packed[0]; first !== undefined; first = packed[0]) {
        await queue.sendResults(first.coordinator, first.chunk);
        packed.shift();
      }
    },
  };
}
