import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { capConnections } from './connection-cap.ts';
import { CONNECTIONS_PER_ADDRESS } from './connections-by-address.ts';
import { openConnection } from './testing/raw-request.ts';

const cleanUp: (() => unknown)[] = [];
afterEach(() => {
  for (const undo of cleanUp.splice(0)) undo();
});

/** A server that does not answer `/slow` until it is told to. */
async function capped(
  most: number,
  now?: () => number,
  addressOf: (socket: Socket) => string | null = () => null,
) {
  const slow: ServerResponse[] = [];
  let refused = 0;
  const server = createServer((request, response) => {
    if (request.url === '/slow') slow.push(response);
    else response.end(request.url === '/large' ? 'x'.repeat(16_000_000) : 'quick');
  });
  capConnections(server, {
    most,
    addressOf,
    onRefused: () => (refused += 1),
    ...(now === undefined ? {} : { now }),
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUp.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { port, slow, refused: () => refused, server };
}

const GET = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
const quick = (port: number) => fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text());

it('closes the connection that was idle for longest when one too many comes, and serves the new one', async () => {
  const { port } = await capped(3);
  const [first, second, third] = [
    await openConnection(port),
    await openConnection(port),
    await openConnection(port),
  ];
  first.socket.write(GET('/'));
  await once(first.socket, 'data');
  expect(await quick(port)).toBe('quick');
  await second.closed;
  expect([first.socket.destroyed, third.socket.destroyed]).toEqual([false, false]);
});

it('serves a person however many connections are held open, even half a request each', async () => {
  const { port, refused } = await capped(20);
  const held = await Promise.all(
    Array.from({ length: 200 }, async (_, index) => {
      const { socket } = await openConnection(port);
      if (index % 2 === 0)
        socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf');
      return socket;
    }),
  );
  cleanUp.push(() => {
    for (const socket of held) socket.destroy();
  });
  expect(await quick(port)).toBe('quick');
  expect(refused()).toBe(0);
});

it('lets those at work finish, and closes the new one', async () => {
  const { port, slow, refused, server } = await capped(2);
  const busy = [await openConnection(port), await openConnection(port)];
  for (const { socket } of busy) {
    const asked = once(server, 'request');
    socket.write(GET('/slow'));
    await asked;
  }
  await (
    await openConnection(port)
  ).closed;
  expect(refused()).toBe(1);
  const answers = busy.map(({ socket }) => once(socket, 'data').then(String));
  for (const response of slow) response.end('at last');
  for (const answer of await Promise.all(answers)) expect(answer).toContain('at last');
  expect(await quick(port)).toBe('quick');
});

it('serves a person although others ask for much and never read it, once they had their time', async () => {
  let now = 0;
  const { port, refused, server } = await capped(3, () => now);
  for (let count = 0; count < 3; count++) {
    const { socket } = await openConnection(port);
    socket.pause();
    const asked = once(server, 'request');
    socket.write(GET('/large'));
    await asked;
    cleanUp.push(() => socket.destroy());
  }
  await (
    await openConnection(port)
  ).closed;
  expect(refused(), 'an answer may take a while').toBe(1);
  now = 10_001;
  expect(await quick(port)).toBe('quick');
  expect(refused()).toBe(1);
});

it('lets one address hold no more than its share, closing its own idle ones first and nobody else’s', async () => {
  let opened = 0;
  const { port, slow, refused, server } = await capped(1000, undefined, () => {
    opened += 1;
    return opened === 1 ? '203.0.113.8' : '203.0.113.7';
  });
  const { socket: neighbour } = await openConnection(port);
  const held = await holdConnections(port, CONNECTIONS_PER_ADDRESS + 1);
  await held[0]?.closed;
  expect([held[1]?.socket.destroyed, neighbour.destroyed, refused()]).toEqual([false, false, 0]);

  for (const { socket } of held.slice(1)) {
    const asked = once(server, 'request');
    socket.write(GET('/slow'));
    await asked;
  }
  await (
    await openConnection(port)
  ).closed;
  expect(refused(), 'all of this address are at work').toBe(1);
  neighbour.write(GET('/'));
  expect(String(await once(neighbour, 'data'))).toContain('200 OK');
  for (const response of slow) response.end();
  neighbour.destroy();
  expect(await quick(port)).toBe('quick');
});

async function holdConnections(port: number, count: number) {
  const held: Awaited<ReturnType<typeof openConnection>>[] = [];
  for (let turn = 0; turn < count; turn += 1) held.push(await openConnection(port));
  cleanUp.push(() => {
    for (const { socket } of held) socket.destroy();
  });
  return held;
}
