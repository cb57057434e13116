import type { Schedule } from '../base/schedule.ts';
import { textOf } from './error-text.ts';
import type { CoordinatorQueue } from './work-queue.ts';

/** How often to look for a database that was lost. */
const RECONNECT_MS = 1000;

/** The connection to the queue, which re-establishes itself, and the work that goes over it. */
export interface QueueLine {
  /** `null` while it cannot be reached. */
  readonly queue: () => CoordinatorQueue | null;
  /** @throws Error while it cannot be reached */
  readonly mustHave: () => CoordinatorQueue;
  /** Why it cannot be used; `null`: it can. */
  readonly trouble: () => unknown;
  /**
   * Schedules this work, replacing whatever was scheduled under the same name. If it fails, the connection is considered lost, and the work
   * under all names is dropped. Without a connection it does nothing.
   */
  later(name: string, delayMs: number, work: () => Promise<void>): void;
  /** The same, unless something is planned under this name already: planned anew each time, it would never come. */
  laterUnlessPlanned(name: string, delayMs: number, work: () => Promise<void>): void;
  readonly start: () => void;
  readonly close: () => Promise<void>;
}

/**
 * @param options `open` connects, and rejects if that is not possible. `onOpen` is called with each new connection, before it counts as
 *   usable, and `onReady` once it does. `onLost` is told whether the same was the matter a second ago: it may be for a whole night.
 */
export function createQueueLine({
  open,
  onOpen,
  onReady,
  onLost,
  schedule,
}: {
  open: () => Promise<CoordinatorQueue>;
  onOpen: (queue: CoordinatorQueue) => Promise<void>;
  onReady: () => void;
  onLost: (error: unknown, isRepeated: boolean) => void;
  schedule: Schedule;
}): QueueLine {
  let queue: CoordinatorQueue | null = null;
  let trouble: unknown = new Error('not connected yet');
  let closed = false;
  const working = new Set<Promise<unknown>>();
  const timers = new Map<string, () => void>();

  const hold = (work: Promise<void>) => {
    const turn: Promise<void> = work.finally(() => working.delete(turn));
    working.add(turn);
  };

  const plan = (name: string, delayMs: number, work: () => Promise<void>) => {
    timers.get(name)?.();
    if (closed) return;
    const undo = schedule(() => {
      timers.delete(name);
      hold(work());
    }, delayMs);
    timers.set(name, undo);
  };

  const planConnect = (delayMs: number, lost: CoordinatorQueue | null) => {
    plan('connect', delayMs, async () => {
      // Nobody waits: a dead connection may take a long time to end.
      lost?.close().catch(() => undefined);
      await connect().catch(lose);
    });
  };

  const later = (name: string, delayMs: number, work: () => Promise<void>) => {
    // Work that was under way when the connection was lost may schedule more.
    if (queue === null) return;
    plan(name, delayMs, async () => {
      const over = queue;
      try {
        await work();
      } catch (error) {
        // Only the first failure on a connection says why it was lost.
        if (queue === over) lose(error);
      }
    });
  };

  const endTimers = () => {
    for (const undo of timers.values()) undo();
    timers.clear();
  };

  const lose = (error: unknown) => {
    if (closed) return;
    const lost = queue;
    const isRepeated = trouble !== null && textOf(error) === textOf(trouble);
    queue = null;
    trouble = error;
    endTimers();
    onLost(error, isRepeated);
    planConnect(RECONNECT_MS, lost);
  };

  const connect = async () => {
    const opened = await open();
    if (closed) {
      await opened.close();
      return;
    }
    queue = opened;
    await onOpen(opened);
    trouble = null;
    onReady();
  };

  return {
    queue: () => queue,
    mustHave() {
      if (queue === null) throw new Error('The database of the workers cannot be reached.');
      return queue;
    },
    trouble: () => trouble,
    later,
    laterUnlessPlanned(name, delayMs, work) {
      if (!timers.has(name)) later(name, delayMs, work);
    },
    start() {
      planConnect(0, null);
    },
    async close() {
      closed = true;
      endTimers();
      await Promise.allSettled(working);
      await queue?.close().catch(() => undefined);
    },
  };
}
