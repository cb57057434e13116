import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface ConnectionCapOptions {
  /** How many connections may be open at a time, over all addresses of the server. */
  most: number;
  /** Told of each connection that was closed at once because all others were at work. */
  onRefused: () => void;
  /** Monotonic time in ms. */
  now?: () => number;
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** When it began, ms. */
  at: number;
}

/** A whole answer that is not taken for so long is waited for by nobody. */
const UNTAKEN_MS = 10_000;

/**
 * Keeps the number of open connections down. A new one takes the place of the one that has been idle for longest, so that nobody who
 * merely holds connections open, or asks and never reads the answers, keeps a person out; where all are at work, the new one is closed.
 */
export function capConnections(
  server: Server,
  { most, onRefused, now = () => performance.now() }: ConnectionCapOptions,
): void {
  /** The one that was used last comes last; `null` where nothing was asked yet. */
  const open = new Map<Socket, Exchange | null>();

  const makeRoom = (): boolean => {
    for (const [socket, exchange] of open) {
      if (isAtWork(exchange, now())) continue;
      open.delete(socket);
      socket.destroy();
      return true;
    }
    return false;
  };

  server.prependListener('connection', (socket: Socket) => {
    if (open.size >= most && !makeRoom()) {
      onRefused();
      socket.destroy();
      return;
    }
    open.set(socket, null);
    socket.once('close', () => {
      open.delete(socket);
    });
  });
  server.on('request', (request, response) => {
    const { socket } = request;
    if (open.delete(socket)) open.set(socket, { request, response, at: now() });
  });
}

/** A request that has not fully arrived is no work yet: otherwise sending one slowly would be enough to hold a connection. */
function isAtWork(exchange: Exchange | null, now: number): boolean {
  if (exchange === null) return false;
  const { request, response, at } = exchange;
  if (!request.complete || response.writableFinished) return false;
  return !response.writableEnded || now - at < UNTAKEN_MS;
}
