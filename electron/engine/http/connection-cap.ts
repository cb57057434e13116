import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { createConnectionsByAddress } from './connections-by-address.ts';

export interface ConnectionCapOptions {
  /** How many connections may be open at a time, over all addresses of the server. */
  most: number;
  /** Called for each connection that was closed at once because all others, or all from its address, were busy. */
  onRefused: () => void;
  /**
   * The address by which a connection is counted; `null`: it counts only towards the total, like one that comes through a proxy, where
   * everybody has the same address.
   */
  addressOf?: (socket: Socket) => string | null;
  /** Monotonic time in ms. */
  now?: () => number;
}

/** An open connection. */
interface Open {
  address: string | null;
  /** `null` if nothing has been requested yet. */
  exchange: Exchange | null;
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** When it began, ms. */
  at: number;
}

const kept = new WeakSet<Socket>();

/** Marks a connection that no longer speaks HTTP and is limited elsewhere: it is never closed to make room. */
export const keepConnection = (socket: Socket) => {
  kept.add(socket);
};

/** If a complete answer is not taken for this long, nobody is waiting for it. */
const UNTAKEN_MS = 10_000;

/**
 * Limits the number of open connections, in total and per address. A new one replaces the one that has been idle longest, so that nobody
 * keeps a person out by merely holding connections open, or by asking and never reading the answers; if all are busy, the new one is
 * closed. If its own address holds too many, it replaces one of those.
 */
export function capConnections(
  server: Server,
  { most, onRefused, addressOf = () => null, now = () => performance.now() }: ConnectionCapOptions,
): void {
  /** The most recently used one comes last. */
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

  /** At most one for each of the nets that contain the address. */
  const makeRoomFor = (address: string): boolean => {
    for (;;) {
      const full = byAddress.fullNets(address);
      if (full.length === 0) return true;
      if (!makeRoom((other) => other !== null && byAddress.isIn(other, full))) return false;
    }
  };

  server.prependListener('connection', (socket: Socket) => {
    // A connection whose request for another protocol was ignored is announced again.
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

/** A request that has not fully arrived does not count as busy: otherwise sending one slowly would be enough to hold a connection. */
function isAtWork(exchange: Exchange | null, now: number): boolean {
  if (exchange === null) return false;
  const { request, response, at } = exchange;
  if (!request.complete || response.writableFinished) return false;
  return !response.writableEnded || now - at < UNTAKEN_MS;
}
