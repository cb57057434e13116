import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { subscriptionJsonSchema } from '../../electron/contract/http.ts';
import { barriersIn } from './support/accessibility.ts';
import { launchChromium, type Chromium } from './support/chromium.ts';
import { readJson, readPage, whenPageSays } from './support/subscribe-page.ts';
import { serveSubscribeSite, type SubscribeSite } from './support/subscribe-site.ts';

const PUBLIC_KEY = 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8';

/** A subscription for a browser that cannot reach its push service here. */
const STAND_IN = `
  const key = Uint8Array.from(atob('${PUBLIC_KEY.replaceAll('_', '/').replaceAll('-', '+')}'), (c) => c.charCodeAt(0));
  const made = {
    endpoint: 'https://updates.push.services.mozilla.com/wpush/v2/stand-in',
    options: { applicationServerKey: key.buffer },
    toJSON: () => ({ endpoint: made.endpoint, expirationTime: null, keys: { p256dh: 'p', auth: 'a' } }),
    unsubscribe: async () => { current = null; return true; },
  };
  let current = null;
  PushManager.prototype.getSubscription = async () => current;
  PushManager.prototype.subscribe = async () => (current = made);
`;

let site: SubscribeSite;
let chromium: Chromium;
let page: Page;
let asked: string[];

beforeAll(async () => {
  site = await serveSubscribeSite(PUBLIC_KEY);
  chromium = await launchChromium();
});
afterAll(async () => {
  await chromium.close();
  await site.close();
});
beforeEach(async () => {
  site.publicKey = PUBLIC_KEY;
  site.reports.length = 0;
  site.cancels.length = 0;
  asked = [];
  page = await chromium.newPage(new URL(site.url).origin);
  page.on('request', (request) => asked.push(request.url()));
});

const open = async (script?: string) => {
  if (script !== undefined) await page.evaluateOnNewDocument(script);
  await page.goto(site.url);
};
const focused = () => page.evaluate(() => document.activeElement?.textContent);

describe('the subscribe page in real Chromium', () => {
  it('breaks no rule of its own policy, and asks nobody but its own server', async () => {
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await open();
    await whenPageSays(page, { headline: 'This browser is not subscribed', problem: '' });
    expect(complaints).toEqual([]);
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((url) => !url.startsWith(site.url))).toEqual([]);
  });

  it('is used by keyboard alone, and keeps the focus where it was', async () => {
    await open(STAND_IN);
    await whenPageSays(page, { headline: 'This browser is not subscribed' });
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Subscribe');
    await page.keyboard.press('Enter');
    await whenPageSays(page, { headline: 'This browser is subscribed', problem: '' });
    expect(await focused()).toBe('Subscribe');
    expect(site.reports).toHaveLength(1);

    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Cancel subscription');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Copy');
    expect(site.reports).toHaveLength(1);

    await page.keyboard.down('Shift');
    await page.keyboard.press('Tab');
    await page.keyboard.up('Shift');
    await page.keyboard.press('Space');
    await whenPageSays(page, { headline: 'Subscription cancelled' });
    expect(site.cancels).toHaveLength(1);
  });

  const allowClipboard = (state: 'granted' | 'denied') =>
    page
      .browserContext()
      .setPermission(
        new URL(site.url).origin,
        ...['clipboard-read', 'clipboard-write'].map((name) => ({ permission: { name }, state })),
      );
  const copy = async () => {
    await open(STAND_IN);
    await whenPageSays(page, { headline: 'This browser is not subscribed' });
    await page.click('#subscribe');
    await whenPageSays(page, { headline: 'This browser is subscribed' });
    await page.bringToFront();
    await page.click('#copy');
  };
  const copyButton = () => page.$eval('#copy', (button) => button.textContent);

  it('copies the subscription', async () => {
    await allowClipboard('granted');
    await copy();
    await expect.poll(copyButton).toBe('Copied');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(subscriptionJsonSchema.parse(JSON.parse(copied))).toEqual(await readJson(page));
  });

  it('selects the subscription where the browser does not let a page copy', async () => {
    await allowClipboard('denied');
    await copy();
    await expect.poll(copyButton).toContain('Ctrl+C');
    const { selected, all } = await page.evaluate(() => {
      const box = document.activeElement as HTMLTextAreaElement;
      return { selected: box.value.slice(box.selectionStart, box.selectionEnd), all: box.value };
    });
    expect(selected).toBe(all);
    expect(JSON.parse(selected)).toHaveProperty('endpoint');
  });

  it('notices a key pair that was made while the person was away', async () => {
    site.publicKey = null;
    await open();
    await whenPageSays(page, { problem: 'no-key-pair' });
    const other = await chromium.newPage(new URL(site.url).origin);
    await other.bringToFront();
    await page.waitForFunction(() => document.visibilityState === 'hidden', { polling: 50 });
    site.publicKey = PUBLIC_KEY;
    await page.bringToFront();
    await whenPageSays(page, { headline: 'This browser is not subscribed', problem: '' });
    await other.close();
  });

  it.each([
    ['NotAllowedError', 'denied'],
    ['AbortError', 'push-service-unreachable'],
    ['InvalidStateError', 'other-key'],
    ['InvalidAccessError', 'bad-key'],
    ['UnknownError', 'browser-refused'],
  ])('puts %s of the browser in plain words', async (name, problem) => {
    await open(`PushManager.prototype.subscribe = async () => { throw new DOMException('', '${name}'); };`);
    await whenPageSays(page, { headline: 'This browser is not subscribed', problem: '' });
    await page.click('#subscribe');
    await whenPageSays(page, { headline: 'This browser is not subscribed', problem });
    const { detail, cure } = await readPage(page);
    expect(detail).toMatch(/\.$/);
    expect(cure).toMatch(/\.$/);
  });

  it.each([
    ['push', 'delete window.PushManager;', 'not-supported'],
    [
      'a secure address',
      "Object.defineProperty(window, 'isSecureContext', { value: false });",
      'insecure-address',
    ],
    ['permission', "Object.defineProperty(Notification, 'permission', { value: 'denied' });", 'denied'],
  ])('says what is missing without %s', async (_what, script, problem) => {
    await open(script);
    await whenPageSays(page, { problem });
  });

  it('says so when another program answers in place of the app', async () => {
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      if (request.url().endsWith('/config.json')) void request.respond({ status: 200, body: '<html>' });
      else void request.continue();
    });
    await open();
    await whenPageSays(page, { problem: 'odd-answer' });
  });

  it.each(['light', 'dark'])('keeps nobody out, in %s colours', async (value) => {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
    await open(STAND_IN);
    await whenPageSays(page, { headline: 'This browser is not subscribed' });
    expect(await barriersIn(page)).toEqual([]);
    await page.hover('#subscribe');
    expect(await barriersIn(page)).toEqual([]);
    await page.click('#subscribe');
    await whenPageSays(page, { headline: 'This browser is subscribed' });
    expect(await barriersIn(page)).toEqual([]);
  });

  it('fits a phone without scrolling sideways', async () => {
    await page.setViewport({ width: 320, height: 640, isMobile: true, hasTouch: true });
    await open(STAND_IN);
    await whenPageSays(page, { headline: 'This browser is not subscribed' });
    await page.click('#subscribe');
    await whenPageSays(page, { headline: 'This browser is subscribed' });
    const { scrollWidth, clientWidth } = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return { scrollWidth, clientWidth };
    });
    expect(scrollWidth).toBe(clientWidth);
  });

  it('can be installed on a Home Screen', async () => {
    await open();
    const session = await page.createCDPSession();
    const { url, data, errors } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const { display, start_url, scope } = JSON.parse(data ?? '') as Record<string, string>;
    expect(display).toBe('standalone');
    // Relative, so that it holds below a path too.
    for (const address of [start_url, scope])
      expect(new URL(address ?? '', url).href).toBe(new URL('/', page.url()).href);
  });
});
