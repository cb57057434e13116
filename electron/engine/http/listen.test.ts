import { once } from 'node:events';
import { createServer, type AddressInfo, type ListenOptions, type Server } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { listenAtLoopbacks } from './listen.ts';
import { openConnection } from './testing/raw-request.ts';

const LOOPBACKS = ['127.0.0.1', '::1'];
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0)) await undo();
});

async function tryToListen(options: ListenOptions): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  cleanUp.push(() => server.close());
  server.listen(options);
  await once(server, 'listening');
  return server;
}

/** Another program; without a given port, on any. */
const occupy = async (options: ListenOptions) =>
  ((await tryToListen({ port: 0, ...options })).address() as AddressInfo).port;

function makeApp(): FastifyInstance {
  const app = fastify({ forceCloseConnections: true });
  app.get('/', (request) => ({ ip: request.ip }));
  cleanUp.push(() => app.close());
  return app;
}

/** Starts to listen and returns the port. */
async function listening(app: FastifyInstance, wanted: number, mayMove = true): Promise<number> {
  const result = await listenAtLoopbacks(app, { wanted, mayMove });
  expect(result.kind).toBe('listening');
  return result.port;
}

const ask = (host: string, port: number) =>
  fetch(`http://${host === '::1' ? '[::1]' : host}:${port}/`).then((answer) => answer.json());

describe('both loopbacks', () => {
  it.each([
    ['a port of its choice', () => Promise.resolve(0)],
    [
      'a port that was wanted',
      async () => {
        const server = await tryToListen({ host: '127.0.0.1', port: 0 });
        const { port } = server.address() as AddressInfo;
        server.close();
        await once(server, 'close');
        return port;
      },
    ],
  ])('are held with one port: %s', async (_what, wanted) => {
    const port = await listening(makeApp(), await wanted());
    expect(await ask('127.0.0.1', port)).toEqual({ ip: '127.0.0.1' });
    expect(await ask('::1', port)).toEqual({ ip: '::1' });
  });

  it.each([
    { host: '127.0.0.1' },
    { host: '::1' },
    { host: '::1', ipv6Only: true },
    { host: '0.0.0.0' },
    { host: '::' },
    { host: '::', ipv6Only: true },
  ])('cannot be taken by a program that comes later: %j', async (options) => {
    const port = await listening(makeApp(), 0);
    await expect(tryToListen({ ...options, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it.each([
    { host: '127.0.0.1' },
    { host: '::1' },
    { host: '0.0.0.0' },
    { host: '::' },
    { host: '::', ipv6Only: true },
  ])('are both left to a program that came first, and the next port is taken: %j', async (options) => {
    const taken = await occupy(options);
    const port = await listening(makeApp(), taken);
    expect(port).not.toBe(taken);
    for (const host of LOOPBACKS) expect(await ask(host, port)).toEqual({ ip: host });
  });

  it.each(LOOPBACKS)(
    'fail where the port may not be another and %s is taken, and hold nothing',
    async (host) => {
      const taken = await occupy({ host, ipv6Only: true });
      const result = await listenAtLoopbacks(makeApp(), { wanted: taken, mayMove: false });
      expect(result).toEqual({ kind: 'failed', port: taken, code: 'EADDRINUSE' });
      const other = LOOPBACKS.find((loopback) => loopback !== host) ?? '';
      await tryToListen({ host: other, port: taken, ipv6Only: true });
    },
  );

  it('are both given back when the server closes, whoever holds connections', async () => {
    const app = makeApp();
    const port = await listening(app, 0);
    const connections = await Promise.all(LOOPBACKS.map((host) => openConnection(port, host)));
    await app.close();
    await Promise.all(connections.map(({ closed }) => closed));
    for (const host of LOOPBACKS) await tryToListen({ host, port, ipv6Only: true });
  });
});

it('takes 127.0.0.1 alone where the system has no ::1', async () => {
  // An address for documentation, which no interface has: the system reacts as it does without IPv6.
  const result = await listenAtLoopbacks(makeApp(), { wanted: 0, mayMove: true, ipv6: '2001:db8::1' });
  expect(result.kind).toBe('listening');
  expect(await ask('127.0.0.1', result.port)).toEqual({ ip: '127.0.0.1' });
  await tryToListen({ host: '::1', port: result.port, ipv6Only: true });
});
