import type { Query, QueryClient } from '@tanstack/react-query';
import type { Topic } from '../../electron/contract/changes.ts';
import type { EngineConnection } from './connection.ts';
import { readsOf, type EngineQueries } from './topics.ts';

/** Shortest time between two rounds of reading again, in milliseconds. */
const ROUND_MS = 150;
const RETRY_MS = 1_000;

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/**
 * Keeps what is on screen true: follows the engine's changes and reads again what they touch.
 * Follows anew when the engine restarts. Returns its undo.
 */
export function followChanges(
  connection: EngineConnection,
  queryClient: QueryClient,
  queries: EngineQueries,
): () => void {
  let running: AbortController | null = null;

  const restart = () => {
    running?.abort();
    running = null;
    if (!connection.isConnected()) return;
    running = new AbortController();
    void follow(running.signal);
  };

  const follow = async (signal: AbortSignal) => {
    const reader = createReader(queryClient, queries, signal);
    while (!signal.aborted) {
      try {
        const changes = await connection.client.app.changes(undefined, { signal });
        // Whatever changed while nobody was listening is not in the stream.
        void queryClient.invalidateQueries();
        for await (const change of changes) reader.add(change.topics);
      } catch {
        // A lost stream is followed by a new port or, when only the stream broke, by the next turn of this loop.
      }
      await pause(RETRY_MS, signal);
    }
  };

  restart();
  const unlisten = connection.listen(restart);
  return () => {
    unlisten();
    running?.abort();
  };
}

/**
 * [Note: deep lists] A list that was scrolled far down is not read again page by page at every change: it would be
 * thousands of rows, ten times a second. It is read anew when it is opened, filtered, or acted on.
 */
const MAX_PAGES = 10;
const isShort = (query: Query) => {
  const { data } = query.state;
  const pages: unknown = typeof data === 'object' && data !== null && 'pages' in data ? data.pages : null;
  return !Array.isArray(pages) || pages.length <= MAX_PAGES;
};

/**
 * Gathers topics and reads again in rounds. A round waits for the one before it: invalidating while a read is under
 * way would cancel it, and at ten changes a second nothing would ever arrive.
 */
function createReader(queryClient: QueryClient, queries: EngineQueries, signal: AbortSignal) {
  const waiting = new Set<Topic>();
  let busy = false;

  const run = async () => {
    busy = true;
    while (waiting.size > 0 && !signal.aborted) {
      const keys = readsOf(waiting, queries);
      waiting.clear();
      await Promise.all([
        ...keys.map((queryKey) => queryClient.invalidateQueries({ queryKey, predicate: isShort })),
        pause(ROUND_MS, signal),
      ]);
    }
    busy = false;
  };

  return {
    add(topics: Topic[]) {
      for (const topic of topics) waiting.add(topic);
      if (!busy) void run();
    },
  };
}
