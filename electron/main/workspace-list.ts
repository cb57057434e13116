import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { MAX_WORKSPACE_NAME } from '../contract/workspaces.ts';
import { keepAside, writePrivateFile } from '../files/private-file.ts';
import { visibleText } from '../core/text/visible-text.ts';

/** How many opened workspaces are remembered. The oldest give way. */
const MOST = 30;

const common = {
  id: z.string().regex(/^[\da-f-]{36}$/),
  name: z.string().min(1).max(MAX_WORKSPACE_NAME),
  /** Milliseconds since 1970. */
  openedAt: z.number(),
};
const folderSchema = z.object({ kind: z.literal('folder'), path: z.string().min(1), ...common });
const serverSchema = z.object({
  kind: z.literal('server'),
  /** Without a slash at its end. */
  address: z.string().min(1),
  /** The owner's token, as the system's key ring sealed it; `null`: it is asked for each time. */
  sealedToken: z.string().nullable(),
  ...common,
});
const entrySchema = z.discriminatedUnion('kind', [folderSchema, serverSchema]);
const fileSchema = z.object({ workspaces: z.array(z.unknown()).max(1000) });

export type KnownWorkspace = z.infer<typeof entrySchema>;

/** The workspaces that were opened besides the app's own, the last one first. */
export interface WorkspaceList {
  all(): readonly KnownWorkspace[];
  find(id: string): KnownWorkspace | null;
  /** @param path absolute, without links; the same folder is in the list once */
  noteFolder(path: string, name: string): KnownWorkspace;
  noteServer(server: { address: string; name: string }): KnownWorkspace;
  change(id: string, change: { name?: string; openedAt?: number; sealedToken?: string | null }): void;
  forget(id: string): void;
}

export interface WorkspaceListOptions {
  file: string;
  now: () => Date;
  /** Makes a UUID. */
  makeId: () => string;
  /** Takes a line for the terminal. */
  say: (line: string) => void;
}

/** [Note: workspaces] Reads the list once and writes it at each change. A file that cannot be used is kept under another name. */
export function createWorkspaceList({ file, now, makeId, say }: WorkspaceListOptions): WorkspaceList {
  let entries = readEntries(file, now(), say);
  let writing: Promise<unknown> = Promise.resolve();

  const put = (next: readonly KnownWorkspace[]) => {
    entries = [...next].sort((a, b) => b.openedAt - a.openedAt).slice(0, MOST);
    const text = `${JSON.stringify({ workspaces: entries }, null, 2)}\n`;
    writing = writing
      .then(() => writePrivateFile(file, text))
      .catch((error: unknown) => {
        say(
          `The list of workspaces could not be written: ${error instanceof Error ? error.message : String(error)}`,
        );
      });
  };
  const note = (entry: KnownWorkspace) => {
    put([entry, ...entries.filter(({ id }) => id !== entry.id)]);
    return entry;
  };
  const fresh = (name: string) => ({
    id: makeId(),
    name: shortName(name),
    openedAt: now().getTime(),
  });

  return {
    all: () => entries,
    find: (id) => entries.find((entry) => entry.id === id) ?? null,
    noteFolder(path, name) {
      const known = entries.find((entry) => entry.kind === 'folder' && entry.path === path);
      return note(
        known === undefined
          ? { kind: 'folder', path, ...fresh(name) }
          : { ...known, openedAt: now().getTime() },
      );
    },
    noteServer({ address, name }) {
      const known = entries.find((entry) => entry.kind === 'server' && entry.address === address);
      return note(
        known === undefined
          ? { kind: 'server', address, sealedToken: null, ...fresh(name) }
          : { ...known, openedAt: now().getTime() },
      );
    },
    change(id, change) {
      const known = entries.find((entry) => entry.id === id);
      if (known === undefined) return;
      const { name = known.name, openedAt = known.openedAt, sealedToken } = change;
      const changed = { ...known, name: shortName(name), openedAt };
      note(changed.kind === 'server' && sealedToken !== undefined ? { ...changed, sealedToken } : changed);
    },
    forget(id) {
      put(entries.filter((entry) => entry.id !== id));
    },
  };
}

/** A folder or a server may be called anything: invisible characters must not reverse a menu or a title. */
const shortName = (name: string) =>
  Array.from(visibleText(name.trim())).slice(0, MAX_WORKSPACE_NAME).join('').trim() || 'Workspace';

function readEntries(file: string, now: Date, say: (line: string) => void): KnownWorkspace[] {
  try {
    const read = fileSchema.safeParse(parsed(readFileSync(file, 'utf8')));
    if (!read.success) {
      say(
        `${file} could not be used, so the list of workspaces is empty. The old file is now ${keepAside(file, now)}.`,
      );
      return [];
    }
    // An entry that another version wrote differently must not cost the rest.
    return read.data.workspaces.flatMap((entry) => entrySchema.safeParse(entry).data ?? []);
  } catch {
    // There is none yet, or it cannot be read or moved.
    return [];
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
