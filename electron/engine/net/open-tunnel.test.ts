import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { connect as openTls } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { tlsService } from '../testing/tls-service.ts';
import { findProxyInEnvironment } from './find-proxy.ts';
import { createOpenSocket } from './open-socket.ts';
import { openTunnel } from './open-tunnel.ts';
import type { Reply } from '../wire/transport/reply.ts';
import { createTransport } from '../wire/transport/transport.ts';

const undo: (() => Promise<unknown> | undefined)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A proxy that sends every tunnel to one port of this machine, whichever host was requested. */
async function proxyTo(port: number, status = 200) {
  const asked: { target: string | undefined; authorization: string | undefined }[] = [];
  const server = createServer();
  server.on('connect', (request, socket) => {
    asked.push({ target: request.url, authorization: request.headers['proxy-authorization'] });
    socket.on('error', () => undefined);
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      return;
    }
    const far = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      far.pipe(socket).pipe(far);
    });
    far.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  undo.push(() => {
    server.closeAllConnections();
    server.close();
    return undefined;
  });
  return { asked, address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function post(url: string, proxy: string, trusted: string | null, allowPrivate = true): Promise<Reply> {
  const transport = createTransport({
    policyOf: () => ({ allowPrivate, trusted }),
    // Ends only what hangs.
    deadlineMs: 120_000,
    openSocketTo: (options) =>
      createOpenSocket({ ...options, findProxy: findProxyInEnvironment({ HTTPS_PROXY: proxy }) }),
  });
  undo.push(() => transport.close());
  return transport.post({ url: new URL(url), headers: {}, body: Buffer.from('x') });
}

describe('behind a proxy', () => {
  it('a request goes through a tunnel to the host of its endpoint, encrypted from end to end', async () => {
    const service = await tlsService((_request, response) => response.writeHead(201).end());
    const proxy = await proxyTo(service.port);
    // The certificate is for localhost, and that name is checked, not the proxy's.
    const reply = await post(
      'https://push.example.com/x',
      `http://me:pass%20word@${proxy.address}`,
      service.certificatePem,
    );
    expect(proxy.asked).toEqual([
      {
        target: 'push.example.com:443',
        authorization: `Basic ${Buffer.from('me:pass word').toString('base64')}`,
      },
    ]);
    expect(reply).toMatchObject({ kind: 'fault', fault: 'tls' });
  });

  it('the tunnel carries what a direct connection would', async () => {
    const service = await tlsService((_request, response) => response.writeHead(201).end());
    const proxy = await proxyTo(service.port);
    const tunnel = await openTunnel(new URL(`http://${proxy.address}`), new URL(service.origin), 1000);
    const secure = openTls({
      socket: tunnel,
      ca: service.certificatePem,
      servername: 'localhost',
      ALPNProtocols: ['h2'],
    });
    await once(secure, 'secureConnect');
    expect([secure.authorized, secure.alpnProtocol]).toEqual([true, 'h2']);
    secure.destroy();
  });

  it('this machine is reached without it', async () => {
    const service = await tlsService((_request, response) => response.writeHead(201).end());
    const proxy = await proxyTo(service.port);
    const reply = await post(`${service.origin}/x`, proxy.address, service.certificatePem);
    expect(reply).toMatchObject({ kind: 'answer', answer: { status: 201 } });
    expect(proxy.asked).toEqual([]);
  });

  it('a proxy that refuses, is not there, or makes no sense is a fault, and a private host is not even asked for', async () => {
    const refusing = await proxyTo(1, 407);
    const url = 'https://push.example.com/x';
    const refused = await post(url, refusing.address, null);
    expect(refused).toMatchObject({ fault: 'proxy-auth', mayHaveLeft: false });
    expect(refused.kind === 'fault' && refused.detail).toContain('407');
    expect(await post(url, '127.0.0.1:9', null)).toMatchObject({
      kind: 'fault',
      fault: 'proxy-unreachable',
    });
    expect(await post(url, 'socks5://127.0.0.1:9', null)).toMatchObject({
      kind: 'fault',
      fault: 'proxy-unsupported',
    });
    expect(await post('https://10.0.0.1/x', refusing.address, null, false)).toMatchObject({
      fault: 'private-address',
    });
    expect(refusing.asked).toHaveLength(1);
  });
});
