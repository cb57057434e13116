import { randomUUID } from 'node:crypto';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildPayload } from '../../electron/core/message/payload.ts';
import { messageSchema, payloadFormatSchema } from '../../electron/contract/message.ts';
import { launchChromium, watchServiceWorkers, type Chromium, type PushDelivery } from './support/chromium.ts';
import { serveSubscribeSite, type SubscribeSite } from './support/subscribe-site.ts';

const PUBLIC_KEY = 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8';

const shownSchema = z.array(
  z.object({
    title: z.string(),
    body: z.string(),
    icon: z.string(),
    badge: z.string(),
    image: z.string(),
    tag: z.string(),
    requireInteraction: z.boolean(),
    actions: z.array(z.object({ action: z.string(), title: z.string() })),
    data: z.unknown(),
  }),
);

/** Runs in the page: what the browser itself says that it shows. */
const SHOWN = `navigator.serviceWorker.ready
  .then((registration) => registration.getNotifications())
  .then((all) => all.map(({ title, body, icon, badge, image, tag, requireInteraction, actions, data }) => ({
    title, body, icon, badge, image: image ?? '', tag, requireInteraction, data,
    actions: actions.map(({ action, title }) => ({ action, title })),
  })))`;
/** The same for the options that a message may have in addition. */
const OPTIONS = `navigator.serviceWorker.ready
  .then((registration) => registration.getNotifications())
  .then((all) => all.map(({ silent, renotify, vibrate, dir, lang, timestamp }) => ({
    silent: silent === true, renotify, vibrate, dir, lang, timestamp,
  })))`;
const CLOSE_ALL = `navigator.serviceWorker.ready
  .then((registration) => registration.getNotifications())
  .then((all) => { for (const one of all) one.close(); })`;

let site: SubscribeSite;
let chromium: Chromium;
let page: Page;
let workers: PushDelivery;

beforeAll(async () => {
  site = await serveSubscribeSite(PUBLIC_KEY);
  chromium = await launchChromium();
  page = await chromium.newPage(new URL(site.url).origin);
  workers = await watchServiceWorkers(page);
  await page.goto(site.url);
  await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
});
afterEach(async () => {
  await page.evaluate(CLOSE_ALL);
  await expect.poll(shown).toEqual([]);
});
afterAll(async () => {
  await chromium.close();
  await site.close();
});

async function shown() {
  return shownSchema.parse(await page.evaluate(SHOWN));
}

async function pushAndSee(data: string) {
  await workers.deliverPush(site.url, data);
  await expect.poll(async () => (await shown()).length).toBe(1);
  const [notification] = await shown();
  return notification;
}

const address = (path: string) => new URL(path, site.url).href;
const defaults = () => ({
  icon: address('/icon-192.png'),
  badge: address('/badge-96.png'),
  image: '',
  tag: '',
  requireInteraction: false,
  actions: [],
  data: { id: null, url: site.url, actionUrls: {} },
});

describe('the service worker in real Chromium', () => {
  it('shows a full message exactly as the app composes it', async () => {
    const payload = buildPayload(
      messageSchema.parse({
        title: 'Grüße 🔔',
        body: 'Zwei\nZeilen',
        url: '/news?x=1#top',
        iconUrl: '/icon.svg',
        badgeUrl: '/badge-96.png?2',
        imageUrl: '/icon-192.png?image',
        tag: 'news',
        requireInteraction: true,
        actions: [{ title: 'Read', url: '/read' }, { title: 'Later' }],
      }),
      'message-1',
    );
    expect(await pushAndSee(JSON.stringify(payload))).toEqual({
      title: 'Grüße 🔔',
      body: 'Zwei\nZeilen',
      icon: address('/icon.svg'),
      badge: address('/badge-96.png?2'),
      image: address('/icon-192.png?image'),
      tag: 'news',
      requireInteraction: true,
      actions: [
        { action: 'action-1', title: 'Read' },
        { action: 'action-2', title: 'Later' },
      ],
      data: {
        id: 'message-1',
        url: address('/news?x=1#top'),
        actionUrls: { 'action-1': address('/read') },
      },
    });
  });

  it.each([
    ['no payload', '', 'New notification', 'This message came without text.'],
    ['plain text', 'Just words', 'New notification', 'Just words'],
    ['broken JSON', '{"title":"Cut o', 'New notification', 'This message could not be read.'],
    ['JSON without a title', '{"body":"Only a body"}', 'New notification', 'Only a body'],
    ['a title alone', '{"title":"Only a title"}', 'Only a title', ''],
    ['what Django sends', '{"head":"Head","body":"Text"}', 'Head', 'Text'],
    ['a message filled up with zeros', '{"title":"Zeros","message":"Text"}\0\0\0', 'Zeros', 'Text'],
  ])('shows something sensible for %s', async (_what, data, title, body) => {
    expect(await pushAndSee(data)).toEqual({ ...defaults(), title, body });
  });

  it('shows a message whose other fields are all wrong', async () => {
    const junk = {
      title: 'Still here',
      body: { not: 'text' },
      icon: 'javascript:alert(1)',
      badge: 7,
      image: 'http://[broken',
      tag: null,
      url: 'file:///etc/passwd',
      renotify: true,
      silent: true,
      vibrate: ['x', -1],
      timestamp: 'yesterday',
      dir: 'up',
      requireInteraction: 'yes',
      actions: [null, 3, { action: 'a' }, { title: 'Fine' }],
    };
    expect(await pushAndSee(JSON.stringify(junk))).toEqual({
      ...defaults(),
      title: 'Still here',
      body: '',
      actions: [{ action: 'action-1', title: 'Fine' }],
    });
  });

  it('shows every option of a message in every payload format', async () => {
    const message = messageSchema.parse({
      title: 'Offre 🔔',
      body: 'Aujourd’hui',
      url: `${site.url}news`,
      iconUrl: '/icon.svg',
      imageUrl: '/icon-192.png?image',
      tag: 'news',
      renotify: true,
      vibrate: [200, 100, 200],
      dir: 'rtl',
      lang: 'fr',
      timestamp: 1_790_000_000_000,
      data: '{"order":"1042"}',
      appBadge: 3,
      actions: [{ title: 'Read', url: `${site.url}read` }, { title: 'Later' }, { title: 'Never shown' }],
      ownFormat: JSON.stringify({
        id: '{{id}}',
        head: '{{title}}',
        link: '{{url}}',
        data: '{{data}}',
        webpush: {
          notification: Object.fromEntries(
            [
              'body',
              'icon',
              'image',
              'tag',
              'renotify',
              'vibrate',
              'dir',
              'lang',
              'timestamp',
              'actions',
            ].map((name) => [name, `{{${name}}}`]),
          ),
        },
      }),
    });
    const seen: Record<string, unknown> = {};
    for (const format of payloadFormatSchema.options) {
      const id = randomUUID();
      const one = await pushAndSee(JSON.stringify(buildPayload({ ...message, format }, id)));
      expect(one?.data).toMatchObject({ id, url: address('/news'), data: { order: '1042' } });
      const options = z.array(z.unknown()).parse(await page.evaluate(OPTIONS));
      seen[format] = {
        ...one,
        data: z.looseObject({ actionUrls: z.looseObject({}) }).parse(one?.data).actionUrls['action-1'],
        options,
      };
      await page.evaluate(CLOSE_ALL);
      await expect.poll(shown).toEqual([]);
    }
    const expected = {
      title: 'Offre 🔔',
      body: 'Aujourd’hui',
      icon: address('/icon.svg'),
      badge: address('/badge-96.png'),
      image: address('/icon-192.png?image'),
      tag: 'news',
      requireInteraction: false,
      actions: [
        { action: 'action-1', title: 'Read' },
        { action: 'action-2', title: 'Later' },
      ],
      data: address('/read'),
      options: [
        {
          silent: false,
          renotify: true,
          vibrate: [200, 100, 200],
          dir: 'rtl',
          lang: 'fr',
          timestamp: 1_790_000_000_000,
        },
      ],
    };
    expect(seen).toEqual(Object.fromEntries(payloadFormatSchema.options.map((format) => [format, expected])));
    expect(
      await pushAndSee(
        JSON.stringify(
          buildPayload({ ...messageSchema.parse({ title: 'Hush' }), silent: true }, randomUUID()),
        ),
      ),
    ).toMatchObject({ title: 'Hush' });
    expect(await page.evaluate(OPTIONS)).toMatchObject([{ silent: true }]);
  });

  it('reads a declarative message', async () => {
    const declared = { web_push: 8030, notification: { title: 'Declared', navigate: '/there', tag: 't' } };
    expect(await pushAndSee(JSON.stringify(declared))).toEqual({
      ...defaults(),
      title: 'Declared',
      body: '',
      tag: 't',
      data: { id: null, url: address('/there'), actionUrls: {} },
    });
  });

  it('takes what Angular does on a click', async () => {
    const onActionClick = { default: { operation: 'focusLastFocusedOrOpen', url: '/there' } };
    const angular = { notification: { title: 'Angular', body: 'Text', data: { onActionClick } } };
    expect(await pushAndSee(JSON.stringify(angular))).toEqual({
      ...defaults(),
      title: 'Angular',
      body: 'Text',
      data: {
        id: null,
        url: address('/there'),
        actionUrls: {},
        ways: { default: 'focusLastFocusedOrOpen' },
      },
    });
  });

  it('shows the same message once when it comes twice', async () => {
    const twice = '{"id":"m7","title":"Once"}';
    await workers.deliverPush(site.url, twice);
    await workers.deliverPush(site.url, twice);
    await workers.deliverPush(site.url, '{"id":"m8","title":"Another"}');
    await expect
      .poll(async () => (await shown()).map(({ title }) => title).sort())
      .toEqual(['Another', 'Once']);
  });

  it('loads the pictures of other sites', async () => {
    const other = await serveSubscribeSite(null);
    try {
      const icon = `${other.url}icon-192.png`;
      expect(await pushAndSee(JSON.stringify({ title: 'Foreign icon', icon }))).toMatchObject({ icon });
      await expect.poll(() => other.requests().map(({ path }) => path)).toContain('/icon-192.png');
    } finally {
      await other.close();
    }
  });

  it('shows a notification while the app is closed', async () => {
    await site.stop();
    try {
      expect(await pushAndSee('{"title":"Nobody home","body":"Shown all the same"}')).toEqual({
        ...defaults(),
        title: 'Nobody home',
        body: 'Shown all the same',
      });
    } finally {
      await site.start();
    }
  });
});
