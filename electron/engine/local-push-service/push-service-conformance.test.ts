import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import webpush from 'web-push';
import { createLoopbackCertificate, type LoopbackCertificate } from './certificate.ts';
import type { VirtualDevice } from './device-push-service.ts';
import type { DialectName } from '../../core/push-services/dialects/dialect.ts';
import { createPushService, type PushService, type PushServiceOptions } from './push-service.ts';
import { overHttp1, overHttp2, type RawRequest, type RawSend } from './testing/raw-client.ts';
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

/** The same request with something changed; `undefined` removes a header. */
function changed(request: RawRequest, headers: Record<string, string | undefined>): RawRequest {
  const merged = Object.entries({ ...request.headers, ...headers });
  const kept = merged.filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...request, headers: Object.fromEntries(kept) };
}

describe.each<[string, 'http/1.1' | 'h2', (certificatePem: string) => RawSend]>([
  ['HTTP/1.1', 'http/1.1', overHttp1],
  ['HTTP/2', 'h2', overHttp2],
])('the push service over %s', (_name, protocol, over) => {
  let service: PushService;
  let device: VirtualDevice;
  let send: RawSend;

  beforeEach(async () => {
    service = await start();
    device = service.registerDevice({ applicationServerKey: sender.publicKey });
    send = over(service.certificatePem);
  });

  it('accepts a good message, shows it on the device and records it', async () => {
    const outcome = await send(sender.request(device.subscription, '{"id":"message-7","title":"Hello"}'));
    expect(outcome).toMatchObject({
      kind: 'answer',
      status: 201,
      headers: { location: expect.stringContaining(`${service.origin}/m/`) as string, ttl: '60' },
    });
    expect(service.requests.entries()).toMatchObject([
      {
        sequence: 1,
        protocol,
        dialect: 'mozilla',
        accepted: true,
        status: 201,
        refusal: null,
        fault: null,
        handover: 'shown',
        messageId: 'message-7',
        payload: '{"id":"message-7","title":"Hello"}',
      },
    ]);
    expect(service.requests.of(device.endpoint)).toHaveLength(1);
    expect([device.acceptedCount(), device.shownCount()]).toEqual([1, 1]);
  });

  it('accepts a message without payload', async () => {
    expect(await send(sender.request(device.subscription, null))).toMatchObject({ status: 201 });
    expect(service.requests.entries()).toMatchObject([
      { handover: 'shown-empty', payload: null, messageId: null },
    ]);
  });

  it('accepts 4096 bytes and refuses one more', async () => {
    const largest = sender.request(device.subscription, 'x'.repeat(3993));
    expect(largest.body.length).toBe(4096);
    expect(await send(largest)).toMatchObject({ status: 201 });
    const larger = sender.request(device.subscription, 'x'.repeat(3994));
    expect(await send(larger)).toMatchObject({ status: 413 });
    const huge = { ...larger, body: Buffer.alloc(300_000) };
    expect(await send(huge)).toMatchObject({ status: 413 });
    expect(service.requests.counts()).toMatchObject({ accepted: 1, byStatus: { 201: 1, 413: 2 } });
  });

  it.each<[number, string, (request: RawRequest) => RawRequest]>([
    [405, 'method-not-allowed', (request) => ({ ...request, method: 'PUT' })],
    [
      404,
      'unknown-path',
      (request) => ({ ...request, url: request.url.replace('/wpush/v2/', '/wpush/v1/') }),
    ],
    [404, 'unknown-subscription', (request) => ({ ...request, url: `${request.url}1` })],
    [400, 'ttl-missing', (request) => changed(request, { ttl: undefined })],
    [400, 'ttl-invalid', (request) => changed(request, { ttl: 'soon' })],
    [400, 'urgency-invalid', (request) => changed(request, { urgency: 'urgent' })],
    [400, 'topic-invalid', (request) => changed(request, { topic: 'a b' })],
    [400, 'encoding-missing', (request) => changed(request, { 'content-encoding': undefined })],
    [400, 'encoding-unsupported', (request) => changed(request, { 'content-encoding': 'aesgcm' })],
    [400, 'body-malformed', (request) => ({ ...request, body: Buffer.alloc(200) })],
    [401, 'authorization-missing', (request) => changed(request, { authorization: undefined })],
    [401, 'authorization-malformed', (request) => changed(request, { authorization: 'Bearer abc' })],
    [
      401,
      'token-audience',
      (request) => changed(request, { authorization: sender.authorization('https://x.example') }),
    ],
    [
      401,
      'key-mismatch',
      (request) =>
        changed(request, { authorization: createTestSender().authorization(new URL(request.url).origin) }),
    ],
  ])('answers %i: %s', async (status, refusal, change) => {
    const outcome = await send(change(sender.request(device.subscription)));
    expect(outcome).toMatchObject({ kind: 'answer', status });
    expect(service.requests.entries()).toMatchObject([{ status, refusal, accepted: false }]);
    expect(device.acceptedCount()).toBe(0);
  });

  it('answers 410 after the device has unsubscribed', async () => {
    device.unsubscribe();
    expect(await send(sender.request(device.subscription))).toMatchObject({ status: 410 });
  });

  it('takes an endpoint written with localhost, with a token for that origin', async () => {
    const endpoint = device.endpoint.replace('127.0.0.1', 'localhost');
    expect(await send(sender.request({ ...device.subscription, endpoint }))).toMatchObject({ status: 201 });
    const wrong = changed(sender.request({ ...device.subscription, endpoint }), {
      authorization: sender.authorization(service.origin),
    });
    expect(await send(wrong)).toMatchObject({ status: 401 });
  });

  it('takes a subscription without key with a good token, with none, but not with a bad one', async () => {
    const keyless = service.registerDevice({ applicationServerKey: null });
    const request = sender.request(keyless.subscription);
    expect(await send(request)).toMatchObject({ status: 201 });
    expect(await send(changed(request, { authorization: undefined }))).toMatchObject({ status: 201 });
    expect(await send(changed(request, { authorization: 'vapid t=a.b.c' }))).toMatchObject({ status: 401 });
  });

  it('takes what it cannot read itself, and records that the device could not either', async () => {
    const other = service.registerDevice({ applicationServerKey: sender.publicKey });
    const forOther = sender.request(other.subscription);
    expect(await send({ ...forOther, url: device.endpoint })).toMatchObject({ status: 201 });
    expect(service.requests.counts()).toMatchObject({ accepted: 1, shown: 0, undecryptable: 1 });
  });
});

describe('an imitated service', () => {
  const rules: [DialectName, string, Record<string, string | undefined>, string, object][] = [
    [
      'mozilla',
      'a wrong key',
      {},
      'other',
      { status: 401, body: expect.stringContaining('"errno":109') as string },
    ],
    [
      'fcm',
      'a wrong key',
      {},
      'other',
      { status: 403, body: expect.stringContaining('do not correspond') as string },
    ],
    ['apple', 'a wrong key', {}, 'other', { status: 403, body: '{"reason":"VapidPkHashMismatch"}' }],
    ['wns', 'a wrong key', {}, 'other', { status: 403, body: '' }],
    ['apple', 'a contact at localhost', {}, 'localhost', { status: 403, body: '{"reason":"BadJwtToken"}' }],
    ['apple', 'a TTL of 0', { ttl: '0' }, 'own', { status: 400, body: '{"reason":"BadTtl"}' }],
    [
      'apple',
      'a topic of five',
      { topic: 'news1' },
      'own',
      { status: 400, body: '{"reason":"BadWebPushTopic"}' },
    ],
    [
      'fcm',
      'a missing token',
      { authorization: undefined },
      'own',
      { status: 400, body: 'UnauthorizedRegistration\n' },
    ],
    [
      'wns',
      'a TTL of 0 without cache policy',
      { ttl: '0' },
      'own',
      {
        status: 400,
        headers: expect.objectContaining({
          'x-wns-error-description': 'Ttl value conflicts with X-WNS-Cache-Policy.',
        }) as object,
      },
    ],
    [
      'wns',
      'a TTL of 0 with cache policy',
      { ttl: '0', 'x-wns-cache-policy': 'no-cache' },
      'own',
      { status: 201 },
    ],
    [
      'mozilla',
      'a TTL of a year, cut to 30 days',
      { ttl: '31536000' },
      'own',
      { status: 201, headers: expect.objectContaining({ ttl: '2592000' }) as object },
    ],
  ];

  it.each(rules)('%s answers %s', async (dialect, _what, headers, who, expected) => {
    const service = await start();
    const device = service.registerDevice({ applicationServerKey: sender.publicKey, dialect });
    const contact = createTestSenderOf(who);
    const request = changed(sender.request(device.subscription), {
      authorization: contact(service.origin),
      ...headers,
    });
    expect(await overHttp2(service.certificatePem)(request)).toMatchObject(expected);
  });

  function createTestSenderOf(who: string): (origin: string) => string {
    if (who === 'other') return (origin) => createTestSender().authorization(origin);
    if (who === 'own') return (origin) => sender.authorization(origin);
    return (origin) =>
      webpush.getVapidHeaders(origin, 'mailto:me@localhost', sender.publicKey, sender.privateKey, 'aes128gcm')
        .Authorization;
  }
});
