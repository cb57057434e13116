import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Connections on which nobody can tell where the next request begins: servers on the way may have seen the end of one elsewhere. Whatever
 * follows that request is neither read nor answered; the connection ends with the answer to it.
 */
export interface TornConnections {
  /** Looks at a request before anything else does. */
  look(request: IncomingMessage, response: ServerResponse): void;
  /** Whether it came after such a request. */
  isBehind(request: IncomingMessage): boolean;
  has(socket: Socket): boolean;
}

/** @param isPlain whether every server on the way agrees where it ends */
export function createTornConnections(isPlain: (request: IncomingMessage) => boolean): TornConnections {
  const torn = new WeakMap<Socket, IncomingMessage>();
  return {
    look(request, response) {
      if (torn.has(request.socket) || isPlain(request)) return;
      torn.set(request.socket, request);
      response.setHeader('connection', 'close');
    },
    isBehind: (request) => torn.has(request.socket) && torn.get(request.socket) !== request,
    has: (socket) => torn.has(socket),
  };
}
