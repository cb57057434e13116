import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildSubscribePage } from '../../build/bundle/subscribe-page.mjs';

import { createEngine, type Engine } from '../../electron/engine/engine.ts';
import {
  createPushService,
  type PushService,
} from '../../electron/engine/local-push-service/push-service.ts';
import { capturedLog } from '../../electron/engine/testing/captured-log.ts';
import { WORKER_FILES } from '../../electron/engine/testing/engine-options.ts';
import { launchFirefox, type Firefox } from './support/firefox.ts';
import { whenPageSays } from './support/subscribe-page.ts';

/** Two real browsers, the whole engine with its page, and a push service on this machine between them. */
let folder: string;
let service: PushService;
let engine: Engine;
let url: string;
const browsers: Firefox[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'pushdesk-people-'));
  const subscribePageDir = path.join(folder, 'page');
  const certificate = path.join(folder, 'push-service.pem');
  service = await createPushService();
  await Promise.all([buildSubscribePage(subscribePageDir), service.writeCertificate(certificate)]);
  process.env['PUSHDESK_EXTRA_CA_CERTS'] = certificate;
  engine = await createEngine(
    {
      dataDir: path.join(folder, 'data'),
      version: '0.0.0-test',
      electronVersion: null,
      subscribePageDir,
      port: 0,
      fromEnvironment: { settings: { allowPrivateEndpoints: true }, variables: {} },
    },
    { host: null, log: capturedLog().log, workerFiles: WORKER_FILES },
  );
  url = (await engine.start()).url ?? '';
});
afterAll(async () => {
  delete process.env['PUSHDESK_EXTRA_CA_CERTS'];
  await Promise.all(browsers.map((browser) => browser.close()));
  await engine.stop();
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

async function subscribed(query: string): Promise<Firefox> {
  const firefox = await launchFirefox({ autopushUrl: service.autopush.url });
  browsers.push(firefox);
  const page = await firefox.newPage();
  await service.autopush.whenHello();
  await page.goto(`${url}${query}`);
  await page.waitForFunction(() => document.querySelector('#status')?.getAttribute('data-tone') !== 'busy');
  await page.click('#subscribe');
  await whenPageSays(page, { headline: 'This browser is subscribed', problem: '' });
  return firefox;
}

/** What happens on a phone: the page is opened by the link in the QR code, and the app sees live what is missing until the row is there. */
async function subscribedByQrCode(client: ReturnType<typeof clientOf>): Promise<Firefox> {
  const { token, url: link } = await client.server.watchPhone();
  const seen = async () => (await client.server.phone({ token })).visit;
  const firefox = await launchFirefox({ autopushUrl: service.autopush.url });
  browsers.push(firefox);
  const origin = new URL(link).origin;
  await firefox.setPermission(origin, 'denied');
  const page = await firefox.newPage();
  await service.autopush.whenHello();
  expect(await seen()).toBeNull();
  await page.goto(link);
  await expect
    .poll(async () => (await seen())?.findings)
    .toMatchObject({
      browser: 'firefox',
      isSecure: true,
      hasPush: true,
      permission: 'denied',
      problem: 'denied',
    });
  await firefox.setPermission(origin, 'default');
  await expect.poll(async () => (await seen())?.findings.permission).toBe('default');
  await firefox.setPermission(origin, 'granted');
  await expect
    .poll(async () => (await seen())?.findings)
    .toMatchObject({ permission: 'granted', worker: 'active' });
  expect((await seen())?.subscriptionId).toBeNull();
  await page.waitForFunction(() => document.querySelector('#status')?.getAttribute('data-tone') !== 'busy');
  await page.click('#subscribe');
  await whenPageSays(page, { headline: 'This browser is subscribed', problem: '' });
  await expect.poll(async () => (await seen())?.subscriptionId).toEqual(expect.any(Number));
  const id = (await seen())?.subscriptionId;
  const { items } = await client.subscriptions.list({ limit: 10 });
  expect(items[0]?.id, 'the newest row').toBe(id);
  expect(await client.server.leavePhone({ token })).toEqual({ left: true });
  await page.reload();
  await whenPageSays(page, { headline: 'This browser is subscribed', problem: '' });
  await expect.poll(() => page.evaluate(() => location.hash), { message: 'The link has ended.' }).toBe('');
  return firefox;
}

const clientOf = ({ router }: Engine) => createRouterClient(router);

it('a page with tags makes rows with tags, a segment of them, and a campaign that only that browser shows', async () => {
  const client = clientOf(engine);
  await client.keys.generate({ name: 'Shop', subject: 'mailto:owner@example.com' });
  const tagged = await subscribed('?tags=news,Zoë%20%26%20Co&plan=pro&label=Boss');
  const plain = await subscribedByQrCode(client);

  const { items } = await client.subscriptions.list({ limit: 10 });
  expect(items).toHaveLength(2);
  const [untold, told] = items;
  expect(told?.tags.toSorted()).toEqual(['Zoë & Co', 'news']);
  expect(told?.attributes).toMatchObject({
    plan: 'pro',
    browser: expect.stringContaining('Firefox') as string,
  });
  // A link may not say who somebody is: that is for the owner to say.
  expect(told).toMatchObject({ label: null, externalId: null, state: 'active' });
  expect(untold).toMatchObject({ tags: [], state: 'active' });
  expect(untold?.attributes).not.toHaveProperty('plan');

  const filter = { tagsAllOf: ['NEWS'], attributes: ['plan=pro', 'browser'] };
  const segment = await client.audience.segments.create({ name: 'Pros with news', filter });
  expect(segment).toMatchObject({ count: 1, activeCount: 1 });
  const campaign = await client.campaigns.start({
    requestId: crypto.randomUUID(),
    message: { title: 'For pros', body: 'Only you' },
    audience: { kind: 'matching', anyOf: [{ kind: 'segment', id: segment.id }] },
  });
  expect(campaign.recipients).toBe(1);
  await tagged.whenAlert('For pros');

  await client.campaigns.start({
    requestId: crypto.randomUUID(),
    message: { title: 'For the others', body: 'Not for pros' },
    audience: { kind: 'everyone', leaveOut: [{ kind: 'segment', id: segment.id }] },
  });
  await plain.whenAlert('For the others');
  expect((await tagged.alerts()).map(({ title }) => title)).toEqual(['For pros']);
  expect((await plain.alerts()).map(({ title }) => title)).toEqual(['For the others']);
  await expect
    .poll(async () => (await client.campaigns.get({ id: campaign.id })).audience.text)
    .toBe('Pros with news');
});
