import { z } from 'zod';
import { pushServiceSchema, type PushServiceId } from '../../contract/push-service.ts';
import type { SendBatch } from '../wire/batch-sender.ts';

/** A batch on its way to whichever worker takes it. */
export interface QueuedBatch {
  readonly id: string;
  readonly batch: SendBatch;
}

/** A part of a batch (`PART_SIZE`), by its number: the unit in which a worker begins it, or in which it comes back. */
export interface BatchPart {
  readonly batch: string;
  readonly part: number;
}

/** The same, once a worker has taken it. */
export interface TakenBatch extends QueuedBatch {
  /** The engine that gets its results. */
  readonly coordinator: string;
}

/** What a worker reports about a batch: some results, and whether they are the last. The results are packed (`packed-results.ts`). */
export interface ResultPart {
  readonly batch: string;
  readonly results: string;
  readonly isLast: boolean;
}

/** Results in transit: several parts at once, so that each message costs little. */
export interface ResultChunk {
  readonly id: string;
  readonly worker: string;
  /** Numbered per worker, from 1: the queue hands several over in no particular order. */
  readonly number: number;
  readonly parts: readonly ResultPart[];
}

/** What a worker reports about itself every two seconds. */
export const workerFactsSchema = z.object({
  name: z.string(),
  machine: z.string(),
  version: z.string(),
  /** The most messages that it can have on the wire. */
  capacity: z.number().int().nonnegative(),
  inFlight: z.number().int().nonnegative(),
  perSecond: z.number().nonnegative(),
  /** The longest time, since the last sign, that messages waited from being taken until they went out, or have waited so far. */
  lagMs: z.number().nonnegative(),
  /** By how many milliseconds its clock is ahead of the database's. */
  clockAheadMs: z.number(),
  /** Push services that it cannot reach, and why. */
  unreachable: z.partialRecord(pushServiceSchema, z.string()),
  /** What the database refuses it and what to do, in words; `null`: nothing. The engine may not notice any of that. */
  refused: z.object({ what: z.string(), cure: z.string() }).nullable(),
});
export type WorkerFacts = z.infer<typeof workerFactsSchema>;

/**
 * What the coordinator wants a worker to do. `ask`: it is new and waits; `work`; `drain`: it takes nothing new; `leave`: it ends; `refuse`:
 * it may not work, and ends with the reason.
 */
export const workerOrderSchema = z.enum(['ask', 'work', 'drain', 'leave', 'refuse']);
export type WorkerOrder = z.infer<typeof workerOrderSchema>;

export interface WorkerRow {
  readonly id: string;
  /** `null`: what it reported cannot be read, because it is another version. */
  readonly facts: WorkerFacts | null;
  readonly order: WorkerOrder;
  /** Seconds since its last sign, by the database's clock. */
  readonly silentFor: number;
}

/** The half of the queue that an engine works with. None of it retries: the caller knows what a failure means. */
export interface CoordinatorQueue {
  /** Changes if the database is created again: what was begun before is then forgotten there. */
  readonly id: string;
  publish(batches: readonly QueuedBatch[]): Promise<void>;
  /**
   * Makes sure that nobody begins any more of these.
   *
   * @returns the parts that nobody had begun
   * @throws QueueWasReplaced if the database is a different one: then nobody can tell what was begun
   */
  withdraw(
    batches: readonly { id: string; pushService: PushServiceId; parts: number }[],
  ): Promise<readonly BatchPart[]>;
  /** Which of these were at least partly begun by a worker that is gone or has been silent for this many seconds. */
  lost(ids: readonly string[], silentSeconds: number): Promise<Set<string>>;
  /** Results that nobody has fetched yet. */
  fetchResults(): Promise<ResultChunk[]>;
  /** All results that were not acknowledged, fetched or not: to be read after a start, and after the connection was lost. */
  leftResults(): Promise<ResultChunk[]>;
  /** These results are safe here, and these batches have ended: they can be forgotten. */
  acknowledge(chunks: readonly string[], batches: readonly string[]): Promise<void>;
  workers(): Promise<WorkerRow[]>;
  order(worker: string, order: WorkerOrder, reason: string): Promise<void>;
  forget(worker: string): Promise<void>;
  /** Forgets who has begun batches that are so old that nobody can send them any more. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

/** The half of the queue that a worker works with. */
export interface WorkerQueue {
  /** Gives some batches for this push service; nobody else gets them. */
  take(pushService: PushServiceId, most: number): Promise<TakenBatch[]>;
  /**
   * To be called before any of them go out; if it fails, it may be called again.
   *
   * @returns those that it may send, because they were not withdrawn
   */
  begin(
    pushService: PushServiceId,
    parts: readonly BatchPart[],
    worker: string,
  ): Promise<readonly BatchPart[]>;
  /** Sending the same chunk twice has the same effect as once. */
  sendResults(coordinator: string, chunk: ResultChunk): Promise<void>;
  /** A sign of life. `now`: the database's time, in ms since 1970. */
  sign(worker: string, facts: WorkerFacts): Promise<{ order: WorkerOrder; reason: string; now: number }>;
  leave(worker: string): Promise<void>;
  close(): Promise<void>;
}

/** The database was created again. */
export class QueueWasReplaced extends Error {}

/** What the queue's bundle provides; it is loaded only if there are workers. */
export interface QueueModule {
  readonly openForCoordinator: (options: OpenQueue & { coordinator: string }) => Promise<CoordinatorQueue>;
  readonly openForWorker: (options: OpenQueue) => Promise<WorkerQueue>;
}

export interface OpenQueue {
  readonly address: DatabaseAddress;
  /** Called with errors in the background, which contain no secrets. */
  readonly onError: (error: unknown) => void;
}

/** Where the database is, and how to log in. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly schema: string;
  /** `null`: without TLS. `authority`: PEM of whom to trust besides the system's authorities; `null`: nobody. */
  readonly tls: { readonly authority: string | null } | null;
}
