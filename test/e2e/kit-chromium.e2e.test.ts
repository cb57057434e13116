import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { barriersIn } from './support/accessibility.ts';
import { launchChromium, watchServiceWorkers, type Chromium } from './support/chromium.ts';
import { KIT_WORKER, standInForKit, type StandIn } from './support/chromium-push.ts';
import { startKitEngine, type KitEngine } from './support/kit-engine.ts';
import { kitState, pressKit, readKit, whenKit } from './support/kit-page.ts';
import { html, serveKitSite, type KitSite } from './support/kit-site.ts';
import { addReactPage } from './support/react-site.ts';
import { addAngularWorker, addWorkboxWorker } from './support/site-workers.ts';
import { codeBelow } from './support/your-site-doc.ts';

const SCRIPT = '<script src="/pushdesk/pushdesk.js"></script>';

let engine: KitEngine;
let chromium: Chromium;
let site: KitSite;
let standIn: StandIn;
let page: Page;
let complaints: string[];

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
  page = await chromium.newPage(new URL(site.url).origin);
  complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
});
afterEach(async () => {
  await page.close();
  await site.close();
});

const textOf = (file: unknown) => (typeof file === 'string' ? file : '');
const element = (more = '') =>
  `<pushdesk-subscribe engine="${engine.url}" public-key="${engine.publicKey}"
    topics="news:News, offers:Special offers" ${more}></pushdesk-subscribe>`;
async function open(body: string, headers: object = {}) {
  site.files.set('/index.html', { body: html(body), headers });
  await page.goto(site.url);
}
const newest = async () =>
  (await engine.client.subscriptions.list({ limit: 50 })).items.toSorted(
    (one, other) => other.id - one.id,
  )[0];

describe('the kit on a site of one’s own, in real Chromium', () => {
  it('subscribes with topics, shows a push in a scope of its own, and unsubscribes', async () => {
    const workers = await watchServiceWorkers(page);
    await open(SCRIPT + element());
    await whenKit(page, { state: 'off', problem: '' });
    await pressKit(page);
    await whenKit(page, { state: 'on', problem: '', text: 'Notifications are on.' });
    expect((await newest())?.tags.toSorted()).toEqual(['news', 'offers']);

    await workers.deliverPush(`${site.url}pushdesk/`, '{"title":"Hello","url":"/news.html"}');
    const shown = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration('/pushdesk/');
      return (await registration?.getNotifications())?.map(({ title, data }) => ({
        title,
        data: data as unknown,
      }));
    });
    expect(shown).toMatchObject([{ title: 'Hello', data: { url: `${site.url}news.html` } }]);

    await pressKit(page);
    await whenKit(page, { state: 'off', problem: '' });
    expect(await newest()).toMatchObject({ state: 'unsubscribed' });
    expect(complaints).toEqual([]);
  });

  it('works under the strict policy of the docs, Trusted Types included', async () => {
    const policy = codeBelow('A strict Content-Security-Policy')[0]?.text.trim() ?? '';
    const [name = '', ...value] = policy.replace('https://push.example.org', engine.url).split(': ');
    await open(SCRIPT + element(), { [name]: value.join(': ') });
    await pressKit(page);
    await whenKit(page, { state: 'on', problem: '' });
    const color = await page.evaluate(() => {
      const button = document.querySelector('pushdesk-subscribe')?.shadowRoot?.querySelector('button');
      return button ? getComputedStyle(button).backgroundColor : '';
    });
    expect(color, 'its style is there').not.toBe('rgba(0, 0, 0, 0)');
    expect(complaints).toEqual([]);
  });

  it.each([
    ['is not there', { body: 'no', status: 404 }, 'worker-not-found'],
    ['is a page', { body: '<p>Home</p>', type: 'text/html' }, 'worker-wrong-type'],
    ['cannot be read', { body: 'this is no script' }, 'worker-blocked'],
  ])('says what is wrong where the worker file %s', async (_what, file, problem) => {
    site.files.set(KIT_WORKER, file);
    await open(SCRIPT + element());
    await pressKit(page);
    await whenKit(page, { state: 'off', problem });
    expect(complaints.join()).toContain(`Pushdesk (${problem})`);
  });

  it.each([
    ['its scope is too wide', 'scope="/"', 'worker-wrong-scope'],
    ['it is on another site', `worker="http://other.localhost:9/pushdesk-worker.js"`, 'worker-other-site'],
  ])('says so where %s', async (_what, attributes, problem) => {
    await open(SCRIPT + element(attributes));
    await pressKit(page);
    await whenKit(page, { state: 'off', problem });
  });

  it.each([
    ['push', 'delete window.PushManager;', 'unsupported', 'unsupported'],
    [
      'a secure address',
      "Object.defineProperty(window, 'isSecureContext', { value: false });",
      'unsupported',
      'insecure-address',
    ],
    [
      'permission',
      "Object.defineProperty(Notification, 'permission', { value: 'denied' });",
      'denied',
      'denied',
    ],
  ])('says what is missing without %s', async (_what, script, state, problem) => {
    await page.evaluateOnNewDocument(script);
    await open(SCRIPT + element());
    await whenKit(page, { state, problem });
    expect((await readKit(page)).text).toMatch(/\.$/);
  });

  it('tells a proxy without an engine behind it from an engine that does not know the site', async () => {
    const proxy = createServer((_request, response) => response.writeHead(502).end('Bad Gateway'));
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    const publicUrl = engine.url.replace('localhost', 'push.localhost');
    try {
      await open(SCRIPT + element().replace(engine.url, `http://push.localhost:${port}/`));
      await pressKit(page);
      await whenKit(page, { state: 'on', problem: 'engine-unreachable' });
      await pressKit(page);
      await whenKit(page, { state: 'off' });
      await engine.client.app.changeSettings({ publicUrl, sites: [] });
      await open(SCRIPT + element().replace(engine.url, publicUrl));
      await pressKit(page);
      await whenKit(page, { state: 'off', problem: 'site-not-allowed' });
    } finally {
      await engine.client.app.changeSettings({ publicUrl: null, sites: ['http://*.localhost'] });
      proxy.close();
    }
  });

  it('subscribes on a gesture only, and asks nobody before', async () => {
    // Whatever the test itself calls counts as a gesture.
    await open(`${SCRIPT}${element()}<script>
      addEventListener('load', () => setTimeout(async () => { window.answer = await pushdesk.subscribe(); }));
    </script>`);
    await page.waitForFunction(() => 'answer' in globalThis);
    await whenKit(page, { state: 'off', problem: 'needs-gesture' });
    expect(site.asked).not.toContain(KIT_WORKER);
  });

  it('survives being included twice, a name that is taken, and its button pressed in Spanish', async () => {
    await open(`<script>customElements.define('pushdesk-subscribe', class extends HTMLElement {});</script>
      ${SCRIPT}${SCRIPT}<script type="module">import '/pushdesk/pushdesk.mjs';</script>`);
    expect((await kitState(page)).state).toBe('off');
    expect(complaints).toEqual(['Pushdesk: <pushdesk-subscribe> is taken.']);
    const globals = await page.evaluate(() => Object.keys(globalThis).filter((name) => /push/i.test(name)));
    expect(globals.filter((name) => name !== 'onpush')).toEqual([]);

    await open(`${SCRIPT}${SCRIPT}<div lang="es-MX">${element()}</div>`);
    await pressKit(page);
    await whenKit(page, { state: 'on', text: 'Las notificaciones están activadas.' });
  });

  it('takes what pages hand over by mistake or in wraps: the event of a click, lists as Vue has them', async () => {
    await open(`${SCRIPT}<button>Subscribe</button><script>
      const { configure, subscribe, setTags } = window.pushdesk;
      configure({ engine: '${engine.url}', publicKey: '${engine.publicKey}', tags: new Proxy(['shop'], {}) });
      document.querySelector('button').addEventListener('click', subscribe);
      window.choose = () => setTags(new Proxy(['news'], {}));
    </script>`);
    await page.click('button');
    await page.waitForFunction(() => {
      const { pushdesk } = globalThis as unknown as { pushdesk: { onChange: (hear: unknown) => void } };
      let isOn = false;
      pushdesk.onChange(({ state }: { state: string }) => (isOn = state === 'on'));
      return isOn;
    });
    expect(complaints).toEqual([]);
    await page.evaluate('choose()');
    expect((await newest())?.tags).toEqual(['news', 'shop']);
  });

  it('keeps a topic that the visitor has cleared, when the element is moved or changed', async () => {
    await open(SCRIPT + element());
    await whenKit(page, { state: 'off' });
    const checked = await page.evaluate(() => {
      const kit = document.querySelector('pushdesk-subscribe');
      const boxes = () => [...(kit?.shadowRoot?.querySelectorAll('input') ?? [])];
      boxes()[1]?.click();
      kit?.setAttribute('lang', 'es');
      if (kit) document.body.append(kit);
      kit?.setAttribute('topics', 'offers:Ofertas, news:Noticias, more:Más');
      return boxes().map(({ value, checked }) => [value, checked]);
    });
    expect(checked).toEqual([
      ['offers', false],
      ['news', true],
      ['more', true],
    ]);
  });

  it('comes from the engine itself, script and worker, without being told where that is', async () => {
    site.files.set(KIT_WORKER, standIn.before(`importScripts('${engine.url}kit/pushdesk-worker.js');`));
    await open(
      `<script src="${engine.url}kit/pushdesk.js"></script><pushdesk-subscribe></pushdesk-subscribe>`,
    );
    await pressKit(page);
    await whenKit(page, { state: 'on', problem: '' });
    expect(await kitState(page)).toMatchObject({ told: true });
    expect(complaints).toEqual([]);
  });

  it.each([
    ['Angular', addAngularWorker, 2],
    ['Workbox', addWorkboxWorker, 0],
  ])('leaves the real worker of %s its work, and shows a message once', async (_name, add, index) => {
    const workers = await watchServiceWorkers(page);
    const own = { engine: engine.url, publicKey: engine.publicKey };
    const docs = codeBelow('An existing service worker', own);
    site.files.set('/news.html', html('<h1>News</h1>'));
    site.files.set(
      '/index.html',
      html(`<script>navigator.serviceWorker.register('/sw.js');</script>${docs[1]?.text ?? ''}`),
    );
    const worker = await add(site, standIn.before(docs[index]?.text ?? ''), ['/index.html', '/news.html']);
    await page.goto(site.url);
    await whenKit(page, { state: 'off' });
    await worker.whenActive(page);
    await page.reload();
    await worker.whenWorking(page);
    await pressKit(page);
    await whenKit(page, { state: 'on', problem: '' });
    await workers.deliverPush(site.url, '{"id":"m1","title":"Once","url":"/news.html"}');
    const shown = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration('/');
      return (await registration?.getNotifications())?.map(({ title }) => title);
    });
    expect(shown).toEqual(['Once']);
    await worker.whenWorking(page);
    expect(complaints).toEqual([]);
  });

  it('moves what an earlier version kept before the site’s own worker deletes all caches', async () => {
    site.files.set(
      '/sw.js',
      `importScripts('/pushdesk/pushdesk-worker.js');
      self.addEventListener('activate', (event) => {
        event.waitUntil(caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))));
      });`,
    );
    await open('<h1>Shop</h1>');
    const left = await page.evaluate(async () => {
      const earlier = await caches.open('pushdesk-kit');
      await earlier.put('/pushdesk-state', new Response('{"on":true,"tags":["news"]}'));
      const { installing } = await navigator.serviceWorker.register('/sw.js');
      await new Promise<void>((resolve) => {
        installing?.addEventListener('statechange', () => {
          if (installing.state === 'activated') resolve();
        });
      });
      const opening = indexedDB.open('pushdesk');
      const database = await new Promise<IDBDatabase>((resolve) => {
        opening.onsuccess = () => {
          resolve(opening.result);
        };
      });
      const reading = database.transaction('worker').objectStore('worker').getAll();
      const kept = await new Promise<unknown[]>((resolve) => {
        reading.onsuccess = () => {
          resolve(reading.result);
        };
      });
      return { kept, caches: await caches.keys() };
    });
    expect(left).toEqual({ kept: [{ on: true, tags: ['news'] }], caches: [] });
  });

  it('works in React, bundled by Vite, as the docs have it', async () => {
    const own = { engine: engine.url, publicKey: engine.publicKey };
    await addReactPage(site, codeBelow('React with Vite', own)[0]?.text ?? '');
    await page.goto(site.url);
    const label = () => page.$eval('button', ({ textContent }) => textContent);
    await (await page.waitForSelector('button'))?.click();
    await expect.poll(label).toBe('Stop notifications');
    expect(await newest()).toMatchObject({ state: 'active', tags: ['news'] });
    await page.click('button');
    await expect.poll(async () => (await newest())?.state).toBe('unsubscribed');
    // React advertises its tools.
    expect(complaints.filter((text) => !text.includes('React DevTools'))).toEqual([]);
  });

  it('leaves a page with two versions to the first one, and a frame that may do nothing alone', async () => {
    const kit = textOf(site.files.get('/pushdesk/pushdesk.js'));
    const version = /Pushdesk (\S+) MIT/.exec(kit)?.[1] ?? 'none';
    site.files.set('/old/pushdesk.js', kit.replaceAll(`"${version}"`, '"0.0.9"'));
    site.files.set('/frame.html', html(SCRIPT + element()));
    await open(`<script src="/old/pushdesk.js"></script>${SCRIPT}
      <iframe sandbox="allow-scripts" src="/frame.html"></iframe>`);
    await page.waitForFunction(() => document.readyState === 'complete');
    expect(
      await page.evaluate(
        () => (globalThis as unknown as { pushdesk: { version: string } }).pushdesk.version,
      ),
    ).toBe('0.0.9');
    const frame = page.frames().find((other) => other.url().endsWith('/frame.html'));
    await frame?.waitForFunction(() =>
      ['off', 'unsupported', 'denied'].includes(
        document.querySelector<HTMLElement>('pushdesk-subscribe')?.dataset['state'] ?? '',
      ),
    );
    expect(complaints.filter((text) => !text.startsWith('Pushdesk ('))).toEqual([]);
  });

  it('moves nothing on the page from the first paint to the last state', async () => {
    await page.evaluateOnNewDocument(`
      window.shifts = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shifts += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });`);
    await open(`${SCRIPT}${element()}<h1>Below</h1>${element('look="bell"')}<p>And after</p>`);
    const top = () => page.$eval('h1', (heading) => heading.getBoundingClientRect().top);
    const before = await top();
    const widths = await page.evaluate(() => {
      const root = document.querySelector('pushdesk-subscribe')?.shadowRoot;
      return ['button', 'subscribe', 'unsubscribe'].map(
        (part) => root?.querySelector(`[part=${part}]`)?.getBoundingClientRect().width ?? 0,
      );
    });
    // Both words are in the same place, and the button is as wide as the wider one.
    expect(widths[0]).toBeLessThan((widths[1] ?? 0) + (widths[2] ?? 0));
    await pressKit(page);
    await whenKit(page, { state: 'on' });
    expect(await top()).toBe(before);
    expect(await page.evaluate(() => (globalThis as unknown as { shifts: number }).shifts)).toBe(0);
  });

  it('keeps nobody out: by keyboard, with names, states and no barrier', async () => {
    await open(`<main><h1>Site</h1>${SCRIPT}${element()}${element('look="bell"')}</main>`);
    await whenKit(page, { state: 'off' });
    expect(await barriersIn(page)).toEqual([]);
    for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await whenKit(page, { state: 'on' });
    expect(await barriersIn(page)).toEqual([]);
    const tree = JSON.stringify(await page.accessibility.snapshot());
    expect(tree).toContain('"name":"Stop notifications"');
    expect(tree).toMatch(/"name":"Notifications"[^}]*"pressed":true/);
  });
});
