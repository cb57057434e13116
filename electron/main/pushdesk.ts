import {
  BrowserWindow,
  Menu,
  app,
  dialog,
  powerMonitor,
  safeStorage,
  session,
  type WebContents,
} from 'electron';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Refusal, type Problem } from '../contract/problem.ts';
import { HOME_WORKSPACE } from '../contract/workspaces.ts';
import { createFindProxy } from '../engine/net/find-proxy.ts';
import { backUpWorkspace } from './back-up-workspace.ts';
import { openPath } from './desktop.ts';
import { startOfFolder, type Environment } from './environment.ts';
import type { GestureGate } from './gesture.ts';
import { createKeyRing } from './key-ring.ts';
import { createLocalEngine } from './local-engine.ts';
import { menuTemplate } from './menu.ts';
import { createOpenWorkspaces } from './open-workspaces.ts';
import type { Paths } from './paths.ts';
import { portOfPage } from './page-port.ts';
import { readAuthorities } from './remote/authorities.ts';
import { createOwnerTokens } from './remote/owner-tokens.ts';
import { createRemoteEngine } from './remote/remote-engine.ts';
import type { RemoteLine } from './remote/remote-line.ts';
import { createOpenSocket } from './remote/remote-socket.ts';
import { readServerAddress } from './remote/server-address.ts';
import { testServer } from './remote/test-server.ts';
import { schedule } from './schedule.ts';
import { createSecretService } from './secret-service.ts';
import { confineContents, fetchNoDictionary } from './security.ts';
import { createWorkspaceList, type KnownWorkspace } from './workspace-list.ts';
import { printPdf } from './print-pdf.ts';
import { createWindowSaves } from './window-saves.ts';
import { serveWorkspaces } from './workspace-service.ts';
import { createWorkspaceSessions } from './workspace-sessions.ts';
import { bringToFront, openWorkspaceWindow, type WorkspaceWindow } from './workspace-window.ts';
import { createWorkspaces } from './workspaces.ts';
import { readyLines, missingFolder, findProblem } from './start-problems.ts';

/**
 * How long the app lives on with its window gone and its engine stopped. If it exits at once, Electron 33 frees something twice
 * in about one quit in twenty and ends with SIGSEGV; with the wait it did in none of 360 quits. Nobody sees it.
 */
const LINGER_MS = 200;

/** Opens the app's own workspace, and others beside it. Runs once Electron is ready. */
export function openPushdesk(options: {
  paths: Paths;
  environment: Environment;
  /** Where the app keeps what belongs to no workspace. */
  home: string;
  homeName: string;
  problem: Problem | null;
}) {
  const { paths, environment, home } = options;
  const windows = new Map<string, WorkspaceWindow>();
  const guards = new WeakMap<WebContents, { gesture: GestureGate; openLink: (url: string) => void }>();
  const say = (line: string) => process.stderr.write(`${line}\n`);

  // Only used to ask which proxy leads to an address.
  const proxySession = session.fromPartition('proxy');
  fetchNoDictionary(proxySession);
  app.on('web-contents-created', (_event, contents) => {
    confineContents(contents, {
      gesture: { note: (type, modifiers) => guards.get(contents)?.gesture.note(type, modifiers) },
      openLink: (url) => guards.get(contents)?.openLink(url),
    });
  });
  const sessionOf = createWorkspaceSessions({
    rendererDir: paths.rendererDir,
    withDevTools: !app.isPackaged,
  });
  const list = createWorkspaceList({
    file: path.join(home, 'workspaces.json'),
    now: () => new Date(),
    makeId: randomUUID,
    say,
  });
  let isShown: () => void = () => undefined;
  const windowShown = new Promise<void>((resolve) => {
    isShown = resolve;
  });
  const tokens = createOwnerTokens({
    ring: createKeyRing({
      storage: safeStorage,
      platform: process.platform,
      secretService: process.platform === 'linux' ? createSecretService(app.getName()) : null,
      windowShown,
      onReady: () => undefined,
    }),
    list,
  });
  const openSocket = createOpenSocket({
    authorities: () => readAuthorities(process.env['PUSHDESK_EXTRA_CA_CERTS'], say),
    findProxy: createFindProxy({
      env: process.env,
      ask: (url) => proxySession.resolveProxy(url),
      clock: { now: Date.now },
      log: { warn: say },
    }),
    schedule,
  });
  const opens = createOpenWorkspaces({
    changed() {
      workspaces.changed();
    },
    exit() {
      schedule(() => {
        app.exit(0);
      }, LINGER_MS);
    },
  });

  const openWindow = (known: KnownWorkspace | null) => {
    const id = known?.id ?? HOME_WORKSPACE;
    const isHome = known === null;
    const dataDir = known === null ? environment.dataDir : known.kind === 'folder' ? known.path : null;
    const server = known?.kind === 'server' ? readServerAddress(known.address) : null;
    let ready = '';
    let line: RemoteLine | null = null;
    const name = () => (isHome ? options.homeName : (list.find(id)?.name ?? known.name));
    const opened = openWorkspaceWindow(
      {
        id,
        name,
        isHome,
        paths,
        state:
          // Storing the state of its window must not make a folder anew that is gone.
          dataDir === null || (!isHome && !existsSync(dataDir))
            ? { folder: home, file: `window-${id}.json` }
            : { folder: dataDir, file: 'window.json' },
        dataDir,
        own: sessionOf(id),
        proxySession,
        opens,
        createEngine(around) {
          void around.shown.then(isShown);
          if (dataDir !== null) {
            return createLocalEngine(around, {
              paths,
              start: startOfFolder(environment, isHome ? null : dataDir),
              onServer(url, problem) {
                ready = readyLines(isHome ? 'Pushdesk' : `Workspace ${dataDir}`, url, problem);
              },
            });
          }
          if (server === null || 'problem' in server)
            throw new Error('A workspace without a place was opened.');
          ready = `Workspace ${server.address} is open.\n`;
          const remote = createRemoteEngine(around, {
            id,
            server,
            tokens,
            openSocket,
            onChange() {
              workspaces.changed();
            },
          });
          ({ line } = remote);
          return remote;
        },
        findProblem: () => (isHome ? options.problem : missingFolder(known)) ?? findProblem(paths, dataDir),
        serveApp: (port, gesture, desktop) =>
          serveWorkspaces(
            portOfPage(port),
            workspaces.actsOf(
              id,
              () => line,
              () => gesture.take(),
            ),
            createWindowSaves({ desktop, printPdf }),
            { now: () => performance.now(), warn: say },
          ),
        onReady: () => process.stdout.write(ready),
      },
      (window, guard) => guards.set(window.webContents, guard),
    );
    windows.set(id, opened);
  };
  const workspaces = createWorkspaces({
    home: { name: options.homeName, dataDir: environment.dataDir },
    list,
    opens,
    openWindow,
    focus(id) {
      const open = windows.get(id);
      if (open !== undefined) bringToFront(open);
    },
    async chooseFolder(from) {
      const parent = windows.get(from)?.window;
      const choice = {
        title: 'Choose a data folder',
        buttonLabel: 'Choose',
        properties: ['openDirectory', 'createDirectory', 'promptToCreate'] as (
          | 'openDirectory'
          | 'createDirectory'
          | 'promptToCreate'
        )[],
      };
      const answer = await (parent === undefined || parent.isDestroyed()
        ? dialog.showOpenDialog(choice)
        : dialog.showOpenDialog(parent, choice));
      return answer.canceled ? null : (answer.filePaths[0] ?? null);
    },
    testServer: (access) => testServer(access, openSocket),
    keepToken: (id, token) => tokens.keep(id, token),
    forgotten({ id }) {
      tokens.drop(id);
      void sessionOf(id).session.clearStorageData();
    },
  });

  /** The one that a press in the menu is meant for. */
  const current = () => {
    const focused = BrowserWindow.getFocusedWindow();
    const all = [...windows.values()].filter(({ id }) => opens.isOpen(id));
    return all.find(({ window }) => window === focused) ?? all.find(({ window }) => !window.isDestroyed());
  };
  const tell = (error: unknown) => {
    const { cause, cure } = error instanceof Refusal ? error.problem : { cause: String(error), cure: '' };
    void dialog.showMessageBox({ type: 'warning', message: cause, detail: cure });
  };
  const drawMenu = () => {
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(
        menuTemplate({
          platform: process.platform,
          packaged: app.isPackaged,
          recent: workspaces.known(),
          actions: {
            openScreen: (path) => current()?.host.openScreen(path),
            openDataFolder: () => current()?.openDataFolder?.(),
            backUp: () => void backUpWorkspace(current(), paths.command),
            openWorkspace() {
              const one = current();
              if (one?.host.hasApp() === true) workspaces.ask(one.id);
              else if (one !== undefined) void workspaces.chooseAndOpen(one.id).catch(tell);
            },
            openRecent: (id) => void workspaces.open(id).catch(tell),
            showLicences: existsSync(paths.licences)
              ? () => void openPath(paths.licences, current()?.window ?? null)
              : null,
          },
        }),
      ),
    );
  };
  let drawn = '';
  const drawChanged = () => {
    // Rebuilding the menu closes one that is open.
    const next = JSON.stringify(workspaces.known().map(({ id, name }) => [id, name]));
    if (next !== drawn) drawMenu();
    drawn = next;
  };
  workspaces.listen(drawChanged);
  drawChanged();

  app.on('second-instance', () => {
    opens.reopen();
  });
  app.on('activate', () => {
    opens.reopen();
  });
  // However the app is asked to end, each workspace is asked first; the last one that has ended ends the app.
  app.on('window-all-closed', () => undefined);
  app.on('before-quit', (event) => {
    event.preventDefault();
    opens.quit();
  });
  const endUnasked = () => {
    opens.insist();
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, endUnasked);
  powerMonitor.on('shutdown', endUnasked);
  openWindow(null);
}
