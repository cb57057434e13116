import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchFirefox, type Firefox } from './support/firefox.ts';
import { startKitEngine, type KitEngine } from './support/kit-engine.ts';
import { kitState, pressKit, whenKit } from './support/kit-page.ts';
import { html, serveKitSite, type KitSite } from './support/kit-site.ts';

/** A real Firefox on somebody's own site, the whole engine on another origin, and a push service between them. */
let engine: KitEngine;
let site: KitSite;
let firefox: Firefox;
let page: Page;

beforeAll(async () => {
  engine = await startKitEngine();
  site = await serveKitSite(engine.kitDir);
  firefox = await launchFirefox({ autopushUrl: engine.service.autopush.url });
  page = await firefox.newPage();
  await engine.service.autopush.whenHello();
});
afterAll(async () => {
  await firefox.close();
  await site.close();
  await engine.close();
});

const ELEMENT = () => `<pushdesk-subscribe engine="${engine.url}" topics="news:News, offers:Special offers"
  attributes="plan=pro"></pushdesk-subscribe>`;

const rows = async () => (await engine.client.subscriptions.list({ limit: 50 })).items;
const send = (title: string, url: string) =>
  engine.client.campaigns.start({
    requestId: crypto.randomUUID(),
    message: { title, body: 'Hello', url },
    audience: { kind: 'everyone' },
  });

beforeEach(async () => {
  site.files.set('/index.html', html(ELEMENT(), '<script src="/pushdesk/pushdesk.js"></script>'));
  site.files.set('/news.html', html('<h1>News</h1>'));
  await page.goto(site.url);
});

it('leads from a page with topics to a row with tags, a notification, a click to the right place, and out again', async () => {
  await whenKit(page, { state: 'off', problem: '' });
  await page.evaluate(() => {
    const root = document.querySelector('pushdesk-subscribe')?.shadowRoot;
    root?.querySelector<HTMLInputElement>('input[value=offers]')?.click();
  });
  await pressKit(page);
  await whenKit(page, { state: 'on', problem: '' });
  expect(await rows()).toMatchObject([
    { state: 'active', tags: ['news'], attributes: { plan: 'pro', browser: 'Firefox' } },
  ]);

  await page.evaluate(() => {
    const root = document.querySelector('pushdesk-subscribe')?.shadowRoot;
    for (const box of root?.querySelectorAll('input') ?? []) box.click();
  });
  await expect.poll(async () => (await rows())[0]?.tags).toEqual(['offers']);

  await send('From the kit', '/news.html');
  await firefox.whenAlert('From the kit');
  await firefox.clickAlert('From the kit');
  await expect.poll(() => firefox.tabs()).toContain(`${site.url}news.html`);

  await page.bringToFront();
  await pressKit(page);
  await whenKit(page, { state: 'off', problem: '' });
  expect(await rows()).toMatchObject([{ state: 'unsubscribed' }]);
  expect(await kitState(page)).toMatchObject({ json: null });
});
