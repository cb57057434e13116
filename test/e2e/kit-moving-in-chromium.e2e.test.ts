import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium, watchServiceWorkers, type Chromium, type PushDelivery } from './support/chromium.ts';
import { standInForKit, type StandIn } from './support/chromium-push.ts';
import { startKitEngine, type KitEngine } from './support/kit-engine.ts';
import { pressKit, whenKit } from './support/kit-page.ts';
import { html, serveKitSite, type KitSite } from './support/kit-site.ts';
import {
  IMPORT_LINES,
  OTHER_FILE,
  OTHER_KEY,
  OTHER_WORKER,
  scopesOf,
  subscribeElsewhere,
} from './support/other-sender.ts';

/** A site where another sender's worker has subscribed visitors in a real Chromium, and which moves to an engine on another origin. */

let engine: KitEngine;
let chromium: Chromium;
let site: KitSite;
let standIn: StandIn;
let page: Page;
let workers: PushDelivery;

beforeAll(async () => {
  engine = await startKitEngine();
  chromium = await launchChromium();
});
afterAll(async () => {
  await chromium.close();
  await engine.close();
});
beforeEach(async () => {
  site = await serveKitSite(engine.kitDir);
  standIn = standInForKit(site, engine.service);
  site.files.set(OTHER_FILE, OTHER_WORKER);
  page = await chromium.newPage(new URL(site.url).origin);
  // The page checks what another sender's worker holds.
  await page.evaluateOnNewDocument(standIn.before(''));
  workers = await watchServiceWorkers(page);
  await open('<h1>Before</h1>');
});
afterEach(async () => {
  await page.close();
  await site.close();
});

async function open(body: string) {
  site.files.set('/index.html', html(body));
  await page.goto(site.url);
}
const openKit = () =>
  open(`<script src="/pushdesk/pushdesk.js"></script>
    <pushdesk-subscribe engine="${engine.url}" public-key="${engine.publicKey}" take-over="${OTHER_FILE}"></pushdesk-subscribe>`);
const rows = async () =>
  (await engine.client.subscriptions.list({ limit: 50 })).items.toSorted((one, other) => other.id - one.id);
/** What their export brings to the store. @returns its row */
async function imported(text: string, publicKey: string) {
  await engine.client.subscriptions.import({ text, publicKey });
  return (await rows())[0];
}
const movingIn = () => engine.client.keys.movingIn();

/** Sends to one row, and hands the worker of that scope what the push service decrypted. @returns the titles that it shows */
async function sendTo(id: number, scope: string, title: string) {
  await engine.client.campaigns.start({
    requestId: crypto.randomUUID(),
    message: { title, body: 'Hello', url: '/news.html' },
    audience: { kind: 'chosen', ids: [id] },
  });
  await expect.poll(() => standIn.newestPayload()).toContain(title);
  await workers.deliverPush(scope, standIn.newestPayload() ?? '');
  return page.evaluate(async (of) => {
    const registration = await navigator.serviceWorker.getRegistration(of);
    return (await registration?.getNotifications())?.map((notification) => notification.title);
  }, scope);
}

describe('moving in from another sender, in real Chromium', () => {
  it('renews without a press what a key of elsewhere holds, and ends their worker on the look after that', async () => {
    const before = await movingIn();
    const row = await imported(await subscribeElsewhere(page, OTHER_FILE, OTHER_KEY), OTHER_KEY);
    const theirs = standIn.endpoint();

    await openKit();
    await whenKit(page, { state: 'on', problem: '' });
    await expect.poll(async () => (await rows())[0]?.id).not.toBe(row?.id);
    const [ours, ...rest] = await rows();
    expect(ours).toMatchObject({ state: 'active', publicKey: engine.publicKey });
    expect(rest.find(({ id }) => id === row?.id)).toMatchObject({ state: 'unsubscribed' });
    expect(standIn.endpoint()).not.toBe(theirs);
    expect((await scopesOf(page)).toSorted()).toEqual([`${site.url}push/onesignal/`, `${site.url}pushdesk/`]);

    await page.reload();
    await whenKit(page, { state: 'on', problem: '' });
    expect(await scopesOf(page)).toEqual([`${site.url}pushdesk/`]);
    expect(await sendTo(ours?.id ?? 0, `${site.url}pushdesk/`, 'Renewed')).toEqual(['Renewed']);
    expect(await movingIn()).toMatchObject({ kept: before.kept, renewed: before.renewed + 1 });
  });

  it('keeps a subscription whose key is held here, with the worker whose file runs the kit', async () => {
    const before = await movingIn();
    const row = await imported(
      await subscribeElsewhere(page, OTHER_FILE, engine.publicKey),
      engine.publicKey,
    );
    const [count, endpoint] = [(await rows()).length, standIn.endpoint()];
    site.files.set(OTHER_FILE, IMPORT_LINES);

    await openKit();
    await whenKit(page, { state: 'on', problem: '' });
    expect((await rows()).length).toBe(count);
    expect((await rows())[0]).toMatchObject({ id: row?.id, state: 'active' });
    expect(standIn.endpoint()).toBe(endpoint);
    expect(await scopesOf(page)).toEqual([`${site.url}push/onesignal/`]);
    expect(await sendTo(row?.id ?? 0, `${site.url}push/onesignal/`, 'Kept')).toEqual(['Kept']);
    await expect.poll(movingIn).toMatchObject({ kept: before.kept + 1, renewed: before.renewed });
  });

  it('asks for a press where the other sender’s visitors have none of theirs left', async () => {
    await page.evaluate(async (file) => void (await navigator.serviceWorker.register(file)), OTHER_FILE);
    await openKit();
    await whenKit(page, { state: 'off', problem: '' });
    expect(await scopesOf(page)).toEqual([`${site.url}push/onesignal/`]);
    await pressKit(page);
    await whenKit(page, { state: 'on', problem: '' });
    expect((await rows())[0]).toMatchObject({ state: 'active', publicKey: engine.publicKey });
    await page.reload();
    await whenKit(page, { state: 'on', problem: '' });
    expect(await scopesOf(page)).toEqual([`${site.url}pushdesk/`]);
  });
});
