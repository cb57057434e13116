import { randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';

/** Files that a person chose to save, written in pieces. Only their user can read them (mode 0600). */
export interface SaveFiles {
  /** @returns the id that it has from now on */
  open(path: string): Promise<string>;
  write(id: string, text: string): Promise<void>;
  /** @param keep puts it in its place, over what was there; else it is removed */
  close(id: string, keep: boolean): Promise<void>;
}

interface OpenFile {
  readonly handle: FileHandle;
  readonly path: string;
  readonly draft: string;
}

/** A half-written file lies beside its place under another name: what was there before stays whole. */
export function createSaveFiles(): SaveFiles {
  const files = new Map<string, OpenFile>();
  const mustGet = (id: string): OpenFile => {
    const file = files.get(id);
    if (file === undefined) throw new Error('This file is not open.');
    return file;
  };
  return {
    async open(path) {
      const id = randomUUID();
      const draft = `${path}.${id.slice(0, 8)}.part`;
      files.set(id, { handle: await open(draft, 'wx', 0o600), path, draft });
      return id;
    },
    async write(id, text) {
      await mustGet(id).handle.appendFile(text, 'utf8');
    },
    async close(id, keep) {
      const { handle, path, draft } = mustGet(id);
      files.delete(id);
      try {
        if (keep) await handle.sync();
        await handle.close();
        if (keep) await rename(draft, path);
      } finally {
        await rm(draft, { force: true });
      }
    },
  };
}
