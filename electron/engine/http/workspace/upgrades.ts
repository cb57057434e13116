import { ServerResponse, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';

export interface Upgrade {
  readonly socket: Duplex;
  /** What has already arrived after the request. */
  readonly head: Buffer;
}

export interface Upgrades {
  /** What a request that asked to become a WebSocket came with. */
  of(request: IncomingMessage): Upgrade | undefined;
  /** Closes the connections that still wait for an answer to end: the server would not know about them when it closes. */
  stop(): void;
}

/**
 * Sends requests for a WebSocket through the server's routes, so that its rules apply to them, and has all others that want another
 * protocol (such as h2c, which some programs offer with every request) answered as if they had not asked (RFC 9110 §7.8). A request that
 * follows others still being answered on its connection waits for its turn (RFC 9112 §9.3.2).
 *
 * @param isOurs whether the request is for a WebSocket of ours
 * @param route the server's own way to answer a request
 */
export function routeUpgrades(
  server: Server,
  {
    isOurs,
    route,
  }: {
    isOurs: (request: IncomingMessage) => boolean;
    route: (request: IncomingMessage, response: ServerResponse) => void;
  },
): Upgrades {
  const upgrades = new WeakMap<IncomingMessage, Upgrade>();
  /** The last unfinished answer of a connection. */
  const underWay = new WeakMap<Duplex, ServerResponse>();
  const waiting = new Set<Duplex>();
  const known = new WeakSet<Duplex>();

  const take = (request: IncomingMessage, upgrade: Upgrade) => {
    const { socket } = upgrade;
    if (socket.destroyed || socket.readableEnded || socket.writableEnded) return;
    // Anything thrown from an event handler ends the process, and anyone who reaches the port can trigger this one.
    try {
      if (!isOurs(request)) {
        answerWithout(server, request, upgrade);
        return;
      }
      upgrades.set(request, upgrade);
      route(request, responseTo(request));
    } catch {
      socket.destroy();
    }
  };

  server.on('request', ({ socket }, response) => {
    underWay.set(socket, response);
    response.once('close', () => {
      if (underWay.get(socket) === response) underWay.delete(socket);
    });
  });
  server.on('upgrade', (request, socket, head) => {
    // One connection may ask several times.
    if (!known.has(socket)) {
      known.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => waiting.delete(socket));
    }
    const before = underWay.get(socket);
    if (before === undefined) {
      take(request, { socket, head });
      return;
    }
    waiting.add(socket);
    before.once('close', () => {
      waiting.delete(socket);
      // Node is counting the time between two requests, and does not know that this one has begun.
      request.socket.setTimeout(0);
      take(request, { socket, head });
    });
  });
  return {
    of: (request) => upgrades.get(request),
    stop() {
      for (const socket of waiting) socket.destroy();
    },
  };
}

/** @throws {Error} if another answer on the connection is unfinished */
function responseTo(request: IncomingMessage): ServerResponse {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  // Node always passes a real socket here, whatever the type says.
  response.assignSocket(request.socket);
  response.on('finish', () => {
    request.socket.destroySoon();
  });
  return response;
}

/**
 * Node has removed its parser, as it does in every server with a listener for upgrades: the request starts over without asking for an
 * upgrade.
 */
function answerWithout(server: Server, request: IncomingMessage, { socket, head }: Upgrade): void {
  const { method = 'GET', url = '/', httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.toLowerCase() !== 'upgrade') lines.push(`${name}: ${rawHeaders[index + 1] ?? ''}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}
