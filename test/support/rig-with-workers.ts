import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import {
  campaignRig,
  message,
  type RigOptions,
} from '../../electron/engine/areas/campaigns/testing/campaign-rig.ts';
import { capturedLog } from '../../electron/engine/testing/captured-log.ts';
import type { ManualTime } from '../../electron/engine/testing/manual-time.ts';
import { answer, scriptedSender, type Script } from '../../electron/engine/testing/scripted-sender.ts';
import type { BatchSender, LocalBatchSender } from '../../electron/engine/wire/batch-sender.ts';
import { createCoordinator, type Coordinator } from '../../electron/engine/workers/coordinator.ts';
import { createHandedBatchStore } from '../../electron/engine/workers/handed-batch-store.ts';
import { createSharedSender } from '../../electron/engine/workers/shared-sender.ts';
import { memoryQueue, type MemoryQueue } from '../../electron/engine/workers/testing/memory-queue.ts';
import { runWorker } from '../../electron/engine/workers/worker.ts';

const VERSION = '1.0.0';

/** A campaign service whose messages go through workers, with time and push services in the hands of the test. */
export function rigWithWorkers({ sendsHere = false, ...options }: RigOptions & { sendsHere?: boolean } = {}) {
  let queue: MemoryQueue | null = null;
  const coordinators: Coordinator[] = [];
  const rig = campaignRig({
    cap: 1000,
    ...options,
    senderOf: ({ db, time, here }): BatchSender => {
      queue ??= memoryQueue(time.clock);
      const open = queue;
      const coordinator = createCoordinator({
        open: () => open.openForCoordinator(),
        store: createHandedBatchStore(db),
        version: VERSION,
        onChange: () => undefined,
        schedule: time.schedule,
        clock: time.clock,
        log: capturedLog().log,
      });
      coordinators.push(coordinator);
      return createSharedSender({ here, coordinator, sendsHere: () => sendsHere, capacityHere: () => 1000 });
    },
  });
  const found = queue as MemoryQueue | null;
  if (found === null) throw new Error('There is no queue');
  const current = () => {
    const coordinator = coordinators.at(-1);
    if (coordinator === undefined) throw new Error('There is no coordinator');
    return coordinator;
  };
  current().start();
  return {
    ...rig,
    queue: found,
    coordinator: current,
    begin: () =>
      rig.service.start({ requestId: randomUUID(), message: message(), audience: { kind: 'everyone' } }).id,
    /** The old engine is not stopped: it is simply never heard from again. */
    restart() {
      void coordinators.at(-1)?.close();
      const again = rig.restart();
      again.recover();
      current().start();
      return again;
    },
    worker: (script?: Script, change: WorkerChange = {}) => startWorker(rig.time, found, script, change),
  };
}

interface WorkerChange {
  version?: string;
  aheadMs?: number;
  /** The most messages that it has on the wire. */
  capacity?: number;
}

function startWorker(
  time: ManualTime,
  queue: MemoryQueue,
  script: Script = () => answer(201),
  { version = VERSION, aheadMs = 0, capacity = 1024 }: WorkerChange = {},
) {
  const push = scriptedSender(time.clock, script);
  const stop = new AbortController();
  const lines: string[] = [];
  let isDead = false;
  let letBegin: () => void = () => undefined;
  const isLet = new Promise<undefined>((resolve) => {
    letBegin = () => {
      resolve(undefined);
    };
  });
  let mayBegin = Number.POSITIVE_INFINITY;
  const sender: LocalBatchSender = {
    ...push.sender,
    send: (batch, report, signal, mayGo) =>
      push.sender.send(batch, report, signal, async (part) => {
        mayBegin -= 1;
        if (mayBegin < 0) await isLet;
        return mayGo?.(part) ?? true;
      }),
  };
  const never = () => new Promise<never>(() => undefined);
  const ended = runWorker({
    open: async () => {
      const opened = await queue.openForWorker();
      // After a kill, nothing it does reaches anybody.
      return new Proxy(opened, {
        get: (target, name: keyof typeof opened) =>
          isDead ? never : (target[name] as (...args: unknown[]) => unknown),
      });
    },
    sender,
    name: 'north',
    machine: 'machine',
    version,
    capacity,
    wait: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (isDead) return;
        const undo = time.schedule(resolve, milliseconds);
        signal.addEventListener('abort', () => {
          undo();
          resolve();
        });
      }),
    stop: stop.signal,
    say: (line) => lines.push(line),
    clock: { now: () => time.clock.now() + aheadMs },
    log: capturedLog().log,
  });
  onTestFinished(() => {
    isDead = true;
  });
  return {
    push,
    lines,
    ended,
    /** From now on it holds what it sends, and what it would begin after that many parts waits until it is let go. */
    holdAfter(parts: number) {
      mayBegin = parts;
      push.script = () => 'hold';
      push.sent = [];
    },
    letBegin() {
      mayBegin = Number.POSITIVE_INFINITY;
      letBegin();
    },
    stop: () => {
      stop.abort();
    },
    kill() {
      isDead = true;
    },
  };
}
