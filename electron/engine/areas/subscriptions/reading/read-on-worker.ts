import { Worker } from 'node:worker_threads';
import { Refusal } from '../../../../contract/problem.ts';
import type { Log } from '../../../base/log.ts';
import { readRows, type ReadRequest } from './read-messages.ts';
import type { ReadRows, RowReaderOptions } from './row-reader.ts';
import type { Pieces } from './pieces.ts';

export interface ReadOnWorkerOptions {
  /** The built worker, as the entry of the engine knows where it lies. */
  workerFile: URL;
  reader: RowReaderOptions;
  /** Pieces that the worker has before it: enough that it goes on reading while what it has read is worked on. */
  piecesAhead: number;
  now: () => number;
  log: Log;
}

/**
 * Reads on a worker thread of its own, which ends with the text, or when nobody wants the rest.
 * Takes the next piece only when an earlier one has been read and fetched.
 *
 * @throws Refusal UNAVAILABLE when the thread dies
 */
export async function* readOnWorker(
  pieces: Pieces,
  options: ReadOnWorkerOptions,
): AsyncGenerator<ReadRows, void, undefined> {
  const thread = startThread(options);
  const source = pieces[Symbol.asyncIterator]();
  const asked: Promise<ReadRows>[] = [];
  let isOver = false;
  try {
    for (;;) {
      while (!isOver && asked.length < options.piecesAhead) {
        const next: IteratorResult<string, unknown> = await source.next();
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
    await source.return?.();
  }
}

/** Rows that wait are few large texts; what is young is over at once. In MB. */
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
      // Whoever waits for it gets it; it may fail before anybody does.
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
