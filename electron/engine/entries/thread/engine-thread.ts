import type { MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { StandardRPCHandler } from '@orpc/server/standard';
import { toEngineSchema, type EngineOptions, type FromEngine } from '../../../contract/engine-options.ts';
import { assertNever } from '../../../core/assert-never.ts';
import { callPort } from '../../../port/call-port.ts';
import { createFrameBudget } from '../../../port/frame-budget.ts';
import { createNowAndThen } from '../../../port/now-and-then.ts';
import { servePort } from '../../../port/serve-port.ts';
import { createEngine, type Engine } from '../../engine.ts';
import type { Host } from '../../base/host.ts';
import type { Log } from '../../base/log.ts';
import { problemOfStart } from '../start-problem.ts';
import type { WorkerFiles } from '../../base/worker-files.ts';

export interface EngineThreadOptions {
  /** The port to the main thread; its messages follow contract/engine-thread.ts, and ports travel with them. */
  parent: MessagePort;
  options: EngineOptions;
  log: Log;
  /** Where these files are, which only the entry point knows. */
  workerFiles: WorkerFiles;
  /** Everything is closed and `stopped` has been said. */
  onStopped: () => void;
}

/** A message as Node gives it to `addEventListener`, with the ports that were transferred with it. */
interface PortMessage extends Event {
  readonly data: unknown;
  readonly ports: readonly MessagePort[];
}

const BAD_FRAMES_TOLD = { most: 10, withinMs: 60_000 };
const now = () => performance.now();

type Life =
  | { kind: 'waiting' }
  | { kind: 'starting' }
  | { kind: 'running'; serve: (port: MessagePort) => void };

/**
 * Runs an engine for the main thread. It starts when the host's port arrives; windows that come earlier wait in their ports. Failures at
 * the start are reported as `failed`. Later defects are not caught here: they end the thread, and the main thread starts a new one.
 */
export function runEngineThread({ parent, options, log, workerFiles, onStopped }: EngineThreadOptions): void {
  const windows = new Set<MessagePort>();
  let life: Life = { kind: 'waiting' };
  let engine: Promise<Engine | null> = Promise.resolve(null);
  let hostPort: MessagePort | null = null;

  const say = (message: FromEngine) => {
    parent.postMessage(message);
  };

  const nowAndThen = createNowAndThen(now, BAD_FRAMES_TOLD);
  const warn = (what: string, reason: string) => {
    nowAndThen((leftOut) => {
      log.warn({ reason, leftOut }, what);
    });
  };

  const start = async (port: MessagePort): Promise<Engine | null> => {
    hostPort = port;
    // Nobody gives the engine another one, so it stays open whatever happens.
    const { link } = callPort(port, () => {
      warn('the main thread gave an answer that is not valid', 'not a frame of the protocol');
    });
    const host: Host = createORPCClient(link);
    port.start();
    let made: Engine | null = null;
    try {
      made = await createEngine(options, { host, log, workerFiles });
      const { url, problem } = await made.start();
      const handler = new StandardRPCHandler(made.router);
      const serve = (window: MessagePort) => {
        servePort(window, handler, {
          mayCome: createFrameBudget(now),
          onBadFrame(reason) {
            window.close();
            warn('a window sent a frame that is not valid; its port was closed', reason);
          },
          onDefect(error) {
            window.close();
            warn('a window could not be answered; its port was closed', nameOf(error));
          },
        });
        window.start();
      };
      life = { kind: 'running', serve };
      windows.forEach(serve);
      say({ type: 'ready', url, problem });
      return made;
    } catch (error) {
      const problem = problemOfStart(error, options.dataDir);
      log.fatal({ code: problem.code, cause: problem.cause }, 'the engine did not start');
      await made?.stop();
      say({ type: 'failed', problem });
      return null;
    }
  };

  const addWindow = (port: MessagePort) => {
    windows.add(port);
    port.on('close', () => {
      windows.delete(port);
    });
    if (life.kind === 'running') life.serve(port);
  };

  const stop = async () => {
    const made = await engine;
    try {
      await made?.stop();
    } catch (error) {
      log.error({ error: String(error) }, 'the engine did not stop cleanly');
    }
    for (const port of windows) port.close();
    hostPort?.close();
    say({ type: 'stopped' });
    parent.close();
    onStopped();
  };

  parent.addEventListener('message', (event) => {
    const { data, ports } = event as PortMessage;
    const parsed = toEngineSchema.safeParse(data);
    if (!parsed.success) {
      log.warn('the main thread sent something that is not valid');
      return;
    }
    const [port] = ports;
    switch (parsed.data.type) {
      case 'host':
        if (port === undefined || life.kind !== 'waiting') return;
        life = { kind: 'starting' };
        engine = start(port);
        return;
      case 'window':
        if (port !== undefined) addWindow(port);
        return;
      case 'stop':
        void stop();
        return;
      default:
        assertNever(parsed.data);
    }
  });
  parent.start();
}

/** The error's message may contain what was said. */
const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);
