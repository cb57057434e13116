import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import { payloadFormatSchema, type PayloadFormat } from '../../electron/contract/message.ts';
import { OWN_FORMAT_EXAMPLE } from '../../electron/core/message/formats/own.ts';
import { launchFirefox, type Firefox } from './support/firefox.ts';
import { startKitEngine, type KitEngine } from './support/kit-engine.ts';
import { deleteAllCaches, kitState, pressKit, whenKit } from './support/kit-page.ts';
import { html, serveKitSite, type KitSite } from './support/kit-site.ts';
import {
  IMPORT_LINES,
  OTHER_FILE,
  OTHER_KEY,
  OTHER_WORKER,
  scopesOf,
  subscribeElsewhere,
} from './support/other-sender.ts';
import { addReactPage } from './support/react-site.ts';
import { addAngularWorker, addWorkboxWorker } from './support/site-workers.ts';
import { codeBelow } from './support/your-site-doc.ts';

/** A real Firefox on somebody's own site, the whole engine on another origin, and a push service between them. */
let engine: KitEngine;
let site: KitSite;
let firefox: Firefox;
let page: Page;
let publicKey: string;

beforeAll(async () => {
  engine = await startKitEngine();
  publicKey = engine.publicKey;
  firefox = await launchFirefox({ autopushUrl: engine.service.autopush.url });
  page = await firefox.newPage();
  await engine.service.autopush.whenHello();
});
afterAll(async () => {
  await firefox.close();
  await engine.close();
});
// Another port is another site: nothing is left from the test before.
beforeEach(async () => {
  site = await serveKitSite(engine.kitDir);
});
afterEach(async () => {
  await page.goto('about:blank');
  await site.close();
});

const SCRIPT = '<script src="/pushdesk/pushdesk.js"></script>';
const own = () => ({ engine: engine.url, publicKey });
const rows = async () => (await engine.client.subscriptions.list({ limit: 50 })).items;
const newest = async () => (await rows()).toSorted((one, other) => other.id - one.id)[0];
const sendTo = async (
  title: string,
  url = '/news.html',
  more: { format?: PayloadFormat; ownFormat?: string } = {},
) => {
  const row = await newest();
  return engine.client.campaigns.start({
    requestId: crypto.randomUUID(),
    message: { title, body: 'Hello', url, ...more },
    audience: { kind: 'chosen', ids: [row?.id ?? 0] },
  });
};
const open = async (body: string) => {
  site.files.set('/index.html', html(body));
  site.files.set('/news.html', html('<h1>News</h1>'));
  await page.goto(site.url);
};
const docCode = (heading: string, index = 0) => codeBelow(heading, own())[index]?.text ?? '';

describe('the kit on a site of one’s own, in real Firefox', () => {
  it('leads from topics to a row with tags, a notification, a click to the right place, and out again', async () => {
    await open(docCode('A page'));
    await whenKit(page, { state: 'off', problem: '' });
    expect((await rows()).length).toBe(0);
    await page.evaluate(() => {
      const root = document.querySelector('pushdesk-subscribe')?.shadowRoot;
      root?.querySelector<HTMLInputElement>('input[value=offers]')?.click();
    });
    await pressKit(page);
    await whenKit(page, { state: 'on', problem: '' });
    expect(await rows()).toMatchObject([
      { state: 'active', tags: ['news'], attributes: { browser: 'Firefox' } },
    ]);

    await page.evaluate(() => {
      const root = document.querySelector('pushdesk-subscribe')?.shadowRoot;
      for (const box of root?.querySelectorAll('input') ?? []) box.click();
    });
    await expect.poll(async () => (await rows())[0]?.tags).toEqual(['offers']);

    const { id } = await sendTo('From the kit');
    await firefox.whenAlert('From the kit');
    await firefox.clickAlert('From the kit');
    await expect.poll(() => firefox.tabs()).toContain(`${site.url}news.html`);
    await expect
      .poll(() => engine.client.receipts.ofCampaign({ id }))
      .toMatchObject({ asked: true, canReport: 1, received: 1, shown: 1, clicked: 1 });

    for (const format of payloadFormatSchema.options.filter((one) => one !== 'pushdesk')) {
      const title = `In the format ${format}`;
      const sent = await sendTo(title, `/news.html?format=${format}`, {
        format,
        ownFormat: OWN_FORMAT_EXAMPLE,
      });
      expect(await firefox.whenAlert(title)).toMatchObject({ body: 'Hello' });
      await firefox.clickAlert(title);
      await expect.poll(() => firefox.tabs()).toContain(`${site.url}news.html?format=${format}`);
      await expect
        .poll(() => engine.client.receipts.ofCampaign({ id: sent.id }))
        .toMatchObject({ asked: true, shown: 1, clicked: 1 });
    }

    await page.bringToFront();
    await pressKit(page);
    await whenKit(page, { state: 'off', problem: '' });
    expect(await rows()).toMatchObject([{ state: 'unsubscribed' }]);
    expect(await kitState(page)).toMatchObject({ json: null });
  });

  it('works with a button of one’s own, as the docs have it', async () => {
    await open(docCode('A button of your own'));
    await page.click('#notify');
    await expect.poll(() => page.$eval('#notify', (button) => button.textContent)).toBe('Stop notifications');
    expect(await newest()).toMatchObject({ state: 'active', tags: ['news'] });
    await sendTo('Own button');
    await firefox.whenAlert('Own button');
    await page.click('#notify');
    await expect.poll(async () => (await newest())?.state).toBe('unsubscribed');
  });

  it('works in React, bundled by Vite, as the docs have it', async () => {
    await addReactPage(site, docCode('React with Vite'));
    await page.goto(site.url);
    const button = await page.waitForSelector('button');
    await button?.click();
    await expect
      .poll(() => page.$eval('button', ({ textContent }) => textContent))
      .toBe('Stop notifications');
    expect(await newest()).toMatchObject({ state: 'active', tags: ['news'] });
    await sendTo('From React');
    await firefox.whenAlert('From React');
  });

  it.each([
    ['imported as the first line', 0, 1],
    ['called by the worker itself', 3, 1],
  ])('shows a message once with a worker that is there already: %s', async (_how, index) => {
    site.files.set('/sw.js', `${docCode('An existing service worker', index)}\n${OTHER_WORKER}`);
    await open(
      `<script>navigator.serviceWorker.register('/sw.js');</script>${docCode('An existing service worker', 1)}`,
    );
    await whenKit(page, { state: 'off' });
    await pressKit(page);
    await whenKit(page, { state: 'on', problem: '' });
    const title = `Once, way ${index}`;
    await sendTo(title);
    await firefox.whenAlert(title);
    expect((await firefox.alerts()).filter((alert) => alert.title === title)).toHaveLength(1);
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(
      1,
    );
  });

  it.each([
    ['Angular', addAngularWorker, 2],
    ['Workbox', addWorkboxWorker, 0],
  ])(
    'leaves the real worker of %s its work, shows once, opens on a click and reports',
    async (name, add, index) => {
      site.files.set('/news.html', html('<h1>News</h1>'));
      site.files.set(
        '/index.html',
        html(
          `<script>navigator.serviceWorker.register('/sw.js');</script>${docCode('An existing service worker', 1)}`,
        ),
      );
      const worker = await add(site, docCode('An existing service worker', index), [
        '/index.html',
        '/news.html',
      ]);
      await page.goto(site.url);
      await whenKit(page, { state: 'off' });
      // Loaded any sooner, the page would stay without the worker.
      await worker.whenActive(page);
      await page.reload();
      await worker.whenWorking(page);
      await pressKit(page);
      await whenKit(page, { state: 'on', problem: '' });
      const title = `Beside ${name}`;
      const { id } = await sendTo(title, '/news.html?from=push');
      await firefox.whenAlert(title);
      expect((await firefox.alerts()).filter((alert) => alert.title === title)).toHaveLength(1);
      await firefox.clickAlert(title);
      await expect.poll(() => firefox.tabs()).toContain(`${site.url}news.html?from=push`);
      await expect
        .poll(() => engine.client.receipts.ofCampaign({ id }))
        .toMatchObject({ received: 1, shown: 1, clicked: 1 });
      await page.bringToFront();
      await worker.whenWorking(page);
    },
  );

  it('follows a changed key on the next visit, and retires the old subscription', async () => {
    await open(docCode('A page'));
    await pressKit(page);
    await whenKit(page, { state: 'on', problem: '' });
    const before = await newest();
    const pair = await engine.client.keys.generate({ name: 'Next', subject: 'mailto:owner@example.com' });
    await engine.client.keys.use({ id: pair.id });
    try {
      await page.reload();
      await whenKit(page, { state: 'on', problem: '' });
      await expect.poll(async () => (await newest())?.id).not.toBe(before?.id);
      const after = await newest();
      expect(after).toMatchObject({ state: 'active', publicKey: pair.publicKey, tags: before?.tags });
      expect((await rows()).find(({ id }) => id === before?.id)).toMatchObject({ state: 'unsubscribed' });
      await sendTo('With the new key');
      await firefox.whenAlert('With the new key');
      expect((await engine.client.keys.rotations())[0]).toMatchObject({
        from: { publicKey },
        to: { id: pair.id },
        moved: 1,
      });
    } finally {
      const first = (await engine.client.keys.list()).find(({ publicKey: key }) => key === publicKey);
      await engine.client.keys.use({ id: first?.id ?? 0 });
    }
    // And back again when the person goes back.
    await page.reload();
    await expect.poll(async () => (await newest())?.publicKey).toBe(publicKey);
    expect((await engine.client.keys.rotations())[0]).toMatchObject({ state: 'finished', moved: 1, left: 0 });
  });

  it('takes over from another sender without a press: renews what its worker holds, keeps what its replaced file runs', async () => {
    site.files.set(OTHER_FILE, OTHER_WORKER);
    await open('<h1>Before</h1>');
    const theirs = await subscribeElsewhere(page, OTHER_FILE, OTHER_KEY);
    await engine.client.subscriptions.import({ text: theirs, publicKey: OTHER_KEY });
    const imported = await newest();

    // Their file is as it was: ours subscribes beside it, and ends theirs on the next look.
    await open(docCode('A page').replace('<pushdesk-subscribe', `$& take-over="${OTHER_FILE}"`));
    await whenKit(page, { state: 'on', problem: '' });
    await expect.poll(async () => (await newest())?.id).not.toBe(imported?.id);
    expect(await newest()).toMatchObject({ state: 'active', publicKey });
    expect((await rows()).find(({ id }) => id === imported?.id)).toMatchObject({ state: 'unsubscribed' });
    await page.reload();
    await whenKit(page, { state: 'on', problem: '' });
    expect(await scopesOf(page)).toEqual([`${site.url}pushdesk/`]);

    // On another visitor's browser, say at another site, their key is held here and their file runs the kit.
    await page.goto('about:blank');
    await site.close();
    site = await serveKitSite(engine.kitDir);
    site.files.set(OTHER_FILE, OTHER_WORKER);
    await open('<h1>Before</h1>');
    const kept = await subscribeElsewhere(page, OTHER_FILE, publicKey);
    await engine.client.subscriptions.import({ text: kept, publicKey });
    const row = await newest();
    const count = (await rows()).length;
    site.files.set(OTHER_FILE, IMPORT_LINES);
    await open(docCode('A page').replace('<pushdesk-subscribe', `$& take-over="${OTHER_FILE}"`));
    await whenKit(page, { state: 'on', problem: '' });
    expect((await rows()).length).toBe(count);
    expect(await newest()).toMatchObject({ id: row?.id, state: 'active' });
    expect(await scopesOf(page)).toEqual([`${site.url}push/onesignal/`]);
    await sendTo('Kept');
    await firefox.whenAlert('Kept');
    expect(await engine.client.keys.movingIn()).toMatchObject({ kept: 1, renewed: 1 });
  });

  it('follows a subscription that the push service dropped, without a visit', async () => {
    await open(docCode('A page'));
    await pressKit(page);
    await whenKit(page, { state: 'on', problem: '' });
    const before = await newest();
    engine.service.autopush.dropFirefox();
    // The sites of other tests lose theirs too, and follow in an order of their own.
    await expect
      .poll(async () =>
        (await rows())
          .filter(({ id, state }) => id > (before?.id ?? 0) && state === 'active')
          .map(({ tags }) => tags),
      )
      .toContainEqual(before?.tags);
    await expect
      .poll(async () => (await rows()).find(({ id }) => id === before?.id)?.state)
      .toBe('unsubscribed');
  });

  it('subscribes while the engine is away, and tells it on the next visit', async () => {
    await open(docCode('A page'));
    await whenKit(page, { state: 'off' });
    const known = (await rows()).length;
    await engine.client.server.stop();
    await pressKit(page);
    await whenKit(page, { state: 'on', problem: 'engine-unreachable' });
    await deleteAllCaches(page);
    await engine.restart();
    expect((await rows()).length).toBe(known);
    await page.reload();
    await whenKit(page, { state: 'on', problem: '' });
    expect((await rows()).length).toBe(known + 1);

    await engine.client.server.stop();
    await pressKit(page);
    await whenKit(page, { state: 'off' });
    expect(await newest()).toMatchObject({ state: 'active' });
    await deleteAllCaches(page);
    await engine.restart();
    await page.reload();
    await expect.poll(async () => (await newest())?.state).toBe('unsubscribed');
  });

  it('reports what was shown and closed on the next visit, where the engine was away', async () => {
    await open(docCode('A page'));
    await pressKit(page);
    await whenKit(page, { state: 'on', problem: '' });
    await engine.client.server.stop();
    const { id } = await sendTo('Nobody listens');
    await firefox.whenAlert('Nobody listens');
    await firefox.closeAlert('Nobody listens');
    await expect.poll(async () => (await engine.client.campaigns.get({ id })).state).toBe('finished');
    const before = await engine.client.receipts.ofCampaign({ id });
    expect(before).toMatchObject({ accepted: 1, canReport: 1, received: 0, shown: 0, closed: 0 });

    await deleteAllCaches(page);
    await engine.restart();
    await page.reload();
    await expect
      .poll(() => engine.client.receipts.ofCampaign({ id }))
      .toMatchObject({ canReport: 1, received: 1, shown: 1, clicked: 0, closed: 1 });
  });

  it('reports for a worker that shows messages itself', async () => {
    site.files.set('/sw.js', docCode('What people saw'));
    await open(
      `<script>navigator.serviceWorker.register('/sw.js');</script>${docCode('An existing service worker', 1)}`,
    );
    await whenKit(page, { state: 'off' });
    await pressKit(page);
    await whenKit(page, { state: 'on', problem: '' });
    const { id } = await sendTo('Shown by its own worker');
    await firefox.whenAlert('Shown by its own worker');
    await firefox.clickAlert('Shown by its own worker');
    await expect
      .poll(() => engine.client.receipts.ofCampaign({ id }))
      .toMatchObject({ canReport: 1, shown: 1, clicked: 1 });
  });

  it('gives the text to paste where there is no engine', async () => {
    await open(docCode('A page').replace(/engine="[^"]*"/, 'offline'));
    await pressKit(page);
    await whenKit(page, { state: 'on', problem: '' });
    const { json } = await kitState(page);
    const known = (await rows()).length;
    await engine.client.subscriptions.import({ text: json ?? '', publicKey: null });
    expect((await rows()).length).toBe(known + 1);
    expect(await newest()).toMatchObject({ state: 'active', publicKey });
    expect((await newest())?.tags.toSorted()).toEqual(['news', 'offers']);
  });

  it('says so where the site was not named in “Your sites”', async () => {
    await engine.client.app.changeSettings({ sites: [] });
    try {
      await open(`${SCRIPT}<pushdesk-subscribe engine="${engine.url}"></pushdesk-subscribe>`);
      await pressKit(page);
      await whenKit(page, { state: 'off', problem: 'engine-unreachable' });
      // On this machine any page could find out this way that Pushdesk runs here; at a public address it is said.
    } finally {
      await engine.client.app.changeSettings({ sites: ['http://*.localhost'] });
    }
  });
});
