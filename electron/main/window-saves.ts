import { Refusal } from '../contract/problem.ts';
import type { Desktop } from './host-service.ts';

/** Files that a page lets the person save on this machine, even where its engine is on another one. */
export interface WindowSaves {
  /** Asks where; `null`: the person thought better of it. */
  open(suggestedName: string): Promise<{ id: string; path: string } | null>;
  write(id: string, text: string): Promise<void>;
  close(id: string, keep: boolean): Promise<void>;
  /** Asks where, and prints a page there; `null`: the person thought better of it. */
  savePdf(suggestedName: string, html: string): Promise<string | null>;
  /** Removes what was not written to the end. */
  end(): void;
}

export function createWindowSaves({
  desktop,
  printPdf,
}: {
  desktop: Pick<Desktop, 'pickSavePath' | 'saveFiles' | 'writePrivateFile'>;
  /** @returns the bytes of the PDF */
  printPdf: (html: string) => Promise<Uint8Array>;
}): WindowSaves {
  const open = new Set<string>();
  const orSay = async <Value>(work: Promise<Value>): Promise<Value> => {
    try {
      return await work;
    } catch {
      throw new Refusal('UNAVAILABLE', NOT_SAVED);
    }
  };
  return {
    async open(suggestedName) {
      const path = await desktop.pickSavePath({ title: 'Export', suggestedName });
      if (path === null) return null;
      const id = await orSay(desktop.saveFiles.open(path));
      open.add(id);
      return { id, path };
    },
    write: (id, text) => orSay(desktop.saveFiles.write(id, text)),
    async close(id, keep) {
      open.delete(id);
      await orSay(desktop.saveFiles.close(id, keep));
    },
    async savePdf(suggestedName, html) {
      const path = await desktop.pickSavePath({ title: 'Save report', suggestedName });
      if (path === null) return null;
      await orSay(printPdf(html).then((bytes) => desktop.writePrivateFile(path, bytes)));
      return path;
    },
    end() {
      for (const id of open) void desktop.saveFiles.close(id, false).catch(() => undefined);
      open.clear();
    },
  };
}

const NOT_SAVED = {
  code: 'not-saved',
  cause: 'The file could not be written.',
  cure: 'Check that there is room on the disk and that you may write there, then try again.',
};
