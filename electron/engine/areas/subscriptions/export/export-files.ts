import { randomUUID } from 'node:crypto';
import {
  exportIdSchema,
  type exportFileProcedures,
  type ExportId,
  type ExportInput,
  type ExportProgress,
} from '../../../../contract/export.ts';
import { Refusal } from '../../../../contract/problem.ts';
import type { Host } from '../../../base/host.ts';
import type { Log } from '../../../base/log.ts';
import type { Calls } from '../../../serve/calls.ts';

/** Exports to files, through the desktop. */
export interface ExportFiles extends Calls<typeof exportFileProcedures> {
  /** Ends all exports, and waits until they have ended. */
  close(): Promise<unknown>;
}

export interface ExportFilesOptions {
  /** `null` without a desktop: then there is nobody to ask where. */
  desktop: Host['desktop'] | null;
  /** Finds the rows and gives their text. */
  open: (
    input: ExportInput,
    signal: AbortSignal,
  ) => Promise<{ count: number; pieces: AsyncIterable<{ text: string; rows: number }> }>;
  now: () => number;
  log: Log;
}

interface Running {
  progress: ExportProgress;
  readonly stop: AbortController;
  work: Promise<void>;
}

/** Finished exports are remembered, so that their outcome can be asked for. */
const REMEMBERED = 20;

export function createExportFiles({ desktop, open, now, log }: ExportFilesOptions): ExportFiles {
  const all = new Map<ExportId, Running>();

  const mustGet = (id: ExportId): Running => {
    const found = all.get(id);
    if (found === undefined) throw new Refusal('NOT_FOUND', EXPORT_UNKNOWN);
    return found;
  };

  const write = async (
    running: Running,
    host: Host['desktop'],
    fileId: string,
    pieces: AsyncIterable<{ text: string; rows: number }>,
  ) => {
    const end = async (state: 'done' | 'stopped' | 'failed') => {
      await host.closeSaveFile({ id: fileId, keep: state === 'done' });
      running.progress = { ...running.progress, state, problem: state === 'failed' ? EXPORT_FAILED : null };
    };
    try {
      for await (const { text, rows } of pieces) {
        running.stop.signal.throwIfAborted();
        await host.writeSaveFile({ id: fileId, text });
        running.progress = { ...running.progress, done: rows };
      }
      await end('done');
    } catch (error) {
      const isStopped = running.stop.signal.aborted;
      if (!isStopped) log.error({ error: String(error) }, 'an export could not be written');
      await end(isStopped ? 'stopped' : 'failed').catch(() => {
        running.progress = { ...running.progress, state: 'failed', problem: EXPORT_FAILED };
      });
    }
  };

  return {
    async start(input, signal) {
      if (desktop === null) throw new Refusal('UNAVAILABLE', NO_DESKTOP);
      const day = new Date(now()).toISOString().slice(0, 10);
      const suggestedName = `subscriptions-${day}.${input.format}`;
      // First of all, while the click that asked for it is recent.
      const { file } = await desktop.openSaveFile({ title: 'Export subscriptions', suggestedName });
      if (file === null) return null;
      const stop = new AbortController();
      const { count, pieces } = await open(input, signal).catch(async (error: unknown) => {
        await desktop.closeSaveFile({ id: file.id, keep: false });
        throw error;
      });
      const id = exportIdSchema.parse(randomUUID());
      const progress: ExportProgress = {
        id,
        state: 'running',
        total: count,
        done: 0,
        path: file.path,
        problem: null,
      };
      const running: Running = { progress, stop, work: Promise.resolve() };
      all.set(id, running);
      running.work = write(running, desktop, file.id, pieces);
      const [oldest] = all.keys();
      if (all.size > REMEMBERED && oldest !== undefined) all.delete(oldest);
      return running.progress;
    },
    progress: ({ id }) => mustGet(id).progress,
    async stop({ id }) {
      const running = mustGet(id);
      running.stop.abort();
      await running.work;
      return running.progress;
    },
    close() {
      for (const { stop } of all.values()) stop.abort();
      return Promise.all([...all.values()].map(({ work }) => work));
    },
  };
}

const EXPORT_UNKNOWN = {
  code: 'export-unknown',
  cause: 'This export is no longer known.',
  cure: 'Start it again.',
};

const EXPORT_FAILED = {
  code: 'export-failed',
  cause: 'The file could not be written to the end, so it was removed.',
  cure: 'Check that there is room on the disk and that you may write there, then export again.',
};

const NO_DESKTOP = {
  code: 'no-desktop',
  cause: 'There is no desktop here to save a file with.',
  cure: 'Use GET /api/v1/subscriptions/export.',
};
