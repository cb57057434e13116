import type { PushServiceId } from '../../../contract/push-service.ts';
import type { Clock } from '../../base/clock.ts';
import {
  QueueWasReplaced,
  type BatchPart,
  type CoordinatorQueue,
  type ResultChunk,
  type TakenBatch,
  type WorkerFacts,
  type WorkerOrder,
  type WorkerQueue,
} from '../work-queue.ts';

export interface MemoryQueue {
  openForCoordinator(): Promise<CoordinatorQueue>;
  openForWorker(): Promise<WorkerQueue>;
  /** Nobody can reach it. */
  isDown: boolean;
  /** Its answer to workers that report results; `null`: it accepts them. */
  refusesResults: Error | null;
  /** What was published is kept, but the publisher gets no answer. */
  losesAnswers: boolean;
  /** As if someone had created the database again. */
  replace(): void;
  /** Hands over again what was fetched but not acknowledged. */
  repeatResults(): void;
  /** Batches that nobody has taken. */
  waiting(): number;
  /** Rows that nobody has removed. */
  left(): { results: number; begun: number };
}

/** The queue without PostgreSQL, for testing what works with it. It behaves as the real one promises to, which has its own tests. */
export function memoryQueue(clock: Clock): MemoryQueue {
  let id = 'first';
  let batches: { service: PushServiceId; data: TakenBatch }[] = [];
  let begun = new Map<string, BatchPart & { worker: string | null }>();
  let results: { chunk: ResultChunk; isFetched: boolean }[] = [];
  let workers = new Map<string, { facts: WorkerFacts; order: WorkerOrder; reason: string; seen: number }>();

  const answer = <Value>(work: () => Value): Promise<Value> => {
    if (self.isDown) return Promise.reject(new Error('connection refused'));
    const value = work();
    if (self.losesAnswers) return Promise.reject(new Error('connection lost'));
    return Promise.resolve(value);
  };

  const self: MemoryQueue = {
    isDown: false,
    refusesResults: null,
    losesAnswers: false,
    replace() {
      id = 'second';
      batches = [];
      begun = new Map();
      results = [];
      workers = new Map();
    },
    repeatResults() {
      for (const result of results) result.isFetched = false;
    },
    waiting: () => batches.length,
    left: () => ({ results: results.length, begun: begun.size }),
    openForCoordinator: () =>
      answer((): CoordinatorQueue => {
        const mine = id;
        return {
          id: mine,
          publish: (list) =>
            answer(() => {
              for (const { id: batchId, batch } of list)
                batches.push({
                  service: batch.pushService,
                  data: { id: batchId, batch: structuredClone(batch), coordinator: 'me' },
                });
            }),
          withdraw: (list) =>
            answer(() => {
              if (id !== mine) throw new QueueWasReplaced('anew');
              const parts = list.flatMap((one) =>
                Array.from({ length: one.parts }, (_item, part) => ({ batch: one.id, part })),
              );
              for (const one of parts)
                if (!begun.has(keyOf(one))) begun.set(keyOf(one), { ...one, worker: null });
              const won = parts.filter((one) => begun.get(keyOf(one))?.worker === null);
              batches = batches.filter(({ data }) => !won.some(({ batch }) => batch === data.id));
              return won;
            }),
          lost: (ids, silentSeconds) =>
            answer(
              () =>
                new Set(
                  ids.filter((one) => {
                    const worker = [...begun.values()].find(
                      ({ batch, worker: whose }) => batch === one && whose !== null,
                    )?.worker;
                    if (worker === undefined || worker === null) return false;
                    const seen = workers.get(worker)?.seen ?? 0;
                    return seen < clock.now() - silentSeconds * 1000;
                  }),
                ),
            ),
          fetchResults: () =>
            answer(() => {
              const some = results.filter(({ isFetched }) => !isFetched);
              for (const one of some) one.isFetched = true;
              // In no particular order, like the real one.
              return some.map(({ chunk }) => chunk).reverse();
            }),
          leftResults: () => answer(() => results.map(({ chunk }) => chunk)),
          acknowledge: (chunks, ids) =>
            answer(() => {
              results = results.filter(({ chunk }) => !chunks.includes(chunk.id));
              for (const [key, { batch }] of begun) if (ids.includes(batch)) begun.delete(key);
            }),
          workers: () =>
            answer(() =>
              [...workers].map(([worker, { facts, order, seen }]) => ({
                id: worker,
                facts,
                order,
                silentFor: (clock.now() - seen) / 1000,
              })),
            ),
          order: (worker, order, reason) =>
            answer(() => {
              const row = workers.get(worker);
              if (row !== undefined) Object.assign(row, { order, reason });
            }),
          tidy: () => answer(() => undefined),
          forget: (worker) =>
            answer(() => {
              workers.delete(worker);
            }),
          close: () => Promise.resolve(),
        };
      }),
    openForWorker: () =>
      answer((): WorkerQueue => ({
        take: (service, most) =>
          answer(() => {
            const taken = batches.filter((one) => one.service === service).slice(0, most);
            batches = batches.filter((one) => !taken.includes(one));
            return taken.map(({ data }) => data);
          }),
        begin: (_service, parts, worker) =>
          answer(() => {
            for (const one of parts) if (!begun.has(keyOf(one))) begun.set(keyOf(one), { ...one, worker });
            return parts.filter((one) => begun.get(keyOf(one))?.worker === worker);
          }),
        sendResults: (_coordinator, chunk) =>
          answer(() => {
            if (self.refusesResults !== null) throw self.refusesResults;
            if (!results.some((one) => one.chunk.id === chunk.id))
              results.push({ chunk: structuredClone(chunk), isFetched: false });
          }),
        sign: (worker, facts) =>
          answer(() => {
            const { order = 'ask', reason = '' } = workers.get(worker) ?? {};
            workers.set(worker, { facts, order, reason, seen: clock.now() });
            return { order, reason, now: clock.now() };
          }),
        leave: (worker) =>
          answer(() => {
            workers.delete(worker);
          }),
        close: () => Promise.resolve(),
      })),
  };
  return self;
}

const keyOf = ({ batch, part }: BatchPart) => `${batch} ${part}`;
