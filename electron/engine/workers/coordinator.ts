import { randomUUID } from 'node:crypto';
import type { CampaignId, DeliveryId } from '../../contract/ids.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Schedule } from '../base/schedule.ts';
import type { BatchSender, SendBatch, SendResult } from '../wire/batch-sender.ts';
import type { HandedDelivery, HandedOver } from '../wire/handed-over.ts';
import { createFleet, LOST_AFTER_SECONDS, type Fleet } from './fleet.ts';
import type { HandedBatchStore } from './handed-batch-store.ts';
import { createOutstanding, type OutstandingBatch } from './outstanding.ts';
import { endpointsOf, unpackResults } from './packed-results.ts';
import { QueueWasReplaced, type CoordinatorQueue, type ResultChunk } from './work-queue.ts';

/** Results are fetched this often while some are awaited, and seldom otherwise: late ones may come at any time. */
const FETCH_MS = 25;
const FETCH_IDLE_MS = 1000;
const LOOK_MS = 1000;
/** A database that was lost is looked for this often. */
const RECONNECT_MS = 1000;
/** What nobody has begun by then comes back: whoever took it has died or hangs. */
const BEGUN_WITHIN_MS = 10_000;
const TIDY_MS = 3_600_000;
/** Results of what was given up may come for as long as its tokens are good, and longer where the worker could not reach the database. */
const LATE_FOR_MS = 7 * 24 * 3_600_000;

/** Hands batches to workers on other machines, and brings back what became of them. */
export interface Coordinator extends BatchSender {
  readonly handedOver: HandedOver;
  readonly fleet: Pick<Fleet, 'workers' | 'capacity' | 'total'>;
  room(service: PushServiceId): number;
  onRecorded(): void;
  /** Why nothing can be handed over; `null`: something can. */
  trouble(): unknown;
  /** The queue, for what a person wants of workers; `null` while it cannot be reached. */
  queue(): CoordinatorQueue | null;
  /** Reads again who is there; without a database it does nothing. */
  lookAgain(): Promise<void>;
  /** Begins to look for the database. */
  start(): void;
}

export interface CoordinatorOptions {
  /** Connects; rejects where that is not possible. */
  open: () => Promise<CoordinatorQueue>;
  store: HandedBatchStore;
  version: string;
  /** Told when workers came, went or changed, and when the database was lost or found. */
  onChange: () => void;
  schedule: Schedule;
  clock: Clock;
  log: Log;
}

export function createCoordinator(options: CoordinatorOptions): Coordinator {
  const { open, store, onChange, schedule, clock, log } = options;
  const fleet = createFleet(options);
  const outstanding = createOutstanding();
  let queue: CoordinatorQueue | null = null;
  let trouble: unknown = new Error('not connected yet');
  let closed = false;
  /** Nothing is awaited, and results are fetched seldom. */
  let isIdle = true;
  let tidiedAt = 0;
  let takeLate: Parameters<HandedOver['onLate']>[0] | null = null;
  /** Chunks whose results were reported, and are not in the store yet. */
  let reported: string[] = [];
  /** Batches that are at their end once what was reported of them is recorded. */
  let ended: string[] = [];
  /** Chunks in which nothing was anybody's. */
  let nobodys: string[] = [];
  const shares: { campaignId: CampaignId; worker: string; count: number }[] = [];
  let toPublish: OutstandingBatch[] = [];
  const toWithdraw = new Set<OutstandingBatch>();
  const working = new Set<Promise<unknown>>();
  const timers = new Map<string, () => void>();

  const later = (name: string, delayMs: number, work: () => Promise<void>) => {
    timers.get(name)?.();
    if (closed) return;
    const undo = schedule(() => {
      timers.delete(name);
      const turn: Promise<void> = work()
        .catch(lose)
        .finally(() => working.delete(turn));
      working.add(turn);
    }, delayMs);
    timers.set(name, undo);
  };

  const lose = (error: unknown) => {
    if (closed) return;
    if (error instanceof QueueWasReplaced) forgetAll();
    else log.warn({ error: textOf(error) }, 'the database of the workers cannot be used');
    const lost = queue;
    queue = null;
    trouble = error;
    fleet.clear();
    for (const name of ['fetch', 'look', 'publish', 'withdraw']) {
      timers.get(name)?.();
      timers.delete(name);
    }
    onChange();
    later('connect', RECONNECT_MS, async () => {
      // Nobody waits: a line that is dead may take long to end.
      lost?.close().catch(() => undefined);
      await connect();
    });
  };

  const connect = async () => {
    const opened = await open();
    if (closed) {
      await opened.close();
      return;
    }
    queue = opened;
    // Whatever the other one knew of them, this one does not.
    for (const batch of outstanding.all()) if (batch.queue !== opened.id) giveUp([batch]);
    await fleet.look(opened);
    take(await opened.leftResults());
    trouble = null;
    log.info({ workers: fleet.workers.length }, 'connected to the database of the workers');
    // What was being published when the connection was lost may be there or not: it comes back unless somebody has begun it.
    for (const batch of outstanding.all()) if (!batch.isPublished) toWithdraw.add(batch);
    onChange();
    later('fetch', FETCH_MS, fetch);
    later('look', LOOK_MS, look);
    later('publish', 0, publish);
    later('withdraw', 0, withdraw);
  };

  const mustHave = (): CoordinatorQueue => {
    if (queue === null) throw new Error('The database of the workers cannot be reached.');
    return queue;
  };

  const fetch = async () => {
    const chunks = await mustHave().fetchResults();
    take(chunks);
    isIdle = chunks.length + outstanding.size === 0;
    later('fetch', isIdle ? FETCH_IDLE_MS : chunks.length > 0 ? 0 : FETCH_MS, fetch);
  };

  /** Reports results, each of them once whatever comes twice. */
  const take = (chunks: readonly ResultChunk[]) => {
    for (const { id, worker, parts } of chunks.toSorted((one, other) => one.number - other.number)) {
      let isSomebodys = false;
      for (const { batch: batchId, results, isLast } of parts) {
        const batch = outstanding.get(batchId);
        if (batch === null) {
          isSomebodys = takeLateOf(batchId, results) || isSomebodys;
        } else {
          isSomebodys = true;
          const unpacked = unpackResults(results, batch.urlOf);
          if (unpacked === null) log.error({ batch: batchId }, 'results of a worker cannot be read');
          for (const result of unpacked ?? []) batch.report(result);
          noteShare(worker, unpacked ?? []);
          if (isLast) finish(batch);
        }
      }
      (isSomebodys ? reported : nobodys).push(id);
    }
    // No step of the store follows from them.
    if (nobodys.length > 0) later('forget', FETCH_IDLE_MS, forgetNobodys);
  };

  const takeLateOf = (id: string, results: unknown): boolean => {
    const row = store.get(id);
    if (row === null || takeLate === null) return false;
    const unpacked = unpackResults(results, () => '') ?? [];
    const ids = new Set<DeliveryId>(unpacked.map(({ deliveryId }) => deliveryId));
    const mine: HandedDelivery[] = row.deliveries.filter((one) => ids.has(one.id));
    const report = takeLate(mine);
    for (const result of unpacked) report(result);
    log.info({ batch: id, results: unpacked.length }, 'results came of a batch that was given up');
    return unpacked.length > 0;
  };

  const noteShare = (worker: string, results: readonly SendResult[]) => {
    const first = results[0];
    const campaignId = first === undefined ? null : store.campaignOf(first.deliveryId);
    if (campaignId === null) return;
    const name = fleet.workers.find(({ id }) => id === worker)?.facts?.name ?? worker;
    const count = results.filter(({ kind }) => kind === 'attempted').length;
    const same = shares.find((one) => one.campaignId === campaignId && one.worker === name);
    if (same === undefined) shares.push({ campaignId, worker: name, count });
    else same.count += count;
  };

  /** Everything of it was reported. */
  const finish = (batch: OutstandingBatch) => {
    outstanding.remove(batch.id);
    toWithdraw.delete(batch);
    ended.push(batch.id);
    batch.end();
  };

  /** Nobody can tell any more what became of the rest of it. */
  const giveUp = (batches: readonly OutstandingBatch[]) => {
    if (batches.length === 0) return;
    store.giveUp(
      batches.map(({ id }) => id),
      clock.now(),
    );
    log.warn({ batches: batches.length }, 'batches were given up, because their worker was lost');
    for (const batch of batches) {
      outstanding.remove(batch.id);
      toWithdraw.delete(batch);
      for (const deliveryId of batch.open()) batch.report({ kind: 'lost', deliveryId });
      batch.end();
    }
  };

  const forgetAll = () => {
    log.error({}, 'the database of the workers was made anew: what was handed over is unknown');
    giveUp(outstanding.all());
  };

  const publish = async () => {
    const batches = toPublish.filter(({ id }) => outstanding.get(id) !== null);
    toPublish = [];
    if (batches.length === 0) return;
    await mustHave().publish(batches.flatMap(({ data }) => (data === null ? [] : [data])));
    for (const batch of batches) batch.isPublished = true;
    if (!isIdle) return;
    isIdle = false;
    later('fetch', FETCH_MS, fetch);
  };

  const withdraw = async () => {
    const batches = [...toWithdraw];
    if (batches.length === 0) return;
    const won = await mustHave().withdraw(batches);
    for (const batch of batches) {
      toWithdraw.delete(batch);
      if (won.has(batch.id) && outstanding.get(batch.id) !== null) giveBack(batch);
    }
  };

  /** Nobody has begun it, and nobody will. */
  const giveBack = (batch: OutstandingBatch) => {
    // First, so that no later claim of a delivery ever stands beside it.
    store.remove([batch.id]);
    outstanding.remove(batch.id);
    for (const deliveryId of batch.open()) batch.report({ kind: 'not-sent', deliveryId });
    batch.end();
  };

  const stateOfFleet = () =>
    JSON.stringify(
      fleet.workers.map(({ id, state, facts }) => [id, state, facts?.inFlight, facts?.perSecond]),
    );

  const look = async () => {
    const here = mustHave();
    const before = stateOfFleet();
    await fleet.look(here);
    const published = outstanding.all().filter(({ isPublished }) => isPublished);
    const old = published.filter(({ handedAt }) => clock.now() - handedAt > BEGUN_WITHIN_MS);
    for (const batch of old) if (!batch.wasAskedFor) toWithdraw.add(batch);
    for (const batch of old) batch.wasAskedFor = true;
    await withdraw();
    const ids = outstanding.all().map(({ id }) => id);
    const lost = ids.length === 0 ? new Set<string>() : await here.lost(ids, LOST_AFTER_SECONDS);
    if (lost.size > 0) {
      // What it had told before it was lost comes first.
      for (;;) {
        const chunks = await here.fetchResults();
        take(chunks);
        if (chunks.length === 0) break;
      }
      giveUp(outstanding.all().filter(({ id }) => lost.has(id)));
    }
    if (before !== stateOfFleet()) onChange();
    if (Math.abs(clock.now() - tidiedAt) > TIDY_MS) {
      tidiedAt = clock.now();
      store.tidy(clock.now() - LATE_FOR_MS);
      await here.tidy();
    }
    later('look', LOOK_MS, look);
  };

  /** Lets the queue forget what is safe here. */
  const acknowledge = async () => {
    const [chunks, batches] = [reported, ended];
    [reported, ended] = [[], []];
    if (chunks.length + batches.length === 0) return;
    try {
      store.addShares(shares.splice(0));
      store.remove(batches);
      await store.flushed();
      await mustHave().acknowledge(chunks, batches);
    } catch (error) {
      // They come again with the next connection, and what is known of them is not told twice.
      log.warn({ error: textOf(error) }, 'results could not be acknowledged');
    }
  };

  const forgetNobodys = async () => {
    const some = nobodys;
    nobodys = [];
    await mustHave().acknowledge(some, []);
  };

  const handOver = async (batch: OutstandingBatch, signal: AbortSignal) => {
    const callBack = () => {
      toWithdraw.add(batch);
      if (queue !== null) later('withdraw', 0, withdraw);
    };
    if (signal.aborted) callBack();
    else signal.addEventListener('abort', callBack, { once: true });
    await batch.ended;
    signal.removeEventListener('abort', callBack);
  };

  return {
    fleet,
    getReady: () => undefined,
    trouble: () => trouble,
    queue: () => queue,
    room(service) {
      if (queue === null || trouble !== null) return 0;
      return Math.max(0, fleet.capacity(service) - outstanding.messages);
    },
    async send(batch: SendBatch, report, signal) {
      const here = queue;
      const ids = batch.jobs.map(({ deliveryId }) => deliveryId);
      const giveAllBack = () => {
        for (const deliveryId of ids) report({ kind: 'not-sent', deliveryId });
      };
      if (here === null || signal.aborted) {
        giveAllBack();
        return;
      }
      const id = randomUUID();
      store.add({ id, queue: here.id, pushService: batch.pushService, ids }, clock.now());
      const entry = outstanding.add({
        id,
        queue: here.id,
        pushService: batch.pushService,
        data: { id, batch },
        ids,
        urlOf: endpointsOf(batch),
        report,
        handedAt: clock.now(),
      });
      try {
        await store.flushed();
      } catch (error) {
        log.error({ error: String(error) }, 'a batch could not be noted on the disk; it was not handed over');
        giveBack(entry);
        return;
      }
      toPublish.push(entry);
      if (queue !== null) later('publish', 0, publish);
      await handOver(entry, signal);
    },
    handedOver: {
      left: () => store.open(),
      async resume(id, ids, report, signal) {
        const row = store.get(id);
        if (row === null) return;
        if (ids.length === 0) {
          ended.push(id);
          return;
        }
        const entry = outstanding.add({
          id,
          queue: row.queue,
          pushService: row.pushService,
          data: null,
          ids,
          urlOf: () => '',
          report,
          handedAt: clock.now(),
        });
        entry.isPublished = true;
        await handOver(entry, signal);
      },
      onLate(take) {
        takeLate = take;
      },
    },
    onRecorded() {
      if (reported.length + ended.length === 0) return;
      const turn: Promise<void> = acknowledge().finally(() => working.delete(turn));
      working.add(turn);
    },
    async lookAgain() {
      if (queue === null) return;
      await fleet.look(queue);
      onChange();
    },
    start() {
      later('connect', 0, connect);
    },
    async close() {
      closed = true;
      for (const undo of timers.values()) undo();
      await Promise.allSettled(working);
      await queue?.close().catch(() => undefined);
    },
  };
}

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
