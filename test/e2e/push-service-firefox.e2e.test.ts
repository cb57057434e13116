import { Agent } from 'node:https';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import webpush from 'web-push';
import { subscriptionJsonSchema, type SubscriptionJson } from '../../electron/contract/http.ts';
import {
  createPushService,
  type PushService,
} from '../../electron/engine/local-push-service/push-service.ts';
import { launchFirefox, type Firefox } from './support/firefox.ts';
import { servePushPage, type PushPage } from './support/push-page.ts';

const { publicKey, privateKey } = webpush.generateVAPIDKeys();
let service: PushService;
let firefox: Firefox;
let site: PushPage;
let page: Page;
let agent: Agent;

beforeAll(async () => {
  service = await createPushService();
  agent = new Agent({ ca: service.certificatePem });
  site = await servePushPage();
  firefox = await launchFirefox({ autopushUrl: service.autopush.url });
  page = await firefox.newPage();
  await page.goto(`${site.url}#${publicKey}`);
  await service.autopush.whenHello();
});
afterAll(async () => {
  await firefox.close();
  agent.destroy();
  await Promise.all([service.close(), site.close()]);
});

/** Presses a button of the page and reads what it says then. */
async function press(id: 'subscribe' | 'unsubscribe'): Promise<unknown> {
  await page.$eval('output', (output) => {
    output.textContent = '';
  });
  await page.click(`#${id}`);
  await page.waitForFunction(() => document.querySelector('output')?.textContent !== '');
  return JSON.parse(await page.$eval('output', (output) => output.textContent));
}

const subscribe = async () => subscriptionJsonSchema.parse(await press('subscribe'));

function send(
  { endpoint, keys }: SubscriptionJson,
  payload: string | null,
  options: webpush.RequestOptions = {},
) {
  return webpush.sendNotification({ endpoint, keys }, payload, {
    TTL: 60,
    vapidDetails: { subject: 'mailto:sender@example.com', publicKey, privateKey },
    ...options,
    agent,
  });
}

/** What the worker has told the page so far. */
const told = async () => JSON.parse((await page.evaluate('JSON.stringify(told)')) as string) as unknown[];
const whenTold = (message: object) => expect.poll(told).toContainEqual(message);
const nextAcknowledgement = () => service.autopush.events.next((event) => event.kind === 'acknowledged');

describe('real Firefox at the local push service', () => {
  it('subscribes, shows what web-push sends, and tells of a click and of a close', async () => {
    const subscription = await subscribe();
    expect(new URL(subscription.endpoint).origin).toBe(service.origin);
    expect(subscription.expirationTime).toBeNull();

    const acknowledged = nextAcknowledgement();
    const answer = await send(subscription, '{"title":"Grüße 🎉","body":"From this machine"}');
    expect(answer.statusCode).toBe(201);
    expect(await acknowledged).toMatchObject({ endpoint: subscription.endpoint, code: 100 });
    expect(await firefox.whenAlert('Grüße 🎉')).toMatchObject({ body: 'From this machine' });

    await firefox.clickAlert('Grüße 🎉');
    await whenTold({ kind: 'click', title: 'Grüße 🎉' });

    await send(subscription, '{"title":"To be closed"}');
    await firefox.closeAlert('To be closed');
    await whenTold({ kind: 'close', title: 'To be closed' });
  });

  it('shows a message without payload', async () => {
    await send(await subscribe(), null);
    expect(await firefox.whenAlert('No payload')).toMatchObject({ body: '' });
  });

  it('says so when it cannot decrypt a message', async () => {
    const subscription = await subscribe();
    const wrongAuth = Buffer.from(subscription.keys.auth, 'base64url').fill(7, 0, 4).toString('base64url');
    const acknowledged = nextAcknowledgement();
    await send({ ...subscription, keys: { ...subscription.keys, auth: wrongAuth } }, 'unreadable');
    expect(await acknowledged).toMatchObject({ code: 101 });
  });

  it('gets what was stored while it was away, the newest of a topic only, and nothing that is over', async () => {
    const subscription = await subscribe();
    service.autopush.goOffline();
    await send(subscription, '{"title":"First score"}', { topic: 'score' });
    await send(subscription, '{"title":"Second score"}', { topic: 'score' });
    await send(subscription, '{"title":"Now or never"}', { TTL: 0 });
    expect(
      service.requests
        .of(subscription.endpoint)
        .slice(-3)
        .map(({ handover }) => handover),
    ).toEqual(['stored', 'stored', 'expired']);
    service.autopush.goOnline();
    await firefox.whenAlert('Second score');
    await send(subscription, '{"title":"After it came back"}');
    await firefox.whenAlert('After it came back');
    const texts = (await told()).map((message) => JSON.stringify(message)).join();
    expect(texts).not.toContain('First score');
    expect(texts).not.toContain('Now or never');
  });

  it('loses its subscription when the service drops it, and its worker learns of it', async () => {
    const subscription = await subscribe();
    const back = service.autopush.events.next((event) => event.kind === 'hello');
    service.autopush.dropFirefox();
    expect(await back).toMatchObject({ returning: false });
    await whenTold({ kind: 'change' });
    await expect(send(subscription, 'too late')).rejects.toMatchObject({ statusCode: 410 });
    const renewed = await subscribe();
    expect(renewed.endpoint).not.toBe(subscription.endpoint);
    expect((await send(renewed, '{"title":"After the change"}')).statusCode).toBe(201);
    await firefox.whenAlert('After the change');
  });

  it('unsubscribes, after which the service answers 410', async () => {
    const subscription = await subscribe();
    const unregistered = service.autopush.events.next((event) => event.kind === 'unregistered');
    expect(await press('unsubscribe')).toBe(true);
    expect(await unregistered).toEqual({ kind: 'unregistered', endpoint: subscription.endpoint });
    await expect(send(subscription, 'too late')).rejects.toMatchObject({ statusCode: 410 });
  });
});
