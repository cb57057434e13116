import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium, watchServiceWorkers, type Chromium } from './chromium.ts';
import { servePushPage, type PushPage } from './push-page.ts';

let chromium: Chromium;
let site: PushPage;

beforeAll(async () => {
  site = await servePushPage();
  chromium = await launchChromium();
});
afterAll(async () => {
  await chromium.close();
  await site.close();
});

it('a push reaches the service worker in real Chromium, with payload and without', async () => {
  const page = await chromium.newPage(new URL(site.url).origin);
  const workers = await watchServiceWorkers(page);
  await page.goto(site.url);
  await page.evaluate('ready');
  for (const data of ['{"title":"Hello","body":"With payload"}', 'plain text', '']) {
    await workers.deliverPush(site.url, data);
  }
  await page.waitForFunction('told.length === 3');
  const shown = await page.evaluate(`ready.then((registration) => registration.getNotifications()).then(
    (shown) => shown.map(({ title, body }) => [title, body]).sort())`);
  expect(shown).toEqual([
    ['Hello', 'With payload'],
    ['No payload', ''],
    ['plain text', ''],
  ]);
});
