import { createServer, type AddressInfo, type Server } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { createSafeLookup } from '../../electron/engine/net/safe-lookup.ts';
import { createLoopbackCertificate } from '../../electron/engine/local-push-service/certificate.ts';
import { createPushService } from '../../electron/engine/local-push-service/push-service.ts';
import { createOpenSocket } from '../../electron/engine/net/open-socket.ts';
import type { TransportOptions } from '../../electron/engine/wire/transport/transport.ts';
import { faultRig, type RigOptions } from './fault-rig.ts';
import { eight } from './one-device.ts';

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endings.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  );
  return (server.address() as AddressInfo).port;
}

/** The port of an old service that nobody runs; unlike a port that was free a moment ago, no other program is given it meanwhile. */
const CLOSED_PORT = 9;

/** The DNS says so about every name; nothing is asked on the network. */
function dnsSays(answer: string | null): TransportOptions['openSocketTo'] {
  const lookup = createSafeLookup((hostname, _options, callback) => {
    if (answer === null)
      callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' }), []);
    else callback(null, [{ address: answer, family: 4 }]);
  });
  return (options) =>
    createOpenSocket({ ...options, lookup, policy: { ...options.policy, allowPrivate: false } });
}

/** Sends to one endpoint and returns what became of it. */
async function sendTo(endpoint: string, options: RigOptions = {}) {
  const rig = await faultRig(options);
  const { subscription } = rig.push.registerDevice({ applicationServerKey: rig.mainPair.publicKey });
  rig.subscribe({ ...subscription, endpoint }, 'other');
  const id = rig.start();
  const campaign = await rig.run(id);
  const [delivery] = rig.deliveries(id);
  if (delivery === undefined) throw new Error('There is no delivery.');
  const attempts = rig.attempts(delivery.id);
  for (const { answer, error } of attempts) {
    expect(answer).toBeNull();
    expect(error).not.toBe('');
  }
  return {
    campaign: campaign.state,
    state: delivery.state,
    diagnosis: delivery.diagnosis?.code,
    action: delivery.diagnosis?.action,
    attempts: attempts.map(({ diagnosis }) => diagnosis?.code),
    subscription: rig.subscriptionStates(),
  };
}

const failed = (diagnosis: string, action: string, attempts: string[]) => ({
  campaign: 'finished',
  state: 'failed',
  diagnosis,
  action,
  attempts,
  subscription: ['active'],
});
const gaveUp = (diagnosis: string) => failed(diagnosis, 'check-network', eight(diagnosis));

describe('a push service that is not reached', () => {
  it('because the connection is refused', async () => {
    expect(await sendTo(`https://127.0.0.1:${CLOSED_PORT}/p/1`)).toEqual(gaveUp('connection-refused'));
  });

  it('because the DNS does not know it', async () => {
    const openSocketTo = dnsSays(null);
    expect(await sendTo('https://push.example/p/1', { openSocketTo })).toEqual(gaveUp('name-not-found'));
  });

  it('because the DNS leads to a private address', async () => {
    const openSocketTo = dnsSays('192.168.1.20');
    expect(await sendTo('https://push.example/p/1', { openSocketTo })).toEqual(
      failed('private-address', 'allow-private-endpoints', ['private-address']),
    );
  });

  it('because its endpoint is a private address and those are not allowed', async () => {
    const policy = { allowPrivate: false };
    expect(await sendTo(`https://127.0.0.1:${CLOSED_PORT}/p/1`, { policy })).toEqual(
      failed('private-address', 'allow-private-endpoints', ['private-address']),
    );
  });

  it('because its certificate is not trusted', async () => {
    const push = await createPushService();
    endings.push(() => push.close());
    const policy = { trusted: 'the system' } as const;
    expect(await sendTo(`${push.origin}/wpush/v2/1`, { policy })).toEqual(gaveUp('tls-failed'));
    expect(push.requests.counts().received).toBe(0);
  });

  it('because its certificate is signed by somebody else', async () => {
    const push = await createPushService();
    endings.push(() => push.close());
    expect(await sendTo(`${push.origin}/wpush/v2/1`)).toEqual(gaveUp('tls-failed'));
  });

  it('because it speaks no TLS', async () => {
    const port = await portOf(createHttpServer((_request, response) => response.writeHead(201).end()));
    expect(await sendTo(`https://127.0.0.1:${port}/p/1`)).toEqual(gaveUp('tls-failed'));
  });

  it('because it takes the connection and says nothing', async () => {
    const sockets = new Set<{ destroy(): void }>();
    const port = await portOf(createServer((socket) => sockets.add(socket)));
    endings.unshift(() => {
      for (const socket of sockets) socket.destroy();
      return Promise.resolve();
    });
    expect(await sendTo(`https://127.0.0.1:${port}/p/1`, { deadlineMs: 100 })).toEqual(gaveUp('timed-out'));
  });

  it('because its address is none', async () => {
    expect(await sendTo('http://127.0.0.1/p/1')).toEqual(
      failed('invalid-endpoint', 'ask-to-resubscribe', ['invalid-endpoint']),
    );
  });
});

it('a certificate that has run out is not trusted', async () => {
  const longAgo = Date.now() - 30 * 24 * 3_600_000;
  const certificate = await createLoopbackCertificate({ now: () => longAgo });
  const push = await createPushService({ certificate });
  endings.push(() => push.close());
  const rigOptions: RigOptions = {
    openSocketTo: (options) =>
      createOpenSocket({ ...options, policy: { allowPrivate: true, trusted: push.certificatePem } }),
  };
  expect(await sendTo(`${push.origin}/wpush/v2/1`, rigOptions)).toEqual(gaveUp('tls-failed'));
});

it('a message that cannot be encrypted to its subscription says so and is not tried again', async () => {
  const rig = await faultRig();
  const { subscription } = rig.push.registerDevice({ applicationServerKey: rig.mainPair.publicKey });
  const p256dh = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 1)]).toString('base64url');
  rig.subscribe({ ...subscription, keys: { ...subscription.keys, p256dh } }, 'other');
  const id = rig.start();
  expect(await rig.run(id)).toMatchObject({ state: 'finished', counts: { failed: 1 } });
  expect(rig.deliveries(id)).toMatchObject([{ attemptCount: 1, diagnosis: { code: 'encryption-failed' } }]);
  expect(rig.push.requests.counts().received).toBe(0);
});

it('an outage of the network costs no delivery its tries, and when it is over everything goes out', async () => {
  let down = true;
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const rig = await faultRig({
    openSocketTo(options) {
      const open = createOpenSocket(options);
      return (protocols) => (down ? Promise.reject(refused) : open(protocols));
    },
  });
  const devices = rig.devices('fcm', 60);
  const id = rig.start();
  const begun = rig.time.clock.now();
  const outage = await rig.run(id, () => rig.time.clock.now() - begun > 5 * 60_000);
  expect(outage.state).toBe('running');
  expect(outage.counts).toMatchObject({ accepted: 0, failed: 0 });
  down = false;
  expect(await rig.run(id)).toMatchObject({ state: 'finished', counts: { accepted: 60 } });
  expect(devices.map((device) => device.acceptedCount())).toEqual(devices.map(() => 1));
});
