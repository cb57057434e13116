import { createORPCClient } from '@orpc/client';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient, QueryObserver, type QueryKey } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Topic } from '../../electron/contract/changes.ts';
import type { EngineClient, EngineConnection } from './connection.ts';
import { followChanges } from './live.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A stream of changes that the test feeds, and breaks. */
function createStream() {
  const waiting: Topic[][] = [];
  let wake: () => void = () => undefined;
  let isBroken = false;
  return {
    feed: (...topics: Topic[]) => {
      waiting.push(topics);
      wake();
    },
    break: () => {
      isBroken = true;
      wake();
    },
    async *read() {
      for (;;) {
        const topics = waiting.shift();
        if (topics) yield { topics };
        else if (isBroken) throw new Error('The line broke.');
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
}

function setUp() {
  const streams: ReturnType<typeof createStream>[] = [];
  const listeners = new Set<() => void>();
  let isConnected = true;
  const client: EngineClient = createORPCClient({
    call: () => {
      const stream = createStream();
      streams.push(stream);
      return Promise.resolve(stream.read());
    },
  });
  const connection: EngineConnection = {
    client,
    isConnected: () => isConnected,
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const queryClient = new QueryClient();
  const queries = createTanstackQueryUtils(client);
  return {
    streams,
    queries,
    queryClient,
    stop: followChanges(connection, queryClient, queries),
    /** Puts a read on screen; `count` tells how often it was made. */
    show: (queryKey: QueryKey, read: () => unknown = () => 0) => {
      const queryFn = vi.fn(async () => Promise.resolve(read()));
      const undo = new QueryObserver(queryClient, { queryKey, queryFn }).subscribe(() => undefined);
      return { count: () => queryFn.mock.calls.length, undo };
    },
    setConnected: (next: boolean) => {
      isConnected = next;
      for (const listener of listeners) listener();
    },
  };
}

const ROUND_MS = 150;
const settle = () => vi.advanceTimersByTimeAsync(ROUND_MS);

describe('what is on screen', () => {
  it('is read again when the engine says that it changed, and only that', async () => {
    const { queries, streams, show, stop } = setUp();
    const server = show(queries.server.status.key());
    const keys = show(queries.keys.list.key());
    await settle();
    const before = [server.count(), keys.count()] as const;
    streams[0]?.feed('server');
    await settle();
    expect([server.count(), keys.count()]).toEqual([before[0] + 1, before[1]]);
    stop();
  });

  it('misses no change that comes while it is being read, and merges those that come together', async () => {
    const { queries, streams, show, stop } = setUp();
    let finish: () => void = () => undefined;
    let isSlow = false;
    const server = show(queries.server.status.key(), () =>
      isSlow
        ? new Promise<number>((resolve) => {
            finish = () => {
              resolve(0);
            };
          })
        : 0,
    );
    await settle();
    const before = server.count();
    isSlow = true;
    streams[0]?.feed('server');
    await settle();
    expect(server.count()).toBe(before + 1);
    streams[0]?.feed('server');
    streams[0]?.feed('server');
    await settle();
    expect(server.count()).toBe(before + 1);
    isSlow = false;
    finish();
    await settle();
    expect(server.count()).toBe(before + 2);
    stop();
  });

  it('is read whole, and followed anew, after the stream broke', async () => {
    const { queries, streams, show, stop } = setUp();
    const keys = show(queries.keys.list.key());
    await settle();
    const before = keys.count();
    streams[0]?.break();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(streams).toHaveLength(2);
    expect(keys.count()).toBe(before + 1);
    streams[1]?.feed('keys');
    await settle();
    expect(keys.count()).toBe(before + 2);
    stop();
  });

  it('follows the new engine when there is one', async () => {
    const { queries, streams, show, setConnected, stop } = setUp();
    const keys = show(queries.keys.list.key());
    await settle();
    setConnected(false);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(streams).toHaveLength(1);
    setConnected(true);
    await settle();
    const before = keys.count();
    streams[1]?.feed('keys');
    await settle();
    expect(keys.count()).toBe(before + 1);
    stop();
  });

  it('does not read a list again that was scrolled far down', async () => {
    const { queries, queryClient, streams, show, stop } = setUp();
    const pagesOf = (length: number) => ({ pages: Array.from({ length }, () => ({ items: [] })) });
    const short = show([...queries.subscriptions.list.key(), 'short'], () => pagesOf(3));
    const deep = show([...queries.subscriptions.list.key(), 'deep'], () => pagesOf(50));
    await settle();
    const before = [short.count(), deep.count()] as const;
    streams[0]?.feed('subscriptions');
    await settle();
    expect([short.count(), deep.count()]).toEqual([before[0] + 1, before[1]]);
    queryClient.clear();
    stop();
  });

  it('is left alone once nobody follows', async () => {
    const { queries, streams, show, stop } = setUp();
    const keys = show(queries.keys.list.key());
    await settle();
    const before = keys.count();
    stop();
    streams[0]?.feed('keys');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(keys.count()).toBe(before);
  });
});
