import { createServer as createHttpServer } from 'node:http';
import { performServerHandshake } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import type { LoopbackCertificate } from '../certificate.ts';
import type { Exchange } from './exchange.ts';
import { createHttp1Exchange } from './http1-exchange.ts';
import { createHttp2Exchange } from './http2-exchange.ts';
import { listen } from './listen.ts';

export interface TlsListener {
  readonly port: number;
  /** Cuts all connections and frees the port. */
  close(): Promise<void>;
}

export interface TlsListenerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly certificate: LoopbackCertificate;
  readonly onExchange: (exchange: Exchange) => void;
}

/** Far above any client's pause between two requests, so that a connection is never closed just as the client reuses it. */
const KEEP_ALIVE = 300_000;
const MAX_STREAMS = 1000;

/**
 * Listens for HTTP/2 and HTTP/1.1 on one TLS port; the client chooses by ALPN (RFC 7301). The TLS server is its own, rather than
 * `http2.createSecureServer`, because that uses its slow compatibility layer for HTTP/2 as soon as HTTP/1.1 is enabled.
 */
export async function createTlsListener(options: TlsListenerOptions): Promise<TlsListener> {
  const sockets = new Set<Socket>();
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  };
  const http1 = createHttpServer({ keepAliveTimeout: KEEP_ALIVE }, (request, response) => {
    options.onExchange(createHttp1Exchange(request, response));
  });
  http1.on('clientError', (_error, socket) => socket.destroy());

  const server = createTlsServer(
    {
      key: options.certificate.privateKeyPem,
      cert: options.certificate.serverCertificatePem,
      ALPNProtocols: ['h2', 'http/1.1'],
    },
    (socket) => {
      track(socket);
      socket.on('error', () => undefined);
      socket.setNoDelay(true);
      if (socket.alpnProtocol === 'h2') serveHttp2(socket, options.onExchange);
      else http1.emit('connection', socket);
    },
  );
  // The connection below TLS, so that one that hangs in the handshake is cut too.
  server.on('connection', track);
  // A client that does not trust the certificate hangs up during the handshake: that is its own affair.
  server.on('tlsClientError', () => undefined);

  await listen(server, options.port, options.host);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function serveHttp2(socket: TLSSocket, onExchange: (exchange: Exchange) => void): void {
  const session = performServerHandshake(socket, { settings: { maxConcurrentStreams: MAX_STREAMS } });
  session.on('error', () => undefined);
  session.on('stream', (stream, headers) => {
    onExchange(createHttp2Exchange(stream, headers, socket));
  });
}
