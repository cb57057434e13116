import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readPublicAddress } from '../../../contract/public-address.ts';
import { systemClock } from '../../base/clock.ts';
import { listenAtLoopbacks } from '../../http/listen.ts';
import { createReachNonces } from '../../http/reach-nonces.ts';
import { makeApp } from '../../http/testing/http-app.ts';
import { createLoopbackCertificate, type LoopbackCertificate } from '../../local-push-service/certificate.ts';
import { createOpenSocket } from '../../net/open-socket.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import type { OpenTo } from './ask-own-address.ts';
import { checkReach } from './reach-check.ts';

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0)) await undo();
});

let certificate: LoopbackCertificate;
beforeAll(async () => {
  certificate = await createLoopbackCertificate();
});

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

const withTls = (listener: RequestListener, { serverCertificatePem, privateKeyPem } = certificate) =>
  listening(createHttpsServer({ cert: serverCertificatePem, key: privateKeyPem }, listener));

const openTo =
  (trusted = certificate.certificatePem): OpenTo =>
  (origin) =>
    createOpenSocket({
      origin,
      policy: { allowPrivate: true, trusted },
      findProxy: () => Promise.resolve(null),
    })('h1');

const addressOf = (url: string) => {
  const read = readPublicAddress(url);
  if (read.kind === 'refused') throw new Error(read.reason);
  return read.address;
};

const check = (url: string, more: Partial<Parameters<typeof checkReach>[0]> = {}) =>
  checkReach({
    address: addressOf(url),
    port: 4830,
    nonces: createReachNonces(),
    openTo: openTo(),
    clock: systemClock,
    ...more,
  });

/** A front that always gives the same answer. */
const answering = (status: number, headers: Record<string, string>, body = '') =>
  withTls((_request, response) => response.writeHead(status, headers).end(body));

const refusal = (code: string) => JSON.stringify({ error: { code, cause: 'x', cure: 'y' } });

describe('the check of the public address', () => {
  it.each<[string, number, Record<string, string>, string]>([
    ['proxy-finds-nothing', 502, {}, '<h1>502 Bad Gateway</h1>'],
    ['proxy-finds-nothing', 504, {}, ''],
    ['redirects-elsewhere', 301, { location: 'https://www.localhost/healthz' }, ''],
    ['redirects-to-http', 302, { location: 'http://localhost/healthz' }, ''],
    ['redirects', 302, { location: '/login' }, ''],
    ['host-changed', 421, {}, refusal('foreign-host')],
    ['host-changed', 421, {}, refusal('other-host')],
    ['path-wrong', 404, {}, refusal('no-such-path')],
    ['proxy-refuses', 401, {}, 'password?'],
    ['too-many-requests', 429, {}, refusal('too-many-requests')],
    ['another-engine', 200, {}, '{"status":"ok"}'],
    ['another-engine', 200, {}, '{"status":"degraded","problems":["disk-full"]}'],
    ['another-program', 200, { server: 'Apache' }, '<h1>It works!</h1>'],
    ['another-program', 404, {}, 'Not found'],
    ['another-program', 200, {}, '{"error":null}'],
    ['another-program', 200, {}, 'x'.repeat(1_000_000)],
  ])('says %s to an answer with %i %j', async (code, status, headers, body) => {
    const port = await answering(status, headers, body);
    const { problem } = await check(`https://localhost:${port}`);
    expect(problem?.code).toBe(code);
    expect(problem?.cause).not.toBe('');
    expect(problem?.cure).not.toBe('');
  });

  it('names the program that answers in its stead', async () => {
    const port = await answering(200, { server: 'Apache/2.4' }, 'It works!');
    expect((await check(`https://localhost:${port}`)).problem?.cause).toContain('"Apache/2.4"');
  });

  it('says that nothing listens', async () => {
    const server = createTcpServer();
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    expect((await check(`https://localhost:${port}`)).problem?.code).toBe('nothing-listens');
  });

  it('says that the name is not known', async () => {
    const openUnknown: OpenTo = () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }));
    const { problem } = await check('https://push.example.org', { openTo: openUnknown });
    expect(problem?.code).toBe('name-unknown');
    expect(problem?.cause).toContain('push.example.org');
  });

  it('says that it speaks HTTP in place of HTTPS', async () => {
    const port = await listening(createHttpServer((_request, response) => response.end()));
    expect((await check(`https://localhost:${port}`)).problem?.code).toBe('http-instead-of-https');
  });

  it('says what is wrong with the certificate', async () => {
    const port = await answering(200, {});
    const other = await createLoopbackCertificate();
    const codeOf = async (url: string, given?: OpenTo) =>
      (await check(url, given === undefined ? {} : { openTo: given })).problem?.code;
    expect(await codeOf(`https://localhost:${port}`, openTo(other.certificatePem))).toMatch(
      /^certificate-(chain|not-trusted)$/,
    );
    // Another name that leads to the same place.
    const elsewhere: OpenTo = () =>
      createOpenSocket({
        origin: new URL(`https://push.example.org:${port}`),
        policy: { allowPrivate: false, trusted: certificate.certificatePem },
        findProxy: () => Promise.resolve(null),
        lookup: (_name, _options, done) => {
          done(null, [{ address: '127.0.0.1', family: 4 }]);
        },
      })('h1');
    expect(await codeOf('https://push.example.org', elsewhere)).toBe('certificate-other-name');
    const old = await createLoopbackCertificate(fakeClock(Date.now() - 30 * 86_400_000));
    const oldPort = await withTls((_request, response) => response.end(), old);
    expect(await codeOf(`https://localhost:${oldPort}`, openTo(old.certificatePem))).toBe(
      'certificate-expired',
    );
  });

  it('gives up on one that never answers', async () => {
    const sockets: { destroy(): void }[] = [];
    const port = await listening(createTcpServer((socket) => sockets.push(socket)));
    const plain: OpenTo = () => Promise.resolve(connect(port, '127.0.0.1'));
    const { problem } = await check('https://push.example.org', { openTo: plain, timeoutMs: 50 });
    expect(problem?.code).toBe('no-answer-in-time');
    for (const socket of sockets) socket.destroy();
  });

  it('says that a connection was closed without an answer', async () => {
    const port = await listening(createTcpServer((socket) => socket.destroy()));
    const plain: OpenTo = () => Promise.resolve(connect(port, '127.0.0.1'));
    const { problem } = await check('https://push.example.org', { openTo: plain });
    expect(problem?.code).toBe('connection-closed');
  });
});

describe('a real engine behind it', () => {
  async function behind(forward: (headers: Record<string, string>) => Record<string, string>) {
    const nonces = createReachNonces();
    const port = { inner: 0, outer: 0 };
    const url = () => `https://localhost:${port.outer}`;
    const { app } = await makeApp({
      nonces,
      reach: () => ({ port: port.inner, publicAddress: addressOf(url()) }),
    });
    port.inner = (await listenAtLoopbacks(app, { wanted: 0, mayMove: true })).port;
    cleanUp.push(() => app.close());
    port.outer = await withTls((request, response) => {
      void fetchThrough(
        port.inner,
        request.url ?? '/',
        forward({
          host: request.headers.host ?? '',
          'x-forwarded-for': String(request.headers['x-forwarded-for']),
        }),
      ).then((body) => response.end(body));
    });
    return check(url(), { nonces, port: port.inner });
  }

  async function fetchThrough(port: number, path: string, headers: Record<string, string>): Promise<string> {
    const { request } = await import('node:http');
    return new Promise((resolve, reject) => {
      const asking = request({ port, path, host: '127.0.0.1', headers, agent: false }, (response) => {
        let body = '';
        response.on('data', (chunk) => (body += String(chunk)));
        response.on('end', () => {
          resolve(body);
        });
      });
      asking.on('error', reject);
      asking.end();
    });
  }

  it('is reached, with a certificate that expires soon', async () => {
    const result = await behind(({ host, ...rest }) => ({
      host: host ?? '',
      'x-forwarded-for': `${rest['x-forwarded-for'] ?? ''}, 127.0.0.1`,
    }));
    expect(result.problem).toBeNull();
    expect(result.hints.map(({ code }) => code)).toEqual(['certificate-expires-soon']);
    expect(result.certificateExpiresAt).toBeGreaterThan(Date.now());
  });

  it('is reached, and the proxy passes on what callers make up', async () => {
    const { problem, hints } = await behind((headers) => headers);
    expect(problem).toBeNull();
    expect(hints.map(({ code }) => code)).toContain('caller-made-up');
  });

  it('is reached, and the proxy does not say who calls', async () => {
    const { hints } = await behind(({ host }) => ({ host: host ?? '' }));
    expect(hints.map(({ code }) => code)).toContain('caller-hidden');
  });
});
