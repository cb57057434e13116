import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import type { AccessTokenId } from '../../../contract/ids.ts';
import { WORKSPACE_PROTOCOL, WORKSPACE_VERSION } from '../../../contract/workspace.ts';
import { MALFORMED, wildFrame } from '../../../port/testing/wild-frames.ts';
import { createRouter } from '../../serve/router.ts';
import { capturedLog } from '../../testing/captured-log.ts';
import { someCalls } from '../../testing/some-calls.ts';
import { listenAtLoopbacks } from '../listen.ts';
import { API } from '../local-api/testing/local-api.ts';
import { makeApp } from '../testing/http-app.ts';
import { openConnection, rawRequest } from '../testing/raw-request.ts';
import type { TokenGate } from '../token-gate.ts';
import type { SessionLimits } from './sessions.ts';

const LONG = 'x'.repeat(1_000_000);
/** Two of the owner's tokens that are always valid. */
const IDS: Readonly<Partial<Record<string, number>>> = { one: 1, two: 2 };
const gate: TokenGate = {
  admit(candidate) {
    const id = IDS[candidate];
    return id === undefined ? null : { id: id as AccessTokenId, name: candidate, scopes: ['owner'] };
  },
  isValid: () => true,
  hold: () => () => undefined,
};

/** The door on a real port, over a contract of which few procedures answer. */
async function door(workspaceLimits: Partial<SessionLimits> = {}) {
  const captured = capturedLog();
  const row = { id: 1, at: 1, firstAt: 1, count: 1, method: 'GET', path: '/', hasOtherPaths: false };
  const router = createRouter({
    calls: someCalls({
      server: { requests: () => [{ ...row, status: 200, durationMs: 1, note: LONG }] },
      keys: { list: () => [] },
    }),
    log: captured.log,
    hasScreens: true,
    storeFile: '/data/pushdesk.db',
    stopping: new AbortController().signal,
  });
  let port: number | null = null;
  const made = await makeApp({
    localApi: { ...API, gate, router: () => router, workspace: { router: () => router, workspaceLimits } },
    reach: () => ({ port, remoteWorkspace: true }),
  });
  const listening = await listenAtLoopbacks(made.app, { wanted: 0, mayMove: false });
  onTestFinished(() => made.app.close());
  ({ port } = listening);
  const open = async (token = 'one', protocol = WORKSPACE_PROTOCOL, options: ClientOptions = {}) => {
    const socket = new WebSocket(`ws://localhost:${listening.port}/workspace`, protocol, {
      ...options,
      headers: { authorization: `Bearer ${token}` },
    });
    onTestFinished(() => {
      socket.terminate();
    });
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    const greeted = once(socket, 'message');
    greeted.catch(() => undefined);
    socket.on('error', () => undefined);
    return new Promise<{
      status: number;
      socket: WebSocket;
      closed: Promise<number>;
      greeted: typeof greeted;
    }>((resolve) => {
      socket.once('unexpected-response', (_request, { statusCode = 0 }) => {
        socket.terminate();
        resolve({ status: statusCode, socket, closed, greeted });
      });
      socket.once('open', () => {
        resolve({ status: 101, socket, closed, greeted });
      });
    });
  };
  /** Whether another socket is served as if nothing had happened. */
  const isServed = async (socket: WebSocket) => {
    const answer = once(socket, 'message');
    socket.send('{"i":"7","p":{"u":"/keys/list"}}');
    return String((await answer)[0]) === '{"i":"7","p":{"b":{"json":[]}}}';
  };
  return { ...made, port: listening.port, open, isServed };
}

describe('frames', () => {
  it('that are none close their socket and no other one', async () => {
    const { open, isServed, captured } = await door();
    const other = await open('two');
    await other.greeted;
    for (const frame of MALFORMED) {
      if (typeof frame !== 'string' && !(frame instanceof Uint8Array)) continue;
      const { socket, closed, greeted } = await open();
      await greeted;
      socket.send(frame);
      // Whatever follows it is not heard.
      socket.send('{"i":"1","p":{"u":"/server/requests"}}');
      expect(await closed, String(frame).slice(0, 80)).toBe(1008);
    }
    expect(await isServed(other.socket)).toBe(true);
    const told = captured.lines().filter(({ msg }) => String(msg).includes('not valid'));
    // A field called `token` is cut out of every log.
    expect(told[0]).toMatchObject({ tokenId: expect.any(Number) as number });
    expect(told.length).toBe(10);
  });

  it('of all kinds, 10,000 of them, each socket hearing them until the first bad one, leave the server and other sockets as they were', async () => {
    const { open, isServed } = await door();
    const other = await open('two');
    await other.greeted;
    const valid = (id: string) => JSON.stringify({ i: id, p: { u: '/keys/list' } });
    const frames = fc.sample(wildFrame(valid), { numRuns: 10_000, seed: 9 });
    const texts = frames.filter((frame) => typeof frame === 'string' || frame instanceof Uint8Array);
    // An invalid frame ends its socket, so those after it go to the next one.
    const lanes = Array.from({ length: 7 }, (_, lane) => texts.filter((_frame, at) => at % 7 === lane));
    let heard = 0;
    await Promise.all(
      lanes.map(async (lane) => {
        for (let at = 0; at < lane.length; at += 50) {
          const { socket, closed, status } = await open();
          if (status !== 101) continue;
          for (const frame of lane.slice(at, at + 50)) socket.send(frame);
          socket.close();
          heard += 1;
          await closed;
        }
      }),
    );
    expect(heard).toBeGreaterThan(150);
    expect(await isServed(other.socket)).toBe(true);
  });

  it.each([
    ['too large, in one piece or in many', 1009],
    ['that come in a flood', 4429],
  ])('%s end it with %i', async (what, code) => {
    const { open } = await door({ frameBytes: 1000 });
    const { socket, closed, greeted } = await open();
    await greeted;
    if (code === 1009)
      for (let part = 0; part < 11; part += 1) socket.send('x'.repeat(100), { fin: part === 10 });
    else for (let count = 0; count < 3000; count += 1) socket.send('{"i":"1","t":4}');
    expect(await closed, what).toBe(code);
  });

  it('that are no WebSocket at all end the connection alone', async () => {
    const { port, open, isServed } = await door();
    const other = await open('two');
    await other.greeted;
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      `GET /workspace HTTP/1.1\r\nHost: localhost:${port}\r\nAuthorization: Bearer one\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: ${WORKSPACE_PROTOCOL}\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n${'\x00\xff'.repeat(5000)}`,
      'latin1',
    );
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    expect(text).toMatch(/^HTTP\/1\.1 101 /);
    expect(text).not.toContain('HTTP/1.1 200');
    expect(await isServed(other.socket)).toBe(true);
  });
});

describe('how many', () => {
  it('sockets may be open with one token: of 100, eight; and another one when one has gone', async () => {
    const { open } = await door();
    const all = await Promise.all(Array.from({ length: 100 }, () => open()));
    const statuses = all.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array<number>(8).fill(101), ...Array<number>(92).fill(429)]);
    expect((await open('two')).status).toBe(101);
    const first = all.find(({ status }) => status === 101);
    first?.socket.close();
    await first?.closed;
    await expect.poll(async () => (await open()).status).toBe(101);
  });

  it('bytes may wait for one that never reads, which is then let go', async () => {
    const { open, captured } = await door({ waitingBytes: 2_000_000 });
    const { socket, closed, greeted } = await open();
    await greeted;
    socket.pause();
    for (let count = 0; count < 200; count += 1)
      socket.send(JSON.stringify({ i: String(count), p: { u: '/server/requests' } }));
    await expect.poll(() => captured.text()).toContain('does not read what it asked for');
    socket.resume();
    expect(await closed).toBe(1006);
  });

  it('pings may stay without an answer', async () => {
    // Long enough for the other one to answer while this machine is busy.
    const { open } = await door({ heartbeatMs: 500 });
    const silent = await open('one', WORKSPACE_PROTOCOL, { autoPong: false });
    const { socket, greeted } = await open('two');
    await greeted;
    expect(await silent.closed).toBe(1006);
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });
});

it('tells another version of the protocol that it is one, and who offers none nothing', async () => {
  const { open } = await door();
  for (const other of [WORKSPACE_VERSION - 1, WORKSPACE_VERSION + 1])
    expect(await (await open('one', `pushdesk.workspace.${other}`)).closed).toBe(4409);
  expect((await open('one', 'graphql-ws')).status).toBe(400);
});

it('turns away an app that does not know of deliveries that wait for their hour', async () => {
  const { open } = await door();
  expect(await (await open('one', 'pushdesk.workspace.1')).closed).toBe(4409);
});

it('says to the open ones that the engine stops', async () => {
  const { open, app } = await door({ closingMs: 100 });
  const { closed, greeted } = await open();
  const stuck = await open();
  await greeted;
  stuck.socket.pause();
  await app.close();
  expect(await closed).toBe(1012);
});

it('answers requests that offer another protocol as if they had not, with their bodies', async () => {
  const { port } = await door();
  const h2c =
    'Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n';
  const head = (method: string, path: string) =>
    `${method} ${path} HTTP/1.1\r\nHost: localhost:${port}\r\n${h2c}`;
  expect(await rawRequest(port, `${head('GET', '/healthz')}\r\n`)).toMatch(
    /^HTTP\/1\.1 200 [^]*"status":"ok"/,
  );
  const body = '{"name": "Shop"}';
  const post = `${head('POST', '/api/v1/key-pairs')}Content-Type: application/json\r\nAuthorization: Bearer one\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const answer = await rawRequest(port, post);
  expect(answer).toMatch(/^HTTP\/1\.1 422 [^]*"field":"subject"/);
  expect(await rawRequest(port, `${head('GET', '/workspace')}Authorization: Bearer one\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 426 [^]*[Uu]pgrade: websocket/,
  );
});

describe('a wish for another protocol behind requests that are being answered still', () => {
  const lines = (...text: string[]) => `${text.join('\r\n')}\r\n\r\n`;

  it.each([
    ['websocket', '/workspace', 401],
    ['websocket', '/healthz', 200],
    ['h2c', '/healthz', 200],
  ])('is answered in its turn, and leaves the server as it was: %s of %s', async (wish, path, status) => {
    const { port, open, isServed } = await door();
    const other = await open('two');
    await other.greeted;
    const host = `Host: localhost:${port}`;
    const wanted = lines(`GET ${path} HTTP/1.1`, host, 'Connection: Upgrade', `Upgrade: ${wish}`);
    const plain = lines('GET / HTTP/1.1', host);
    const last = lines('GET /nowhere HTTP/1.1', host, 'Connection: close');
    const answer = await rawRequest(
      port,
      plain + plain + wanted + (path === '/workspace' ? '' : wanted + last),
    );
    const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, code]) => Number(code));
    expect(statuses).toEqual(path === '/workspace' ? [200, 200, status] : [200, 200, status, status, 404]);
    expect(await isServed(other.socket)).toBe(true);
  });

  it('opens the workspace with a token, and goes on', async () => {
    const { port } = await door();
    const { socket } = await openConnection(port);
    onTestFinished(() => {
      socket.destroy();
    });
    const host = `Host: localhost:${port}`;
    const key = ['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='];
    const wish = [
      'Connection: Upgrade',
      'Upgrade: websocket',
      `Sec-WebSocket-Protocol: ${WORKSPACE_PROTOCOL}`,
    ];
    let text = '';
    socket.on('data', (chunk) => (text += String(chunk)));
    socket.write(
      lines('GET / HTTP/1.1', host) +
        lines('GET /workspace HTTP/1.1', host, 'Authorization: Bearer one', ...wish, ...key),
    );
    await expect.poll(() => text).toMatch(/^HTTP\/1\.1 200 [^]*HTTP\/1\.1 101 [^]*"workspace":/);
  });

  it('does not keep the server from closing', async () => {
    const { port, app } = await door();
    const { socket, closed } = await openConnection(port);
    const body = lines('POST /api/v1/key-pairs HTTP/1.1', `Host: localhost:${port}`, 'Content-Length: 5');
    const asked = once(app.server, 'upgrade');
    const never = once(app.server, 'request');
    app.server.prependListener('request', (_request, response) => {
      // Its answer never ends.
      response.end = () => response;
    });
    socket.write(`${body}12345${lines('GET / HTTP/1.1', 'Host: x', 'Connection: Upgrade', 'Upgrade: h2c')}`);
    await never;
    await asked;
    await app.close();
    await closed;
  });
});

it('listens once for the errors of a connection that asks for another protocol again and again', async () => {
  const { port, app } = await door();
  const { socket } = await openConnection(port);
  onTestFinished(() => {
    socket.destroy();
  });
  const wish = `GET /healthz HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`;
  const listeners: Record<string, number>[] = [];
  let answers = 0;
  app.server.on('upgrade', (_request, line) => {
    listeners.push(
      Object.fromEntries(line.eventNames().map((name) => [String(name), line.listenerCount(name)])),
    );
  });
  const done = new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      answers += String(chunk).split('HTTP/1.1 ').length - 1;
      if (answers < 30) socket.write(wish);
      else resolve();
    });
  });
  socket.write(wish);
  await done;
  expect(listeners).toHaveLength(30);
  expect(listeners[29]).toEqual(listeners[1]);
});
