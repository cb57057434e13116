import { ServerResponse, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';

export interface Upgrade {
  readonly socket: Duplex;
  /** What came behind the request already. */
  readonly head: Buffer;
}

/** Which requests asked to go on as a WebSocket, and with what. */
export type Upgrades = Pick<WeakMap<IncomingMessage, Upgrade>, 'get'>;

/**
 * Sends the requests for a WebSocket through the routes of the server, so that its rules hold for them, and lets all others that want
 * another protocol (h2c, which some programs offer with every request) be answered as if they had not asked (RFC 9110 §7.8).
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
  const take = (request: IncomingMessage, upgrade: Upgrade) => {
    if (!isOurs(request)) {
      answerWithout(server, request, upgrade);
      return;
    }
    upgrades.set(request, upgrade);
    route(request, responseTo(request));
  };
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => undefined);
    // Whatever is thrown into an event ends the process, and anybody who reaches the port can raise this one.
    try {
      take(request, { socket, head });
    } catch {
      socket.destroy();
    }
  });
  return upgrades;
}

/** @throws {Error} where an earlier request of the connection is being answered still */
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
  if (socket.destroyed || socket.readableEnded) return;
  const { method = 'GET', url = '/', httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.toLowerCase() !== 'upgrade') lines.push(`${name}: ${rawHeaders[index + 1] ?? ''}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}
