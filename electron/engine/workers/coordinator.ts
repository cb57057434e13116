import { randomUUID } from 'node:crypto';
import type { DeliveryId } from '../../contract/ids.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Schedule } from '../base/schedule.ts';
import { BATCH_SIZE, type BatchSender, type SendBatch } from '../wire/batch-sender.ts';
import type { HandedOver } from '../wire/handed-over.ts';
import { textOf } from './error-text.ts';
import { createFleet, LOST_AFTER_SECONDS, type Fleet } from './fleet.ts';
import type { HandedBatchStore } from './handed-batch-store.ts';
import { createIncomingResults } from './incoming-results.ts';
import { createOutstanding, type OutstandingBatch } from './outstanding.ts';
import { endpointsOf } from './packed-results.ts';
import { createShareCounter, type ShareCounter } from './share-counter.ts';
import { restAfter } from './rest-after.ts';
import { createQueueLine, type QueueLine } from './queue-line.ts';
import { QueueWasReplaced, type CoordinatorQueue, type ResultChunk } from './work-queue.ts';

/**
 * Results are fetched this often while some are awaited, and rarely otherwise: late ones may come at any time. Never more often, however
 * many there are: each fetch costs the same.
 */
const FETCH_MS = 80;
const FETCH_IDLE_MS = 1000;
/** Recorded results are acknowledged together, because each time costs the same. */
const ACKNOWLEDGE_MS = 250;
const LOOK_MS = 1000;
/** Anything nobody has begun by then comes back: the worker that took it has died or hangs. */
const BEGUN_WITHIN_MS = 10_000;
const TIDY_MS = 3_600_000;
/**
 * Results of batches that were given up may come for as long as the tokens are valid, and longer if the worker could not reach the
 * database.
 */
const LATE_FOR_MS = 7 * 24 * 3_600_000;

/** Hands batches to workers on other machines, and brings back what became of them. */
export interface Coordinator extends BatchSender {
  readonly handedOver: HandedOver;
  readonly fleet: Pick<Fleet, 'workers' | 'capacity' | 'total'>;
  /** Who sent how much of a campaign; what this machine sends has to be reported to it. */
  readonly shares: Pick<ShareCounter, 'note'>;
  room(service: PushServiceId): number;
  onRecorded(): void;
  /** Why nothing can be handed over; `null`: something can. */
  trouble(): unknown;
  /** The queue, for passing a person's wishes on to workers; `null` while it cannot be reached. */
  queue(): CoordinatorQueue | null;
  /** Checks again which workers there are; does nothing without a database. */
  lookAgain(): Promise<void>;
  /** Starts looking for the database. */
  start(): void;
}

export interface CoordinatorOptions {
  /** Connects; rejects if that is not possible. */
  open: () => Promise<CoordinatorQueue>;
  store: HandedBatchStore;
  version: string;
  /** Called when workers came, went or changed, and when the database was lost or found. */
  onChange: () => void;
  schedule: Schedule;
  clock: Clock;
  log: Log;
}

export function createCoordinator(options: CoordinatorOptions): Coordinator {
  const { open, store, onChange, schedule, clock, log } = options;
  const fleet = createFleet(options);
  const outstanding = createOutstanding();
  const shares = createShareCounter(store);
  const nameOf = (worker: string) => fleet.workers.find(({ id }) => id === worker)?.facts?.name ?? worker;
  const incoming = createIncomingResults({ outstanding, store, shares, nameOf, log });
  /** Nothing is awaited, so results are fetched rarely. */
  let isIdle = true;
  let tidiedAt = 0;
  let toPublish: OutstandingBatch[] = [];

  const line: QueueLine = createQueueLine({
    open,
    schedule,
    async onOpen(queue) {
      // Whatever another queue knew about them, this one does not.
      for (const batch of outstanding.all()) if (batch.queue !== queue.id) giveUp([batch]);
      await fleet.look(queue);
      take(await queue.leftResults());
    },
    onReady() {
      log.info({ workers: fleet.workers.length }, 'connected to the database of the workers');
      // A batch that was being published when the connection was lost may be there or not: it comes back unless someone has begun it.
      for (const batch of outstanding.all()) if (!batch.isPublished) batch.isToWithdraw = true;
      onChange();
      line.later('fetch', FETCH_MS, fetch);
      line.later('look', LOOK_MS, look);
      line.later('publish', 0, publish);
      line.later('withdraw', 0, withdraw);
      forgetNobodys();
      acknowledgeSoon();
    },
    onLost(error, isRepeated) {
      if (error instanceof QueueWasReplaced) {
        log.error({}, 'the database of the workers was made anew: what was handed over is unknown');
        giveUp(outstanding.all());
      } else if (!isRepeated) {
        log.warn({ error: textOf(error) }, 'the database of the workers cannot be used');
      }
      fleet.clear();
      onChange();
    },
  });

  const fetch = async () => {
    const askedAt = clock.now();
    const chunks = await line.mustHave().fetchResults();
    const rest = restAfter(clock.now() - askedAt, FETCH_MS);
    take(chunks);
    isIdle = chunks.length + outstanding.size === 0;
    line.later('fetch', isIdle ? FETCH_IDLE_MS : rest, fetch);
  };

  /** Results that are nobody's lead to no step of the store, so they are forgotten here. */
  const forgetNobodys = () => {
    if (incoming.hasNobodys())
      line.laterUnlessPlanned('forget', FETCH_IDLE_MS, () => incoming.forgetNobodys(line.mustHave));
  };

  const take = (chunks: readonly ResultChunk[]) => {
    incoming.take(chunks);
    forgetNobodys();
  };

  /** Nobody can tell any more what became of the rest of these batches. */
  const giveUp = (batches: readonly OutstandingBatch[]) => {
    if (batches.length === 0) return;
    store.giveUp(
      batches.map(({ id }) => id),
      clock.now(),
    );
    log.warn({ batches: batches.length }, 'batches were given up, because their worker was lost');
    for (const batch of batches) {
      for (const deliveryId of batch.open()) batch.report({ kind: 'lost', deliveryId });
      outstanding.end(batch);
    }
  };

  const publish = async () => {
    const batches = toPublish.filter(({ id }) => outstanding.get(id) !== null);
    toPublish = [];
    if (batches.length === 0) return;
    await line.mustHave().publish(batches.flatMap(({ data }) => (data === null ? [] : [data])));
    for (const batch of batches) batch.isPublished = true;
    if (!isIdle) return;
    isIdle = false;
    line.later('fetch', FETCH_MS, fetch);
  };

  const withdraw = async () => {
    const batches = outstanding.all().filter(({ isToWithdraw }) => isToWithdraw);
    if (batches.length === 0) return;
    await callBack(batches);
    for (const batch of batches) batch.isToWithdraw = false;
  };

  /** Takes back the parts that nobody has begun. */
  const callBack = async (batches: readonly OutstandingBatch[]) => {
    const won = await line.mustHave().withdraw(batches);
    for (const batch of batches) {
      const parts = won.flatMap((one) => (one.batch === batch.id ? [one.part] : []));
      if (parts.length > 0 && outstanding.get(batch.id) !== null) giveBack(batch, batch.openIn(parts));
    }
  };

  /** Nobody has begun these deliveries of the batch, and nobody will. */
  const giveBack = (batch: OutstandingBatch, ids: readonly DeliveryId[]) => {
    const isAll = ids.length === batch.open().length;
    // Done first, so that no later claim of a delivery ever exists beside it.
    if (isAll) store.remove([batch.id]);
    else store.takeOut(batch.id, ids);
    for (const deliveryId of ids) batch.report({ kind: 'not-sent', deliveryId });
    if (isAll) outstanding.end(batch);
  };

  const stateOfFleet = () =>
    JSON.stringify(
      fleet.workers.map(({ id, state, facts }) => [
        id,
        state,
        facts?.inFlight,
        facts?.perSecond,
        facts?.refused?.what,
      ]),
    );

  const look = async () => {
    const here = line.mustHave();
    const before = stateOfFleet();
    await fleet.look(here);
    const published = outstanding.all().filter(({ isPublished }) => isPublished);
    const old = published.filter(({ handedAt }) => clock.now() - handedAt > BEGUN_WITHIN_MS);
    for (const batch of old) {
      batch.isToWithdraw ||= !batch.wasAskedFor;
      batch.wasAskedFor = true;
    }
    await withdraw();
    const ids = outstanding.all().map(({ id }) => id);
    const lost = ids.length === 0 ? new Set<string>() : await here.lost(ids, LOST_AFTER_SECONDS);
    if (lost.size > 0) {
      // What the worker reported before it was lost comes first.
      for (;;) {
        const chunks = await here.fetchResults();
        take(chunks);
        if (chunks.length === 0) break;
      }
      const theirs = outstanding.all().filter(({ id }) => lost.has(id));
      await callBack(theirs);
      giveUp(theirs.filter(({ id }) => outstanding.get(id) !== null));
    }
    if (before !== stateOfFleet()) onChange();
    if (Math.abs(clock.now() - tidiedAt) > TIDY_MS) {
      tidiedAt = clock.now();
      store.tidy(clock.now() - LATE_FOR_MS);
      await here.tidy();
    }
    line.later('look', LOOK_MS, look);
  };

  const acknowledge = async () => {
    try {
      await incoming.acknowledge(line.mustHave);
    } catch (error) {
      // They come again with the next connection, and known ones are not reported twice.
      log.warn({ error: textOf(error) }, 'results could not be acknowledged');
    }
  };

  const acknowledgeSoon = () => {
    if (incoming.hasRecorded()) line.laterUnlessPlanned('acknowledge', ACKNOWLEDGE_MS, acknowledge);
  };

  const handOver = async (batch: OutstandingBatch, signal: AbortSignal) => {
    const wantBack = () => {
      batch.isToWithdraw = true;
      if (line.queue() !== null) line.later('withdraw', 0, withdraw);
    };
    if (signal.aborted) wantBack();
    else signal.addEventListener('abort', wantBack, { once: true });
    await batch.ended;
    signal.removeEventListener('abort', wantBack);
  };

  return {
    fleet,
    shares,
    getReady: () => undefined,
    trouble: line.trouble,
    queue: line.queue,
    room(service) {
      if (line.trouble() !== null) return 0;
      const capacity = fleet.capacity(service);
      const free = capacity - outstanding.messages;
      // If room were given out as it trickles back, batches would get ever smaller, and each costs as much as a large one.
      return free < Math.min(BATCH_SIZE, capacity / 2) ? 0 : free;
    },
    async send(batch: SendBatch, report, signal) {
      const here = line.queue();
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
        places: ids,
        ids,
        urlOf: endpointsOf(batch),
        report,
        handedAt: clock.now(),
      });
      try {
        await store.flushed();
      } catch (error) {
        log.error({ error: String(error) }, 'a batch could not be noted on the disk; it was not handed over');
        giveBack(entry, ids);
        return;
      }
      toPublish.push(entry);
      if (line.queue() !== null) line.later('publish', 0, publish);
      await handOver(entry, signal);
    },
    handedOver: {
      left: () => store.open(),
      async resume(id, ids, report, signal) {
        const row = store.get(id);
        if (row === null) return;
        if (ids.length === 0) {
          // A worker with a part that came back must still find out that it may not begin it.
          if (row.places.includes(null)) store.remove([id]);
          else incoming.end(id);
          return;
        }
        const entry = outstanding.add({
          id,
          queue: row.queue,
          pushService: row.pushService,
          data: null,
          places: row.places,
          ids,
          urlOf: () => '',
          report,
          handedAt: clock.now(),
        });
        entry.isPublished = true;
        await handOver(entry, signal);
      },
      onLate: incoming.onLate,
    },
    onRecorded() {
      shares.keep();
      incoming.noteRecorded();
      acknowledgeSoon();
    },
    async lookAgain() {
      const here = line.queue();
      if (here === null) return;
      await fleet.look(here);
      onChange();
    },
    start: line.start,
    async close() {
      await acknowledge();
      await line.close();
    },
  };
}
