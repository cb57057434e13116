import { Agent } from 'node:https';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import webpush from 'web-push';
import type { SubscriptionJson } from '../../electron/contract/http.ts';
import {
  createPushService,
  type PushService,
} from '../../electron/engine/local-push-service/push-service.ts';
import { launchFirefox, type Firefox } from './support/firefox.ts';
import { readJson, whenPageSays } from './support/subscribe-page.ts';
import { serveSubscribeSite, type SubscribeSite } from './support/subscribe-site.ts';

const SUBSCRIBED = { headline: 'This browser is subscribed', problem: '' };
const NOT_SUBSCRIBED = { headline: 'This browser is not subscribed', problem: '' };
const CANCELLED = { headline: 'Subscription cancelled' };

const first = webpush.generateVAPIDKeys();
const second = webpush.generateVAPIDKeys();

let service: PushService;
let firefox: Firefox;
let site: SubscribeSite;
let page: Page;
let agent: Agent;

beforeAll(async () => {
  service = await createPushService();
  agent = new Agent({ ca: service.certificatePem });
  site = await serveSubscribeSite(first.publicKey);
  firefox = await launchFirefox({ autopushUrl: service.autopush.url });
  page = await firefox.newPage();
  await service.autopush.whenHello();
});
afterAll(async () => {
  await firefox.close();
  agent.destroy();
  await Promise.all([service.close(), site.close()]);
});

/** Each test starts on a fresh load, without a subscription, and with nothing reported. */
beforeEach(async () => {
  site.publicKey = first.publicKey;
  await page.goto(site.url);
  await page.waitForFunction(() => document.querySelector('#status')?.getAttribute('data-tone') !== 'busy');
  if ((await page.$eval('#cancel', (button) => button.getAttribute('aria-disabled'))) === 'false') {
    await page.click('#cancel');
    await whenPageSays(page, CANCELLED);
  }
  site.reports.length = 0;
  site.cancels.length = 0;
  await page.reload();
  await whenPageSays(page, NOT_SUBSCRIBED);
});

async function subscribe(): Promise<SubscriptionJson> {
  await page.click('#subscribe');
  await whenPageSays(page, SUBSCRIBED);
  return readJson(page);
}

const send = ({ endpoint, keys }: SubscriptionJson, payload: string, vapid = first) =>
  webpush.sendNotification({ endpoint, keys }, payload, {
    TTL: 60,
    vapidDetails: { subject: 'mailto:sender@example.com', ...vapid },
    agent,
  });

/** What the page tells about this browser; no link named a tag. */
const WHO = {
  tags: [],
  attributes: {
    browser: 'Firefox',
    platform: 'Linux',
    language: expect.stringMatching(/^[a-z]{2,3}\b/) as string,
    timeZone: expect.stringMatching(/^[A-Z]\w/) as string,
  },
};

describe('the subscribe page in real Firefox', () => {
  it('subscribes, tells the app with the key, and shows what is sent', async () => {
    const subscription = await subscribe();
    expect(new URL(subscription.endpoint).origin).toBe(service.origin);
    expect(site.reports).toEqual([{ subscription, publicKey: first.publicKey, receipts: true, person: WHO }]);
    await send(subscription, '{"title":"From the page","body":"It works"}');
    expect(await firefox.whenAlert('From the page')).toMatchObject({ body: 'It works' });
  });

  it('tells the app again on the next load', async () => {
    const subscription = await subscribe();
    await page.reload();
    await whenPageSays(page, SUBSCRIBED);
    expect(site.reports).toEqual([
      { subscription, publicKey: first.publicKey, receipts: true, person: WHO },
      { subscription, publicKey: first.publicKey, receipts: true, person: WHO },
    ]);
  });

  it('subscribes anew on the next load after the key in use has changed', async () => {
    const old = await subscribe();
    site.publicKey = second.publicKey;
    await page.reload();
    await whenPageSays(page, {
      ...SUBSCRIBED,
      detail: expect.stringContaining('renewed with the key pair') as string,
    });
    const renewed = await readJson(page);
    expect(renewed.endpoint).not.toBe(old.endpoint);
    expect(site.reports.at(-1)).toEqual({
      subscription: renewed,
      publicKey: second.publicKey,
      receipts: true,
      person: WHO,
      replaces: { endpoint: old.endpoint, auth: old.keys.auth },
    });
    expect((await send(renewed, '{"title":"With the new key"}', second)).statusCode).toBe(201);
    await firefox.whenAlert('With the new key');
    await expect(send(old, 'too late')).rejects.toMatchObject({ statusCode: 410 });
  });

  it('cancels at the push service and tells the app', async () => {
    const { endpoint, keys } = await subscribe();
    await page.click('#cancel');
    await whenPageSays(page, { ...CANCELLED, problem: '' });
    expect(site.cancels).toEqual([{ endpoint, auth: keys.auth }]);
    await expect(send({ endpoint, keys }, 'too late')).rejects.toMatchObject({ statusCode: 410 });
    await page.reload();
    await whenPageSays(page, NOT_SUBSCRIBED);
    expect(site.cancels).toHaveLength(1);
  });

  it('cancels while the app is closed, and tells it on the next load', async () => {
    const { endpoint, keys } = await subscribe();
    await site.stop();
    await page.click('#cancel');
    await whenPageSays(page, { ...CANCELLED, problem: 'app-unreachable' });
    await site.start();
    await page.reload();
    await whenPageSays(page, NOT_SUBSCRIBED);
    expect(site.cancels).toEqual([{ endpoint, auth: keys.auth }]);
  });

  it('subscribes anew in the background when the push service drops the subscription', async () => {
    const old = await subscribe();
    const back = service.autopush.events.next((event) => event.kind === 'hello');
    service.autopush.dropFirefox();
    await back;
    const told = () =>
      site.reports.find(
        ({ replaces }) =>
          typeof replaces === 'object' &&
          replaces.endpoint === old.endpoint &&
          replaces.auth === old.keys.auth,
      );
    await expect.poll(() => told()?.publicKey).toBe(first.publicKey);
    const renewed = told()?.subscription ?? old;
    expect(renewed.endpoint).not.toBe(old.endpoint);
    expect((await send(renewed, '{"title":"After the drop"}')).statusCode).toBe(201);
    await firefox.whenAlert('After the drop');
    await expect.poll(() => readJson(page)).toEqual(renewed);
  });

  it('opens the address of a notification on a click, and focuses a tab that has it', async () => {
    const subscription = await subscribe();
    const target = new URL('/healthz?from=notification', site.url).href;
    const tabs = async () => (await page.browser().pages()).filter((tab) => tab.url() === target);

    await send(subscription, JSON.stringify({ title: 'Click me', url: target }));
    await firefox.clickAlert('Click me');
    await expect.poll(async () => (await tabs()).length).toBe(1);

    await page.bringToFront();
    await send(subscription, JSON.stringify({ title: 'Click me again', url: target }));
    await firefox.clickAlert('Click me again');
    const [tab] = await tabs();
    await expect.poll(() => tab?.evaluate(() => document.hasFocus())).toBe(true);
    expect(await tabs()).toHaveLength(1);
    await tab?.close();
    await page.bringToFront();
  });

  it('says what to do while the app has no key pair, and notices when there is one', async () => {
    site.publicKey = null;
    await page.click('#subscribe');
    await whenPageSays(page, { problem: 'no-key-pair' });
    site.publicKey = first.publicKey;
    await subscribe();
  });

  it('says so when the push service cannot be reached', async () => {
    service.autopush.goOffline();
    try {
      await page.click('#subscribe');
      await whenPageSays(page, {
        headline: 'This browser is not subscribed',
        // Which of the two depends on whether Firefox is waiting for its next try to connect.
        problem: expect.stringMatching(/^(push-service-unreachable|timed-out)$/) as string,
      });
    } finally {
      service.autopush.goOnline();
      await service.autopush.whenHello();
    }
  });
});
