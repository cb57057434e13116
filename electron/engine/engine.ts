import path from 'node:path';
import type { EngineOptions } from '../contract/engine-thread.ts';
import type { ServerStatus } from '../contract/server.ts';
import { createChangeHub } from './base/change-hub.ts';
import { systemClock, type Clock } from './base/clock.ts';
import { NO_SECRETS, type EngineSecrets } from './engine-secrets.ts';
import type { Host } from './base/host.ts';
import type { Log } from './base/log.ts';
import { createRouter, type EngineRouter } from './serve/router.ts';
import { createServices } from './services.ts';
import { openStore } from './store/open-store.ts';
import type { WorkerFiles } from './worker-files.ts';

export interface Engine {
  readonly router: EngineRouter;
  /** Goes on with what was unfinished, and starts the server if the settings say so, or there is no desktop. */
  start(): Promise<ServerStatus>;
  /** Ends streams, lets go of the network and closes the store. The second call waits for the first. */
  stop(): Promise<void>;
}

export interface AroundEngine {
  /** `null` where the engine runs without a desktop. */
  host: Host | null;
  log: Log;
  /** As the entry knows where they lie. */
  workerFiles: WorkerFiles;
  clock?: Clock;
  /** From the environment; the default: none. */
  secrets?: EngineSecrets;
}

/** How often expired subscriptions are looked for, so that an open list shows them, and search bits are caught up with. */
const TIDY_INTERVAL_MS = 60_000;

/**
 * Builds the engine on a data folder: store, keys, subscriptions, server, and the router over them.
 *
 * @throws Refusal UNAVAILABLE when the folder, the store or the file of private keys cannot be used
 */
export async function createEngine(options: EngineOptions, around: AroundEngine): Promise<Engine> {
  const { host, log, workerFiles, clock = systemClock, secrets = NO_SECRETS } = around;
  const changes = createChangeHub();
  const stopping = new AbortController();
  const store = openStore({ file: path.join(options.dataDir, 'pushdesk.db'), log, clock });
  const services = await createServices({
    options,
    store,
    host,
    changes,
    clock,
    log,
    workerFiles,
    secrets,
    router: () => router,
  }).catch((error: unknown) => {
    store.close();
    throw error;
  });
  const { campaigns, keys, rehearsal, server, settings, subscriptions, tokenFile } = services;
  let tidyTimer: NodeJS.Timeout | undefined;
  let stopped: Promise<void> | null = null;

  const tidy = () => {
    try {
      subscriptions.searchIndexer.poke();
      subscriptions.importStream.dropIdle();
      subscriptions.expireDue();
    } catch (error) {
      // A full or busy disk now is no reason to fall: each list looks for itself, and the next round comes.
      log.error({ error: String(error) }, 'could not tidy the subscriptions');
    }
  };

  const stop = async () => {
    clearInterval(tidyTimer);
    stopping.abort();
    // Each waits for what it has begun, so they do it at the same time; one that fails does not take the store from the others.
    const endings = await Promise.allSettled([
      server.stop(),
      campaigns.stop().then(() => tokenFile.written()),
      rehearsal.close(),
      subscriptions.searchIndexer.stop(),
      subscriptions.importStream.close(),
    ]);
    for (const ending of endings) {
      if (ending.status === 'rejected')
        log.error({ error: String(ending.reason) }, 'a part did not stop cleanly');
    }
    store.close();
    log.info('the engine stopped');
  };

  const router = createRouter({
    services,
    changes,
    log,
    storeFile: store.file,
    hasScreens: host !== null,
    stopping: stopping.signal,
  });

  return {
    router,
    async start() {
      tidy();
      tidyTimer = setInterval(tidy, TIDY_INTERVAL_MS);
      tidyTimer.unref();
      await services.showAppearance();
      subscriptions.finishAtStart();
      campaigns.recover();
      rehearsal.removeLeftovers();
      // The window stands meanwhile, and says what is waited for; what waits for the keys goes on when they are ready.
      if (keys.isLocked()) {
        keys.unlock().catch((error: unknown) => {
          log.error({ error: String(error) }, 'the key ring could not be unlocked');
        });
      }
      // Without a desktop the server is all there is: nobody could switch it on again.
      return settings.get().serverOn || host === null ? server.start() : server.status();
    },
    stop: () => (stopped ??= stop()),
  };
}
