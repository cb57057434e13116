import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { EngineOptions, FromEngine } from '../../../contract/engine-options.ts';
import { hostContract } from '../../../contract/host.ts';
import type { Contract } from '../../../contract/procedures.ts';
import { MALFORMED, wildFrame } from '../../../port/testing/wild-frames.ts';
import { ENGINE_THREAD, engineOptions } from '../../testing/engine-options.ts';
import { fakeHost } from '../../testing/fake-host.ts';

type Client = ContractRouterClient<Contract>;

const threads: Worker[] = [];
afterEach(async () => {
  await Promise.all(threads.splice(0).map((thread) => thread.terminate()));
});

/** The real entry on a real thread, with a host on this side of a real port. */
function startThread(options: EngineOptions, host = fakeHost()) {
  const thread = new Worker(ENGINE_THREAD, { workerData: options });
  threads.push(thread);
  const said: FromEngine[] = [];
  thread.on('message', (message: FromEngine) => said.push(message));
  const next = async (): Promise<FromEngine> => {
    const [message] = (await once(thread, 'message')) as [FromEngine];
    return message;
  };
  const giveHost = () => {
    const { port1, port2 } = new MessageChannel();
    serveHost(port1, host);
    thread.postMessage({ type: 'host' }, [port2]);
  };
  const openWindow = (): { client: Client; port: MessagePort } => {
    const { port1, port2 } = new MessageChannel();
    const client: Client = createORPCClient(new RPCLink({ port: port1 }));
    port1.start();
    thread.postMessage({ type: 'window' }, [port2]);
    return { client, port: port1 };
  };
  return { thread, host, said, next, giveHost, openWindow };
}

function serveHost(port: MessagePort, { keyRing, desktop }: ReturnType<typeof fakeHost>) {
  const os = implement(hostContract);
  const router = os.router({
    keyRing: {
      status: os.keyRing.status.handler(() => keyRing.status()),
      unlock: os.keyRing.unlock.handler(() => keyRing.unlock()),
      seal: os.keyRing.seal.handler(({ input }) => keyRing.seal(input)),
      open: os.keyRing.open.handler(({ input }) => keyRing.open(input)),
    },
    desktop: {
      openInBrowser: os.desktop.openInBrowser.handler(({ input }) => desktop.openInBrowser(input)),
      saveTextFile: os.desktop.saveTextFile.handler(({ input }) => desktop.saveTextFile(input)),
      saveBytes: os.desktop.saveBytes.handler(({ input }) => desktop.saveBytes(input)),
      openSaveFile: os.desktop.openSaveFile.handler(({ input }) => desktop.openSaveFile(input)),
      writeSaveFile: os.desktop.writeSaveFile.handler(({ input }) => desktop.writeSaveFile(input)),
      closeSaveFile: os.desktop.closeSaveFile.handler(({ input }) => desktop.closeSaveFile(input)),
      showSecret: os.desktop.showSecret.handler(({ input }) => desktop.showSecret(input)),
      copySecret: os.desktop.copySecret.handler(({ input }) => desktop.copySecret(input)),
      resolveProxy: os.desktop.resolveProxy.handler(({ input }) => desktop.resolveProxy(input)),
      runSandbox: os.desktop.runSandbox.handler(({ input }) => desktop.runSandbox(input)),
      notify: os.desktop.notify.handler(({ input }) => desktop.notify(input)),
      setAppearance: os.desktop.setAppearance.handler(({ input }) => desktop.setAppearance(input)),
    },
  });
  new RPCHandler(router).upgrade(port);
  port.start();
}

describe('the engine on its thread', () => {
  it('starts with the host, serves windows and stops cleanly', async () => {
    const options = engineOptions();
    const { thread, host, next, giveHost, openWindow } = startThread(options);
    // It is not ready yet: its calls wait in the port.
    const early = openWindow();
    const info = early.client.app.info();
    giveHost();
    const ready = await next();
    expect(ready).toMatchObject({
      type: 'ready',
      url: expect.stringMatching(/^http:\/\/localhost:\d+\/$/) as string,
    });
    expect(await info).toMatchObject({
      dataDir: options.dataDir,
      keyProtection: 'key-ring',
      hasDesktop: true,
    });
    expect(host.appearances).toEqual(['system']);

    const { client } = openWindow();
    const changes = await client.app.changes();
    const made = await client.keys.generate({ name: 'Shop', subject: 'mailto:me@example.com' });
    // What the engine just did on its own may come first, separately.
    for await (const { topics } of changes) if (topics.includes('keys')) break;
    expect(await early.client.keys.list()).toEqual([made]);
    const refusal: unknown = await client.keys.remove({ id: made.id + 1 }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ORPCError);
    expect(refusal).toMatchObject({ code: 'NOT_FOUND', defined: true, data: { code: 'key-pair-unknown' } });
    await client.keys.export({ id: made.id });
    expect([...host.saved.values()].join('')).toContain(made.publicKey);

    const ended = once(thread, 'exit');
    thread.postMessage({ type: 'stop' });
    expect(await next()).toEqual({ type: 'stopped' });
    expect(await ended).toEqual([0]);
    expect(existsSync(path.join(options.dataDir, 'pushdesk.db-wal'))).toBe(false);
    expect(statSync(path.join(options.dataDir, 'private-keys.json')).mode & 0o777).toBe(0o600);
  });

  it('tells why it cannot start', async () => {
    const options = engineOptions();
    mkdirSync(options.dataDir, { recursive: true });
    writeFileSync(path.join(options.dataDir, 'pushdesk.db'), 'This is no database. '.repeat(500));
    const { next, giveHost } = startThread(options);
    giveHost();
    expect(await next()).toMatchObject({ type: 'failed', problem: { code: 'store-damaged' } });
  });

  it('tells that its folder cannot be used, even for a log', async () => {
    const options = engineOptions();
    writeFileSync(options.dataDir, 'a file, not a folder');
    const { next } = startThread(options);
    expect(await next()).toMatchObject({ type: 'failed', problem: { code: 'folder-not-writable' } });
  });

  it('can be started again on the same folder after its thread was ended', async () => {
    const options = engineOptions();
    const first = startThread(options);
    first.giveHost();
    expect(await first.next()).toMatchObject({ type: 'ready' });
    const { client } = first.openWindow();
    const made = await client.keys.generate({ name: 'Shop', subject: 'mailto:me@example.com' });
    await first.thread.terminate();

    const second = startThread(options);
    second.giveHost();
    expect(await second.next()).toMatchObject({ type: 'ready' });
    expect(await second.openWindow().client.keys.list()).toEqual([made]);
  });

  it('outlives a window that goes away in the middle of a stream', async () => {
    const { next, giveHost, openWindow } = startThread(engineOptions());
    giveHost();
    await next();
    const gone = openWindow();
    await gone.client.app.changes();
    gone.port.close();
    const { client } = openWindow();
    expect((await client.server.status()).state).toBe('running');
  });

  it('closes the port of a window that sends what is no frame, and that port alone', async () => {
    const options = engineOptions();
    const { thread, next, giveHost, openWindow } = startThread(options);
    const fell: unknown[] = [];
    thread.on('error', (error) => fell.push(error));
    giveHost();
    await next();
    const other = openWindow();
    const changes = await other.client.app.changes();
    for (const frame of MALFORMED) {
      const { port } = openWindow();
      const closed = once(port, 'close');
      port.postMessage(frame);
      await closed;
    }
    const valid = (id: string) => JSON.stringify({ i: id, p: { u: '/app/info' } });
    const open: MessagePort[] = [];
    for (const frame of fc.sample(wildFrame(valid), 10_000)) {
      const { port } = openWindow();
      open.push(port);
      port.postMessage(frame);
    }
    const made = await other.client.keys.generate({ name: 'Shop', subject: 'mailto:me@example.com' });
    for await (const { topics } of changes) if (topics.includes('keys')) break;
    expect(await openWindow().client.keys.list()).toEqual([made]);
    for (const port of open) port.close();
    expect(fell).toEqual([]);
    const log = readFileSync(path.join(options.dataDir, 'pushdesk.log'), 'utf8');
    const told = log.split('\n').filter((line) => line.includes('its port was closed'));
    expect(told).toHaveLength(10);
    expect(log).not.toContain('app/info');
  });

  it('ends a flood of calls that look well, and nothing else', async () => {
    const { next, giveHost, openWindow } = startThread(engineOptions());
    giveHost();
    await next();
    const flood = openWindow().port;
    const closed = once(flood, 'close');
    for (let id = 0; id < 100_000; id += 1)
      flood.postMessage(JSON.stringify({ i: id.toString(36), p: { u: '/app/changes' } }));
    await closed;
    expect((await openWindow().client.server.status()).state).toBe('running');
  });

  it('is not disturbed by messages that it does not know', async () => {
    const { thread, next, giveHost, openWindow } = startThread(engineOptions());
    for (const message of [null, 'stop', { type: 'explode' }, { type: 'window' }, []])
      thread.postMessage(message);
    giveHost();
    giveHost();
    expect(await next()).toMatchObject({ type: 'ready' });
    expect(await openWindow().client.keys.list()).toEqual([]);
  });
});

it('writes its log beside the store, for this user only', async () => {
  const options = engineOptions();
  const { next, giveHost } = startThread(options);
  giveHost();
  await next();
  const file = path.join(options.dataDir, 'pushdesk.log');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  for (const line of readFileSync(file, 'utf8').trim().split('\n'))
    expect(JSON.parse(line)).toBeTypeOf('object');
});
