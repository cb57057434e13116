import path from 'node:path';
import type { EngineOptions } from '../contract/engine-options.ts';
import type { ServerStatus } from '../contract/server.ts';
import { createAreas } from './areas.ts';
import { createChangeHub } from './base/change-hub.ts';
import { systemClock, type Clock } from './base/clock.ts';
import { NO_SECRETS, type EngineSecrets } from './areas/engine-secrets.ts';
import type { Host } from './base/host.ts';
import type { Log } from './base/log.ts';
import type { WorkerFiles } from './base/worker-files.ts';
import { remoteRouter } from './serve/remote-router.ts';
import { createRouter, type EngineRouter } from './serve/router.ts';
import { openStore } from './store/open-store.ts';
import type { BatchSender } from './wire/batch-sender.ts';

export interface Engine {
  readonly router: EngineRouter;
  /** Resumes what was unfinished, and starts the server if the settings say so or there is no desktop. */
  start(): Promise<ServerStatus>;
  /** Ends streams, releases the network and closes the store. A second call waits for the first. */
  stop(): Promise<void>;
}

export interface AroundEngine {
  /** `null` if the engine runs without a desktop. */
  host: Host | null;
  log: Log;
  /** Where these files are, which only the entry point knows. */
  workerFiles: WorkerFiles;
  clock?: Clock;
  /** From the environment; the default: none. */
  secrets?: EngineSecrets;
  /** What brings messages to the push services; the default: this machine itself. */
  sender?: BatchSender;
}

const TIDY_INTERVAL_MS = 60_000;

/**
 * Builds the engine on a data folder: the store, the areas on it, and the router over them.
 *
 * @throws Refusal UNAVAILABLE when the folder, the store or the file of private keys cannot be used
 */
export async function createEngine(options: EngineOptions, around: AroundEngine): Promise<Engine> {
  const { host, log, workerFiles, clock = systemClock, secrets = NO_SECRETS, sender } = around;
  const changes = createChangeHub();
  const stopping = new AbortController();
  const store = openStore({ file: path.join(options.dataDir, 'pushdesk.db'), log, clock });
  const ground = { options, store, host, changes, clock, log, workerFiles, secrets };
  const areas = await createAreas(ground, { here: () => router, elsewhere: () => remote }, sender).catch(
    (error: unknown) => {
      store.close();
      throw error;
    },
  );
  let tidyTimer: NodeJS.Timeout | undefined;
  let stopped: Promise<void> | null = null;

  const tidy = () => {
    let refusal: unknown = null;
    for (const area of areas.all) {
      try {
        area.tidy?.();
      } catch (error) {
        // A disk that is full or busy now is no reason to crash: each list checks for itself, and the next round comes.
        log.error({ error: String(error) }, 'could not tidy up');
        refusal ??= error;
      }
    }
    areas.onTidied(refusal);
  };

  const stop = async () => {
    clearInterval(tidyTimer);
    stopping.abort();
    // They stop at the same time, because each waits for what it has begun; one that fails does not take the store away from the others.
    const endings = await Promise.allSettled(areas.all.map(async (area) => area.stop?.()));
    for (const ending of endings) {
      if (ending.status === 'rejected')
        log.error({ error: String(ending.reason) }, 'a part did not stop cleanly');
    }
    store.close();
    log.info('the engine stopped');
  };

  const routed = { calls: areas.calls, log, storeFile: store.file, stopping: stopping.signal };
  const router = createRouter({ ...routed, hasScreens: host !== null });
  // A workspace has a window, wherever that is.
  const remote = remoteRouter(createRouter({ ...routed, hasScreens: true, isRemote: true }));

  return {
    router,
    async start() {
      tidy();
      tidyTimer = setInterval(tidy, TIDY_INTERVAL_MS);
      tidyTimer.unref();
      for (const area of areas.all) await area.start?.();
      return areas.server.status();
    },
    stop: () => (stopped ??= stop()),
  };
}
