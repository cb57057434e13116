import { z } from 'zod';
import { pushServiceSchema, type PushServiceId } from '../../contract/push-service.ts';
import type { SendBatch } from '../wire/batch-sender.ts';

/** A batch on its way to whichever worker takes it. */
export interface QueuedBatch {
  readonly id: string;
  readonly batch: SendBatch;
}

/** A part of a batch (`PART_SIZE`), by its number: what a worker begins, or what comes back, at a time. */
export interface BatchPart {
  readonly batch: string;
  readonly part: number;
}

/** The same where a worker has taken it. */
export interface TakenBatch extends QueuedBatch {
  /** Who gets its results. */
  readonly coordinator: string;
}

/** What of a batch a worker tells: some results, and whether they are the last. The results are packed (`packed-results.ts`). */
export interface ResultPart {
  readonly batch: string;
  readonly results: string;
  readonly isLast: boolean;
}

/** Results as they travel: several parts at once, so that a message costs little. */
export interface ResultChunk {
  readonly id: string;
  readonly worker: string;
  /** Of this worker, counted from 1: the queue hands several over in no order. */
  readonly number: number;
  readonly parts: readonly ResultPart[];
}

/** What a worker says of itself every two seconds. */
export const workerFactsSchema = z.object({
  name: z.string(),
  machine: z.string(),
  version: z.string(),
  /** The most messages that it has on the wire. */
  capacity: z.number().int().nonnegative(),
  inFlight: z.number().int().nonnegative(),
  perSecond: z.number().nonnegative(),
  /** The longest that messages waited since the last sign, from being taken until they went out, or have waited so far. */
  lagMs: z.number().nonnegative(),
  /** By how many milliseconds its clock is ahead of the database's. */
  clockAheadMs: z.number(),
  /** Push services that it cannot reach, with what happened. */
  unreachable: z.partialRecord(pushServiceSchema, z.string()),
  /** What the database refuses it, and what to do, in words; `null`: nothing. The engine may notice nothing of that. */
  refused: z.object({ what: z.string(), cure: z.string() }).nullable(),
});
export type WorkerFacts = z.infer<typeof workerFactsSchema>;

/**
 * What the coordinator wants of a worker. `ask`: it is new and waits; `work`; `drain`: it takes nothing new; `leave`: it ends;
 * `refuse`: it may not work, and ends with the reason.
 */
export const workerOrderSchema = z.enum(['ask', 'work', 'drain', 'leave', 'refuse']);
export type WorkerOrder = z.infer<typeof workerOrderSchema>;

export interface WorkerRow {
  readonly id: string;
  /** `null`: what it said cannot be read; it is of another version. */
  readonly facts: WorkerFacts | null;
  readonly order: WorkerOrder;
  /** Seconds since its last sign, by the clock of the database. */
  readonly silentFor: number;
}

/** The half of the queue that an engine works with. None of it retries: whoever calls knows what a failure means. */
export interface CoordinatorQueue {
  /** Another one once the database was made anew: what was begun before is forgotten there. */
  readonly id: string;
  publish(batches: readonly QueuedBatch[]): Promise<void>;
  /**
   * Sees to it that nobody begins more of these.
   *
   * @returns the parts that nobody had begun
   * @throws QueueWasReplaced when the database is another one: then nobody can tell what was begun
   */
  withdraw(
    batches: readonly { id: string; pushService: PushServiceId; parts: number }[],
  ): Promise<readonly BatchPart[]>;
  /** Of these, the ones of which something was begun by a worker that is gone, or silent for so many seconds. */
  lost(ids: readonly string[], silentSeconds: number): Promise<Set<string>>;
  /** Results that nobody has fetched yet. */
  fetchResults(): Promise<ResultChunk[]>;
  /** All results that were not acknowledged, fetched or not: after a start, and when the connection was lost meanwhile. */
  leftResults(): Promise<ResultChunk[]>;
  /** These results are safe here, and these batches at their end: they can be forgotten. */
  acknowledge(chunks: readonly string[], batches: readonly string[]): Promise<void>;
  workers(): Promise<WorkerRow[]>;
  order(worker: string, order: WorkerOrder, reason: string): Promise<void>;
  forget(worker: string): Promise<void>;
  /** Forgets who has begun what is so old that nobody can send it any more. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

/** The half that a worker works with. */
export interface WorkerQueue {
  /** Some batches for this push service; nobody else gets them. */
  take(pushService: PushServiceId, most: number): Promise<TakenBatch[]>;
  /**
   * To be called before anything of them goes out; where it fails, it may be called again.
   *
   * @returns those that it may send: they were not withdrawn
   */
  begin(
    pushService: PushServiceId,
    parts: readonly BatchPart[],
    worker: string,
  ): Promise<readonly BatchPart[]>;
  /** Sending the same chunk twice is as good as once. */
  sendResults(coordinator: string, chunk: ResultChunk): Promise<void>;
  /** A sign of life. `now`: of the database, in ms since 1970. */
  sign(worker: string, facts: WorkerFacts): Promise<{ order: WorkerOrder; reason: string; now: number }>;
  leave(worker: string): Promise<void>;
  close(): Promise<void>;
}

/** The database was made anew. */
export class QueueWasReplaced extends Error {}

/** What the bundle of the queue gives; it is loaded only where there are workers. */
export interface QueueModule {
  readonly openForCoordinator: (options: OpenQueue & { coordinator: string }) => Promise<CoordinatorQueue>;
  readonly openForWorker: (options: OpenQueue) => Promise<WorkerQueue>;
}

export interface OpenQueue {
  readonly address: DatabaseAddress;
  /** Told of what fails in the background: without secrets. */
  readonly onError: (error: unknown) => void;
}

/** Where the database is, and how to get in. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly schema: string;
  /** `null`: without TLS. `authority`: PEM of whom to trust beside the system's; `null`: nobody. */
  readonly tls: { readonly authority: string | null } | null;
}
