import { writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Topic } from '../../../contract/changes.ts';
import { capturedLog } from '../../testing/captured-log.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { PUBLIC_KEY, REPORT, deafIntake, rememberingIntake } from '../../http/testing/http-app.ts';
import { createServerService } from './server-service.ts';
import type { ServerServiceOptions } from './server-service.ts';

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0)) await undo();
});

async function pageDir() {
  const dir = tempFolder();
  await writeFile(path.join(dir, 'index.html'), '<!doctype html><title>Page</title>');
  await writeFile(path.join(dir, 'sw.js'), '');
  return dir;
}

async function makeService(options: Partial<ServerServiceOptions> = {}) {
  const published: Topic[] = [];
  const opened: string[] = [];
  const { intake, reports } = rememberingIntake();
  const service = createServerService({
    settings: {
      get: () => ({
        serverPort: 4830,
        sites: [],
        publicUrl: null,
        trustedProxies: [],
        publicApi: false,
        remoteWorkspace: false,
        listen: null,
        tlsCert: null,
        tlsKey: null,
      }),
    },
    options: { port: 0 },
    pageDir: await pageDir(),
    subscriptions: { ...intake, idOf: () => null },
    receipts: deafIntake,
    keys: { inUse: () => ({ publicKey: PUBLIC_KEY }) },
    changes: { publish: (...topics) => published.push(...topics) },
    clock: fakeClock(),
    log: capturedLog().log,
    localApi: null,
    tokenProblem: () => null,
    openTo: () => Promise.reject(new Error('This server has no public address.')),
    saveBytes: null,
    openInBrowser: (url) => {
      opened.push(url);
      return Promise.resolve(true);
    },
    ...options,
  });
  cleanUp.push(() => service.stop());
  return { service, published, opened, reports };
}

/** Another program on a port; `host` is where it listens. */
async function occupy(host: string, port = 0): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, ipv6Only: true }, resolve);
  });
  cleanUp.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

describe('start and stop', () => {
  it('serves the page at localhost until it is stopped', async () => {
    const { service, published } = await makeService();
    expect(service.status()).toMatchObject({ state: 'stopped', url: null, port: null, problem: null });

    const status = await service.start();
    expect(status).toMatchObject({ state: 'running', wantedPort: 0, problem: null });
    expect(status.url).toBe(`http://localhost:${status.port ?? 0}/`);
    const answer = await fetch(status.url ?? '');
    expect(await answer.text()).toContain('<title>Page</title>');
    expect(service.requests()).toEqual([
      expect.objectContaining({ id: 1, method: 'GET', path: '/', status: 200, note: 'Subscribe page' }),
    ]);
    expect(published).toEqual(['server', 'requests']);

    expect(await service.stop()).toMatchObject({ state: 'stopped', url: null });
    await expect(fetch(status.url ?? '')).rejects.toThrow();
    expect(service.requests()).toHaveLength(1);
  });

  it('may be started and stopped twice, and again', async () => {
    const { service } = await makeService();
    const [first, second] = await Promise.all([service.start(), service.start()]);
    expect(second.port).toBe(first.port);
    await Promise.all([service.stop(), service.stop()]);
    expect(service.status().state).toBe('stopped');
    expect((await service.start()).state).toBe('running');
  });

  it('keeps the order of presses that come in quick succession', async () => {
    const { service } = await makeService();
    await Promise.all([service.start(), service.stop(), service.start(), service.stop()]);
    expect(service.status().state).toBe('stopped');
  });

  it('does not wait for a connection that somebody holds open', async () => {
    const { service } = await makeService();
    const { port } = await service.start();
    const socket = connect(port ?? 0, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await service.stop();
    await closed;
  });

  it('takes a subscription over the wire', async () => {
    const { service, reports } = await makeService();
    const { url } = await service.start();
    const answer = await fetch(`${url ?? ''}api/subscriptions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(REPORT),
    });
    expect(answer.status).toBe(200);
    expect(reports).toEqual([REPORT]);
  });

  it('answers bytes that are not HTTP with a problem, and goes on', async () => {
    const { service } = await makeService();
    const { port, url } = await service.start();
    const socket = connect(port ?? 0, '127.0.0.1');
    socket.end('\u0000\u0001 nonsense\r\n\r\n');
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toContain('"code":"not-http"');
    expect(service.requests()[0]).toMatchObject({ status: 400, note: 'This is not an HTTP request.' });
    expect((await fetch(`${url ?? ''}healthz`)).status).toBe(200);
  });
});

describe('the port', () => {
  it.each(['127.0.0.1', '::1'])(
    'of the settings moves on when another program has it at %s, and says so',
    async (host) => {
      const wanted = await occupy(host);
      const { service } = await makeService({
        settings: {
          get: () => ({
            serverPort: wanted,
            sites: [],
            publicUrl: null,
            trustedProxies: [],
            publicApi: false,
            remoteWorkspace: false,
            listen: null,
            tlsCert: null,
            tlsKey: null,
          }),
        },
        options: { port: null },
      });
      const status = await service.start();
      expect(status).toMatchObject({
        state: 'running',
        wantedPort: wanted,
        problem: { code: 'port-taken' },
      });
      expect(status.port).not.toBe(wanted);
      expect(status.problem?.cause).toContain(String(wanted));
      expect(status.problem?.cause).toContain(String(status.port));
      expect((await fetch(status.url ?? '')).status).toBe(200);
    },
  );

  it.each(['127.0.0.1', '::1'])(
    'that the environment names is that one or none: another program has it at %s',
    async (host) => {
      const wanted = await occupy(host);
      const { service } = await makeService({ options: { port: wanted } });
      const status = await service.start();
      expect(status).toMatchObject({
        state: 'failed',
        wantedPort: wanted,
        port: null,
        url: null,
        problem: { code: 'named-port-taken' },
      });
      expect(status.problem?.cause).toContain(`PUSHDESK_PORT asks for port ${wanted}`);
      for (const undo of cleanUp.splice(0, 1)) await undo();
      expect(await service.start()).toMatchObject({ state: 'running', port: wanted, problem: null });
    },
  );

  it('comes from the settings unless it is overridden', async () => {
    const settings = {
      get: () => ({
        serverPort: 5_001,
        sites: [],
        publicUrl: null,
        trustedProxies: [],
        publicApi: false,
        remoteWorkspace: false,
        listen: null,
        tlsCert: null,
        tlsKey: null,
      }),
    };
    const byDefault = await makeService({ settings, options: { port: null } });
    expect(byDefault.service.status().wantedPort).toBe(5_001);
    const overridden = await makeService({ settings, options: { port: 5_002 } });
    expect(overridden.service.status().wantedPort).toBe(5_002);
  });
});

describe('what cannot be done', () => {
  it('does not start without the page, and says what is missing', async () => {
    const { service } = await makeService({ pageDir: tempFolder() });
    expect(await service.start()).toMatchObject({
      state: 'failed',
      url: null,
      problem: { code: 'page-missing' },
    });
    expect((await service.stop()).state).toBe('stopped');
  });

  it('opens the page in the browser only while it runs', async () => {
    const { service, opened } = await makeService();
    await expect(service.openSubscribePage()).rejects.toMatchObject({ kind: 'CONFLICT' });
    const { url } = await service.start();
    expect(await service.openSubscribePage()).toEqual({ url });
    expect(opened).toEqual([url]);
  });

  it.each([
    ['there is no desktop', null],
    ['the system cannot', () => Promise.resolve(false)],
  ])('gives the address when %s', async (_why, openInBrowser) => {
    const { service } = await makeService({ openInBrowser });
    const { url } = await service.start();
    const error: unknown = await service.openSubscribePage().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ kind: 'UNAVAILABLE', problem: { code: 'no-browser' } });
    expect(JSON.stringify(error)).toContain(url);
  });
});

describe('the kit', () => {
  it('is told the public address before that of this machine, and the key in use', async () => {
    const { service } = await makeService();
    expect(service.kit()).toEqual({ engine: null, isPublic: false, publicKey: PUBLIC_KEY });
    await service.start();
    expect(service.kit()).toMatchObject({ engine: service.status().url, isPublic: false });
    const { service: open } = await makeService({
      settings: {
        get: () => ({
          serverPort: 0,
          sites: [],
          publicUrl: 'https://push.example.org',
          trustedProxies: [],
          publicApi: false,
          remoteWorkspace: false,
          listen: null,
          tlsCert: null,
          tlsKey: null,
        }),
      },
    });
    expect(open.kit()).toMatchObject({ engine: 'https://push.example.org/', isPublic: true });
  });

  it('is saved as a zip where the person chooses, and only with a key pair and a desktop', async () => {
    const saved: { suggestedName: string; base64: string }[] = [];
    const saveBytes: ServerServiceOptions['saveBytes'] = (file) => {
      saved.push(file);
      return Promise.resolve({ path: '/home/ada/pushdesk.zip' });
    };
    const { service } = await makeService({ saveBytes });
    expect(await service.saveKit()).toEqual({ path: '/home/ada/pushdesk.zip' });
    expect(saved[0]?.suggestedName).toBe('pushdesk.zip');
    expect(
      Buffer.from(saved[0]?.base64 ?? '', 'base64')
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    const without = await makeService({ saveBytes, keys: { inUse: () => null } });
    await expect(without.service.saveKit()).rejects.toMatchObject({ problem: { code: 'no-key-pair' } });
    const headless = await makeService({ saveBytes: null });
    await expect(headless.service.saveKit()).rejects.toMatchObject({ problem: { code: 'no-desktop' } });
  });
});
