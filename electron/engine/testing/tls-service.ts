import { once } from 'node:events';
import { createServer } from 'node:https';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { onTestFinished } from 'vitest';
import { createLoopbackCertificate, type LoopbackCertificate } from '../local-push-service/certificate.ts';

let certificate: Promise<LoopbackCertificate> | undefined;

export interface TlsService {
  origin: string;
  port: number;
  certificatePem: string;
  /** Connections that have been opened so far. */
  sockets: Set<TLSSocket>;
  stop(): Promise<void>;
}

/**
 * A server on loopback that speaks HTTP/2 and HTTP/1.1, or only the latter; stopped after the test.
 *
 * @param answer called once a request's body has fully arrived
 */
export async function tlsService(
  answer: (request: Http2ServerRequest, response: Http2ServerResponse, body: Buffer) => void,
  { http2 = true, streams = 250 }: { http2?: boolean; streams?: number } = {},
): Promise<TlsService> {
  certificate ??= createLoopbackCertificate();
  const { certificatePem, serverCertificatePem, privateKeyPem } = await certificate;
  const identity = { cert: serverCertificatePem, key: privateKeyPem };
  // Plain HTTP/1.1 requests have the same methods as those of HTTP/2's compatibility layer, which is what the tests use.
  const server = http2
    ? createSecureServer({ ...identity, settings: { maxConcurrentStreams: streams } })
    : (createServer(identity) as unknown as Http2SecureServer);
  const sockets = new Set<TLSSocket>();
  server.on('secureConnection', (socket: TLSSocket) => sockets.add(socket));
  server.on('session', (session: ServerHttp2Session) => {
    session.on('error', () => undefined);
  });
  const onRequest = (request: Http2ServerRequest, response: Http2ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    request.on('end', () => {
      answer(request, response, Buffer.concat(chunks));
    });
  };
  server.on('request', onRequest);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  onTestFinished(stop);
  return { origin: `https://127.0.0.1:${port}`, port, certificatePem, sockets, stop };
}
