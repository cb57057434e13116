import { createServer as createTcpServer, type Server } from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import type { CertificateFiles } from './certificate-files.ts';

/** A second place where the server listens, for other machines. */
export interface OuterListener {
  readonly host: string;
  readonly port: number;
  /** Shows this certificate from the next connection on; nothing where it speaks plain HTTP. */
  readonly renew: (files: Pick<CertificateFiles, 'cert' | 'key'>) => void;
}

export type OuterListening =
  { kind: 'listening'; listener: OuterListener } | { kind: 'failed'; code: string };

const HANDSHAKE_TIMEOUT_MS = 10_000;
/** Connections whose handshake is not done count here alone. */
const MOST_CONNECTIONS = 512;

/**
 * Listens there too, until the app is closed. Its connections are handed to the one HTTP server, so that the rules, limits and timeouts of
 * it hold for all.
 *
 * @param app one that is not ready yet: its closing is extended
 */
export function prepareOuterListener(app: FastifyInstance) {
  let held: Server | null = null;
  app.addHook('preClose', (done) => {
    held?.close();
    done();
  });
  return async (
    { host, port }: { host: string; port: number },
    files: Pick<CertificateFiles, 'cert' | 'key'> | null,
  ): Promise<OuterListening> => {
    const tls = files === null ? null : tlsServerOf(files);
    const server = tls ?? createTcpServer({ allowHalfOpen: true, noDelay: true });
    server.maxConnections = MOST_CONNECTIONS;
    server.on(tls === null ? 'connection' : 'secureConnection', (socket) => {
      app.server.emit('connection', socket);
    });
    // What a stranger's handshake got wrong is no matter of ours.
    server.on('tlsClientError', () => undefined);
    return new Promise((resolve) => {
      server.on('error', (error: NodeJS.ErrnoException) => {
        resolve({ kind: 'failed', code: error.code ?? 'unknown' });
      });
      server.listen({ host, port, ipv6Only: host.includes(':') }, () => {
        held = server;
        const address = server.address();
        resolve({
          kind: 'listening',
          listener: {
            host,
            port: address === null || typeof address === 'string' ? port : address.port,
            renew: (renewed) => tls?.setSecureContext({ cert: renewed.cert, key: renewed.key }),
          },
        });
      });
    });
  };
}

const tlsServerOf = ({ cert, key }: Pick<CertificateFiles, 'cert' | 'key'>): TlsServer =>
  createTlsServer({
    cert,
    key,
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
  });
