import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeHost } from './testing/fake-host.ts';
import { browserSubscription } from './testing/browser-subscription.ts';
import { engineOptions } from './testing/engine-options.ts';
import { tempEngine } from './testing/temp-engine.ts';

const subject = 'mailto:me@example.com';

it('leads from nothing to a subscription that a browser reported', async () => {
  const { client, engine } = await tempEngine();
  const { url } = await engine.start();
  expect((await client.app.overview()).steps).toEqual({ keys: false, subscription: false, send: false });
  const pair = await client.keys.generate({ name: 'Shop', subject });
  const config: unknown = await (await fetch(new URL('config.json', url ?? ''))).json();
  expect(config).toMatchObject({ publicKey: pair.publicKey });

  const subscription = browserSubscription();
  const body = JSON.stringify({ subscription, publicKey: pair.publicKey });
  const post = () =>
    fetch(new URL('api/subscriptions', url ?? ''), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
  expect((await post()).status).toBe(200);
  expect((await post()).status).toBe(200);
  const { items } = await client.subscriptions.list({ filter: {} });
  expect(items).toMatchObject([{ endpoint: subscription.endpoint, keyPairId: pair.id, state: 'active' }]);
  expect((await client.app.overview()).steps).toEqual({ keys: true, subscription: true, send: false });
  expect(await client.keys.list()).toMatchObject([{ subscriptions: { active: 1, total: 1 } }]);
  await expect(client.keys.remove({ id: pair.id })).rejects.toMatchObject({ code: 'CONFLICT' });
});

it('comes back with everything after a stop', async () => {
  const options = engineOptions();
  const first = await tempEngine({ options });
  const pair = await first.client.keys.generate({ name: 'Shop', subject });
  await first.client.app.changeSettings({ appearance: 'dark', serverOn: false });
  await first.client.subscriptions.import({ text: JSON.stringify(browserSubscription()), publicKey: null });
  await first.engine.stop();
  await first.engine.stop();

  const second = await tempEngine({ options, host: fakeHost() });
  expect(await second.engine.start()).toMatchObject({ state: 'stopped', url: null });
  expect(await second.client.keys.list()).toEqual([pair]);
  expect(await second.client.app.settings()).toMatchObject({ appearance: 'dark', serverOn: false });
  expect((await second.client.subscriptions.counts({ filter: {} })).matching).toBe(1);
});

it('serves without a desktop whatever the settings say, since nobody could switch it on', async () => {
  const { client, engine } = await tempEngine();
  await client.app.changeSettings({ serverOn: false });
  expect(await engine.start()).toMatchObject({ state: 'running' });
});

it('ends an import when it stops, and keeps what was stored', async () => {
  const options = engineOptions();
  const first = await tempEngine({ options });
  const text = Array.from({ length: 2000 }, () => JSON.stringify(browserSubscription())).join('\n');
  const importing = first.client.subscriptions.import({ text, publicKey: null });
  const outcome = importing.catch((error: unknown) => error);
  await new Promise((resolve) => setImmediate(resolve));
  await first.engine.stop();
  expect(await outcome).toMatchObject({ name: 'AbortError' });
  expect(first.captured.text()).not.toContain('a procedure failed');

  const second = await tempEngine({ options });
  const { matching } = await second.client.subscriptions.counts({ filter: {} });
  expect(matching).toBeGreaterThan(0);
  expect(matching).toBeLessThan(2000);
});

it('tells of long work on subscriptions, and stops erasing between two pieces', async () => {
  const { client, engine, captured } = await tempEngine();
  expect(await client.app.longWork()).toEqual({ importing: false, erasing: false });
  const text = Array.from({ length: 1500 }, () => JSON.stringify(browserSubscription())).join('\n');
  const importing = client.subscriptions.import({ text, publicKey: null });
  await expect.poll(() => client.app.longWork()).toEqual({ importing: true, erasing: false });
  await importing;
  const { items } = await client.subscriptions.list({ limit: 500 });
  const erasing = client.subscriptions.erase({ ids: items.map(({ id }) => id) });
  await expect.poll(() => client.app.longWork()).toEqual({ importing: false, erasing: true });
  const outcome = erasing.catch((error: unknown) => error);
  await engine.stop();
  await outcome;
  expect(captured.text()).not.toContain('a procedure failed');
});

it('tells how it is protected, and what it may reach', async () => {
  const headless = await tempEngine();
  await headless.client.keys.generate({ name: 'Shop', subject });
  const info = await headless.client.app.info();
  expect(info).toMatchObject({
    version: '0.0.0-test',
    keyProtection: 'file',
    privateEndpointsAllowed: false,
    storeProblem: null,
    clockProblem: null,
    damageProblem: null,
    folderProblem: null,
    hasDesktop: false,
    runtime: { electron: null, node: process.versions.node },
  });
  expect(statSync(info.keyFile).mode & 0o777).toBe(0o600);
  await headless.client.app.changeSettings({ allowPrivateEndpoints: true });
  expect((await headless.client.app.info()).privateEndpointsAllowed).toBe(true);

  const desktop = await tempEngine({ host: fakeHost() });
  expect(await desktop.client.app.info()).toMatchObject({ keyProtection: 'key-ring', hasDesktop: true });
  const allowed = await tempEngine({ options: engineOptions({ allowPrivateEndpoints: true }) });
  expect((await allowed.client.app.info()).privateEndpointsAllowed).toBe(true);
});

it('takes endpoints at private addresses only when that is allowed, from the next import on', async () => {
  const { client } = await tempEngine();
  const text = JSON.stringify(browserSubscription({ host: '127.0.0.1:8443/push' }));
  expect(await client.subscriptions.import({ text, publicKey: null })).toMatchObject({ badCount: 1 });
  await client.app.changeSettings({ allowPrivateEndpoints: true });
  expect(await client.subscriptions.import({ text, publicKey: null })).toMatchObject({ addedCount: 1 });
});

it('gives the desktop its appearance at the start and at each change, and does without one that fails', async () => {
  const host = fakeHost();
  const { client, engine } = await tempEngine({ host });
  await engine.start();
  await client.app.changeSettings({ appearance: 'light' });
  expect(host.appearances).toEqual(['system', 'light']);

  const broken = fakeHost();
  broken.desktop.setAppearance = () => Promise.reject(new Error('no window'));
  const other = await tempEngine({ host: broken });
  expect((await other.engine.start()).state).toBe('running');
});

it('does not start on a damaged store or key file, and lets go of the folder', async () => {
  for (const [file, code] of [
    ['pushdesk.db', 'store-damaged'],
    ['private-keys.json', 'key-file-damaged'],
  ] as const) {
    const options = engineOptions();
    mkdirSync(options.dataDir, { recursive: true });
    const damaged = path.join(options.dataDir, file);
    writeFileSync(damaged, 'rubbish '.repeat(1000));
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(tempEngine({ options })).rejects.toMatchObject({ kind: 'UNAVAILABLE', problem: { code } });
    }
  }
});

it('is alone on its folder', async () => {
  const options = engineOptions();
  await tempEngine({ options });
  await expect(tempEngine({ options })).rejects.toMatchObject({ problem: { code: 'folder-in-use' } });
});

it('asks for the pictures of its own page, and for none at other private addresses', async () => {
  const { client, engine } = await tempEngine();
  const { url } = await engine.start();
  const own = await client.campaigns.checkPictures({ iconUrl: url ?? '' });
  expect(own.warnings.map(({ code }) => code)).toEqual(['picture-not-an-image']);
  const other = await client.campaigns.checkPictures({ iconUrl: 'http://localhost:1/icon.png' });
  expect(other.warnings.map(({ code }) => code)).toEqual(['picture-private-address']);
});

it('sends and looks for pictures by the proxy that the system names, and blames that when it is down', async () => {
  const host = fakeHost({ proxy: 'PROXY 127.0.0.1:9' });
  const { client, engine } = await tempEngine({ host });
  await engine.start();
  const pair = await client.keys.generate({ name: 'Shop', subject });
  const text = JSON.stringify(browserSubscription());
  await client.subscriptions.import({ text, publicKey: pair.publicKey });
  const campaign = await client.campaigns.start({
    requestId: randomUUID(),
    message: { title: 'Hello' },
    audience: { kind: 'everyone' },
  });
  await expect
    .poll(
      async () => (await client.campaigns.deliveries({ campaignId: campaign.id })).items[0]?.diagnosis?.code,
    )
    .toBe('proxy-unreachable');
  expect((await client.subscriptions.list({ filter: {} })).items).toMatchObject([{ state: 'active' }]);
  const pictures = await client.campaigns.checkPictures({ iconUrl: 'https://shop.example/icon.png' });
  expect(pictures).toEqual({ reachable: [], warnings: [], isOffline: true });
  expect(host.proxied).toEqual(['https://fcm.googleapis.com/', 'https://shop.example/']);
});

it('makes and keeps every file closed to others, in a folder that was there with wide rights', async () => {
  const options = engineOptions();
  mkdirSync(options.dataDir, { recursive: true });
  chmodSync(options.dataDir, 0o755);
  // What an earlier version left behind.
  for (const name of ['pushdesk.lock', 'pushdesk.old.log', 'window.json']) {
    writeFileSync(path.join(options.dataDir, name), '');
    chmodSync(path.join(options.dataDir, name), 0o644);
  }
  const { client } = await tempEngine({ options });
  await client.keys.generate({ name: 'Shop', subject: 'mailto:you@example.com' });
  const modes = () =>
    readdirSync(options.dataDir).map((name) => [
      name,
      (statSync(path.join(options.dataDir, name)).mode & 0o077).toString(8),
    ]);
  expect(modes().map(([name]) => name)).toEqual(
    expect.arrayContaining(['pushdesk.db', 'pushdesk.db-wal', 'pushdesk.db-shm', 'pushdesk.lock']),
  );
  expect(modes().filter(([, others]) => others !== '0')).toEqual([]);

  expect((await client.app.info()).folderProblem).toMatchObject({ code: 'data-folder-open' });
  chmodSync(options.dataDir, 0o700);
  expect((await client.app.info()).folderProblem).toBeNull();
});

describe('on a folder whose keys a desktop has sealed', () => {
  async function sealed() {
    const options = engineOptions();
    const { client, engine } = await tempEngine({ host: fakeHost(), options });
    await client.keys.generate({ name: 'Shop', subject });
    await engine.stop();
    return options;
  }
  const message = { title: 'Hello' };
  const audience = { kind: 'everyone' as const };

  it('the headless engine says so, and never that there are no keys', async () => {
    const { client } = await tempEngine({ options: await sealed() });
    const { blockers } = await client.campaigns.preflight({ message, audience });
    expect(blockers.map(({ code }) => code)).toEqual(['private-key-no-key-ring']);
    expect(JSON.stringify(blockers)).not.toMatch(/generate|on Keys/i);
    const { steps, keyProblem } = await client.app.overview();
    expect(steps.keys).toBe(false);
    expect(keyProblem?.code).toBe('private-key-no-key-ring');
  });

  it('the app asks for a locked key ring once it has started, and can then sign', async () => {
    const host = fakeHost({ locked: true });
    const { client, engine } = await tempEngine({ host, options: await sealed() });
    expect(host.asked).toEqual([]);
    expect((await client.keys.list())[0]?.privateHalf).toBe('locked');
    await engine.start();
    await expect.poll(async () => (await client.keys.list())[0]?.privateHalf).toBe('ready');
    expect(host.asked).toEqual(['unlock']);
    expect((await client.app.info()).keyRing).toBe('ready');
  });

  it('the app does not ask where nothing is sealed', async () => {
    const host = fakeHost({ locked: true });
    const { client, engine } = await tempEngine({ host });
    await engine.start();
    expect(host.asked).toEqual([]);
    expect((await client.app.info()).keyRing).toBe('locked');
  });
});
