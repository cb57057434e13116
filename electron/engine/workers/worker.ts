import { randomUUID } from 'node:crypto';
import { pushServiceSchema, type PushServiceId } from '../../contract/push-service.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { BATCH_SIZE, PART_SIZE, type LocalBatchSender } from '../wire/batch-sender.ts';
import { textOf } from './error-text.ts';
import { databaseTrouble } from './database-trouble.ts';
import { createPartBeginner } from './part-beginner.ts';
import { createReach } from './reach.ts';
import { createRefusals } from './refusals.ts';
import { restAfter } from './rest-after.ts';
import { createResultPost } from './result-post.ts';
import type { TakenBatch, WorkerFacts, WorkerOrder, WorkerQueue } from './work-queue.ts';

const SIGN_MS = 2000;
/** A new worker wants to know soon. */
const ASK_MS = 300;
/** How often to look where something was taken; where there was nothing, half as often each time, down to the idle rate. */
const TAKE_MS = 20;
const TAKE_IDLE_MS = 800;
/** How often to report results when a batch has ended, because then there is room for another; otherwise the slower rate applies. */
const TELL_MS = 60;
const TELL_SOME_MS = 200;
const TRY_AGAIN_MS = 1000;
/** When the worker is asked to end, what is on the wire is waited for this long, and its results until they are reported. */
const END_PATIENCE_MS = 30_000;
/** Anything that could not be begun by then, because the database did not answer, goes back. */
const BEGUN_WITHIN_MS = 20_000;
/** With a clock further off than this, times are wrong in every log, and tokens are soon refused. */
const CLOCK_OFF_MS = 5 * 60_000;

export interface WorkerOptions {
  /** Connects; rejects if that is not possible. */
  open: () => Promise<WorkerQueue>;
  sender: LocalBatchSender;
  name: string;
  machine: string;
  version: string;
  /** The most messages that it can have on the wire. */
  capacity: number;
  /** Waits this long, or until the signal aborts. */
  wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Aborted when the worker is to end. */
  stop: AbortSignal;
  /** One line for people. */
  say: (line: string) => void;
  clock: Clock;
  log: Log;
}

/**
 * Takes batches, sends each once, and reports what became of them, until it is asked to end. It has no store and no private key.
 *
 * @returns why it may not work; `null`: it was asked to end, and has reported everything
 */
export async function runWorker(options: WorkerOptions): Promise<string | null> {
  const { open, sender, capacity, wait, stop, say, clock, log } = options;
  const id = randomUUID();
  const never = new AbortController().signal;
  let queue: WorkerQueue | null = null;
  let order: WorkerOrder = 'ask';
  let refusal: string | null = null;
  let clockAheadMs = 0;
  let inFlight = 0;
  let sentSinceSign = 0;
  let lagSinceSign = 0;
  /** When each batch that still has something waiting was taken. */
  const notBegun = new Map<string, number>();
  let signedAt = clock.now();
  const isEnding = () => stop.aborted || order === 'leave' || refusal !== null;
  const reach = createReach(clock);
  const post = createResultPost();
  const refusals = createRefusals((error) => {
    sayTrouble(error);
  });
  const beginner = createPartBeginner({
    queue() {
      const here = queue;
      return here === null
        ? null
        : { begin: (...asked) => refusals.note('begin', () => here.begin(...asked)) };
    },
    worker: id,
    wait: (milliseconds) => wait(milliseconds, stop),
    isEnding,
    clock,
    log,
  });

  /** Each trouble is reported only once, however often it occurs. */
  let saidTrouble = '';
  const sayTrouble = (error: unknown) => {
    const { what, cure } = databaseTrouble(error);
    const text = `The database cannot be used: ${what}. ${cure} It is tried again every second.`;
    if (text === saidTrouble) return;
    saidTrouble = text;
    log.warn({ error: textOf(error) }, 'the database cannot be used');
    say(text);
  };

  const lose = (error: unknown) => {
    sayTrouble(error);
    const lost = queue;
    queue = null;
    // Nobody waits: a dead connection may take a long time to end.
    lost?.close().catch(() => undefined);
  };

  const factsNow = (): WorkerFacts => {
    const seconds = Math.max(0.001, (clock.now() - signedAt) / 1000);
    const perSecond = sentSinceSign / seconds;
    sentSinceSign = 0;
    const lagMs = Math.max(
      lagSinceSign,
      ...[...notBegun.values()].map((takenAt) => clock.now() - takenAt),
      0,
    );
    lagSinceSign = 0;
    signedAt = clock.now();
    const { name, machine, version } = options;
    return {
      name,
      machine,
      version,
      capacity,
      inFlight,
      perSecond,
      lagMs,
      clockAheadMs,
      unreachable: reach.unreachable(),
      refused: refusals.last(),
    };
  };

  const sign = async (here: WorkerQueue) => {
    const before = clock.now();
    const answer = await here.sign(id, factsNow());
    clockAheadMs = Math.round((before + clock.now()) / 2 - answer.now);
    if (answer.order === order) return;
    order = answer.order;
    if (order === 'work') say('Taken on: batches are sent as they come.');
    if (order === 'drain') say('Draining: nothing new is taken.');
    if (order === 'refuse') refusal = answer.reason;
  };

  /** Stays connected and gives signs of life. */
  const live = async (): Promise<void> => {
    while (!(isEnding() && inFlight === 0 && post.isEmpty())) {
      try {
        if (queue === null) {
          queue = await open();
          saidTrouble = '';
          say('Connected to the database.');
        }
        await sign(queue);
      } catch (error) {
        lose(error);
      }
      const pause = order === 'ask' ? ASK_MS : SIGN_MS;
      await wait(queue === null ? TRY_AGAIN_MS : pause, isEnding() ? never : stop);
      if (isEnding() && clock.now() - endingSince() > END_PATIENCE_MS) return;
    }
  };
  let endingAt: number | null = null;
  const endingSince = () => (endingAt ??= clock.now());

  const sendOne = async ({ id: batchId, coordinator, batch }: TakenBatch) => {
    const takenAt = clock.now();
    let waiting = Math.ceil(batch.jobs.length / PART_SIZE);
    notBegun.set(batchId, takenAt);
    inFlight += batch.jobs.length;
    await sender.send(
      batch,
      (result) => {
        inFlight -= 1;
        sentSinceSign += 1;
        reach.note(batch.pushService, result);
        // A worker hands nothing over, so it loses nothing to another machine.
        if (result.kind !== 'lost') post.add(coordinator, batchId, result);
      },
      never,
      async (part) => {
        const mayGo = await beginner.begin(batch.pushService, { batch: batchId, part });
        waiting -= 1;
        if (waiting === 0) notBegun.delete(batchId);
        lagSinceSign = Math.max(lagSinceSign, clock.now() - takenAt);
        return mayGo && clock.now() - takenAt <= BEGUN_WITHIN_MS;
      },
    );
    notBegun.delete(batchId);
    post.end(coordinator, batchId);
  };

  /** @returns how many it took; `null`: it has no room */
  const takeFrom = async (here: WorkerQueue, service: PushServiceId): Promise<number | null> => {
    const free = capacity - inFlight;
    // Half is enough for one batch: waiting until nothing is on the wire would leave the worker idle between batches.
    const most = free < capacity / 2 ? Math.floor(free / BATCH_SIZE) : Math.ceil(free / BATCH_SIZE);
    if (most < 1) return null;
    const taken = await here.take(service, reach.isTrial(service) ? 1 : most);
    if (taken.length === 0) return 0;
    for (const one of taken)
      sendOne(one).catch((error: unknown) => {
        log.error({ error: String(error) }, 'a batch ended early');
        post.end(one.coordinator, one.id);
      });
    return taken.length;
  };

  const mayTake = () => order === 'work' && Math.abs(clockAheadMs) <= CLOCK_OFF_MS && !post.isFull();

  const takeAll = async (): Promise<void> => {
    const pauses = new Map<PushServiceId, { pauseMs: number; nextAt: number }>();
    while (!isEnding()) {
      const here = queue;
      if (here !== null && mayTake()) {
        try {
          for (const service of pushServiceSchema.options) {
            const { pauseMs, nextAt } = pauses.get(service) ?? { pauseMs: TAKE_MS, nextAt: 0 };
            // A clock that was set back must not make anyone wait.
            if (!reach.mayTry(service) || (clock.now() < nextAt && nextAt - clock.now() <= TAKE_IDLE_MS))
              continue;
            const askedAt = clock.now();
            const taken = await takeFrom(here, service);
            // If nothing was asked, nothing is known about what there is.
            const pause =
              taken === null
                ? pauseMs
                : taken > 0
                  ? restAfter(clock.now() - askedAt, TAKE_MS)
                  : Math.min(TAKE_IDLE_MS, pauseMs * 2);
            pauses.set(service, { pauseMs: pause, nextAt: clock.now() + pause });
          }
        } catch (error) {
          // Anything taken but not begun comes back to the engine by itself.
          log.warn({ error: String(error) }, 'batches could not be taken');
          await wait(TRY_AGAIN_MS, stop);
        }
      }
      const nextAt = Math.min(...[...pauses.values()].map((one) => one.nextAt));
      const idle = Math.min(TAKE_IDLE_MS, nextAt - clock.now());
      await wait(mayTake() && pauses.size > 0 ? Math.max(TAKE_MS, idle) : TAKE_MS * 5, stop);
    }
  };

  const tell = async (): Promise<void> => {
    let someAt = 0;
    while (!(isEnding() && inFlight === 0 && post.isEmpty())) {
      const here = queue;
      const toldAt = clock.now();
      // A clock that was set back must not make anyone wait.
      const isTimeForSome = toldAt >= someAt || someAt - toldAt > TELL_SOME_MS;
      try {
        if (here !== null && (post.hasEnd() || isTimeForSome)) {
          await refusals.note('tell', () => post.sendAll(here, id));
          someAt = clock.now() + TELL_SOME_MS;
        }
      } catch (error) {
        log.warn({ error: String(error) }, 'results could not be told; they are kept');
        await wait(TRY_AGAIN_MS, never);
      }
      await wait(restAfter(clock.now() - toldAt, TELL_MS), never);
      if (isEnding() && clock.now() - endingSince() > END_PATIENCE_MS) return;
    }
  };

  sender.getReady();
  await Promise.all([live(), takeAll(), tell()]);
  const here = queue as WorkerQueue | null;
  if (here !== null) {
    await here.leave(id).catch(() => undefined);
    await here.close().catch(() => undefined);
  }
  if (!post.isEmpty()) log.error({}, 'the database could not be reached, so some results were not told');
  return refusal;
}
