import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../electron/contract/message.ts';
import { launchChromium, watchServiceWorkers, type Chromium, type PushDelivery } from './support/chromium.ts';
import { standInForKit, type StandIn } from './support/chromium-push.ts';
import { startKitEngine, type KitEngine } from './support/kit-engine.ts';
import { deleteAllCaches, pressKit, readKit, whenKit } from './support/kit-page.ts';
import { html, serveKitSite, type KitSite } from './support/kit-site.ts';
import { startNotificationDaemon, type NotificationDaemon } from './support/notification-daemon.ts';

/**
 * A real Chromium on somebody's own site. The engine sends to the local push service, which decrypts; what it decrypted reaches the worker
 * through DevTools, and the test's own desktop shows what the worker shows.
 */
let engine: KitEngine;
let desktop: NotificationDaemon;
let chromium: Chromium;
let site: KitSite;
let standIn: StandIn;
let page: Page;
let workers: PushDelivery;

beforeAll(async () => {
  [engine, desktop] = await Promise.all([startKitEngine(), startNotificationDaemon()]);
  [chromium, site] = await Promise.all([launchChromium(desktop.env), serveKitSite(engine.kitDir)]);
  standIn = standInForKit(site, engine.service);
  site.files.set(
    '/index.html',
    html(
      `<script src="/pushdesk/pushdesk.js"></script><pushdesk-subscribe engine="${engine.url}"></pushdesk-subscribe>`,
    ),
  );
  site.files.set('/news.html', html('<h1>News</h1>'));
  site.files.set('/read.html', html('<h1>Read</h1>'));
  page = await chromium.newPage(new URL(site.url).origin);
  workers = await watchServiceWorkers(page);
});
beforeEach(async () => {
  await page.bringToFront();
  await page.goto(site.url);
  await expect.poll(async () => (await readKit(page)).state).toMatch(/^(on|off)$/);
  if ((await readKit(page)).state === 'off') await pressKit(page);
  await whenKit(page, { state: 'on', problem: '' });
});
afterAll(async () => {
  await chromium.close();
  await Promise.all([site.close(), engine.close(), desktop.end()]);
});

const newest = async () =>
  (await engine.client.subscriptions.list({ limit: 50 })).items.toSorted(
    (one, other) => other.id - one.id,
  )[0];

/** Sends to the newest subscription, and hands the worker what the push service decrypted. @returns the campaign */
async function sendAndDeliver(title: string, more: Partial<Message> = {}): Promise<number> {
  const row = await newest();
  const { id } = await engine.client.campaigns.start({
    requestId: crypto.randomUUID(),
    message: { title, body: 'Hello', url: '/news.html', ...more },
    audience: { kind: 'chosen', ids: [row?.id ?? 0] },
  });
  await expect.poll(() => standIn.newestPayload()).toContain(title);
  await workers.deliverPush(`${site.url}pushdesk/`, standIn.newestPayload() ?? '');
  await desktop.whenShown(title);
  return id;
}
const receiptsOf = (id: number) => expect.poll(() => engine.client.receipts.ofCampaign({ id }));

describe('what people saw, in real Chromium', () => {
  it('reports received and shown, and a click on the notification, which opens its page', async () => {
    const id = await sendAndDeliver('Pressed');
    await receiptsOf(id).toMatchObject({ canReport: 1, received: 1, shown: 1, clicked: 0, closed: 0 });
    await desktop.press('Pressed');
    await expect.poll(() => chromium.tabs()).toContain(`${site.url}news.html`);
    await receiptsOf(id).toMatchObject({ accepted: 1, received: 1, shown: 1, clicked: 1 });
  });

  it('reports which button was pressed', async () => {
    const id = await sendAndDeliver('With buttons', {
      actions: [
        { title: 'Read it', url: '/read.html' },
        { title: 'Later', url: '' },
      ],
    });
    await desktop.press('With buttons', 'Read it');
    await expect.poll(() => chromium.tabs()).toContain(`${site.url}read.html`);
    await receiptsOf(id).toMatchObject({ clicked: 1, clicks: [{ action: 'action-1', count: 1 }] });
  });

  it('reports that one was closed, and no click', async () => {
    const id = await sendAndDeliver('Closed');
    await desktop.dismiss('Closed');
    await receiptsOf(id).toMatchObject({ received: 1, shown: 1, clicked: 0, closed: 1 });
  });

  it('keeps what happened while the engine was away, and reports it on the next visit', async () => {
    const id = await sendAndDeliver('Nobody listens');
    await receiptsOf(id).toMatchObject({ shown: 1 });
    await engine.client.server.stop();
    await desktop.dismiss('Nobody listens');
    await expect.poll(() => desktop.shown()).toEqual([]);
    expect(await engine.client.receipts.ofCampaign({ id })).toMatchObject({ closed: 0 });
    await deleteAllCaches(page);
    await engine.restart();
    await page.reload();
    await receiptsOf(id).toMatchObject({ shown: 1, clicked: 0, closed: 1 });
  });

  it('reports after a change of the key, from the new subscription', async () => {
    const before = await newest();
    const pair = await engine.client.keys.generate({ name: 'Next', subject: 'mailto:owner@example.com' });
    await engine.client.keys.use({ id: pair.id });
    await page.reload();
    await expect.poll(async () => (await newest())?.publicKey).toBe(pair.publicKey);
    expect((await newest())?.id).not.toBe(before?.id);
    const id = await sendAndDeliver('With the new key');
    await desktop.press('With the new key');
    await receiptsOf(id).toMatchObject({ accepted: 1, received: 1, shown: 1, clicked: 1 });
  });
});
