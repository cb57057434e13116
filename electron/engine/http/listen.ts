import { createServer, type Server, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

export type Listening = { kind: 'listening'; port: number } | { kind: 'failed'; port: number; code: string };

/** How many ports after the wanted one are tried before the system picks any free one. */
const NEIGHBOURS = 20;
/** The system picks a port on one loopback only; on the other, it may be taken. */
const PICKS = 10;
/** The system's errors if it has no IPv6, or no ::1. */
const NO_IPV6: readonly string[] = ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EPROTONOSUPPORT', 'EPFNOSUPPORT'];

export interface ListenOptions {
  /** 0 to 65535; 0 lets the system pick. */
  wanted: number;
  /** Whether the next free port will do if the wanted one is taken. */
  mayMove: boolean;
  /** `127.0.0.1` unless other machines are to reach it too. */
  ipv4?: string;
  /** The IPv6 loopback, likewise; tests give an address that this system does not have. */
  ipv6?: string;
}

/**
 * Listens at 127.0.0.1 and ::1 on the same port, on both or on neither: browsers try both for "localhost", and another program on the other
 * one would be shown instead of the subscribe page. If the system has no IPv6, it listens at 127.0.0.1 alone.
 *
 * Connections to ::1 are handed to the one HTTP server, so its limits, timeouts and closing apply to both.
 *
 * @param app one that is not ready yet: its closing is extended
 */
export async function listenAtLoopbacks(
  app: FastifyInstance,
  { wanted, mayMove, ipv4 = '127.0.0.1', ipv6: host = '::1' }: ListenOptions,
): Promise<Listening> {
  let held: Server | null = null;
  app.addHook('preClose', (done) => {
    held?.close();
    done();
  });
  // A connection that the system later fails to hand over is no reason to crash.
  app.server.on('error', () => undefined);

  for (const candidate of mayMove ? candidates(wanted) : picks(wanted)) {
    const ipv6 = await holdIpv6(host, candidate, (socket) => {
      if (held === null) socket.destroy();
      else app.server.emit('connection', socket);
    });
    if (ipv6.kind === 'failed') {
      if (ipv6.code === 'EADDRINUSE') continue;
      return { kind: 'failed', port: candidate, code: ipv6.code };
    }
    const port = ipv6.kind === 'held' ? portOf(ipv6.server) : candidate;
    try {
      await app.listen({ host: ipv4, port });
      held = ipv6.kind === 'held' ? ipv6.server : null;
      return { kind: 'listening', port: portOf(app.server) };
    } catch (error) {
      if (ipv6.kind === 'held') await closed(ipv6.server);
      const code = errorCode(error);
      if (code !== 'EADDRINUSE') return { kind: 'failed', port, code };
    }
  }
  return { kind: 'failed', port: wanted, code: 'EADDRINUSE' };
}

function candidates(wanted: number): number[] {
  if (wanted === 0) return picks(0);
  const near = Array.from({ length: NEIGHBOURS + 1 }, (_, step) => wanted + step);
  return [...near.filter((port) => port <= 65_535), ...picks(0)];
}

const picks = (wanted: number): number[] =>
  wanted === 0 ? Array.from({ length: PICKS }, () => 0) : [wanted];

type Ipv6 = { kind: 'held'; server: Server } | { kind: 'none' } | { kind: 'failed'; code: string };

/**
 * Takes the port at ::1. It comes first because a Node server that has given its port back can listen again, and a Fastify server cannot.
 */
async function holdIpv6(host: string, port: number, onConnection: (socket: Socket) => void): Promise<Ipv6> {
  // Like the sockets of Node's HTTP server: half open until the answer is sent.
  const server = createServer({ allowHalfOpen: true, noDelay: true }, onConnection);
  return new Promise((resolve) => {
    // Stays for good, as above.
    server.on('error', (error) => {
      const code = errorCode(error);
      resolve(NO_IPV6.includes(code) ? { kind: 'none' } : { kind: 'failed', code });
    });
    server.listen({ host, port, ipv6Only: true }, () => {
      resolve({ kind: 'held', server });
    });
  });
}

async function closed(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

function portOf(server: Pick<Server, 'address'>): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has no port');
  return address.port;
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
