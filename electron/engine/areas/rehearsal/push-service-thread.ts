import { Worker } from 'node:worker_threads';
import type { RehearsalRecord } from '../../../contract/rehearsal.ts';
import { assertNever } from '../../../core/assert-never.ts';
import {
  readFromWorker,
  type DeviceRow,
  type RehearsalWorkerData,
  type ToRehearsalWorker,
} from './worker-messages.ts';

/** The local push service on a thread of its own. */
export interface PushServiceThread {
  /** `https://127.0.0.1:<port>`. */
  readonly origin: string;
  /** The certificate that senders have to trust. */
  readonly certificatePem: string;
  /** The subscriptions of its devices, some at a time; the next ones are made while these are being processed. */
  rows(): AsyncGenerator<readonly DeviceRow[], void, undefined>;
  /** Cuts all connections, frees the port and ends the thread. */
  close(): Promise<void>;
}

export interface PushServiceThreadOptions {
  readonly workerFile: URL;
  readonly data: RehearsalWorkerData;
  /** Called now and then with what the service has seen, and once more when it ends. */
  readonly onRecord: (record: RehearsalRecord) => void;
  /** Called when the thread ends without having been asked to, after the service was ready. */
  readonly onFall: (error: Error) => void;
}

interface Waiting<Value> {
  readonly resolve: (value: Value) => void;
  readonly reject: (error: Error) => void;
}

/** A thread that has not ended within this time is hanging, and is terminated. */
const CLOSE_PATIENCE_MS = 10_000;

/** Starts the thread and waits until the service listens. Rejects with the thread's error if it does not get that far. */
export function startPushServiceThread(options: PushServiceThreadOptions): Promise<PushServiceThread> {
  const worker = new Worker(options.workerFile, { workerData: options.data });
  return new Promise((resolve, reject) => {
    let waiting: Waiting<readonly DeviceRow[]> | null = null;
    let life: 'starting' | 'ready' | 'closing' | 'ended' = 'starting';
    let fallenOver: Error | null = null;
    let onEnded: () => void = () => undefined;

    const say = (message: ToRehearsalWorker) => {
      worker.postMessage(message);
    };
    const nextRows = () =>
      new Promise<readonly DeviceRow[]>((got, failed) => {
        waiting = { resolve: got, reject: failed };
        if (life === 'ended') failed(END);
        else say({ type: 'more' });
      });

    const end = () => {
      fallenOver = new Error('The local push service sent something that is not valid.');
      void worker.terminate();
    };
    worker.on('messageerror', end);
    worker.on('message', (said: unknown) => {
      const message = readFromWorker(said);
      if (message === null) {
        end();
        return;
      }
      switch (message.type) {
        case 'ready':
          life = 'ready';
          resolve({ origin: message.origin, certificatePem: message.certificatePem, rows, close });
          return;
        case 'rows':
          waiting?.resolve(message.rows);
          return;
        case 'fell':
          fallenOver = new Error(message.error);
          return;
        case 'record':
          options.onRecord(message.record);
          return;
        default:
          assertNever(message);
      }
    });
    worker.on('error', (error) => {
      fallenOver = error instanceof Error ? error : new Error(String(error));
    });
    worker.on('exit', () => {
      const before = life;
      life = 'ended';
      const error = fallenOver ?? END;
      reject(error);
      waiting?.reject(error);
      if (before === 'ready') options.onFall(error);
      onEnded();
    });

    async function* rows(): AsyncGenerator<readonly DeviceRow[], void, undefined> {
      let next = nextRows();
      for (;;) {
        const some = await next;
        if (some.length === 0) return;
        next = nextRows();
        // A caller that stops half-way does not wait for them.
        next.catch(() => undefined);
        yield some;
      }
    }

    async function close(): Promise<void> {
      if (life === 'ended') return;
      life = 'closing';
      const patience = setTimeout(() => void worker.terminate(), CLOSE_PATIENCE_MS);
      await new Promise<void>((done) => {
        onEnded = done;
        say({ type: 'close' });
      });
      clearTimeout(patience);
    }
  });
}

const END = new Error('The local push service has ended.');
