import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { createConnectionsByAddress } from './connections-by-address.ts';

export interface ConnectionCapOptions {
  /** How many connections may be open at a time, over all addresses of the server. */
  most: number;
  /** Told of each connection that was closed at once because all others, or all from its address, were at work. */
  onRefused: () => void;
  /**
   * The address by which a connection is counted; `null`: it counts towards the whole alone, as what comes through a proxy does, where
   * everybody has the one address.
   */
  addressOf?: (socket: Socket) => string | null;
  /** Monotonic time in ms. */
  now?: () => number;
}

/** An open connection. */
interface Open {
  address: string | null;
  /** `null` where nothing was asked yet. */
  exchange: Exchange | null;
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** When it began, ms. */
  at: number;
}

const kept = new WeakSet<Socket>();

/** This one has become something else than HTTP, which is bounded elsewhere: it is never closed to make room. */
export const keepConnection = (socket: Socket) => {
  kept.add(socket);
};

/** A whole answer that is not taken for so long is waited for by nobody. */
const UNTAKEN_MS = 10_000;

/**
 * Keeps the number of open connections down, at all and for each address. A new one takes the place of the one that has been idle for
 * longest, so that nobody who merely holds connections open, or asks and never reads the answers, keeps a person out; where all are at
 * work, the new one is closed. Where its own address holds too many, it takes the place of one of these.
 */
export function capConnections(
  server: Server,
  { most, onRefused, addressOf = () => null, now = () => performance.now() }: ConnectionCapOptions,
): void {
  /** The one that was used last comes last. */
  const open = new Map<Socket, Open>();
  const byAddress = createConnectionsByAddress();

  const leave = (socket: Socket): void => {
    const address = open.get(socket)?.address ?? null;
    if (open.delete(socket) && address !== null) byAddress.remove(address);
  };

  const makeRoom = (isMeant: (address: string | null) => boolean): boolean => {
    for (const [socket, { address, exchange }] of open) {
      if (!isMeant(address) || kept.has(socket) || isAtWork(exchange, now())) continue;
      leave(socket);
      socket.destroy();
      return true;
    }
    return false;
  };

  /** At most one for each of the nets that an address is part of. */
  const makeRoomFor = (address: string): boolean => {
    for (;;) {
      const full = byAddress.fullNets(address);
      if (full.length === 0) return true;
      if (!makeRoom((other) => other !== null && byAddress.isIn(other, full))) return false;
    }
  };

  server.prependListener('connection', (socket: Socket) => {
    // One whose request for another protocol was passed over begins anew.
    if (open.has(socket)) return;
    const address = addressOf(socket);
    const isAdmitted =
      (address === null || makeRoomFor(address)) && (open.size < most || makeRoom(() => true));
    if (!isAdmitted) {
      onRefused();
      socket.destroy();
      return;
    }
    open.set(socket, { address, exchange: null });
    if (address !== null) byAddress.add(address);
    socket.once('close', () => {
      leave(socket);
    });
  });
  server.on('request', (request, response) => {
    const { socket } = request;
    const entry = open.get(socket);
    if (entry === undefined) return;
    open.delete(socket);
    open.set(socket, { ...entry, exchange: { request, response, at: now() } });
  });
}

/** A request that has not fully arrived is no work yet: otherwise sending one slowly would be enough to hold a connection. */
function isAtWork(exchange: Exchange | null, now: number): boolean {
  if (exchange === null) return false;
  const { request, response, at } = exchange;
  if (!request.complete || response.writableFinished) return false;
  return !response.writableEnded || now - at < UNTAKEN_MS;
}
