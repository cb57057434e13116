import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface ConnectionCapOptions {
  /** How many connections may be open at a time, over all addresses of the server. */
  most: number;
  /** Told of each connection that was closed at once because all others were at work. */
  onRefused: () => void;
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

/**
 * Keeps the number of open connections down. A new one takes the place of the one that has been idle for longest, so that nobody who
 * merely holds connections open keeps a person out; where all are at work, the new one is closed.
 */
export function capConnections(server: Server, { most, onRefused }: ConnectionCapOptions): void {
  /** The one that was used last comes last; `null` where nothing was asked yet. */
  const open = new Map<Socket, Exchange | null>();

  const makeRoom = (): boolean => {
    for (const [socket, exchange] of open) {
      if (isAtWork(exchange)) continue;
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
    if (open.delete(socket)) open.set(socket, { request, response });
  });
}

/** A request that has not fully arrived is no work yet: otherwise sending one slowly would be enough to hold a connection. */
const isAtWork = (exchange: Exchange | null) =>
  exchange !== null && exchange.request.complete && !exchange.response.writableFinished;
