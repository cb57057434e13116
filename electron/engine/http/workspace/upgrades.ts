import { ServerResponse, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';

export interface Upgrade {
  readonly socket: Duplex;
  /** What came behind the request already. */
  readonly head: Buffer;
}

export interface Upgrades {
  /** What a request that asked to go on as a WebSocket came with. */
  of(request: IncomingMessage): Upgrade | undefined;
  /** Lets go of the connections that still wait for an answer to end: the server would not know them when it closes. */
  stop(): void;
}

/**
 * Sends the requests for a WebSocket through the routes of the server, so that its rules hold for them, and lets all others that want
 * another protocol (h2c, which some programs offer with every request) be answered as if they had not asked (RFC 9110 §7.8). One that came
 * behind requests of its connection that are being answered still waits for its turn (RFC 9112 §9.3.2).
 *
 * @param isOurs whether there is something to go on with
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
  /** The last answer of a connection that is not over. */
  const underWay = new WeakMap<Duplex, ServerResponse>();
  const waiting = new Set<Duplex>();
  const known = new WeakSet<Duplex>();

  const take = (request: IncomingMessage, upgrade: Upgrade) => {
    const { socket } = upgrade;
    if (socket.destroyed || socket.readableEnded || socket.writableEnded) return;
    // Whatever is thrown into an event ends the process, and anybody who reaches the port can raise this one.
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
    // One connection may ask many times.
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
      // Node counts the time between two requests, and does not know that this one has begun.
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

/** @throws {Error} where another answer of the connection is not over */
function responseTo(request: IncomingMessage): ServerResponse {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  // Node gives sockets of its own here, whatever the type says.
  response.assignSocket(request.socket);
  response.on('finish', () => {
    request.socket.destroySoon();
  });
  return response;
}

/** Node has taken its parser away, and every server with a listener for upgrades has it do so: the request begins anew without the wish. */
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
