import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import type { CertificateFiles } from './certificate-files.ts';
import { createConnectionsByAddress } from './connections-by-address.ts';
import { peerToCount } from './peer-to-count.ts';

/** A second place where the server listens, for other machines. */
export interface OuterListener {
  readonly host: string;
  readonly port: number;
  /** Uses this certificate from the next connection on; does nothing over plain HTTP. */
  readonly renew: (files: Pick<CertificateFiles, 'cert' | 'key'>) => void;
}

export type OuterListening =
  | { kind: 'listening'; listener: OuterListener }
  | { kind: 'failed'; code: string };

const HANDSHAKE_TIMEOUT_MS = 10_000;
/** Only connections with an unfinished handshake are counted here. */
const MOST_CONNECTIONS = 512;

/**
 * Listens there too, until the app is closed. Its connections are handed to the one HTTP server, so that its rules, limits and timeouts
 * apply to all.
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
    if (tls !== null) capHandshakes(tls);
    // Mistakes in a stranger's handshake are not our concern.
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

/** A caller who begins handshakes and finishes none would use up all the room before the HTTP server sees any. */
function capHandshakes(server: TlsServer): void {
  const byAddress = createConnectionsByAddress();
  const underWay = new Map<string, string>();
  const nameOf = ({ remoteAddress = '', remotePort = 0 }: Socket) => `${remoteAddress} ${remotePort}`;
  const leave = (name: string) => {
    const address = underWay.get(name);
    if (underWay.delete(name) && address !== undefined) byAddress.remove(address);
  };
  server.prependListener('connection', (socket: Socket) => {
    const address = peerToCount(socket.remoteAddress, []);
    if (address === null) return;
    if (byAddress.fullNets(address).length > 0) {
      socket.destroy();
      return;
    }
    const name = nameOf(socket);
    underWay.set(name, address);
    byAddress.add(address);
    socket.once('close', () => {
      leave(name);
    });
  });
  server.prependListener('secureConnection', (socket) => {
    leave(nameOf(socket));
  });
}

const tlsServerOf = ({ cert, key }: Pick<CertificateFiles, 'cert' | 'key'>): TlsServer =>
  createTlsServer({
    cert,
    key,
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
  });
