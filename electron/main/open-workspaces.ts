/** A workspace that has a window. */
export interface OpenWorkspace {
  readonly id: string;
  /** Closes its window as a person does: it may ask what becomes of what is under way. */
  close(): void;
  /** Brings its window back, even from the background. */
  reopen(): void;
  isHidden(): boolean;
  /** From now on it asks nothing before it closes. */
  insist(): void;
  /** Ends its engine, and takes its window away. Called once. */
  stop(): Promise<void>;
}

export interface OpenWorkspaces {
  add(workspace: OpenWorkspace): void;
  find(id: string): OpenWorkspace | null;
  isOpen(id: string): boolean;
  /** Resolves when no part of it is at work any more. */
  ended(id: string): Promise<void>;
  /** It has the focus now. */
  focused(id: string): void;
  /** It may close: nothing is under way there, or the person has decided. */
  left(id: string): void;
  /** The person wants one to stay: the quit that led to the question is called off. */
  kept(): void;
  /** It goes on without its window, and closes by itself. */
  hidden(id: string): void;
  /** Closes one after the other, and ends the app after the last. */
  quit(): void;
  /** Closes all of them without a question. */
  insist(): void;
  /** The app was started once more. */
  reopen(): void;
}

/**
 * Which workspaces are open, and in which order they close. Quitting asks in one after the other, as each has its own campaigns: the first
 * _Cancel_ leaves the rest open.
 *
 * @param options `changed`: one came or went; `exit`: the last one has ended
 */
export function createOpenWorkspaces(options: { changed: () => void; exit: () => void }): OpenWorkspaces {
  /** The one that had the focus last comes last. */
  const open = new Map<string, OpenWorkspace>();
  const ending = new Map<string, Promise<void>>();
  const passed = new Set<string>();
  let isQuitting = false;

  const next = () => {
    if (!isQuitting) return;
    const one = [...open.values()].reverse().find(({ id }) => !passed.has(id));
    if (one === undefined) isQuitting = false;
    else one.close();
  };
  const end = async (workspace: OpenWorkspace) => {
    try {
      await workspace.stop();
    } finally {
      ending.delete(workspace.id);
      if (open.size === 0 && ending.size === 0) options.exit();
    }
  };

  return {
    add(workspace) {
      open.set(workspace.id, workspace);
      options.changed();
    },
    find: (id) => open.get(id) ?? null,
    isOpen: (id) => open.has(id),
    ended: (id) => ending.get(id) ?? Promise.resolve(),
    focused(id) {
      const workspace = open.get(id);
      if (workspace === undefined) return;
      open.delete(id);
      open.set(id, workspace);
    },
    left(id) {
      const workspace = open.get(id);
      if (workspace === undefined) return;
      open.delete(id);
      ending.set(id, end(workspace));
      options.changed();
      next();
    },
    kept() {
      isQuitting = false;
    },
    hidden(id) {
      if (!isQuitting) return;
      passed.add(id);
      next();
    },
    quit() {
      isQuitting = true;
      passed.clear();
      next();
    },
    insist() {
      isQuitting = true;
      passed.clear();
      const all = [...open.values()];
      for (const workspace of all) workspace.insist();
      for (const workspace of all) workspace.close();
    },
    reopen() {
      const all = [...open.values()];
      const hidden = all.filter((workspace) => workspace.isHidden());
      for (const workspace of hidden.length > 0 ? hidden : all.slice(-1)) workspace.reopen();
    },
  };
}
