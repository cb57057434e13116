import { describe, expect, it } from 'vitest';
import { pageErrorSchema } from '../../contract/http.ts';
import { Refusal } from '../../contract/problem.ts';
import { OWN, PORT, PUBLIC_KEY, REPORT, SUBSCRIPTION, makeApp } from './testing/http-app.ts';
import type { HealthProblem, SubscriptionIntake } from './public-routes.ts';

const API = '/api/subscriptions';
const CANCEL = { endpoint: SUBSCRIPTION.endpoint, auth: SUBSCRIPTION.keys.auth };

const intakeThatThrows = (error: unknown): SubscriptionIntake => ({
  report: () => {
    throw error;
  },
  cancel: () => {
    throw error;
  },
});

describe('the health', () => {
  const ask = async (problems: HealthProblem[], url: string) => {
    const { app } = await makeApp({ health: () => problems });
    const answer = await app.inject({ url, headers: OWN });
    return [answer.statusCode, answer.json<unknown>()];
  };

  it('is told as long as the engine lives, and refused only to who asks whether it is of use', async () => {
    const ill = { status: 'degraded', problems: ['disk-full'] };
    expect(await ask([], '/healthz')).toEqual([200, { status: 'ok' }]);
    expect(await ask(['disk-full'], '/healthz')).toEqual([200, ill]);
    expect(await ask([], '/healthz/ready')).toEqual([200, { status: 'ok' }]);
    expect(await ask(['disk-full'], '/healthz/ready')).toEqual([503, ill]);
  });
});

describe('the page', () => {
  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/page.js', 'text/javascript; charset=utf-8'],
    ['/sw.js', 'text/javascript; charset=utf-8'],
  ])('serves %s as %s, to be asked for again each time', async (url, type) => {
    const { app } = await makeApp();
    const answer = await app.inject({ url, headers: OWN });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({ 'content-type': type, 'cache-control': 'no-cache' });
  });

  it('answers 304 to a browser that has the same bytes', async () => {
    const { app } = await makeApp();
    const { etag } = (await app.inject({ url: '/sw.js', headers: OWN })).headers;
    const again = await app.inject({ url: '/sw.js', headers: { ...OWN, 'if-none-match': etag } });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
  });

  it('lets the worker rule the whole site and load images from anywhere, and the page neither', async () => {
    const { app } = await makeApp();
    const worker = await app.inject({ url: '/sw.js', headers: OWN });
    expect(worker.headers['service-worker-allowed']).toBe('/');
    expect(worker.headers['content-security-policy']).toContain('img-src http: https: data:');
    const page = await app.inject({ url: '/', headers: OWN });
    expect(page.headers['service-worker-allowed']).toBeUndefined();
    expect(page.headers['content-security-policy']).toContain("img-src 'self'");
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    expect(page.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
  });

  it.each(['localhost', '127.0.0.1', '[::1]', 'LOCALHOST'])('answers under the name %s', async (name) => {
    const { app } = await makeApp();
    const answer = await app.inject({ url: '/', headers: { host: `${name}:${PORT}` } });
    expect(answer.statusCode).toBe(200);
  });

  it('turns everybody away while it does not listen', async () => {
    const { app } = await makeApp({ reach: () => ({ port: null }) });
    expect((await app.inject({ url: '/', headers: OWN })).statusCode).toBe(421);
  });
});

describe('GET /config.json', () => {
  it('hands out the key in use, and nothing is kept by caches', async () => {
    const { app } = await makeApp();
    const answer = await app.inject({ url: '/config.json', headers: OWN });
    expect(answer.json()).toEqual({ publicKey: PUBLIC_KEY });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('says null when there is no key pair, and hands out no other field of one', async () => {
    const none = await makeApp({ keys: { inUse: () => null } });
    expect((await none.app.inject({ url: '/config.json', headers: OWN })).json()).toEqual({
      publicKey: null,
    });

    const row = { publicKey: PUBLIC_KEY, privateKey: 'never', name: 'Main' };
    const some = await makeApp({ keys: { inUse: () => row } });
    expect((await some.app.inject({ url: '/config.json', headers: OWN })).body).not.toContain('never');
  });
});

describe('POST /api/subscriptions', () => {
  it('answers the same to a new one and a known one, and passes on what was told', async () => {
    const { app, reports, served } = await makeApp();
    const replaces = { endpoint: 'https://updates.push.services.mozilla.com/wpush/v2/old', auth: 'AAAA' };
    const report = { ...REPORT, replaces };
    const post = () => app.inject({ method: 'POST', url: API, headers: OWN, payload: report });

    const first = await post();
    expect([first.statusCode, first.json()]).toEqual([200, { stored: 'known' }]);
    const second = await post();
    expect([second.statusCode, second.json()]).toEqual([200, { stored: 'known' }]);
    expect(reports).toEqual([report, report]);
    expect(served.map(({ note }) => note)).toEqual(['New subscription', 'Known subscription updated']);
  });

  it('takes a program of this machine, which names no origin', async () => {
    const { app } = await makeApp();
    const answer = await app.inject({
      method: 'POST',
      url: API,
      headers: { host: OWN.host },
      payload: REPORT,
    });
    expect(answer.statusCode).toBe(200);
  });

  it.each([
    [{ ...REPORT, state: 'gone' }, 'state'],
    [{ ...REPORT, subscription: { ...SUBSCRIPTION, id: 1 } }, 'subscription.id'],
    [{ ...REPORT, replaces: { endpoint: 'https://a', auth: 'b', id: 1 } }, 'replaces.id'],
  ])('refuses a name that it does not know, and says which', async (payload, field) => {
    const { app, reports } = await makeApp();
    const answer = await app.inject({ method: 'POST', url: API, headers: OWN, payload });
    expect(answer.statusCode).toBe(422);
    const { error } = pageErrorSchema.parse(answer.json());
    expect(error).toMatchObject({ code: 'unknown-field', field });
    expect(error.cause).toContain(field);
    expect(reports).toEqual([]);
  });

  it('passes on why a subscription was refused', async () => {
    const problem = {
      code: 'private-endpoint',
      cause: 'It is private.',
      cure: 'Allow it.',
      field: 'endpoint',
    };
    const { app, served } = await makeApp({
      subscriptions: intakeThatThrows(new Refusal('BAD_INPUT', problem)),
    });
    const answer = await app.inject({ method: 'POST', url: API, headers: OWN, payload: REPORT });
    expect([answer.statusCode, answer.json()]).toEqual([422, { error: problem }]);
    expect(served[0]?.note).toBe(problem.cause);
  });

  it('hides the details of a defect, but logs them', async () => {
    const { app, captured } = await makeApp({
      subscriptions: intakeThatThrows(new Error('SELECT secret FROM keys')),
    });
    const answer = await app.inject({ method: 'POST', url: API, headers: OWN, payload: REPORT });
    expect(answer.statusCode).toBe(500);
    expect(pageErrorSchema.parse(answer.json()).error.code).toBe('internal');
    expect(answer.body).not.toContain('secret');
    expect(captured.text()).toContain('SELECT secret FROM keys');
    expect(captured.text()).not.toContain(SUBSCRIPTION.keys.auth);
  });
});

describe('DELETE /api/subscriptions', () => {
  it('passes the cancellation on and tells whether it was known', async () => {
    const { app, cancels, served } = await makeApp();
    const remove = () => app.inject({ method: 'DELETE', url: API, headers: OWN, payload: CANCEL });

    expect((await remove()).json()).toEqual({ known: false });
    await app.inject({ method: 'POST', url: API, headers: OWN, payload: REPORT });
    const known = await remove();
    expect([known.statusCode, known.json()]).toEqual([200, { known: true }]);
    expect(cancels).toEqual([CANCEL, CANCEL]);
    expect(served.map(({ note }) => note)).toContain('Subscription cancelled');
  });
});

describe('limits', () => {
  const limits = { all: 6, writes: 2, links: 3 };
  const FOREIGN_PICTURE = {
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'no-cors',
    'sec-fetch-dest': 'image',
  };
  const LINK = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
  const TYPED = { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

  async function limited() {
    const made = await makeApp({ limits });
    const get = async (headers: object = {}, url = '/healthz', remoteAddress = '127.0.0.1') =>
      made.app.inject({ url, headers: { host: OWN.host, ...headers }, remoteAddress });
    const write = (method: 'POST' | 'DELETE', remoteAddress = '127.0.0.1') =>
      made.app.inject({
        method,
        url: API,
        headers: OWN,
        payload: method === 'POST' ? REPORT : CANCEL,
        remoteAddress,
      });
    return { ...made, get, write };
  }

  it('slows down who asks too often, and says for how long', async () => {
    const { get, served } = await limited();
    for (let index = 0; index < limits.all; index += 1) expect((await get()).statusCode).toBe(200);
    const answer = await get();
    expect(answer.statusCode).toBe(429);
    expect(answer.headers['retry-after']).toBe('60');
    expect(pageErrorSchema.parse(answer.json()).error).toMatchObject({
      code: 'too-many-requests',
      cure: 'Wait 1 minute and try again.',
    });
    expect(served.at(-1)).toMatchObject({ status: 429, refusal: 'too-many-requests' });
  });

  it('counts all addresses of this machine as one', async () => {
    const { get, write } = await limited();
    const addresses = [
      '127.0.0.1',
      '127.0.0.2',
      '127.200.3.4',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:127.1.1.1',
    ];
    for (const address of addresses) expect((await get({}, '/healthz', address)).statusCode).toBe(200);
    expect((await get({}, '/healthz', '127.77.0.1')).statusCode).toBe(429);
    await write('POST', '127.0.0.3');
    await write('POST', '::1');
    expect((await write('POST', '127.0.0.4')).statusCode).toBe(429);
  });

  it('counts all writes together, apart from reads, and paths that do not exist as reads', async () => {
    const { get, write, reports, cancels } = await limited();
    expect((await write('POST')).statusCode).toBe(200);
    expect((await write('DELETE')).statusCode).toBe(200);
    expect((await write('DELETE')).statusCode).toBe(429);
    expect((await write('POST')).statusCode).toBe(429);
    expect([reports.length, cancels.length]).toEqual([1, 1]);
    for (let index = 0; index < limits.all; index += 1) {
      expect((await get({}, `/nope-${index}`)).statusCode).toBe(404);
    }
    expect((await get({}, '/nope')).statusCode).toBe(429);
  });

  it('refuses what a page of another site asks for, and counts none of it', async () => {
    const { get } = await limited();
    for (let index = 0; index < 620; index += 1) {
      const answer = await get(FOREIGN_PICTURE, index % 2 === 0 ? '/icon-192.png' : '/');
      expect(answer.statusCode).toBe(403);
      expect(answer.headers['x-ratelimit-remaining']).toBeUndefined();
    }
    for (let index = 0; index < limits.all; index += 1) expect((await get(TYPED, '/')).statusCode).toBe(200);
  });

  it('shows the page to whoever follows a link, and lets links use up nothing but their own', async () => {
    const { get } = await limited();
    for (let index = 0; index < limits.links; index += 1) {
      const answer = await get(LINK, '/');
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    }
    expect((await get(LINK, '/')).statusCode).toBe(429);
    expect((await get(TYPED, '/')).statusCode).toBe(200);
  });

  it('keeps what programs use up apart from what a person in a browser has', async () => {
    const { get } = await limited();
    for (let index = 0; index <= limits.all; index += 1) await get();
    expect((await get()).statusCode).toBe(429);
    expect((await get(TYPED, '/')).statusCode).toBe(200);
  });
});

describe('a wrong method', () => {
  it.each([
    ['/', 'GET, HEAD'],
    [API, 'POST, DELETE'],
  ])('is told the right ones for %s', async (url, allow) => {
    const { app } = await makeApp();
    const answer = await app.inject({ method: 'PUT', url, headers: OWN });
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, allow]);
  });
});

describe('the list of requests', () => {
  it('tells method, path, status and time, and leaves the query out', async () => {
    const { app, served } = await makeApp();
    await app.inject({ url: '/config.json?token=secret#x', headers: OWN });
    expect(served).toEqual([
      expect.objectContaining({ method: 'GET', path: '/config.json', status: 200, note: null }),
    ]);
    expect(served[0]?.durationMs).toBeGreaterThanOrEqual(0);
    expect(served[0]?.at).toBe(Date.UTC(2026, 0, 15, 12));
  });
});
