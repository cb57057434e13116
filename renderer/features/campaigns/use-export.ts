import { useRef, useState } from 'react';
import type { ExportPiece } from '../../../electron/contract/campaign-exports.ts';
import { useApi, useWorkspaces, useWorkspacesClient } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { countOf } from '../../format/numbers.ts';
import { toast } from '../../ui/toast.ts';

/** How much text goes to the disk at once: what is held does not grow with the file. */
const WRITE_AT = 1_000_000;

/** Reads one piece after the other, from `null` on. */
type Read = (cursor: string | null) => Promise<ExportPiece>;

/** Saves exports on this machine, wherever the engine is. */
export function useExport() {
  const canSave = useWorkspaces() !== null;
  const app = useWorkspacesClient();
  const { connection } = useApi();
  /** Rows that have been read; `null`: nothing is being exported. */
  const [rows, setRows] = useState<number | null>(null);
  const stop = useRef<AbortController>(null);

  const failed = (error: unknown) => {
    const { cause, cure } = problemOf(error);
    toast(`${cause} ${cure}`);
  };

  const saveRows = async (suggestedName: string, read: Read) => {
    const { save } = app();
    const ending = new AbortController();
    try {
      const { file } = await save.open({ suggestedName });
      if (file === null) return;
      stop.current = ending;
      setRows(0);
      const done = await writeAll(file.id, read, ending.signal);
      if (done !== null) toast(`Exported ${countOf(done, 'row')} to ${file.path}.`);
    } catch (error) {
      failed(error);
    } finally {
      stop.current = null;
      setRows(null);
    }
  };

  /** @returns how many rows; `null`: it was stopped */
  const writeAll = async (id: string, read: Read, signal: AbortSignal): Promise<number | null> => {
    const { save } = app();
    let isWhole = false;
    let done = 0;
    try {
      let text = '';
      for (let cursor: string | null | undefined; cursor !== null;) {
        if (signal.aborted) return null;
        const piece: ExportPiece = await read(cursor ?? null);
        text += piece.text;
        done += piece.rows;
        cursor = piece.nextCursor;
        setRows(done);
        if (text.length < WRITE_AT && cursor !== null) continue;
        await save.write({ id, text });
        text = '';
      }
      isWhole = true;
      return done;
    } finally {
      await save.close({ id, keep: isWhole });
    }
  };

  const savePdf = async (suggestedName: string, html: () => Promise<string>) => {
    try {
      const { path } = await app().save.pdf({ suggestedName, html: await html() });
      if (path !== null) toast(`Saved the report to ${path}.`);
    } catch (error) {
      failed(error);
    }
  };

  return {
    /** `false` where there is no app around the window, or no engine behind it. */
    canSave: canSave && connection.isConnected(),
    rows,
    saveRows,
    savePdf,
    stop: () => stop.current?.abort(),
  };
}
