import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WORKSPACE_VERSION } from '../../contract/workspace.ts';
import type { LineEnd } from './line-problems.ts';
import { createOpenSocket, type SocketSurroundings } from './remote-socket.ts';
import { readServerAddress } from './server-address.ts';
import { answer, GREETING, workspaceServer } from './testing/workspace-server.ts';

/** Opens a line; `heard` has what happened to it, in order. */
function opened(address: string, token = 'pushdesk_owner', surroundings: Partial<SocketSurroundings> = {}) {
  const server = readServerAddress(address);
  if ('problem' in server) throw new Error(server.problem.cause);
  const heard: (string | LineEnd)[] = [];
  const timers: { run: () => void; delayMs: number }[] = [];
  const openSocket = createOpenSocket({
    authorities: () => undefined,
    findProxy: () => Promise.resolve(null),
    schedule(run, delayMs) {
      const timer = { run, delayMs };
      timers.push(timer);
      return () => {
        const at = timers.indexOf(timer);
        if (at >= 0) timers.splice(at, 1);
      };
    },
    ...surroundings,
  });
  const socket = openSocket(server, token, {
    onOpen: ({ version }) => heard.push(`open ${version}`),
    onFrame: (text) => heard.push(text),
    onEnd: (end) => heard.push(end),
  });
  onTestFinished(() => {
    socket.close();
  });
  const end = async () => {
    await expect.poll(() => typeof heard.at(-1)).toBe('object');
    return heard.at(-1) as LineEnd;
  };
  return { socket, heard, timers, end };
}
const local = (port: number) => `http://127.0.0.1:${port}/`;
const endOf = async (upgrade: Parameters<typeof workspaceServer>[0]) =>
  opened(local((await workspaceServer(upgrade)).port)).end();

describe('a line to a server', () => {
  it('shows the token in its header and nowhere else, and carries frames both ways once it was greeted', async () => {
    const server = await workspaceServer({
      onSocket(socket) {
        socket.send(GREETING);
        socket.on('message', (data) => {
          socket.send(`echo ${(data as Buffer).toString()}`);
        });
      },
    });
    const { socket, heard } = opened(local(server.port));
    await expect.poll(() => heard).toEqual(['open 0.1.0']);
    socket.send('{"i":"1"}');
    await expect.poll(() => heard.at(-1)).toBe('echo {"i":"1"}');
    const [request] = server.requests;
    expect(request?.url).toBe('/workspace');
    expect(request?.headers.authorization).toBe('Bearer pushdesk_owner');
    expect(request?.headers.origin).toBeUndefined();
    socket.close();
    await expect.poll(() => server.sockets.clients.size).toBe(0);
    expect(heard).toHaveLength(2);
  });

  it('ends where nothing comes for too long, and not as long as the server pings or answers a ping', async () => {
    const server = await workspaceServer({});
    const { heard, timers, end } = opened(local(server.port));
    await expect.poll(() => heard).toHaveLength(1);
    const before = timers.at(-1);
    for (const socket of server.sockets.clients) socket.ping();
    await expect.poll(() => timers.at(-1) !== before).toBe(true);
    // Asked for a sign of life, it gives one.
    timers[0]?.run();
    await expect.poll(() => timers).toHaveLength(1);
    const asked = timers[0];
    await expect.poll(() => timers[0] !== asked).toBe(true);
    expect(heard).toHaveLength(1);
    // A line that is asked and stays silent is gone.
    for (const socket of server.sockets.clients) socket.pause();
    timers.pop()?.run();
    timers.pop()?.run();
    expect((await end()).problem.code).toBe('line-silent');
  });

  it('ends where nobody greets in time', async () => {
    const server = await workspaceServer({ onUpgrade: () => undefined });
    const { timers, end } = opened(local(server.port));
    await expect.poll(() => server.requests).toHaveLength(1);
    timers[0]?.run();
    expect(await end()).toMatchObject({ next: 'retry', problem: { code: 'line-silent' } });
  });

  it.each([
    ['no greeting', 'hello'],
    ['a frame before the greeting', '{"i":"1","p":{}}'],
    ['bytes', Buffer.from(GREETING)],
  ])('takes %s for no Pushdesk', async (_name, first) => {
    const found = await endOf({
      onSocket: (socket) => {
        socket.send(first);
      },
    });
    expect(found).toMatchObject({ next: 'ask', problem: { code: 'line-not-pushdesk' } });
  });

  it('does not work with another contract, and names the version', async () => {
    const found = await endOf({
      onSocket: (socket) => {
        socket.send(
          JSON.stringify({
            workspace: { version: '9.0.0\u202E', contract: WORKSPACE_VERSION + 1, name: 'x' },
          }),
        );
      },
    });
    expect(found).toMatchObject({ next: 'ask', problem: { code: 'line-version' } });
    expect(found.problem.cause).toContain(String.raw`version 9.0.0\u202E of`);
  });

  it.each([
    [4401, 'token', 'line-token-revoked'],
    [4403, 'ask', 'line-off'],
    [4409, 'ask', 'line-version'],
    [4429, 'retry', 'line-too-many'],
    [1009, 'retry', 'line-too-large'],
    [1012, 'retry', 'line-stopped'],
    [1011, 'retry', 'line-broken'],
  ] as const)('closed with %i is %s: %s', async (code, next, name) => {
    const found = await endOf({
      onSocket(socket) {
        socket.send(GREETING);
        socket.close(code);
      },
    });
    expect(found).toMatchObject({ next, problem: { code: name } });
  });

  it.each([
    [401, { code: 'token-wrong' }, 'token', 'line-token-wrong'],
    [403, { code: 'scope-missing' }, 'token', 'line-scope'],
    [403, { code: 'token-local' }, 'token', 'line-token-local'],
    [403, { code: 'workspace-off' }, 'ask', 'line-off'],
    [403, { code: 'not-encrypted' }, 'ask', 'line-not-encrypted'],
    [403, { code: 'other', detail: 'No.', cure: 'Ask.' }, 'ask', 'line-refused-there'],
    [404, '<html>', 'ask', 'line-not-offered'],
    [421, { code: 'other-host' }, 'ask', 'line-other-host'],
    [426, { code: 'websocket-only' }, 'ask', 'line-no-upgrade'],
    [400, { code: 'workspace-protocol' }, 'ask', 'line-version'],
    [502, '<html>', 'retry', 'line-behind'],
    [503, '', 'retry', 'line-behind'],
    [500, '', 'retry', 'line-refused-there'],
    [301, '', 'ask', 'line-not-pushdesk'],
    [200, '<html>', 'ask', 'line-not-pushdesk'],
  ] as const)('answered with %i %j is %s: %s', async (status, body, next, name) => {
    expect(await endOf({ onUpgrade: answer(status, body) })).toMatchObject({ next, problem: { code: name } });
  });

  it('waits as long as the server asks', async () => {
    const upgrade = answer(429, { code: 'too-many-requests' }, { 'retry-after': '90' });
    expect(await endOf({ onUpgrade: upgrade })).toMatchObject({ next: 'retry', afterMs: 90_000 });
  });

  it.each([
    ['no HTTP', (socket: Duplex) => socket.end('220 mail.example.org ESMTP\r\n'), 'line-not-pushdesk'],
    ['nothing', (socket: Duplex) => socket.destroy(), 'line-broken'],
  ] as const)('answered with %s says so', async (_name, act, code) => {
    const found = await endOf({
      onUpgrade: (_request, socket) => {
        act(socket);
      },
    });
    expect(found.problem.code).toBe(code);
  });

  it('says that nobody listens there, or that there is no such name', async () => {
    const server = await workspaceServer({});
    server.close();
    await expect
      .poll(
        () =>
          new Promise((resolve) => {
            const probe = connect(server.port, '127.0.0.1', () => {
              probe.destroy();
              resolve('open');
            }).on('error', () => {
              resolve('closed');
            });
          }),
      )
      .toBe('closed');
    expect((await opened(local(server.port)).end()).problem.code).toBe('line-refused');
  });

  it.each(['', 'two words', 'naïve', 'a\r\nHost: x'])('never sends %j as a token', async (token) => {
    const server = await workspaceServer({});
    const { timers, end } = opened(local(server.port), token);
    for (const { run } of timers) run();
    expect(await end()).toMatchObject({ next: 'token', problem: { code: 'line-token-wrong' } });
    expect(server.requests).toEqual([]);
  });
});
