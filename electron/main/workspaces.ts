import { Refusal } from '../contract/problem.ts';
import { HOME_WORKSPACE, type Line, type Workspace, type WorkspacesView } from '../contract/workspaces.ts';
import type { OpenWorkspaces } from './open-workspaces.ts';
import { mustSuit, sameName } from './workspace-folders.ts';
import type { KnownWorkspace, WorkspaceList } from './workspace-list.ts';
import type { WorkspaceActs } from './workspace-service.ts';

/** The line of a workspace on a server. */
export interface WorkspaceLine {
  state(): Line;
  tryNow(): boolean;
  giveToken(token: string): boolean;
}

export interface WorkspacesOptions {
  home: { name: string; dataDir: string };
  list: WorkspaceList;
  opens: OpenWorkspaces;
  /** Opens a window for one that has none. */
  openWindow(known: KnownWorkspace | null): void;
  /** Lets the person choose a folder, in front of the window of this workspace. */
  chooseFolder(from: string): Promise<string | null>;
  /** Brings the window of an open one to the front. */
  focus(id: string): void;
  /** Tests a server and returns what it calls itself. Throws a `Refusal`. */
  testServer(access: {
    address: string;
    token: string;
  }): Promise<{ address: string; name: string; version: string }>;
  /** Keeps the owner's token of a server, sealed where that can be. */
  keepToken(id: string, token: string): Promise<void>;
  /** Removes what a workspace left behind on this machine besides its list entry. */
  forgotten(known: KnownWorkspace): void;
}

/** Which workspaces there are, and what each window may do about them. */
export interface Workspaces {
  known(): Workspace[];
  open(id: string): Promise<string>;
  /** Shows the dialog that opens one, in the window of this one. */
  ask(id: string): void;
  /** Lets the person choose a folder and opens it, where no page can show that dialog. Throws a `Refusal`. */
  chooseAndOpen(from: string): Promise<void>;
  /** For the page of one workspace. */
  actsOf(id: string, line: () => WorkspaceLine | null, mayAct: () => boolean): WorkspaceActs;
  /** Something of the view has changed. */
  changed(): void;
  listen(listener: () => void): () => void;
}

export function createWorkspaces(options: WorkspacesOptions): Workspaces {
  const { home, list, opens } = options;
  const listeners = new Set<() => void>();
  const asked = new Map<string, number>();
  /** Folders that the person chose in a system dialog during this run: a page cannot name a folder by itself. */
  const chosen = new Set<string>();

  const changed = () => {
    for (const listener of listeners) listener();
  };
  const homeEntry = (): Workspace => ({
    id: HOME_WORKSPACE,
    kind: 'folder',
    name: home.name,
    place: home.dataDir,
    isOpen: opens.isOpen(HOME_WORKSPACE),
  });
  const entryOf = (known: KnownWorkspace): Workspace => ({
    id: known.id,
    kind: known.kind,
    name: known.name,
    place: known.kind === 'folder' ? known.path : known.address,
    isOpen: opens.isOpen(known.id),
  });
  const known = () => [homeEntry(), ...list.all().map(entryOf)];
  const open = async (id: string): Promise<string> => {
    const entry = id === HOME_WORKSPACE ? null : list.find(id);
    if (entry === null && id !== HOME_WORKSPACE) throw new Refusal('NOT_FOUND', UNKNOWN);
    if (opens.isOpen(id)) {
      options.focus(id);
      return id;
    }
    // Its engine may be closing its store just now.
    await opens.ended(id);
    if (opens.isOpen(id)) return id;
    if (entry !== null && list.find(id) !== null) list.change(id, { openedAt: Date.now() });
    const now = list.find(id);
    // It may have been forgotten meanwhile, and `null` would open the home workspace.
    if (now === null && id !== HOME_WORKSPACE) throw new Refusal('NOT_FOUND', UNKNOWN);
    options.openWindow(now);
    changed();
    return id;
  };
  const openFolder = async (path: string): Promise<string> => {
    if (!chosen.has(path)) throw new Refusal('BAD_INPUT', NOT_CHOSEN);
    const folder = sameName(path);
    if (folder === sameName(home.dataDir)) return open(HOME_WORKSPACE);
    mustSuit(folder);
    return open(list.noteFolder(folder, baseName(folder)).id);
  };
  const openServer = async (access: { address: string; token: string }): Promise<string> => {
    const { address, name } = await options.testServer(access);
    const { id } = list.noteServer({ address, name });
    await options.keepToken(id, access.token);
    return open(id);
  };

  return {
    known,
    open,
    changed,
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    ask(id) {
      asked.set(id, (asked.get(id) ?? 0) + 1);
      changed();
    },
    async chooseAndOpen(from) {
      const path = await options.chooseFolder(from);
      if (path === null) return;
      chosen.add(path);
      await openFolder(path);
    },
    actsOf(id, line, mayAct) {
      const mustBePressed = () => {
        if (!mayAct()) throw new Refusal('CONFLICT', NOT_PRESSED);
      };
      return {
        view: (): WorkspacesView => {
          const all = known();
          return {
            current: all.find((entry) => entry.id === id) ?? homeEntry(),
            known: all,
            line: line()?.state() ?? { state: 'here' },
            asked: asked.get(id) ?? 0,
          };
        },
        listen(listener) {
          listeners.add(listener);
          return () => {
            listeners.delete(listener);
          };
        },
        async chooseFolder() {
          const path = mayAct() ? await options.chooseFolder(id) : null;
          if (path !== null) chosen.add(path);
          return path;
        },
        openFolder,
        async testServer(access) {
          mustBePressed();
          const { name, version } = await options.testServer(access);
          return { name, version };
        },
        async openServer(access) {
          mustBePressed();
          return openServer(access);
        },
        open,
        rename(which, name) {
          list.change(which, { name });
          changed();
        },
        forget(which) {
          const entry = list.find(which);
          if (entry === null) return;
          if (opens.isOpen(which)) throw new Refusal('CONFLICT', STILL_OPEN);
          list.forget(which);
          options.forgotten(entry);
          changed();
        },
        tryNow: () => line()?.tryNow() ?? false,
        giveToken(token) {
          mustBePressed();
          return line()?.giveToken(token) ?? false;
        },
      };
    },
  };
}

const baseName = (folder: string) => folder.split(/[\\/]/).filter(Boolean).at(-1) ?? folder;

const UNKNOWN = {
  code: 'workspace-unknown',
  cause: 'This workspace is no longer in the list.',
  cure: 'Open it again with File → Open workspace.',
};
const NOT_CHOSEN = {
  code: 'workspace-folder-not-chosen',
  cause: 'This folder was not chosen in a dialog.',
  cure: 'Press Choose folder and choose it there.',
};
const NOT_PRESSED = {
  code: 'workspace-not-pressed',
  cause: 'Nobody pressed anything just now, so Pushdesk did not connect.',
  cure: 'Press the button again.',
};
const STILL_OPEN = {
  code: 'workspace-open',
  cause: 'This workspace is open in a window.',
  cure: 'Close its window first.',
};
