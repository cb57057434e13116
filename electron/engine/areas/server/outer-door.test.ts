import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readListenAddress } from '../../../contract/listen-address.ts';
import { readPublicAddress } from '../../../contract/public-address.ts';
import { systemClock, type Clock } from '../../base/clock.ts';
import { listenAtLoopbacks } from '../../http/listen.ts';
import { makeApp } from '../../http/testing/http-app.ts';
import { createLoopbackCertificate } from '../../local-push-service/certificate.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { createOuterDoor, type OuterSettings } from './outer-door.ts';

const NONE: OuterSettings = { listen: null, tlsCert: null, tlsKey: null };

const addressOf = (url: string) => {
  const read = readPublicAddress(url);
  if (read.kind === 'refused') throw new Error(read.reason);
  return read.address;
};

async function files(mode = 0o600) {
  const folder = tempFolder();
  const made = await createLoopbackCertificate();
  const tlsCert = path.join(folder, 'fullchain.pem');
  const tlsKey = path.join(folder, 'privkey.pem');
  writeFileSync(tlsCert, made.serverCertificatePem);
  writeFileSync(tlsKey, made.privateKeyPem);
  chmodSync(tlsKey, mode);
  return { tlsCert, tlsKey, ca: made.certificatePem };
}

/** A server with that door, on ports that the system picks. */
async function opened(
  settings: Partial<OuterSettings>,
  publicUrl = 'https://localhost',
  clock: Clock = systemClock,
) {
  let port: number | null = null;
  const publicAddress = addressOf(publicUrl);
  const { app } = await makeApp({ reach: () => ({ port, publicAddress }) });
  app.get('/api/v1/secret', () => 'secret');
  onTestFinished(() => app.close());
  const door = createOuterDoor(app, { ...NONE, ...settings }, publicAddress, clock);
  const listening = await listenAtLoopbacks(app, { wanted: 0, mayMove: true, ...door.bound });
  port = listening.port;
  await door.open(port);
  return { door, port };
}

/** One of 20,000 ports that the system never assigns by itself. */
const somePort = () => 11_000 + Math.floor(Math.random() * 20_000);

function ask(
  port: number,
  ca: string,
  target = '/',
  host = 'localhost',
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asking = request(
      { host: '127.0.0.1', port, servername: 'localhost', ca, path: target, headers: { host }, agent: false },
      (response) => {
        let body = '';
        response.on('data', (chunk) => (body += String(chunk)));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body });
        });
      },
    );
    asking.on('error', reject);
    asking.end();
  });
}

describe('the door to other machines', () => {
  it('is shut unless somebody asks for it', async () => {
    const { door } = await opened({});
    expect(door.status()).toBeNull();
    expect(door.bound).toEqual({ ipv4: '127.0.0.1', ipv6: '::1' });
  });

  it('opens with a certificate, for the public routes alone', async () => {
    const { ca, ...own } = await files();
    const port = somePort();
    const { door } = await opened({ ...own, listen: `127.0.0.1:${port}` });
    expect(door.status()).toEqual({
      address: `127.0.0.1:${port}`,
      isEncrypted: true,
      problem: null,
      warnings: [],
    });
    expect((await ask(port, ca)).status).toBe(200);
    expect((await ask(port, ca, '/api/v1/secret')).status).toBe(403);
    expect((await ask(port, ca, '/', 'evil.example')).status).toBe(421);
  });

  it('listens at the port of the public address, on this machine alone, where only a certificate is set', async () => {
    const { ca, ...own } = await files();
    const port = somePort();
    const { door } = await opened(own, `https://localhost:${port}`);
    expect(door.status()).toMatchObject({ address: `127.0.0.1:${port}`, problem: null });
    expect((await ask(port, ca, '/', `localhost:${port}`)).status).toBe(200);
  });

  it('shows a certificate that was renewed, and keeps the old one while the new one is half written', async () => {
    const { ca, ...own } = await files();
    const port = somePort();
    const { door } = await opened({ ...own, listen: `127.0.0.1:${port}` });
    expect(await door.refresh()).toBe(false);
    writeFileSync(own.tlsCert, 'half');
    expect(await door.refresh()).toBe(true);
    expect(door.status()?.warnings).toMatchObject([{ code: 'not-a-certificate' }]);
    expect((await ask(port, ca)).status).toBe(200);
    const renewed = await createLoopbackCertificate();
    writeFileSync(own.tlsCert, renewed.serverCertificatePem);
    writeFileSync(own.tlsKey, renewed.privateKeyPem);
    expect(await door.refresh()).toBe(true);
    expect(door.status()?.warnings).toEqual([]);
    await expect(ask(port, ca)).rejects.toThrow();
    expect((await ask(port, renewed.certificatePem)).status).toBe(200);
  });

  it('warns of a key that others can read, and of a certificate for another name', async () => {
    const own = await files(0o644);
    const listen = `127.0.0.1:${somePort()}`;
    const { door } = await opened(
      { tlsCert: own.tlsCert, tlsKey: own.tlsKey, listen },
      'https://push.example.org',
    );
    expect(door.status()?.warnings.map(({ code }) => code)).toEqual([
      'key-file-open',
      'certificate-other-name',
    ]);
  });

  it.each<[string, (own: { tlsCert: string; tlsKey: string }) => Partial<OuterSettings>]>([
    ['certificate-half', ({ tlsCert }) => ({ tlsCert, tlsKey: null })],
    ['certificate-unreadable', ({ tlsKey }) => ({ tlsCert: '/nowhere.pem', tlsKey })],
    ['key-file-unreadable', ({ tlsCert }) => ({ tlsCert, tlsKey: '/nowhere.pem' })],
    ['not-a-certificate', ({ tlsKey }) => ({ tlsCert: tlsKey, tlsKey })],
    ['not-a-key', ({ tlsCert }) => ({ tlsCert, tlsKey: tlsCert })],
    ['cannot-listen-outside', (own) => ({ ...own, listen: '192.0.2.1:8443' })],
  ])('says %s, and the server runs all the same', async (code, settings) => {
    const { tlsCert, tlsKey } = await files();
    const listen = `127.0.0.1:${somePort()}`;
    const { door, port } = await opened({ listen, ...settings({ tlsCert, tlsKey }) });
    expect(door.status()?.problem?.code).toBe(code);
    const answer = await fetch(`http://localhost:${port}/healthz`);
    expect(answer.status).toBe(200);
  });

  it('says that a key belongs to another certificate', async () => {
    const one = await files();
    const other = await files();
    const listen = `127.0.0.1:${somePort()}`;
    const { door } = await opened({ tlsCert: one.tlsCert, tlsKey: other.tlsKey, listen });
    expect(door.status()?.problem?.code).toBe('other-key');
  });

  it('says that the chain is in the wrong order, and not that the key is wrong', async () => {
    const { ca, ...own } = await files();
    writeFileSync(own.tlsCert, `${ca}${readFileSync(own.tlsCert, 'utf8')}`);
    const { door } = await opened({ ...own, listen: `127.0.0.1:${somePort()}` });
    expect(door.status()?.problem?.code).toBe('certificate-order');
  });

  it('says what TLS refuses in a chain, at the start and when it is renewed, and the server runs all the same', async () => {
    const { ca, ...own } = await files();
    const port = somePort();
    const good = readFileSync(own.tlsCert, 'utf8');
    const cutOff = `${good}${ca.slice(0, 200)}`;
    writeFileSync(own.tlsCert, cutOff);
    const first = await opened({ ...own, listen: `127.0.0.1:${somePort()}` });
    expect(first.door.status()?.problem).toMatchObject({
      code: 'certificate-refused',
      cause: `The certificate ${own.tlsCert} cannot be used: bad end line.`,
    });
    writeFileSync(own.tlsCert, good);
    const { door } = await opened({ ...own, listen: `127.0.0.1:${port}` });
    writeFileSync(own.tlsCert, cutOff);
    expect(await door.refresh()).toBe(true);
    expect(door.status()?.warnings).toMatchObject([{ code: 'certificate-refused' }]);
    expect((await ask(port, ca)).status).toBe(200);
  });

  it('says that the certificate is not valid yet, and once it has expired', async () => {
    const { tlsCert, tlsKey } = await files();
    const clock = fakeClock(0);
    const listen = `127.0.0.1:${somePort()}`;
    const { door } = await opened({ tlsCert, tlsKey, listen }, undefined, clock);
    expect(door.status()?.warnings).toMatchObject([{ code: 'certificate-not-yet-valid' }]);
    clock.set(Date.now());
    expect(await door.refresh()).toBe(true);
    expect(door.status()?.warnings).toEqual([]);
    clock.advance(30 * 86_400_000);
    expect(await door.refresh()).toBe(true);
    expect(door.status()?.warnings).toMatchObject([{ code: 'certificate-expired' }]);
    expect(await door.refresh()).toBe(false);
  });

  it('opens everywhere at its own port on request, with a warning, and lets nobody there use the local API', async () => {
    const { door, port } = await opened({ listen: '0.0.0.0' }, 'https://push.example.org');
    expect(door.status()).toMatchObject({ address: `0.0.0.0:${port}`, isEncrypted: false });
    expect(door.status()?.warnings).toMatchObject([{ code: 'listens-unencrypted' }]);
    expect((await fetch(`http://localhost:${port}/api/v1/secret`)).status).toBe(200);
    const outer = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
    // A machine without a network has no other address at which to reach it.
    if (outer === undefined) return;
    const { rawRequest } = await import('../../http/testing/raw-request.ts');
    const from = (host: string, target: string) =>
      rawRequest(port, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, outer);
    expect(await from(`localhost:${port}`, '/api/v1/secret')).toMatch(/^HTTP\/1.1 421 /);
    expect(await from('push.example.org', '/api/v1/secret')).toMatch(/^HTTP\/1.1 403 /);
    expect(await from('push.example.org', '/')).toMatch(/^HTTP\/1.1 200 /);
  });
});

it.each([
  ['0.0.0.0', { host: '0.0.0.0', port: null }],
  ['192.0.2.1:8443', { host: '192.0.2.1', port: 8443 }],
  ['::', { host: '::', port: null }],
  ['[::]:443', { host: '::', port: 443 }],
  ['*', null],
  ['eth0', null],
  ['0.0.0.0:0', null],
  ['0.0.0.0:99999', null],
  ['push.example.org', null],
  ['', null],
])('reads where to listen: %j', (text, address) => {
  expect(readListenAddress(text)).toEqual(address);
});
