import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchChromium, type Chromium } from './support/chromium.ts';
import { standInForKit } from './support/chromium-push.ts';
import { startKitEngine, type KitEngine } from './support/kit-engine.ts';
import { pressKit, readKit, whenKit } from './support/kit-page.ts';
import { html, serveKitSite, type KitSite } from './support/kit-site.ts';

const SCRIPT = '<script src="/pushdesk/pushdesk.js"></script>';
/** Tells the site whether a visitor was asked for permission, because nothing can be read from a prerendered page. */
const TELLS_OF_ASKING = `<script>
  const ask = Notification.requestPermission.bind(Notification);
  Notification.requestPermission = (...rest) => { void fetch('/asked-permission'); return ask(...rest); };
</script>`;
/** Long after the kit would have looked: it waits for as many answers from the site as a look takes, and more. */
const TELLS_WHEN_SETTLED = `<script>
  addEventListener('load', async () => {
    await fetch('/prerendering/' + document.prerendering);
    for (let turn = 0; turn < 20; turn += 1) await fetch('/turn');
    await fetch('/settled/' + document.querySelector('pushdesk-subscribe').dataset.state);
  });
</script>`;

let engine: KitEngine;
let chromium: Chromium;
let site: KitSite;
let page: Page;
let element: string;

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
  standInForKit(site, engine.service);
  page = await chromium.newPage(new URL(site.url).origin);
  element = `<pushdesk-subscribe engine="${engine.url}" public-key="${engine.publicKey}"></pushdesk-subscribe>`;
});
afterEach(async () => {
  await page.close();
  await site.close();
});

const asks = (path: string) => site.asked.filter((asked) => asked === path).length;
/** How often browsers reported to the engine. */
const told = async () => {
  const requests = await engine.client.server.requests();
  return requests
    .filter(({ method, path }) => method === 'POST' && path === '/api/subscriptions')
    .reduce((sum, { count }) => sum + count, 0);
};
const rowCount = async () => (await engine.client.subscriptions.counts({})).byState;

async function subscribed() {
  site.files.set('/index.html', html(SCRIPT + element));
  await page.goto(site.url);
  await pressKit(page);
  await whenKit(page, { state: 'on', problem: '' });
}

it('a page that is made ahead of a visit asks, subscribes and tells nothing, and looks once when it is visited', async () => {
  await subscribed();
  site.files.set('/next.html', html(TELLS_OF_ASKING + SCRIPT + element + TELLS_WHEN_SETTLED));
  const rules = JSON.stringify({
    prerender: [{ source: 'list', urls: ['/next.html'], eagerness: 'immediate' }],
  });
  site.files.set('/ahead.html', html(`<script type="speculationrules">${rules}</script>`));
  await page.goto(`${site.url}ahead.html`);
  await expect
    .poll(() => site.asked.filter((path) => path.startsWith('/settled/')))
    .toEqual(['/settled/checking']);
  expect(site.asked).toContain('/prerendering/true');
  const [before, rows] = [await told(), await rowCount()];
  await Promise.all([
    page.waitForNavigation(),
    page.evaluate(() => {
      location.href = '/next.html';
    }),
  ]);
  await whenKit(page, { state: 'on', problem: '' });
  // The very page that was prerendered, not another one.
  expect([asks('/next.html'), asks('/asked-permission')]).toEqual([1, 0]);
  await expect.poll(told).toBe(before + 1);
  expect(await rowCount()).toEqual(rows);
});

it('a page that comes back as it was looks once, and shows what has become of the subscription meanwhile', async () => {
  await subscribed();
  await page.evaluate(() => {
    addEventListener('pageshow', ({ persisted }) => {
      (globalThis as { cameBack?: boolean }).cameBack = persisted;
    });
  });
  site.files.set('/other.html', html(SCRIPT + element));
  await page.goto(`${site.url}plain.html`);
  const before = await told();
  await page.goBack();
  await page.waitForFunction(() => (globalThis as { cameBack?: boolean }).cameBack === true);
  await whenKit(page, { state: 'on', problem: '' });
  await expect.poll(told).toBe(before + 1);

  await page.goto(`${site.url}other.html`);
  await whenKit(page, { state: 'on' });
  await pressKit(page);
  await whenKit(page, { state: 'off' });
  const [left, rows] = [await told(), await rowCount()];
  await page.goBack();
  await whenKit(page, { state: 'off', problem: '' });
  expect((await readKit(page)).text).not.toBe('Notifications are on.');
  expect([await told(), await rowCount()]).toEqual([left, rows]);
});
