import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { payloadFormatSchema, type Message, type PayloadFormat } from '../../electron/contract/message.ts';
import { launchChromium, watchServiceWorkers, type Chromium } from './support/chromium.ts';
import { standInForPush } from './support/chromium-push.ts';
import { launchFirefox, type Firefox } from './support/firefox.ts';
import { startKitEngine, type KitEngine } from './support/kit-engine.ts';
import { pressKit, whenKit } from './support/kit-page.ts';
import { html, serveKitSite, type KitSite } from './support/kit-site.ts';
import { startNotificationDaemon, type NotificationDaemon } from './support/notification-daemon.ts';

/**
 * Four people on four sites, two of them in a real Firefox and two in a real Chromium. Each campaign of a whole engine goes to all four,
 * with every option that a message has, variables, and two languages; each person has a different name and reads one of the two.
 */
let engine: KitEngine;
let desktop: NotificationDaemon;
let firefox: Firefox;
let chromium: Chromium;
const people: Person[] = [];

interface Person {
  readonly name: string;
  readonly language: string;
  readonly city?: string;
  readonly browser: 'Firefox' | 'Chromium';
  readonly site: KitSite;
  readonly page: Page;
  readonly id: number;
  /** Waits until the message that was sent is on the screen. */
  whenShown(title: string): Promise<unknown>;
  /** A press on the notification as a person makes it, or on the button with those words. */
  press(title: string, button?: string): Promise<void>;
  tabs(): Promise<string[]>;
}

/** What browsers tell about a notification that they show; each tells what it has of these. */
const OPTIONS = [
  ...['title', 'body', 'dir', 'lang', 'tag', 'icon', 'requireInteraction', 'silent', 'data', 'actions'],
  ...['badge', 'image', 'vibrate', 'timestamp', 'renotify'],
] as const;
const TOLD = {
  Firefox: OPTIONS.slice(0, 10),
  Chromium: OPTIONS,
};
const SHOWN = `navigator.serviceWorker.getRegistration('/pushdesk/')
  .then((registration) => registration.getNotifications())
  .then((all) => all.map((one) => Object.fromEntries(${JSON.stringify(OPTIONS)}
    .filter((name) => name in one)
    .map((name) => [name, name === 'actions' ? one.actions.map(({ action, title }) => ({ action, title })) : one[name]]))))`;
const CLOSE_ALL = SHOWN.replace(
  /\.then\(\(all\).*/s,
  '.then((all) => { for (const one of all) one.close(); })',
);

/** Every part, in a format of the person's own. */
const OWN_FORMAT = JSON.stringify({
  id: '{{id}}',
  receipts: '{{receipts}}',
  head: '{{title}}',
  link: '{{url}}',
  data: '{{data}}',
  webpush: {
    notification: Object.fromEntries(
      [
        ...['body', 'icon', 'badge', 'image', 'tag', 'requireInteraction', 'silent', 'renotify', 'vibrate'],
        ...['dir', 'lang', 'timestamp', 'actions'],
      ].map((name) => [name, `{{${name}}}`]),
    ),
  },
});

/** With one key: one text for those who read German, another for everyone else. */
const message = (format: PayloadFormat): Partial<Message> & Pick<Message, 'title'> => ({
  title: `Hello {{name}}, ${format}`,
  body: 'News of {{city|your town}}',
  url: `/for/{{name}}?format=${format}`,
  iconUrl: '/icon.png?for={{name}}',
  badgeUrl: '/badge.png',
  imageUrl: '/image.png',
  tag: 'news',
  requireInteraction: true,
  renotify: true,
  vibrate: [200, 100, 200],
  dir: 'rtl',
  lang: 'en',
  timestamp: 1_790_000_000_000,
  data: '{"order":"1042"}',
  actions: [
    { title: 'Read it, {{name}}', url: `/read/{{name}}?format=${format}` },
    { title: 'Later', url: '' },
  ],
  format,
  ownFormat: OWN_FORMAT,
  texts: {
    de: {
      title: `Hallo {{name}}, ${format}`,
      body: 'Neues aus {{city|deiner Stadt}}',
      url: `/fuer/{{name}}?format=${format}`,
      actions: ['Lies es, {{name}}', ''],
    },
  },
});

/** What that person sees of it: spelled out here, and not computed with the code under test. */
function expectedFor({ name, language, city, site }: Person, format: PayloadFormat) {
  const german = language.startsWith('de');
  const at = (address: string) => new URL(address, site.url).href;
  const own = encodeURIComponent(name);
  return {
    title: `${german ? 'Hallo' : 'Hello'} ${name}, ${format}`,
    body: german ? `Neues aus ${city ?? 'deiner Stadt'}` : `News of ${city ?? 'your town'}`,
    dir: 'rtl',
    lang: german ? 'de' : 'en',
    tag: 'news',
    icon: at(`/icon.png?for=${own}`),
    requireInteraction: true,
    silent: false,
    data: {
      url: at(`/${german ? 'fuer' : 'for'}/${own}?format=${format}`),
      actionUrls: { 'action-1': at(`/read/${own}?format=${format}`) },
      receipts: true,
      data: { order: '1042' },
    },
    actions: [
      { action: 'action-1', title: `${german ? 'Lies es' : 'Read it'}, ${name}` },
      { action: 'action-2', title: 'Later' },
    ],
    badge: at('/badge.png'),
    image: at('/image.png'),
    vibrate: [200, 100, 200],
    timestamp: 1_790_000_000_000,
    renotify: true,
  };
}

/** One in each browser; the others press the notification itself. */
const BUTTON_PRESSERS: ReadonlySet<string> = new Set(['Bob/../?x#y', 'דנה']);

async function subscribe(name: string, open: (site: KitSite) => Promise<Page>) {
  const site = await serveKitSite(engine.kitDir, name);
  site.files.set(
    '/index.html',
    html(
      `<script src="/pushdesk/pushdesk.js"></script><pushdesk-subscribe engine="${engine.url}"></pushdesk-subscribe>`,
    ),
  );
  const page = await open(site);
  await pressKit(page);
  await whenKit(page, { state: 'on', problem: '' });
  const rows = (await engine.client.subscriptions.list({ limit: 50 })).items;
  return { site, page, id: Math.max(...rows.map(({ id }) => id)) };
}

type Known = Pick<Person, 'name' | 'language' | 'city'>;

async function inFirefox(site: string, known: Known): Promise<void> {
  const subscribed = await subscribe(site, async ({ url }) => {
    const page = await firefox.newPage();
    await engine.service.autopush.whenHello();
    await page.goto(url);
    return page;
  });
  people.push({
    ...known,
    ...subscribed,
    browser: 'Firefox',
    whenShown: (title) => firefox.whenAlert(title),
    press: (title, button) => firefox.clickAlert(title, button),
    tabs: () => firefox.tabs(),
  });
}

async function inChromium(name: string, known: Known): Promise<void> {
  const subscribed = await subscribe(name, async (site) => {
    const standIn = standInForPush(site, engine.service);
    const worker = await readFile(path.join(engine.kitDir, 'pushdesk-worker.js'), 'utf8');
    site.files.set('/pushdesk/pushdesk-worker.js', standIn.before(worker));
    const page = await chromium.newPage(new URL(site.url).origin);
    const workers = await watchServiceWorkers(page);
    deliveries.set(site, async (title) => {
      await expect.poll(() => standIn.newestPayload()).toContain(title);
      await workers.deliverPush(`${site.url}pushdesk/`, standIn.newestPayload() ?? '');
      await desktop.whenShown(title);
    });
    await page.goto(site.url);
    return page;
  });
  people.push({
    ...known,
    ...subscribed,
    browser: 'Chromium',
    whenShown: async (title) => deliveries.get(subscribed.site)?.(title),
    press: (title, button) => desktop.press(title, button),
    tabs: () => chromium.tabs(),
  });
}
const deliveries = new Map<KitSite, (title: string) => Promise<void>>();

beforeAll(async () => {
  [engine, desktop] = await Promise.all([startKitEngine(), startNotificationDaemon()]);
  [firefox, chromium] = await Promise.all([
    launchFirefox({ autopushUrl: engine.service.autopush.url }),
    launchChromium(desktop.env),
  ]);
});
afterAll(async () => {
  await Promise.all([firefox.close(), chromium.close()]);
  await Promise.all([...people.map(({ site }) => site.close()), engine.close(), desktop.end()]);
});

const send = async (given: Partial<Message> & Pick<Message, 'title'>) =>
  engine.client.campaigns.start({
    requestId: crypto.randomUUID(),
    message: given,
    audience: { kind: 'chosen', ids: people.map(({ id }) => id) },
  });
const shownIn = async ({ page }: Person) => (await page.evaluate(SHOWN)) as Record<string, unknown>[];

describe('every option, variables and two languages, in real Firefox and real Chromium', () => {
  it('begins with four people, of whom each is known by name and language', async () => {
    await inFirefox('one', { name: 'Änne & Söhne “5 < 6”', language: 'de-AT', city: 'Wien' });
    await inFirefox('two', { name: 'Bob/../?x#y', language: 'en-GB' });
    await inChromium('three', { name: 'Çağrı 100%', language: 'de' });
    await inChromium('four', { name: 'דנה', language: 'he', city: 'Haifa' });
    for (const { id, name, language, city } of people)
      await engine.client.subscriptions.update({ id, attributes: { name, language, city: city ?? null } });
    expect(new Set(people.map(({ id }) => id)).size).toBe(4);
  });

  it.each(payloadFormatSchema.options)(
    'in the format %s each person sees the own text, and a click leads to the own address',
    async (format) => {
      const { id } = await send(message(format));
      for (const person of people) {
        const expected = expectedFor(person, format);
        await person.whenShown(expected.title);
        const [seen, ...more] = await shownIn(person);
        expect(more).toEqual([]);
        // A browser of tomorrow may tell more; what it tells has to be right.
        expect(Object.keys(seen ?? {})).toEqual(expect.arrayContaining([...TOLD[person.browser]]));
        const told = Object.entries(expected).filter(([name]) => name in (seen ?? {}));
        expect([person.browser, seen]).toMatchObject([person.browser, Object.fromEntries(told)]);

        const [button] = expected.actions;
        const pressesButton = BUTTON_PRESSERS.has(person.name);
        await person.press(expected.title, pressesButton ? button?.title : undefined);
        await expect
          .poll(() => person.tabs())
          .toContain(pressesButton ? expected.data.actionUrls['action-1'] : expected.data.url);
        await expect.poll(() => shownIn(person)).toEqual([]);
      }
      await expect
        .poll(() => engine.client.receipts.ofCampaign({ id }))
        .toMatchObject({ accepted: 4, received: 4, shown: 4, clicked: 4 });
    },
  );

  it('in every format, a silent one is silent', async () => {
    for (const format of payloadFormatSchema.options) {
      await send({ title: `Hush {{name}}, ${format}`, silent: true, format, ownFormat: OWN_FORMAT });
      for (const person of people) {
        await person.whenShown(`Hush ${person.name}, ${format}`);
        expect([format, await shownIn(person)]).toMatchObject([format, [{ silent: true }]]);
        await person.page.evaluate(CLOSE_ALL);
        await expect.poll(() => shownIn(person)).toEqual([]);
      }
    }
  });
});
