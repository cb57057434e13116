import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createFindProxy } from '../../electron/engine/net/find-proxy.ts';
import { createOpenSocket } from '../../electron/engine/net/open-socket.ts';
import { capturedLog } from '../../electron/engine/testing/captured-log.ts';
import { fakeClock } from '../../electron/engine/testing/fake-clock.ts';
import { faultRig } from './fault-rig.ts';

/** A name that no DNS knows: only the proxy can lead there. */
const PUSH_NAME = 'push.behind-a-proxy.example';

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endings.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

/** A proxy that asks the DNS itself, as proxies do: to it, every name is this machine. */
async function proxy() {
  const connects: { target: string | undefined; authorization: string | undefined }[] = [];
  const state = { status: 200 };
  const server = createHttpServer();
  server.on('connect', (request, socket: Socket) => {
    connects.push({ target: request.url, authorization: request.headers['proxy-authorization'] });
    socket.on('error', () => undefined);
    if (state.status !== 200) {
      socket.end(`HTTP/1.1 ${state.status} No\r\nProxy-Authenticate: Basic realm="office"\r\n\r\n`);
      return;
    }
    const far = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      far.pipe(socket).pipe(far);
    });
    far.on('error', () => socket.destroy());
  });
  return { connects, state, port: await listening(server) };
}

/** A campaign whose push service is reached as the system's proxy settings say. */
async function sendBy(answer: string | (() => string), env: Record<string, string> = {}) {
  const findProxy = createFindProxy({
    env,
    ask: () => Promise.resolve(typeof answer === 'string' ? answer : answer()),
    clock: fakeClock(),
    log: capturedLog().log,
  });
  const rig = await faultRig({
    pushName: PUSH_NAME,
    // Private addresses are refused as in real use: the name is public, and the proxy finds it.
    policy: { allowPrivate: false },
    openSocketTo: (options) => createOpenSocket({ ...options, findProxy, connectTimeoutMs: 150 }),
  });
  const devices = rig.devices('fcm', 20);
  return { rig, devices, id: rig.start() };
}

describe('a whole campaign behind a proxy', () => {
  it('goes through it, over HTTP/2, and everybody gets the message once', async () => {
    const { connects, port } = await proxy();
    const { rig, devices, id } = await sendBy(`PROXY 127.0.0.1:${port}; DIRECT`);
    expect(await rig.run(id)).toMatchObject({
      state: 'finished',
      counts: { accepted: 20 },
      possibleRepeats: 0,
    });
    expect(devices.map((device) => device.shownCount())).toEqual(devices.map(() => 1));
    expect(new Set(rig.push.requests.entries().map(({ protocol }) => protocol))).toEqual(new Set(['h2']));
    expect(connects.length).toBeGreaterThan(0);
    expect(new Set(connects.map(({ target }) => target))).toEqual(new Set([`${PUSH_NAME}:${rig.push.port}`]));
  });

  it('tells the proxy user and password of the environment, which stand in no log', async () => {
    const { connects, port } = await proxy();
    const { rig, id } = await sendBy('DIRECT', { HTTPS_PROXY: `http://me:hunter2@127.0.0.1:${port}` });
    expect(await rig.run(id)).toMatchObject({ counts: { accepted: 20 } });
    expect(connects[0]?.authorization).toBe(`Basic ${Buffer.from('me:hunter2').toString('base64')}`);
    expect(rig.logText()).not.toContain('hunter2');
  });

  it.each([
    [407, 'proxy-wants-password', /user name and password/],
    [403, 'proxy-refused', /blocked the connection/],
  ])(
    'that answers %i waits, names the proxy, and goes out once it lets it through',
    async (status, code, cause) => {
      const { state, port } = await proxy();
      state.status = status;
      const { rig, devices, id } = await sendBy(`PROXY 127.0.0.1:${port}`);
      const begun = rig.time.clock.now();
      const waiting = await rig.run(id, () => rig.time.clock.now() - begun > 60_000);
      expect(waiting).toMatchObject({ state: 'running', counts: { accepted: 0, failed: 0, gone: 0 } });
      const tried = rig.deliveries(id).filter(({ attemptCount }) => attemptCount > 0);
      expect(tried.length).toBeGreaterThan(0);
      for (const { diagnosis } of tried) {
        if (diagnosis === null) continue;
        expect(diagnosis).toMatchObject({ code, action: 'check-network' });
        expect(diagnosis.cause).toMatch(cause);
      }
      const [attempt] = rig.attempts(tried[0]?.id ?? (0 as never));
      expect(attempt?.error).toContain(`127.0.0.1:${port}`);
      expect(attempt?.error).toContain(String(status));
      expect(new Set(rig.subscriptionStates())).toEqual(new Set(['active']));
      expect(rig.push.requests.counts().received).toBe(0);
      state.status = 200;
      expect(await rig.run(id)).toMatchObject({ counts: { accepted: 20 }, possibleRepeats: 0 });
      expect(devices.map((device) => device.acceptedCount())).toEqual(devices.map(() => 1));
    },
  );

  it.each<[string, string, () => Promise<string>]>([
    [
      'is down',
      'proxy-unreachable',
      async () => {
        const server = createServer();
        const port = await listening(server);
        await new Promise((resolve) => server.close(resolve));
        return `PROXY 127.0.0.1:${port}`;
      },
    ],
    [
      'takes the connection and is silent',
      'proxy-silent',
      async () => `PROXY 127.0.0.1:${await listening(createServer(() => undefined))}`,
    ],
    [
      'hangs up',
      'proxy-unreachable',
      async () => `PROXY 127.0.0.1:${await listening(createServer((socket) => socket.destroy()))}`,
    ],
    [
      'is of a kind that is not spoken',
      'proxy-unsupported',
      () => Promise.resolve('SOCKS5 127.0.0.1:9; DIRECT'),
    ],
  ])('that %s blames the proxy, and retires nobody', async (_name, code, settings) => {
    const { rig, id } = await sendBy(await settings());
    const begun = rig.time.clock.now();
    await rig.run(id, () => rig.time.clock.now() - begun > 5000);
    const attempts = rig.rows<{ diagnosis: string; error: string }>('SELECT diagnosis, error FROM attempts');
    expect(attempts.length).toBeGreaterThan(0);
    expect(new Set(attempts.map(({ diagnosis }) => diagnosis))).toEqual(new Set([code]));
    expect(attempts.every(({ error }) => /proxy/i.test(error))).toBe(true);
    expect(rig.service.get({ id })).toMatchObject({ counts: { gone: 0 }, possibleRepeats: 0 });
    expect(new Set(rig.subscriptionStates())).toEqual(new Set(['active']));
    expect(rig.push.requests.counts().received).toBe(0);
  });
});
