import { Worker } from 'node:worker_threads';
import { Refusal } from '../../../../contract/problem.ts';
import type { Log } from '../../../base/log.ts';
import { readRows, type ReadRequest } from './read-messages.ts';
import type { ReadRows, RowReaderOptions } from './row-reader.ts';
import { inShortPieces, type Pieces } from './pieces.ts';

export interface ReadOnWorkerOptions {
  /** The built worker, whose location the engine's entry point knows. */
  workerFile: URL;
  reader: RowReaderOptions;
  /** Pieces queued for the worker: enough that it keeps reading while its results are processed. */
  piecesAhead: number;
  now: () => number;
  log: Log;
}

/**
 * Reads on a worker thread of its own, which ends with the text or when the rest is not wanted. Takes the next piece only when an earlier
 * one has been read and fetched.
 *
 * @throws Refusal UNAVAILABLE when the thread dies
 */
export async function* readOnWorker(
  pieces: Pieces,
  options: ReadOnWorkerOptions,
): AsyncGenerator<ReadRows, void, undefined> {
  const thread = startThread(options);
  const source = inShortPieces(pieces)[Symbol.asyncIterator]();
  const asked: Promise<ReadRows>[] = [];
  let isOver = false;
  try {
    for (;;) {
      while (!isOver && asked.length < options.piecesAhead) {
        const next = await source.next();
        isOver = next.done === true;
        asked.push(thread.ask(next.done === true ? null : next.value));
      }
      const answer = asked.shift();
      if (answer === undefined) return;
      const rows = await answer;
      if (isOver && asked.length === 0 && !rows.isOver) asked.push(thread.ask(null));
      yield rows;
    }
  } finally {
    await thread.end();
    await source.return();
  }
}

/** In MB. Waiting rows are a few large texts, and young objects are soon garbage. */
const RESOURCES = { maxYoungGenerationSizeMb: 12 };

function startThread({ workerFile, reader, now, log }: ReadOnWorkerOptions) {
  const worker = new Worker(workerFile, { workerData: reader, resourceLimits: RESOURCES });
  const waiting: { resolve: (rows: ReadRows) => void; reject: (error: unknown) => void }[] = [];
  let isDead = false;

  const fail = () => {
    log.error('the thread that reads an import gave an answer that is not valid');
    void worker.terminate();
  };
  worker.on('message', (message: unknown) => {
    const rows = readRows(message);
    if (rows === null) fail();
    else waiting.shift()?.resolve(rows);
  });
  worker.on('messageerror', fail);
  worker.on('error', (error: unknown) => {
    log.error({ error: String(error) }, 'the thread that reads an import failed');
  });
  worker.on('exit', () => {
    isDead = true;
    for (const { reject } of waiting.splice(0)) reject(threadDied());
  });

  return {
    ask(piece: string | null): Promise<ReadRows> {
      const rows = new Promise<ReadRows>((resolve, reject) => {
        if (isDead) reject(threadDied());
        else waiting.push({ resolve, reject });
      });
      // The reader that awaits it gets the error; it may fail before anyone does.
      rows.catch(() => undefined);
      const request: ReadRequest = { piece, now: now() };
      worker.postMessage(request);
      return rows;
    },
    end: () => worker.terminate(),
  };
}

function threadDied(): Refusal {
  return new Refusal('UNAVAILABLE', {
    code: 'import-thread-died',
    cause: 'Reading the subscriptions stopped before the end.',
    cure: 'Import them again.',
  });
}
