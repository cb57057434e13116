import { app, dialog, safeStorage } from 'electron';
import type { SettingsFromEnvironment } from '../contract/setting-variables.ts';
import { createNowAndThen } from '../port/now-and-then.ts';
import { createCrashLimit } from './crash-limit.ts';
import { createEngineHost } from './engine-host.ts';
import { createEngineThread } from './create-engine-thread.ts';
import type { EngineSource } from './engine-source.ts';
import type { Problem } from '../contract/problem.ts';
import { createHostService } from './host-service.ts';
import { createKeyRing } from './key-ring.ts';
import { rememberStore } from './password-store.ts';
import type { Paths } from './paths.ts';
import { schedule } from './schedule.ts';
import { createSecretService } from './secret-service.ts';
import { createUnderWay, type UnderWay } from './under-way.ts';
import { CRASHES, type WindowAround } from './workspace-window.ts';

const STOP_WITHIN_MS = 10_000;

/** What the engine of a data folder is started with. */
export interface FolderStart {
  dataDir: string;
  /** `null`: the port of its settings, or the next free one. */
  port: number | null;
  fromEnvironment: SettingsFromEnvironment;
}

/** The engine of a data folder on this machine, on a thread of the app. */
export function createLocalEngine(
  around: WindowAround,
  options: {
    paths: Paths;
    start: FolderStart;
    /** Its server runs, or does not. */
    onServer: (url: string | null, problem: Problem | null) => void;
  },
): { engine: EngineSource; underWay: UnderWay } {
  const { paths, start } = options;
  const { window } = around;
  const nowAndThen = createNowAndThen(() => performance.now(), { most: 10, withinMs: 60_000 });
  const engine = createEngineHost({
    createThread: () =>
      createEngineThread(paths.engineWorker, {
        dataDir: start.dataDir,
        version: app.getVersion(),
        electronVersion: process.versions.electron,
        subscribePageDir: paths.subscribePageDir,
        port: start.port,
        fromEnvironment: start.fromEnvironment,
      }),
    serveHost: createHostService({
      keyRing: createKeyRing({
        storage: safeStorage,
        platform: process.platform,
        secretService: process.platform === 'linux' ? createSecretService(app.getName()) : null,
        windowShown: around.shown,
        onReady(backend) {
          if (process.platform === 'linux') void rememberStore(start.dataDir, backend).catch(() => undefined);
        },
      }),
      desktop: around.desktop,
      warn: (text) => {
        nowAndThen(() => process.stderr.write(`${text}\n`));
      },
    }),
    crashLimit: createCrashLimit(CRASHES),
    stopWithinMs: STOP_WITHIN_MS,
    schedule,
    onReady(url, problem) {
      options.onServer(url, problem);
      around.engineReady();
    },
    onFailed: (problem) => {
      around.fail(problem);
    },
    onRestarted(reason) {
      process.stderr.write(`The engine stopped and was restarted: ${reason}\n`);
      if (window.isDestroyed()) return;
      around.host().reconnect();
      void dialog.showMessageBox(window, {
        type: 'warning',
        message: 'The engine stopped and was restarted',
        detail: `Reason: ${reason}. No stored data is lost. Messages that were being sent at that moment are marked as unknown in Campaigns and are not sent again unless you choose to.`,
      });
    },
  });
  return {
    engine,
    underWay: createUnderWay({ connect: () => (engine.isReady() ? engine.connect() : null) }),
  };
}
