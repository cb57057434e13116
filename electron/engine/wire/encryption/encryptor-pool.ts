import { Worker } from 'node:worker_threads';
import type { Log } from '../../base/log.ts';
import type { Payload } from '../batch-sender.ts';
import type { Encrypted, Encryptor, Recipient } from './encryptor.ts';
import { readReply, unpackReply, type EncryptRequest } from './worker-messages.ts';

/** A batch goes to a second worker if the first one dies on it, but never to a third. */
const MAX_TRIES = 2;

interface Task {
  readonly payload: Payload;
  readonly recipients: readonly Recipient[];
  readonly resolve: (results: Encrypted[]) => void;
  tries: number;
}

interface Slot {
  worker: Worker | null;
  readonly tasks: Map<number, Task>;
}

export interface EncryptorPoolOptions {
  /** The built worker, whose location the engine's entry point knows. */
  workerFile: string | URL;
  /** One fewer than the processor's cores, but at least one: the engine's own thread needs the other. */
  threads: number;
  log: Log;
}

/** Encrypts on worker threads. They start shortly before they are needed, and stay. */
export function createEncryptorPool({ workerFile, threads, log }: EncryptorPoolOptions): Encryptor {
  const slots: Slot[] = Array.from({ length: Math.max(1, threads) }, () => ({
    worker: null,
    tasks: new Map(),
  }));
  let nextId = 1;
  let closed = false;

  const give = (task: Task) => {
    const slot = slots.reduce((best, other) => (other.tasks.size < best.tasks.size ? other : best));
    const id = nextId;
    nextId += 1;
    slot.tasks.set(id, task);
    slot.worker ??= open(slot);
    const request: EncryptRequest = { id, payload: task.payload, recipients: task.recipients };
    slot.worker.postMessage(request);
  };

  const open = (slot: Slot): Worker => {
    const worker = new Worker(workerFile);
    // An idle pool must not keep a headless process alive.
    worker.unref();
    const end = () => {
      log.error('an encryption thread gave an answer that is not valid');
      void worker.terminate();
    };
    worker.on('message', (message: unknown) => {
      const reply = readReply(message);
      const task = reply === null ? undefined : slot.tasks.get(reply.id);
      if (reply === null || task?.recipients.length !== reply.parts.length) {
        end();
        return;
      }
      slot.tasks.delete(reply.id);
      task.resolve(unpackReply(reply));
    });
    worker.on('messageerror', end);
    worker.on('error', (error: unknown) => {
      log.error({ error: String(error) }, 'an encryption thread failed');
    });
    worker.on('exit', () => {
      if (slot.worker === worker) slot.worker = null;
      const orphans = [...slot.tasks.values()];
      slot.tasks.clear();
      for (const task of orphans) passOn(task);
    });
    return worker;
  };

  const fail = ({ recipients, resolve }: Task) => {
    const detail = closed ? 'The app is stopping.' : 'The encryption thread ended.';
    resolve(recipients.map(() => ({ kind: 'failed', detail })));
  };

  const passOn = (task: Task) => {
    task.tries += 1;
    if (closed || task.tries >= MAX_TRIES) {
      fail(task);
      return;
    }
    give(task);
  };

  return {
    getReady() {
      if (!closed) for (const slot of slots) slot.worker ??= open(slot);
    },
    encrypt(payload, recipients) {
      return new Promise((resolve) => {
        const task = { payload, recipients, resolve, tries: 0 };
        if (closed) fail(task);
        else give(task);
      });
    },
    async close() {
      closed = true;
      await Promise.all(slots.map(async ({ worker }) => worker?.terminate()));
    },
  };
}
