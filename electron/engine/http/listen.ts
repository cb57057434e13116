import { createServer } from 'node:net';
import type { FastifyInstance } from 'fastify';

export type Listening = { kind: 'listening'; port: number } | { kind: 'failed'; port: number; code: string };

/** How many ports after the wanted one are tried before the system picks any free one. */
const NEIGHBOURS = 20;

/**
 * Listens at 127.0.0.1, at the wanted port or the next free one.
 *
 * @param wanted 0 to 65535; 0 lets the system pick
 */
export async function listenOnFreePort(app: FastifyInstance, wanted: number): Promise<Listening> {
  for (const port of candidates(wanted)) {
    if (port !== 0 && (await isTakenOnIpv6(port))) continue;
    try {
      await app.listen({ host: '127.0.0.1', port });
      return { kind: 'listening', port: portOf(app) };
    } catch (error) {
      const code = errorCode(error);
      if (code !== 'EADDRINUSE') return { kind: 'failed', port, code };
    }
  }
  return { kind: 'failed', port: wanted, code: 'EADDRINUSE' };
}

function candidates(wanted: number): number[] {
  if (wanted === 0) return [0];
  const near = Array.from({ length: NEIGHBOURS + 1 }, (_, step) => wanted + step);
  return [...near.filter((port) => port <= 65_535), 0];
}

/**
 * Browsers try ::1 before 127.0.0.1 when they open "localhost". A program that listens only there would be shown
 * in place of the subscribe page, so its port counts as taken.
 */
async function isTakenOnIpv6(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', (error) => {
      resolve(errorCode(error) === 'EADDRINUSE');
    });
    probe.listen({ host: '::1', port, ipv6Only: true }, () => {
      probe.close(() => {
        resolve(false);
      });
    });
  });
}

function portOf(app: FastifyInstance): number {
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has no port');
  return address.port;
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
