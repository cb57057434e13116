import { randomUUID } from 'node:crypto';
import {
  importStreamIdSchema,
  type ImportEnd,
  type ImportProgress,
  type ImportPurpose,
  type ImportStreamId,
} from '../../../contract/import-stream.ts';
import { Refusal } from '../../../contract/problem.ts';
import { assertNever } from '../../../core/assert-never.ts';
import type { Clock } from '../../base/clock.ts';
import type { PieceImport, PieceImportHow } from './subscription-import.ts';
import type { ColumnMapping } from '../../../contract/subscription-import.ts';
import type { Host } from '../../base/host.ts';
import { saveRejects } from './rejects-file.ts';
import type { Pieces } from './reading/pieces.ts';
import { createPieceQueue, type PieceQueue } from './reading/piece-queue.ts';

/** Imports whose text arrives in pieces, each from the caller that opened it. */
export interface ImportStreams {
  /** @throws Refusal BAD_INPUT, at the first piece, for a malformed public key */
  open(input: {
    purpose: ImportPurpose;
    publicKey: string | null;
    mapping?: ColumnMapping | undefined;
    includeUnsubscribed?: boolean | undefined;
  }): {
    id: ImportStreamId;
  };
  /** @throws Refusal NOT_FOUND for one that has ended, and whatever error ended it */
  write(input: { id: ImportStreamId; piece: string }, signal?: AbortSignal): Promise<ImportProgress>;
  /** @throws Refusal NOT_FOUND for one that has ended, and whatever error ended it */
  finish(input: { id: ImportStreamId }, signal?: AbortSignal): Promise<ImportEnd>;
  cancel(input: { id: ImportStreamId }): Promise<ImportProgress>;
  /** Ends those whose window is gone: nothing has been written to them for minutes. */
  dropIdle(): void;
  /** Ends all, and waits until they have ended. */
  close(): Promise<void>;
}

interface Stream {
  readonly id: ImportStreamId;
  readonly queue: PieceQueue;
  readonly stop: AbortController;
  readonly end: Promise<ImportEnd>;
  readonly progress: ImportProgress;
  usedAt: number;
  isFinishing: boolean;
}

const MAX_OPEN = 4;
const IDLE_MS = 5 * 60_000;

export function createImportStreams({
  pieces,
  desktop,
  clock,
}: {
  pieces: PieceImport;
  /** `null` without a desktop: then there is nobody to ask where to save. */
  desktop: Host['desktop'] | null;
  clock: Pick<Clock, 'now'>;
}): ImportStreams {
  const streams = new Map<ImportStreamId, Stream>();

  const run = async (purpose: ImportPurpose, queue: PieceQueue, how: PieceImportHow): Promise<ImportEnd> => {
    switch (purpose) {
      case 'preview':
        return { purpose, preview: await pieces.preview(queue, how) };
      case 'import':
        return { purpose, result: await pieces.import(queue, how) };
      case 'rejects': {
        const rejects = (some: Pieces) => pieces.rejects(some, how);
        return { purpose, ...(await saveRejects({ desktop, rejects, pieces: queue, now: clock.now() })) };
      }
      default:
        return assertNever(purpose);
    }
  };

  const find = (id: ImportStreamId): Stream => {
    const stream = streams.get(id);
    if (stream === undefined) throw new Refusal('NOT_FOUND', ENDED);
    stream.usedAt = clock.now();
    return stream;
  };

  const drop = async (stream: Stream): Promise<void> => {
    streams.delete(stream.id);
    stream.stop.abort();
    stream.queue.fail(stream.stop.signal.reason);
    await stream.end.catch(() => undefined);
  };

  /** Waits for it; if it fails or the caller leaves, the import is over. */
  const during = async <Result>(
    stream: Stream,
    signal: AbortSignal | undefined,
    work: Promise<Result>,
  ): Promise<Result> => {
    const leave = () => void drop(stream);
    signal?.addEventListener('abort', leave);
    try {
      return await Promise.race([work, stream.end.then(() => work)]);
    } catch (error) {
      await drop(stream);
      throw error;
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  };

  return {
    open({ purpose, publicKey, mapping, includeUnsubscribed }) {
      if (streams.size >= MAX_OPEN) {
        const [idlest] = [...streams.values()].sort((one, other) => one.usedAt - other.usedAt);
        if (idlest !== undefined) void drop(idlest);
      }
      const id = importStreamIdSchema.parse(randomUUID());
      const queue = createPieceQueue();
      const stop = new AbortController();
      const progress = { goodCount: 0, badCount: 0 };
      const end = run(purpose, queue, {
        publicKey,
        mapping,
        includeUnsubscribed,
        isShort: false,
        signal: stop.signal,
        onProgress: ({ good, bad }) => {
          progress.goodCount = good;
          progress.badCount = bad;
        },
      });
      // The next write or finish reports it.
      end.catch(() => undefined);
      streams.set(id, { id, queue, stop, end, progress, usedAt: clock.now(), isFinishing: false });
      return { id };
    },

    async write({ id, piece }, signal) {
      const stream = find(id);
      if (stream.isFinishing) throw new Refusal('NOT_FOUND', ENDED);
      await during(stream, signal, stream.queue.push(piece));
      return { ...stream.progress };
    },

    async finish({ id }, signal) {
      const stream = find(id);
      stream.isFinishing = true;
      stream.queue.end();
      const end = await during(stream, signal, stream.end);
      streams.delete(id);
      return end;
    },

    async cancel({ id }) {
      const stream = find(id);
      await drop(stream);
      return { ...stream.progress };
    },

    dropIdle() {
      for (const stream of streams.values()) {
        if (!stream.isFinishing && stream.usedAt <= clock.now() - IDLE_MS) void drop(stream);
      }
    },

    async close() {
      await Promise.all([...streams.values()].map(drop));
    },
  };
}

const ENDED = {
  code: 'import-ended',
  cause: 'This import has ended.',
  cure: 'Start it again. Rows that are already stored are not added twice.',
};
