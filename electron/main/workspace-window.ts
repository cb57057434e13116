import { app, type BrowserWindow, type MessagePortMain, type Session } from 'electron';
import { existsSync } from 'node:fs';
import type { Problem } from '../contract/problem.ts';
import { watchClosing } from './background.ts';
import { createCrashLimit } from './crash-limit.ts';
import { createDesktop, openPath } from './desktop.ts';
import type { EngineSource } from './engine-source.ts';
import { createGestureGate, type GestureGate } from './gesture.ts';
import type { Desktop } from './host-service.ts';
import { createMainWindow, focusWindow } from './main-window.ts';
import type { OpenWorkspace, OpenWorkspaces } from './open-workspaces.ts';
import type { Paths } from './paths.ts';
import type { ProblemAction } from './problem-page.ts';
import { schedule } from './schedule.ts';
import type { UnderWay } from './under-way.ts';
import { createWindowHost, type WindowHost } from './window-host.ts';
import { windowTitle } from './window-title.ts';
import type { WorkspaceSession } from './workspace-sessions.ts';

/** How often an engine or a page may crash before its window says so instead of starting it again. */
export const CRASHES = { most: 3, withinMs: 10 * 60_000, now: () => Date.now() };

/** What an engine is told about the window that shows it. */
export interface WindowAround {
  readonly window: BrowserWindow;
  readonly desktop: Desktop;
  /** Resolves when the window is up. */
  readonly shown: Promise<void>;
  readonly host: () => WindowHost;
  /** The app cannot be shown in the window. */
  fail(problem: Problem): void;
  /** The engine answers. */
  engineReady(): void;
}

export interface WorkspaceWindowOptions {
  id: string;
  name: () => string;
  isHome: boolean;
  paths: Paths;
  /** Where size and place of the window are remembered. */
  state: { folder: string; file: string };
  /** `null`: the data is on another machine. */
  dataDir: string | null;
  own: WorkspaceSession;
  proxySession: Session;
  opens: OpenWorkspaces;
  createEngine(around: WindowAround): { engine: EngineSource; underWay: UnderWay };
  /** Why it cannot be opened, found again at each try; `null`: it can. */
  findProblem(): Problem | null;
  /** Serves its page what it may ask of the app; returns the way to end that. */
  serveApp(port: MessagePortMain, gesture: GestureGate, desktop: Desktop): () => void;
  /** Both the page and the engine are there for the first time. */
  onReady(): void;
}

/** What a workspace's window does besides closing. */
export interface WorkspaceWindow extends OpenWorkspace {
  readonly window: BrowserWindow;
  readonly host: WindowHost;
  openDataFolder: (() => void) | null;
  /** `null`: the data is on another machine. */
  readonly dataDir: string | null;
}

/** Opens the window of a workspace, starts or reaches its engine, and ties the two together. */
export function openWorkspaceWindow(
  options: WorkspaceWindowOptions,
  register: (window: BrowserWindow, guard: { gesture: GestureGate; openLink: (url: string) => void }) => void,
): WorkspaceWindow {
  const { id, opens, own, dataDir } = options;
  const waitingFor = new Set(['engine', 'window']);
  let wasReady = false;

  const gesture = createGestureGate({
    // A wall clock that is set back would keep a press fresh for hours.
    now: () => performance.now(),
    hasAssistiveTechnology: () => app.accessibilitySupportEnabled,
  });
  const window = createMainWindow({
    preload: options.paths.preload,
    icon: options.paths.icon,
    stateFolder: options.state.folder,
    stateFile: options.state.file,
    session: own.session,
    devTools: !app.isPackaged,
  });
  const desktop = createDesktop({
    window: () => (window.isDestroyed() ? null : window),
    gesture,
    proxySession: options.proxySession,
    openScreen(path) {
      closing.reopen();
      host.openScreen(path);
    },
    sandboxProgram: options.paths.sandbox,
  });
  register(window, { gesture, openLink: (url) => void desktop.links.openForPage(url) });
  window.on('page-title-updated', (event, title) => {
    event.preventDefault();
    window.setTitle(windowTitle(title, options.isHome ? null : options.name()));
  });
  window.on('focus', () => {
    opens.focused(id);
  });

  const ready = (part: 'engine' | 'window') => {
    waitingFor.delete(part);
    if (wasReady || waitingFor.size > 0) return;
    wasReady = true;
    options.onReady();
  };
  const fail = (problem: Problem) => {
    own.show({
      problem,
      wasReady,
      hasDataFolder: dataDir !== null && existsSync(dataDir),
      isWholeApp: options.isHome,
    });
    process.stderr.write(`${problem.cause} ${problem.cure}\n`);
    if (!window.isDestroyed()) host.showProblem();
  };
  const { engine, underWay } = options.createEngine({
    window,
    desktop,
    shown: new Promise<void>((resolve) => {
      window.once('show', resolve);
    }),
    host: () => host,
    fail,
    engineReady: () => {
      ready('engine');
    },
  });
  const openDataFolder = dataDir === null ? null : () => void openPath(dataDir, window);
  const act = (action: ProblemAction) => {
    switch (action) {
      case 'try-again':
        open();
        return;
      case 'open-data-folder':
        openDataFolder?.();
        return;
      case 'quit':
        if (options.isHome) app.quit();
        else window.close();
        return;
      default:
        action satisfies never;
    }
  };
  const host = createWindowHost({
    window,
    connectEngine: () => engine.connect(),
    serveApp: (port) => options.serveApp(port, gesture, desktop),
    crashLimit: createCrashLimit(CRASHES),
    schedule,
    now: () => performance.now(),
    onReady: () => {
      ready('window');
    },
    onFailed: fail,
    onProblemAction: act,
  });
  const closing = watchClosing({
    window,
    underWay,
    icon: options.paths.icon,
    name: () => (options.isHome ? 'Pushdesk' : options.name()),
    onLeave: () => {
      opens.left(id);
    },
    onKept: () => {
      opens.kept();
    },
    onHidden: () => {
      opens.hidden(id);
    },
  });
  const open = () => {
    const problem = options.findProblem();
    if (problem !== null) {
      fail(problem);
      return;
    }
    own.show(null);
    engine.start();
    host.showApp();
  };

  const workspace: WorkspaceWindow = {
    id,
    window,
    host,
    openDataFolder,
    dataDir,
    close: () => {
      if (!window.isDestroyed()) window.close();
    },
    reopen: () => {
      closing.reopen();
    },
    isHidden: () => closing.isHidden(),
    insist: () => {
      closing.insist();
    },
    async stop() {
      if (!window.isDestroyed()) window.close();
      await engine.stop().catch((error: unknown) => {
        process.stderr.write(`The engine did not stop cleanly: ${String(error)}\n`);
      });
      // A page that hangs does not close its window.
      if (!window.isDestroyed()) window.destroy();
    },
  };
  window.on('closed', () => {
    opens.left(id);
  });
  opens.add(workspace);
  open();
  return workspace;
}

/** Brings what is open to the front. */
export function bringToFront({ window }: WorkspaceWindow): void {
  if (!window.isDestroyed()) focusWindow(window);
}
