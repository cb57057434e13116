import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import { fromEngineSchema, type FromEngine } from '../contract/engine-options.ts';
import type { Problem } from '../contract/problem.ts';
import type { CrashLimit } from './crash-limit.ts';

export interface EngineHostOptions {
  /** Starts the engine's thread. */
  createThread(): Worker;
  /** Serves the engine's questions about key ring and desktop on a port. */
  serveHost(port: MessagePort): void;
  crashLimit: CrashLimit;
  /** How long a clean stop may take before the thread is ended, in milliseconds. */
  stopWithinMs: number;
  /** Runs a function later and returns a function that cancels it; injected so that tests need not wait. */
  schedule(run: () => void, delayMs: number): () => void;
  /** `url`: address of the subscribe page, `null` where the server is off; `problem`: why it is off, or why it has another port. */
  onReady(url: string | null, problem: Problem | null): void;
  /** The engine cannot run: it said so, it went down before it was ready, or it went down too often. */
  onFailed(problem: Problem): void;
  /** The engine went down and is being started again; windows need a new port. */
  onRestarted(reason: string): void;
}

/** Owns the engine's thread: starts it, starts it again when it goes down, stops it. */
export interface EngineHost {
  /** Does nothing while a thread lives. */
  start(): void;
  /** Whether a thread lives that has said it is ready and was not told to stop. */
  isReady(): boolean;
  /** A new port to the engine, or `null` where there is none; queued by the thread until it is ready. */
  connect(): MessagePort | null;
  /** Lets the engine finish what is on the wire and close its store. `ended`: it took too long or was gone. */
  stop(): Promise<'stopped' | 'ended'>;
}

/** [Note: engine thread] `contract/engine-thread.ts` is the protocol; the thread is started once for each life of the engine. */
export function createEngineHost(options: EngineHostOptions): EngineHost {
  let life: Life | null = null;

  const start = () => {
    if (life !== null) return;
    const own = openLife(options.createThread());
    life = own;
    own.thread.on('message', (message: unknown) => {
      const parsed = fromEngineSchema.safeParse(message);
      if (parsed.success && life === own) hear(own, parsed.data);
    });
    own.thread.on('error', (error: Error) => {
      own.fault = error;
    });
    own.thread.on('exit', () => {
      own.settle();
      if (life !== own) return;
      life = null;
      if (!own.stopping) fell(own);
    });
    const { port1, port2 } = new MessageChannel();
    options.serveHost(port1);
    own.thread.postMessage({ type: 'host' }, [port2]);
  };

  const hear = (own: Life, message: FromEngine) => {
    switch (message.type) {
      case 'ready':
        own.ready = true;
        options.onReady(message.url, message.problem);
        return;
      case 'failed':
        life = null;
        void own.thread.terminate();
        options.onFailed(message.problem);
        return;
      case 'stopped':
        own.settle();
        return;
      default:
        message satisfies never;
    }
  };

  const fell = (own: Life) => {
    const reason = own.fault === null ? 'its thread ended without an error message' : own.fault.message;
    if (!own.ready || !options.crashLimit.mayRestart()) {
      options.onFailed(crashProblem(own.ready, reason));
      return;
    }
    start();
    options.onRestarted(reason);
  };

  return {
    start,
    isReady: () => life?.ready === true && !life.stopping,
    connect() {
      if (life === null || life.stopping) return null;
      const { port1, port2 } = new MessageChannel();
      life.thread.postMessage({ type: 'window' }, [port2]);
      return port1;
    },
    async stop() {
      const own = life;
      if (own === null) return 'ended';
      own.stopping = true;
      own.thread.postMessage({ type: 'stop' });
      const outcome = await new Promise<'stopped' | 'ended'>((resolve) => {
        const cancel = options.schedule(() => {
          resolve('ended');
        }, options.stopWithinMs);
        void own.settled.then(() => {
          cancel();
          resolve('stopped');
        });
      });
      life = null;
      await own.thread.terminate();
      return outcome;
    },
  };
}

/** One life of the thread. `settled` resolves when it said "stopped" or ended. */
interface Life {
  thread: Worker;
  ready: boolean;
  stopping: boolean;
  fault: Error | null;
  settled: Promise<void>;
  settle: () => void;
}

function openLife(thread: Worker): Life {
  let settle: () => void = () => undefined;
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { thread, ready: false, stopping: false, fault: null, settled, settle };
}

function crashProblem(wasReady: boolean, reason: string): Problem {
  return {
    code: wasReady ? 'engine-crashed' : 'engine-start',
    cause: wasReady
      ? `The engine, which stores and sends everything, stopped several times in a row: ${reason}.`
      : `The engine, which stores and sends everything, could not start: ${reason}.`,
    cure: 'No stored data is lost. Try again; if it happens again, report it with the text above.',
  };
}
