import {
  MessageChannelMain,
  ipcMain,
  type BrowserWindow,
  type IpcMainEvent,
  type MessagePortMain,
} from 'electron';
import type { Problem } from '../contract/problem.ts';
import { PROBLEM_URL, START_URL, isAppUrl, isSamePage } from './app-url.ts';
import type { CrashLimit } from './crash-limit.ts';
import { bridgePorts, type EnginePort } from './port-bridge.ts';
import { readProblemAction, type ProblemAction } from './problem-page.ts';
import { createReconnectDelay } from './reconnect-delay.ts';
import { isTrustedSender } from './security.ts';

export interface WindowHostOptions {
  window: BrowserWindow;
  /** A new port to the engine, or `null` where there is none. */
  connectEngine(): EnginePort | null;
  /** Serves a new page what it may ask of the app itself; returns the way to end that. */
  serveApp(port: MessagePortMain): () => void;
  crashLimit: CrashLimit;
  /** Runs a function later and returns a function that cancels it. */
  schedule: (run: () => void, delayMs: number) => () => void;
  /** Milliseconds of a clock that never goes back. */
  now: () => number;
  /** The app's page is on screen. */
  onReady(): void;
  /** The page crashed too often. */
  onFailed(problem: Problem): void;
  onProblemAction(action: ProblemAction): void;
}

/** The channel on which the preload script hears of ports. */
const PORTS = 'pushdesk:engine-port';

function closedPort(): MessagePortMain {
  const { port1, port2 } = new MessageChannelMain();
  port2.close();
  return port1;
}

/** The window and what is in it: the app, or the page that names a problem. */
export interface WindowHost {
  showApp(): void;
  showProblem(): void;
  /** Goes to a screen of the app; does nothing while a problem is shown there. */
  openScreen(path: string): void;
  /** Whether the app is shown there, and not a problem. */
  hasApp(): boolean;
  /** Gives the page a new port to the engine and closes the old one. */
  reconnect(): void;
}

export function createWindowHost(options: WindowHostOptions): WindowHost {
  const { window } = options;
  const contents = window.webContents;
  const delayOf = createReconnectDelay(options.now);
  let closeBridge: () => void = () => undefined;
  let closeApp: () => void = () => undefined;
  let cancelReconnect: () => void = () => undefined;

  const disconnect = () => {
    cancelReconnect();
    closeBridge();
  };
  const reconnect = () => {
    disconnect();
    if (window.isDestroyed()) return;
    const enginePort = options.connectEngine();
    if (enginePort !== null) contents.postMessage(PORTS, null, [bridged(enginePort)]);
  };
  /** A new page gets a port to the app beside the one to the engine, which is closed from the start where there is no engine. */
  const connectPage = () => {
    disconnect();
    closeApp();
    const enginePort = options.connectEngine();
    const app = new MessageChannelMain();
    closeApp = options.serveApp(app.port2);
    contents.postMessage(PORTS, null, [enginePort === null ? closedPort() : bridged(enginePort), app.port1]);
  };
  const bridged = (enginePort: EnginePort): MessagePortMain => {
    const { port1, port2 } = new MessageChannelMain();
    closeBridge = bridgePorts(port2, enginePort, {
      now: options.now,
      onLost() {
        // A page that goes away also loses its port; the next one asks for its own.
        cancelReconnect = options.schedule(() => {
          if (!window.isDestroyed() && isSamePage(contents.getURL(), START_URL)) reconnect();
        }, delayOf());
      },
    });
    return port1;
  };
  const load = (url: string) => {
    // A load that is superseded by another one rejects; only what is shown in the end counts.
    contents.loadURL(url).catch(() => undefined);
  };

  const hear = (event: IpcMainEvent) => {
    if (isTrustedSender(event, contents) && isSamePage(event.senderFrame?.url ?? '', START_URL))
      connectPage();
  };
  ipcMain.on('pushdesk:connect', hear);
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isSamePage(contents.getURL(), PROBLEM_URL)) return;
    const action = readProblemAction(event.url);
    if (action !== null) options.onProblemAction(action);
  });
  contents.on('did-navigate', (_event, url) => {
    // Going to about:blank asks nobody beforehand: the window would stay empty.
    if (!isAppUrl(url)) load(START_URL);
  });
  contents.on('did-finish-load', () => {
    if (isSamePage(contents.getURL(), START_URL)) options.onReady();
  });
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    if (options.crashLimit.mayRestart()) load(START_URL);
    else options.onFailed(pageProblem(reason));
  });
  // The first picture may never be reported (the graphics process crashed at the start): a page that has stopped loading is shown all the
  // same.
  const showOnce = () => {
    window.off('ready-to-show', showOnce);
    contents.off('did-stop-loading', showOnce);
    window.show();
  };
  window.on('ready-to-show', showOnce);
  contents.on('did-stop-loading', showOnce);
  window.on('closed', () => {
    ipcMain.off('pushdesk:connect', hear);
    disconnect();
    closeApp();
  });

  return {
    showApp() {
      load(START_URL);
    },
    showProblem() {
      disconnect();
      closeApp();
      load(PROBLEM_URL);
    },
    hasApp: () => isSamePage(contents.getURL(), START_URL),
    openScreen(path) {
      // The same page with another fragment: the router inside follows it, and nothing is loaded. With the same one it would be loaded
      // anew.
      const there = `${START_URL}#${path}`;
      if (isSamePage(contents.getURL(), START_URL) && contents.getURL() !== there) load(there);
    },
    reconnect,
  };
}

function pageProblem(reason: string): Problem {
  return {
    code: 'window-crashed',
    cause: `The page in this window stopped several times in a row (${reason}).`,
    cure: 'No stored data is lost, and sending continued. Try again; if it happens again, restart Pushdesk.',
  };
}
