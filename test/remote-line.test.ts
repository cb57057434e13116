import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createOpenSocket } from '../electron/main/remote/remote-socket.ts';
import { createRemoteLine } from '../electron/main/remote/remote-line.ts';
import { readServerAddress } from '../electron/main/remote/server-address.ts';
import type { Line, Workspace } from '../electron/contract/workspaces.ts';
import { createEngineConnection } from '../renderer/api/connection.ts';
import { PORT_MESSAGE } from '../renderer/api/port-message.ts';
import { problemOf } from '../renderer/api/problem-of.ts';
import { browserSubscription } from '../electron/engine/testing/browser-subscription.ts';
import { freePort } from './support/nginx.ts';
import { workspaceEngine } from './support/workspace.ts';

/** A wire that can be told to lose what comes back, like one that is cut right after a request went through. */
async function wireTo(port: number) {
  const pairs = new Set<readonly [Socket, Socket]>();
  let losesAnswers = false;
  let asked = 0;
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    near.on('data', (piece) => {
      if (losesAnswers) asked += piece.length;
      // The engine knows itself by its own port only.
      far.write(
        piece.toString('latin1').replace(/^Host: localhost:\d+/im, `Host: localhost:${port}`),
        'latin1',
      );
    });
    far.on('data', (piece) => {
      if (!losesAnswers) near.write(piece);
    });
    for (const end of pair) {
      end.on('error', () => undefined);
      end.on('close', () => {
        near.destroy();
        far.destroy();
        pairs.delete(pair);
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const [near] of pairs) near.destroy();
  };
  onTestFinished(() => {
    cut();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    loseAnswers(loses: boolean) {
      losesAnswers = loses;
    },
    asked: () => asked,
    cut,
  };
}

/** The line of the main process and the client of the window, without Electron between them. */
function windowOn(address: string, token: string) {
  const server = readServerAddress(address);
  if ('problem' in server) throw new Error(server.problem.cause);
  const current: Workspace = {
    id: 'x',
    kind: 'server',
    name: server.host,
    place: server.address,
    isOpen: true,
  };
  const watchers = new Set<() => void>();
  const workspaces = {
    view: () => ({ current, known: [current], line: line.state(), asked: 0 }),
    listen(watcher: () => void) {
      watchers.add(watcher);
      return () => {
        watchers.delete(watcher);
      };
    },
    client: () => null,
  };
  const listeners: ((event: MessageEvent) => void)[] = [];
  const target = {
    addEventListener: (_type: 'message', listener: (event: MessageEvent) => void) => listeners.push(listener),
  };
  const connection = createEngineConnection(target, workspaces);
  const schedule = (run: () => void, delayMs: number) => {
    const timer = setTimeout(run, delayMs);
    return () => {
      clearTimeout(timer);
    };
  };
  const line = createRemoteLine({
    server,
    token: () => token,
    keepToken: () => undefined,
    openSocket: createOpenSocket({
      authorities: () => undefined,
      findProxy: () => Promise.resolve(null),
      schedule,
    }),
    schedule,
    now: Date.now,
    random: Math.random,
    onChange() {
      for (const watcher of watchers) watcher();
    },
    onOpen() {
      const far = line.connect();
      if (far === null) return;
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', ({ data }) => {
        far.postMessage(data);
      });
      far.on('message', (data) => {
        port1.postMessage(data);
      });
      far.on('close', () => {
        port1.close();
      });
      port1.start();
      for (const listener of listeners)
        listener({ data: PORT_MESSAGE, ports: [port2], source: target } as unknown as MessageEvent);
    },
  });
  onTestFinished(() => {
    line.stop();
  });
  line.start();
  const state = (): Line['state'] => line.state().state;
  return { client: connection.client, state };
}

it('starts a campaign once, whose answer was lost on the way, and finds it when the line is back', async () => {
  const server = await workspaceEngine({ allowPrivateEndpoints: true });
  const { publicKey } = await server.client.keys.generate({ name: 'Shop', subject: 'mailto:me@example.com' });
  // Nobody listens there: what is counted is what was started, not what arrived.
  const nowhere = browserSubscription({ endpoint: `https://127.0.0.1:${await freePort()}/x` });
  await server.client.subscriptions.import({ text: JSON.stringify(nowhere), publicKey });
  const { secret } = await server.makeToken();
  const wire = await wireTo(server.port);
  const { client, state } = windowOn(`http://localhost:${wire.port}`, secret);
  await expect.poll(state).toBe('open');
  expect(await client.keys.list()).toHaveLength(1);

  wire.loseAnswers(true);
  const before = wire.asked();
  const input = {
    requestId: randomUUID(),
    message: { title: 'Once' },
    audience: { kind: 'everyone' as const },
  };
  const started = client.campaigns.start(input);
  const listed = client.subscriptions.list({}).catch((error: unknown) => problemOf(error).code);
  await expect.poll(async () => (await server.client.campaigns.list({})).items).toHaveLength(1);
  expect(wire.asked()).toBeGreaterThan(before);
  wire.cut();
  await expect.poll(state).toBe('lost');
  wire.loseAnswers(false);
  expect(await listed).toBe('line-cut');
  // The same campaign, found by its request id.
  const { id } = await started;
  const { items } = await server.client.campaigns.list({});
  expect(items.map((campaign) => campaign.id)).toEqual([id]);
});
