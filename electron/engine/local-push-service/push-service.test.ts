import { connect } from 'node:http2';
import { Agent, request as httpsRequest } from 'node:https';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import webpush from 'web-push';
import { createLoopbackCertificate, type LoopbackCertificate } from './certificate.ts';
import { createPushService, type PushService, type PushServiceOptions } from './push-service.ts';
import { overHttp1, overHttp2 } from './testing/raw-client.ts';
import { createTestSender } from './testing/sender.ts';

const sender = createTestSender();
let certificate: LoopbackCertificate;
const services: PushService[] = [];

async function start(options: PushServiceOptions = {}): Promise<PushService> {
  const service = await createPushService({ certificate, ...options });
  services.push(service);
  return service;
}

beforeAll(async () => {
  certificate = await createLoopbackCertificate();
});
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.close()));
});

describe('the push service', () => {
  it('accepts what web-push sends, and answers it as a sender expects', async () => {
    const service = await start();
    const agent = new Agent({ ca: service.certificatePem });
    const vapidDetails = {
      subject: 'mailto:sender@example.com',
      publicKey: sender.publicKey,
      privateKey: sender.privateKey,
    };
    const options = { vapidDetails, TTL: 60, topic: 'news', urgency: 'high', agent } as const;
    for (const dialect of ['mozilla', 'fcm', 'apple', 'wns'] as const) {
      const { subscription } = service.registerDevice({ applicationServerKey: sender.publicKey, dialect });
      const keys = { endpoint: subscription.endpoint, keys: subscription.keys };
      const result = await webpush.sendNotification(keys, '{"id":"m","title":"Grüße 🎉"}', options);
      expect(result.statusCode).toBe(201);
    }
    const gone = service.registerDevice({ applicationServerKey: sender.publicKey });
    gone.unsubscribe();
    await expect(
      webpush.sendNotification(gone.subscription as webpush.PushSubscription, 'x', options),
    ).rejects.toMatchObject({
      statusCode: 410,
    });
    expect(service.requests.entries().map(({ payload }) => payload)).toEqual([
      ...Array.from({ length: 4 }, () => '{"id":"m","title":"Grüße 🎉"}'),
      null,
    ]);
    agent.destroy();
  });

  it('writes the certificate that senders must trust', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pushdesk-rehearsal-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const service = await start();
    await service.writeCertificate(join(folder, 'ca.pem'));
    expect(await readFile(join(folder, 'ca.pem'), 'utf8')).toBe(service.certificatePem);
  });

  it('knows its devices again after a restart on the same port with the same seed', async () => {
    const first = await start({ seed: 'again' });
    const { port } = first;
    const { subscription } = first.registerDevice({ applicationServerKey: sender.publicKey });
    await first.close();
    const second = await start({ seed: 'again', port });
    const device = second.registerDevice({ applicationServerKey: sender.publicKey });
    expect(device.subscription).toEqual(subscription);
    expect(await overHttp1(second.certificatePem)(sender.request(subscription))).toMatchObject({
      status: 201,
    });
    expect(device.shownCount()).toBe(1);
  });

  it('says so when its port is taken, and leaves nothing open', async () => {
    const first = await start();
    await expect(createPushService({ certificate, port: first.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    const other = await start({ autopushPort: 0 });
    const autopushPort = Number(new URL(other.autopush.url).port);
    await expect(createPushService({ certificate, autopushPort })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });

  it('keeps count of a large fleet without keeping its requests', async () => {
    const service = await start({ keepRequests: 10, decrypt: 'none' });
    const fleet = service.registerFleet({
      count: 100_000,
      applicationServerKey: sender.publicKey,
      dialect: 'fcm',
    });
    const send = overHttp2(service.certificatePem);
    for (const index of [0, 5, 99_999, 5]) {
      expect(await send(sender.request(fleet.subscription(index)))).toMatchObject({ status: 201 });
    }
    expect([0, 1, 5, 99_999].map((index) => fleet.acceptedCount(index))).toEqual([1, 0, 2, 1]);
    expect(service.requests.entries().map(({ handover }) => handover)).toEqual(Array(4).fill('unopened'));
  });

  it.each(['HTTP/1.1', 'HTTP/2'])('cuts off a sender over %s who never stops', async (protocol) => {
    const service = await start();
    const { endpoint } = service.registerDevice({ applicationServerKey: sender.publicKey });
    const session = connect(service.origin, { ca: service.certificatePem });
    session.on('error', () => undefined);
    const line =
      protocol === 'HTTP/2'
        ? session.request({ ':method': 'POST', ':path': new URL(endpoint).pathname, ttl: '60' })
        : httpsRequest(endpoint, { method: 'POST', ca: service.certificatePem, agent: false });
    line.on('error', () => undefined);
    const chunk = Buffer.alloc(65_536);
    const pour = () => {
      if (!line.destroyed) line.write(chunk, pour);
    };
    pour();
    await new Promise((resolve) => line.on('close', resolve));
    expect(service.requests.entries()).toMatchObject([{ refusal: 'body-too-large', accepted: false }]);
    session.destroy();
  });

  it('records a sender that hung up before its request was whole', async () => {
    const service = await start();
    const device = service.registerDevice({ applicationServerKey: sender.publicKey });
    const session = connect(service.origin, { ca: service.certificatePem });
    session.on('error', () => undefined);
    const seen = new Promise((resolve) => service.requests.observe(resolve));
    const stream = session.request({
      ':method': 'POST',
      ':path': new URL(device.endpoint).pathname,
      ttl: '60',
    });
    stream.on('error', () => undefined);
    stream.write(Buffer.alloc(50), () => {
      session.destroy();
    });
    expect(await seen).toMatchObject({ aborted: true, accepted: false, status: null });
  });

  it('closes with stalled and late requests open', async () => {
    const service = await start();
    const device = service.registerDevice({ applicationServerKey: sender.publicKey });
    service.faults.add({ effect: { kind: 'delay', milliseconds: 3_600_000 }, times: 1 });
    service.faults.add({ effect: { kind: 'stall' } });
    const send = overHttp1(service.certificatePem);
    const bothSeen = new Promise<void>((resolve) => {
      service.requests.observe(({ sequence }) => {
        if (sequence === 2) resolve();
      });
    });
    const outcomes = Promise.all([
      send(sender.request(device.subscription)),
      overHttp2(service.certificatePem)(sender.request(device.subscription)),
    ]);
    await bothSeen;
    await service.close();
    expect(await outcomes).toEqual([
      { kind: 'cut', status: null },
      { kind: 'cut', status: null },
    ]);
  });
});
