import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core';
import { describe, expect, it } from 'vitest';
import { messageSchema } from '../../../contract/message.ts';
import type { WorkerCheck } from '../../../contract/worker-check.ts';
import { secureSocketsOf } from '../../net/ask-site.ts';
import { createOpenSocket } from '../../net/open-socket.ts';
import { WORKER_FILES } from '../../testing/engine-options.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { tlsService } from '../../testing/tls-service.ts';
import type { SandboxJob } from './sandbox/job.ts';
import { runJob } from './sandbox/run-job.ts';
import { nodeSandbox, type RunSandbox } from './start-sandbox.ts';
import {
  ANGULAR_STYLE,
  FCM_LIBRARY,
  FCM_STYLE,
  HOSTED_STYLE,
  TUTORIAL,
  WORKBOX_LIBRARY,
  WORKBOX_STYLE,
} from './testing/workers.ts';
import { createWorkerCheckService } from './worker-check-service.ts';

const SCRIPT_URL = 'https://shop.example/sw.js';
const MESSAGE = messageSchema.parse({
  title: 'Half price',
  body: 'Today only',
  url: '/sale',
  iconUrl: '/icon.png',
  actions: [
    { title: 'Shoes', url: '/shoes' },
    { title: 'Later', url: '' },
  ],
});
const FCM_FILES = {
  'https://www.gstatic.com/firebasejs/12.0.0/firebase-app-compat.js': '',
  'https://www.gstatic.com/firebasejs/12.0.0/firebase-messaging-compat.js': FCM_LIBRARY,
};
const PUSH = (body: string) => `self.addEventListener('push', (event) => {\n${body}\n});`;

/** The same interpreter without the process around it, which takes a third of a second to start. */
const here: RunSandbox = async (job) => ({
  kind: 'answer',
  text: JSON.stringify(runJob(await newQuickJSWASMModuleFromVariant(variant), JSON.parse(job) as SandboxJob)),
});

function service(run: RunSandbox = here) {
  const offline = () => Promise.reject(new Error('Nothing is asked here.'));
  return createWorkerCheckService({
    run,
    connections: { openSecure: offline, mayBePlain: () => false },
    asksReceipts: () => false,
    clock: fakeClock(),
  });
}
const check = (script: string, files: Record<string, string> = {}, message = MESSAGE): Promise<WorkerCheck> =>
  service().check({
    message,
    script,
    scriptUrl: SCRIPT_URL,
    files: Object.entries(files).map(([url, text]) => ({ url, text })),
  });
const codes = ({ findings }: WorkerCheck) => findings.map(({ code }) => code);

describe('a worker as tutorials write it', () => {
  it('shows the message, and clicks lead where it says', async () => {
    const inProcess = service(nodeSandbox(WORKER_FILES.sandbox));
    const found = await inProcess.check({
      message: MESSAGE,
      script: TUTORIAL,
      scriptUrl: SCRIPT_URL,
      files: [],
    });
    expect(found.findings).toEqual([]);
    expect(found.notifications).toHaveLength(1);
    expect(found.notifications[0]?.title).toBe('Half price');
    const options = Object.fromEntries(
      found.notifications[0]?.options.map(({ name, value }) => [name, value]) ?? [],
    );
    expect(options).toMatchObject({ body: '"Today only"', icon: '"https://shop.example/icon.png"' });
    expect(found.clicks.map(({ label, closed }) => [label, closed.map(({ url }) => url)])).toEqual([
      ['', ['https://shop.example/sale']],
      ['Shoes', ['https://shop.example/shoes']],
      ['Later', ['https://shop.example/sale']],
    ]);
    expect(found.payload).toContain('"title":"Half price"');
  });
});

describe('workers of frameworks', () => {
  it('in the style of Angular shows nothing of another shape, and says which', async () => {
    const found = await check(ANGULAR_STYLE);
    expect(found.notifications).toEqual([]);
    expect(found.findings[0]).toMatchObject({ tone: 'bad', code: 'other-payload-format' });
    expect(found.findings[0]?.cause).toContain('notification');
    expect(codes(found)).toContain('silent-push');
  });

  it.each([
    ['Angular', 'angular', ANGULAR_STYLE],
    ['Firebase', 'fcm', FCM_STYLE],
  ] as const)(
    'in the style of %s shows its own payload format, and a click leads where it says',
    async (_name, format, script) => {
      const message = { ...MESSAGE, url: 'https://shop.example/sale', actions: [], format };
      const found = await check(script, FCM_FILES, message);
      expect(found.notifications.map(({ title }) => title)).toEqual(['Half price']);
      expect(found.findings.filter(({ tone }) => tone === 'bad')).toEqual([]);
      expect(found.clicks[0]?.closed).toEqual([{ how: 'open', url: 'https://shop.example/sale' }]);
    },
  );

  it('in the style of Workbox asks for the file that it loads, and works once it has it', async () => {
    const url = 'https://cdn.example/workbox/workbox-sw.js';
    const without = await check(WORKBOX_STYLE);
    expect(without.findings).toMatchObject([{ tone: 'bad', code: 'worker-file-missing' }]);
    expect(without.findings[0]?.cause).toContain(url);
    const found = await check(WORKBOX_STYLE, { [url]: WORKBOX_LIBRARY });
    expect(found.notifications.map(({ title }) => title)).toEqual(['Half price']);
    expect(found.clicks[0]?.closed).toEqual([{ how: 'open', url: 'https://shop.example/sale' }]);
    // Its install step requests files, which is reported but not held against it.
    expect(found.requests).toContainEqual({
      phase: 'install',
      via: 'fetch',
      method: 'GET',
      url: 'https://shop.example/index.html',
      given: false,
    });
    expect(found.findings.find(({ code }) => code === 'install-fails')?.tone).toBe('note');
    expect(codes(found)).toContain('click-leads-elsewhere');
  });

  it('in the style of Firebase says that it reads another shape', async () => {
    const found = await check(FCM_STYLE, FCM_FILES);
    expect(found.notifications).toEqual([]);
    expect(found.findings[0]).toMatchObject({ code: 'other-payload-format' });
  });

  it('in the style of a hosted service waits for a request, and shows what the person answers it with', async () => {
    const found = await check(HOSTED_STYLE);
    expect(found.findings[0]).toMatchObject({ code: 'waits-for-request' });
    expect(found.requests.map(({ url }) => url)).toEqual(['https://api.hosted.example/notifications?app=']);
    const answered = await check(HOSTED_STYLE, {
      'https://api.hosted.example/notifications?app=': '[{"title":"From there","message":"Hi"}]',
    });
    expect(answered.notifications.map(({ title }) => title)).toEqual(['From there']);
  });

  it('written as a module is run with the modules that it imports', async () => {
    const script = `import { show } from './show.mjs';\n${PUSH('event.waitUntil(show(event.data.json()));')}`;
    expect(codes(await check(script))).toEqual(['worker-file-missing']);
    const found = await check(script, {
      'https://shop.example/show.mjs':
        'export const show = (data) => self.registration.showNotification(data.title);',
    });
    expect(found.notifications.map(({ title }) => title)).toEqual(['Half price']);
  });
});

describe('a worker that shows nothing', () => {
  it.each([
    ['listens for nothing', 'self.addEventListener("fetch", () => {});', 'no-push-listener'],
    ['starts to listen too late', `setTimeout(() => { ${PUSH('')} }, 0);`, 'push-listener-late'],
    ['is no JavaScript', 'self.addEventListener(;', 'worker-syntax-error'],
    ['is a page', 'document.title = "x";', 'worker-does-not-start'],
    ['throws at its start', 'null.x;', 'worker-does-not-start'],
    ['parses twice', PUSH('const data = JSON.parse(event.data.json());'), 'data-not-readable'],
    [
      'reads the text of another format',
      PUSH('JSON.parse(atob("eA=="), event.data.text());'),
      'data-not-readable',
    ],
    ['reads what is not there', PUSH('event.data.json().aps.alert;'), 'other-payload-format'],
    ['throws', PUSH('event.data.json(); missing();'), 'push-handler-throws'],
    [
      'is async and throws',
      `self.addEventListener('push', async () => { throw new Error('no'); });`,
      'push-handler-throws',
    ],
    ['waits for ever', PUSH('event.data.json(); event.waitUntil(new Promise(() => {}));'), 'waits-forever'],
    ['does nothing', PUSH(''), 'message-not-read'],
    [
      'has a condition',
      PUSH('const { title } = event.data.json(); if (title === "x") registration.showNotification(title);'),
      'shows-nothing',
    ],
    [
      'is refused by the browser',
      PUSH('event.data.json(); event.waitUntil(registration.showNotification("a", { renotify: true }));'),
      'push-handler-throws',
    ],
  ])('because it %s', async (_name, script, code) => {
    const found = await check(script);
    expect(found.notifications).toEqual([]);
    expect(codes(found)[0]).toBe(code);
    for (const { cause, cure } of found.findings) expect(cause && cure).toBeTruthy();
  });

  it('names the line', async () => {
    const found = await check(PUSH('event.data.json();\nnull.x;'));
    expect(found.errors).toMatchObject([{ phase: 'push', at: { file: '', line: 3 } }]);
    expect(found.findings[0]?.cause).toContain('(line 3)');
  });
});

describe('a worker that shows something', () => {
  const SHOW = 'const data = event.data.json();';
  it.each([
    [
      'after the event has ended',
      PUSH(`${SHOW} setTimeout(() => registration.showNotification(data.title), 5);`),
      'shown-after-end',
    ],
    ['without waitUntil', PUSH(`${SHOW} registration.showNotification(data.title);`), 'no-wait-until'],
    [
      'with waitUntil too late',
      PUSH(`${SHOW} registration.showNotification(data.title); setTimeout(() => event.waitUntil(null), 1);`),
      'wait-too-late',
    ],
    [
      'with no title',
      PUSH(`${SHOW} event.waitUntil(registration.showNotification(data.heading));`),
      'other-payload-format',
    ],
    [
      'without the message',
      PUSH('event.waitUntil(registration.showNotification("News"));'),
      'message-not-read',
    ],
    [
      'without its parts',
      PUSH(`${SHOW} event.waitUntil(registration.showNotification(data.title));`),
      'drops-parts',
    ],
    [
      'without a click listener',
      PUSH(`${SHOW} event.waitUntil(registration.showNotification(data.title));`),
      'no-click-listener',
    ],
    [
      'and opens a window at once',
      PUSH(
        `${SHOW} event.waitUntil(registration.showNotification(data.title)); clients.openWindow("/x").catch(() => 0);`,
      ),
      'opens-without-click',
    ],
  ])('%s', async (_name, script, code) => {
    const found = await check(script);
    expect(found.notifications).toHaveLength(1);
    expect(codes(found)).toContain(code);
  });

  it('and forgets by the click what it kept in a variable', async () => {
    const found = await check(`let link;
      ${PUSH(`${SHOW} link = data.url; event.waitUntil(registration.showNotification(data.title));`)}
      self.addEventListener('notificationclick', (event) => event.waitUntil(clients.openWindow(link.trim())));`);
    expect(codes(found)).toContain('click-handler-throws');
  });

  it('and only brings the open page to the front', async () => {
    const found = await check(`
      ${PUSH(`${SHOW} event.waitUntil(registration.showNotification(data.title, { data }));`)}
      self.addEventListener('notificationclick', (event) => event.waitUntil((async () => {
        const [open] = await clients.matchAll({ type: 'window' });
        return open ? open.focus() : clients.openWindow(event.notification.data.url);
      })()));`);
    expect(codes(found)).toContain('click-only-focuses');
    expect(found.clicks[0]).toMatchObject({
      closed: [{ how: 'open', url: 'https://shop.example/sale' }],
      open: [{ how: 'focus', url: 'https://shop.example/' }],
    });
  });
});

describe('what comes out of the sandbox', () => {
  it.each([
    ['no JSON', '{'],
    ['another shape', '{"notifications":[{"title":5}]}'],
    [
      'a flood',
      JSON.stringify({
        console: Array.from({ length: 10_000 }, () => ({ phase: 'push', level: 'log', text: '' })),
      }),
    ],
  ])('is taken for a breakdown where it is %s', async (_name, text) => {
    const checks = service(() => Promise.resolve({ kind: 'answer', text }));
    const found = await checks.check({ message: MESSAGE, script: 'x', scriptUrl: null, files: [] });
    expect(codes(found)).toEqual(['worker-crash']);
  });

  it('is one at a time, and a caller who leaves starts none', async () => {
    let running = 0;
    let most = 0;
    const checks = service(async () => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      return { kind: 'crash' };
    });
    const input = { message: MESSAGE, script: 'x', scriptUrl: null, files: [] };
    await Promise.all([checks.check(input), checks.check(input)]);
    expect(most).toBe(1);
    await expect(checks.check(input, AbortSignal.abort(new Error('left')))).rejects.toThrow('left');
  });
});

describe('a worker at an address', () => {
  async function site(handler: Parameters<typeof tlsService>[0]) {
    const asked: string[] = [];
    const server = await tlsService(
      (request, response, body) => {
        asked.push(`${request.method} ${request.url}`);
        handler(request, response, body);
      },
      { http2: false },
    );
    const checks = createWorkerCheckService({
      run: () => Promise.resolve({ kind: 'crash' }),
      connections: {
        openSecure: secureSocketsOf((origin) =>
          createOpenSocket({
            origin,
            policy: { allowPrivate: origin.port === String(server.port), trusted: server.certificatePem },
            findProxy: () => Promise.resolve(null),
          }),
        ),
        mayBePlain: () => false,
      },
      asksReceipts: () => false,
      clock: fakeClock(),
    });
    return { load: (input: { url: string }) => checks.load(input), asked, origin: server.origin };
  }

  it('is fetched with one request', async () => {
    const { load, asked, origin } = await site((_request, response) => response.end('// worker'));
    expect(await load({ url: `${origin}/sw.js` })).toEqual({ text: '// worker', url: `${origin}/sw.js` });
    expect(asked).toEqual(['GET /sw.js']);
  });

  it.each<[string, Parameters<typeof tlsService>[0]]>([
    ['is not there', (_request, response) => response.writeHead(404).end()],
    ['is too large', (_request, response) => response.end(Buffer.alloc(3_100_000, 'x'))],
    [
      'leads to a private address',
      (_request, response) => response.writeHead(302, { location: 'https://10.0.0.1/sw.js' }).end(),
    ],
  ])('that %s is refused', async (_name, handler) => {
    const { load, origin } = await site(handler);
    await expect(load({ url: `${origin}/sw.js` })).rejects.toMatchObject({
      problem: { code: 'worker-not-loaded' },
    });
  });

  it('on this computer is not asked', async () => {
    const { load } = await site(() => undefined);
    await expect(load({ url: 'https://127.0.0.1:1/sw.js' })).rejects.toMatchObject({
      problem: { cause: expect.stringContaining('on this computer or its network') as string },
    });
  });

  it('is asked for a few times a minute at most', async () => {
    const { load, origin } = await site((_request, response) => response.end(''));
    for (let times = 0; times < 20; times += 1) await load({ url: `${origin}/sw.js` }).catch(() => undefined);
    await expect(load({ url: `${origin}/sw.js` })).rejects.toThrow('Too many files');
  });
});

it('gives a worker ranges of keys, as IndexedDB has them', async () => {
  const script = PUSH(`
    event.waitUntil((async () => {
      const done = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
      const opening = indexedDB.open('seen');
      opening.onupgradeneeded = () => { opening.result.createObjectStore('messages'); };
      const rows = (await done(opening)).transaction('messages', 'readwrite').objectStore('messages');
      for (const key of ['a/1', 'a/2', 'b/1']) rows.put(key, key);
      const found = [
        await done(rows.getAllKeys(IDBKeyRange.bound('a/', 'a/\\uffff'))),
        await done(rows.getAllKeys(IDBKeyRange.lowerBound('a/2'))),
        await done(rows.getAllKeys(IDBKeyRange.upperBound('a/1'))),
        await done(rows.get(IDBKeyRange.only('b/1'))),
      ];
      rows.delete(IDBKeyRange.bound('a/', 'a/\\uffff'));
      found.push(await done(rows.getAllKeys()));
      await self.registration.showNotification(JSON.stringify(found));
    })());`);
  expect((await check(script)).notifications[0]?.title).toBe(
    JSON.stringify([['a/1', 'a/2'], ['a/2', 'b/1'], ['a/1'], 'b/1', ['b/1']]),
  );
});
