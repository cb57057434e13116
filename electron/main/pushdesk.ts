import { BrowserWindow, Menu, app, dialog, safeStorage, session } from 'electron';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../contract/problem.ts';
import { createNowAndThen } from '../port/now-and-then.ts';
import { serveAppScheme } from './app-scheme.ts';
import { watchClosing } from './background.ts';
import type { Closing } from './closing.ts';
import { createCrashLimit } from './crash-limit.ts';
import { prepareDataFolder } from './data-folder.ts';
import { createDesktop, openPath } from './desktop.ts';
import { createEngineHost } from './engine-host.ts';
import { createEngineThread } from './create-engine-thread.ts';
import type { Environment } from './environment.ts';
import { createGestureGate } from './gesture.ts';
import { createHostService } from './host-service.ts';
import { createKeyRing } from './key-ring.ts';
import { createMainWindow } from './main-window.ts';
import { menuTemplate } from './menu.ts';
import { rememberStore } from './password-store.ts';
import type { Paths } from './paths.ts';
import type { ProblemAction, ShownProblem } from './problem-page.ts';
import { createSecretService } from './secret-service.ts';
import { confineContents, cutOffNetwork, denyPermissions, fetchNoDictionary } from './security.ts';
import { createUnderWay } from './under-way.ts';
import { createWindowHost } from './window-host.ts';

const CRASHES = { most: 3, withinMs: 10 * 60_000, now: () => Date.now() };
const STOP_WITHIN_MS = 10_000;
/**
 * How long the app lives on with its window gone and its engine stopped. If it exits at once, Electron 33 frees something twice
 * in about one quit in twenty and ends with SIGSEGV; with the wait it did in none of 360 quits. Nobody sees it.
 */
const LINGER_MS = 200;
const now = () => performance.now();

/** Opens the window, starts the engine, and ties the two together. Runs once Electron is ready. */
export function openPushdesk(options: { paths: Paths; environment: Environment; problem: Problem | null }) {
  const { paths, environment } = options;
  let problem: ShownProblem | null = null;
  let ready = '';
  const waitingFor = new Set(['engine', 'window']);
  let announced = false;

  const gesture = createGestureGate({
    now: () => Date.now(),
    hasAssistiveTechnology: () => app.accessibilitySupportEnabled,
  });
  // Only asked which proxy leads to an address.
  const proxySession = session.fromPartition('proxy');
  fetchNoDictionary(proxySession);
  const desktop = createDesktop({
    window: () => (window.isDestroyed() ? null : window),
    gesture,
    proxySession,
  });
  app.on('web-contents-created', (_event, contents) => {
    confineContents(contents, { gesture, openLink: (url) => void desktop.links.openForPage(url) });
  });
  denyPermissions(session.defaultSession);
  void cutOffNetwork(session.defaultSession, { withDevTools: !app.isPackaged });
  serveAppScheme(session.defaultSession, { rendererDir: paths.rendererDir, problem: () => problem });

  const window = createMainWindow({
    preload: paths.preload,
    icon: paths.icon,
    stateFolder: environment.dataDir,
    devTools: !app.isPackaged,
  });

  const windowShown = new Promise<void>((resolve) => {
    window.once('show', resolve);
  });

  const announce = (part: 'engine' | 'window') => {
    waitingFor.delete(part);
    if (announced || waitingFor.size > 0) return;
    announced = true;
    process.stdout.write(ready);
  };
  const fail = (found: Problem) => {
    problem = {
      problem: found,
      wasReady: announced,
      hasDataFolder: existsSync(environment.dataDir),
    };
    process.stderr.write(`${found.cause} ${found.cure}\n`);
    if (!window.isDestroyed()) windowHost.showProblem();
  };

  const nowAndThen = createNowAndThen(now, { most: 10, withinMs: 60_000 });
  const engine = createEngineHost({
    createThread: () =>
      createEngineThread(paths.engineWorker, {
        dataDir: environment.dataDir,
        version: app.getVersion(),
        electronVersion: process.versions.electron,
        subscribePageDir: paths.subscribePageDir,
        port: environment.port,
        fromEnvironment: environment.fromEnvironment,
      }),
    serveHost: createHostService({
      keyRing: createKeyRing({
        storage: safeStorage,
        platform: process.platform,
        secretService: process.platform === 'linux' ? createSecretService(app.getName()) : null,
        windowShown,
        onReady(backend) {
          if (process.platform === 'linux')
            void rememberStore(environment.dataDir, backend).catch(() => undefined);
        },
      }),
      desktop,
      warn: (text) => {
        nowAndThen(() => process.stderr.write(`${text}\n`));
      },
    }),
    crashLimit: createCrashLimit(CRASHES),
    stopWithinMs: STOP_WITHIN_MS,
    schedule,
    onReady(url, serverProblem) {
      ready = readyLines(url, serverProblem);
      announce('engine');
    },
    onFailed: fail,
    onRestarted(reason) {
      process.stderr.write(`The engine stopped and was restarted: ${reason}\n`);
      if (window.isDestroyed()) return;
      windowHost.reconnect();
      void dialog.showMessageBox(window, {
        type: 'warning',
        message: 'The engine stopped and was restarted',
        detail: `Reason: ${reason}. No stored data is lost. Messages that were being sent at that moment are marked as unknown in Campaigns and are not sent again unless you choose to.`,
      });
    },
  });

  const windowHost = createWindowHost({
    window,
    connectEngine: () => engine.connect(),
    crashLimit: createCrashLimit(CRASHES),
    schedule,
    now,
    onReady: () => {
      announce('window');
    },
    onFailed: fail,
    onProblemAction: (action) => {
      act(action);
    },
  });

  const openDataFolder = () => void openPath(environment.dataDir, window);
  const act = (action: ProblemAction) => {
    switch (action) {
      case 'try-again':
        open();
        return;
      case 'open-data-folder':
        openDataFolder();
        return;
      case 'quit':
        app.quit();
        return;
      default:
        action satisfies never;
    }
  };
  const open = () => {
    const found = options.problem ?? findProblem(paths, environment);
    if (found !== null) {
      fail(found);
      return;
    }
    problem = null;
    engine.start();
    windowHost.showApp();
  };

  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate({
        platform: process.platform,
        packaged: app.isPackaged,
        actions: {
          openScreen: (path) => {
            windowHost.openScreen(path);
          },
          openDataFolder,
          showLicences: existsSync(paths.licences) ? () => void openPath(paths.licences, window) : null,
        },
      }),
    ),
  );
  const closing = watchClosing({
    window,
    underWay: createUnderWay({ connect: () => (engine.isReady() ? engine.connect() : null) }),
    icon: paths.icon,
  });
  app.on('second-instance', () => {
    closing.reopen();
  });
  quitCleanly(closing, () => engine.stop());
  open();
}

/** What the terminal is told: where the server is, and why it is not where it was wanted. */
function readyLines(url: string | null, problem: Problem | null): string {
  const off = problem === null ? 'its server is off' : 'its server could not start';
  return `Pushdesk is ready: ${url ?? off}\n${problem === null ? '' : `${problem.cause} ${problem.cure}\n`}`;
}

function schedule(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs);
  return () => {
    clearTimeout(timer);
  };
}

function findProblem(paths: Paths, environment: Environment): Problem | null {
  const folder = prepareDataFolder(environment.dataDir);
  if (folder.kind === 'refused') return folder.problem;
  const missing = [path.join(paths.rendererDir, 'index.html'), paths.engineWorker].find(
    (file) => !existsSync(file),
  );
  if (missing === undefined) return null;
  return {
    code: 'app-files',
    cause: `A part of Pushdesk is missing: ${missing}.`,
    cure: 'Reinstall Pushdesk. If you run it from source, run "npm run build".',
  };
}

/**
 * However the app is asked to end, it first asks about what is under way, then the engine finishes what is on the wire and closes its
 * store.
 */
function quitCleanly(closing: Closing, stopEngine: () => Promise<unknown>): void {
  let stopping = false;
  app.on('window-all-closed', () => {
    app.quit();
  });
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (stopping || !closing.mayQuit()) return;
    stopping = true;
    for (const window of BrowserWindow.getAllWindows()) window.close();
    stopEngine()
      .catch((error: unknown) => {
        process.stderr.write(`The engine did not stop cleanly: ${String(error)}\n`);
      })
      .finally(() => {
        schedule(() => {
          app.exit(0);
        }, LINGER_MS);
      });
  });
}
