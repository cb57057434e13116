import type { OpenSocket } from '../../net/open-socket.ts';
import type { TLSSocket } from 'node:tls';
import { Pool, type buildConnector, type Dispatcher } from 'undici';
import type { Call, OriginConnection } from './origin-connection.ts';
import { skipInterim } from './skip-interim.ts';

/** A service without HTTP/2 answers one request at a time per connection, so more connections are needed. */
const MAX_CONNECTIONS = 128;
const KEEP_ALIVE_MS = 30_000;

/**
 * Keep-alive HTTP/1.1 through undici.
 *
 * @param first a connection that is already open, used for the first request
 */
export function createHttp1Origin({
  origin,
  openSocket,
  first,
}: {
  origin: string;
  openSocket: OpenSocket;
  first: TLSSocket;
}): OriginConnection {
  let spare: TLSSocket | null = first;
  const pool = new Pool(origin, {
    connections: MAX_CONNECTIONS,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Every call has its own deadline.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect(_options: buildConnector.Options, callback: buildConnector.Callback) {
      const open = spare;
      spare = null;
      if (open !== null && !open.destroyed) {
        // undici's client starts nothing if it is called again before its own call has returned.
        queueMicrotask(() => {
          callback(null, skipInterim(open));
        });
        return;
      }
      openSocket('h1').then(
        (socket) => {
          callback(null, skipInterim(socket));
        },
        (error: unknown) => {
          callback(error instanceof Error ? error : new Error(String(error)), null);
        },
      );
    },
  });

  return {
    post(call) {
      pool.dispatch(
        { path: call.path, method: 'POST', headers: call.headers, body: call.body },
        handlerOf(call),
      );
    },
    async close() {
      spare?.destroy();
      await pool.destroy();
    },
  };
}

function handlerOf(call: Call): Dispatcher.DispatchHandler {
  const { reply } = call;
  const enough = new Error('Enough was read of this answer.');
  return {
    onRequestStart(controller) {
      if (reply.settled) controller.abort(enough);
      else {
        reply.mayHaveLeft = true;
        call.letGo = () => {
          controller.abort(enough);
        };
      }
    },
    onResponseStart(controller, status, headers) {
      // 1xx is not an answer yet.
      if (status >= 200) reply.start(status, listOf(controller.rawHeaders ?? headers));
    },
    onResponseData(controller, chunk) {
      if (!reply.add(chunk)) controller.abort(enough);
    },
    onResponseEnd() {
      call.letGo = null;
      reply.end();
    },
    onResponseError(_controller, error) {
      call.letGo = null;
      reply.fail(error);
    },
  };
}

/** undici gives raw headers as name, value, name, value…, in bytes; their order and repetitions are kept. */
function listOf(headers: NonNullable<Dispatcher.DispatchController['rawHeaders']>): [string, string][] {
  if (!Array.isArray(headers))
    return Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]);
  const list: [string, string][] = [];
  for (let at = 0; at + 1 < headers.length; at += 2)
    list.push([textOf(headers[at]).toLowerCase(), textOf(headers[at + 1])]);
  return list;
}

function textOf(value: string | Buffer | undefined): string {
  return typeof value === 'string' ? value : (value?.toString('latin1') ?? '');
}
