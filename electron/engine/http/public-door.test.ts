import type { InjectOptions } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { readPublicAddress } from '../../contract/public-address.ts';
import { listenAtLoopbacks } from './listen.ts';
import { OWN, PORT, REPORT, SUBSCRIPTION, makeApp } from './testing/http-app.ts';
import { rawRequest } from './testing/raw-request.ts';

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0)) await undo();
});

const NAME = 'push.example.org';
const ORIGIN = `https://${NAME}`;
const CANCEL = { endpoint: SUBSCRIPTION.endpoint, auth: SUBSCRIPTION.keys.auth };
/** What a browser says about the page's own requests. */
const ownPage = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' };

function addressOf(url: string) {
  const read = readPublicAddress(url);
  if (read.kind === 'refused') throw new Error(read.reason);
  return read.address;
}

/** With a route that stands in for the local API: only this machine may use it. */
async function publicApp(url = `${ORIGIN}/`, more: Parameters<typeof makeApp>[0] = {}) {
  const made = await makeApp({ reach: () => ({ publicAddress: addressOf(url) }), ...more });
  made.app.get('/api/v1/secret', () => 'secret');
  made.app.get('/kit/kit.js', { config: { crossOrigin: 'script' } }, () => 'kit');
  const ask = (request: InjectOptions) => made.app.inject(request);
  return { ...made, ask };
}

describe('the public address', () => {
  it.each([NAME, `${NAME}:443`, 'PUSH.Example.ORG'])('answers to the host %s', async (host) => {
    const { ask } = await publicApp();
    for (const url of ['/', '/sw.js', '/page.js', '/config.json', '/healthz', '/kit/kit.js']) {
      expect((await ask({ url, headers: { host, ...ownPage } })).statusCode, url).toBe(200);
    }
  });

  it.each([
    `${NAME}.`,
    `${NAME}:4830`,
    `${NAME}:80`,
    `${NAME}:`,
    `www.${NAME}`,
    'example.org',
    `${NAME}.evil.example`,
    `evil-${NAME}`,
    `${NAME}@evil.example`,
    `evil.example#${NAME}`,
    'evil.example',
    '',
  ])('answers to no other: "%s"', async (host) => {
    const { ask } = await publicApp();
    const answer = await ask({ url: '/', headers: { host } });
    expect(answer.statusCode).toBe(421);
    expect(answer.body).not.toMatch(/localhost|4830|push\.example/);
  });

  it.each<[string, 'POST' | 'DELETE', object]>([
    ['subscribe', 'POST', REPORT],
    ['cancel', 'DELETE', CANCEL],
  ])(
    'lets its page %s behind a proxy that keeps the name, and behind one that does not',
    async (_what, method, payload) => {
      const { ask } = await publicApp();
      for (const host of [NAME, `127.0.0.1:${PORT}`, OWN.host]) {
        const headers = { host, origin: ORIGIN, ...ownPage };
        const answer = await ask({ method, url: '/api/subscriptions', payload, headers });
        expect(answer.statusCode, host).toBe(200);
      }
    },
  );

  it('still answers at home, page and all', async () => {
    const { ask } = await publicApp();
    const answer = await ask({ method: 'POST', url: '/api/subscriptions', payload: REPORT, headers: OWN });
    expect(answer.statusCode).toBe(200);
    expect((await ask({ url: '/api/v1/secret', headers: { host: OWN.host } })).body).toBe('secret');
  });

  it.each([
    ['by its name', { host: NAME }],
    ['by its name, from its page', { host: NAME, origin: ORIGIN, ...ownPage }],
    ['through a proxy that hides the name, from its page', { host: OWN.host, origin: ORIGIN, ...ownPage }],
    ['through a proxy that tells of the caller', { host: OWN.host, 'x-forwarded-for': '192.0.2.1' }],
    ['through one that tells in another way', { host: OWN.host, forwarded: 'for=192.0.2.1' }],
    ['through one that tells only that it is there', { host: OWN.host, via: '1.1 proxy' }],
  ])('has no local API: %s', async (_how, headers) => {
    const { ask } = await publicApp();
    for (const url of ['/api/v1/secret', '/api/v1', '/api/v1/nope', '/%61pi/v1/secret', '/api/v1/secret?x']) {
      const answer = await ask({ url, headers });
      expect([403, 404], url).toContain(answer.statusCode);
      expect(answer.body, url).not.toMatch(/^secret|localhost|4830|openapi/);
    }
  });

  it.each([
    '/../api/v1/secret',
    '/x/../api/v1/secret',
    '/%2e%2e/api/v1/secret',
    '//api/v1/secret',
    '/api//v1/secret',
    '/api%2fv1%2fsecret',
    '/api%252fv1/secret',
    '/\\api\\v1\\secret',
    '/..%5capi/v1/secret',
    '/api/v1/%73ecret',
    '/config.json/../api/v1/secret',
    '/./api/v1/secret',
    '/;/api/v1/secret',
  ])('has none behind a smuggled path either: %s', async (target) => {
    for (const prefix of ['', '/push']) {
      const made = await publicApp(`${ORIGIN}${prefix}/`);
      const result = await listenAtLoopbacks(made.app, { wanted: 0, mayMove: true });
      cleanUp.push(() => made.app.close());
      for (const path of [target, `${prefix}${target}`]) {
        const text = `GET ${path} HTTP/1.1\r\nHost: ${NAME}\r\nConnection: close\r\n\r\n`;
        const answer = await rawRequest(result.port, text);
        expect(answer.split(' ', 2)[1], path).toMatch(/^40[034]$|^421$/);
        expect(answer, path).not.toMatch(/secret$/);
      }
    }
  });

  it.each([`http://${NAME}/`, `https://${NAME}/`, 'http://evil.example/', `${NAME}:443`, '*'])(
    'takes no target that names a host, or none: %s',
    async (target) => {
      const made = await publicApp();
      const { port } = await listenAtLoopbacks(made.app, { wanted: 0, mayMove: true });
      cleanUp.push(() => made.app.close());
      const answer = await rawRequest(
        port,
        `GET ${target} HTTP/1.1\r\nHost: ${NAME}\r\nConnection: close\r\n\r\n`,
      );
      expect(answer.split(' ', 2)[1]).toMatch(/^4/);
    },
  );

  it('takes no second Host', async () => {
    const made = await publicApp();
    const { port } = await listenAtLoopbacks(made.app, { wanted: 0, mayMove: true });
    cleanUp.push(() => made.app.close());
    for (const [one, other] of [
      [NAME, OWN.host],
      [OWN.host, NAME],
      [NAME, NAME],
    ]) {
      const text = `GET / HTTP/1.1\r\nHost: ${one}\r\nHost: ${other}\r\nConnection: close\r\n\r\n`;
      expect(await rawRequest(port, text)).toMatch(/^HTTP\/1.1 400 /);
    }
  });

  it.each([
    'null',
    'http://push.example.org',
    'https://push.example.org.',
    'https://push.example.org:8443',
    'https://push.example.org.evil.example',
    'https://www.push.example.org',
    'https://example.org',
    OWN.origin,
  ])('takes no writes from the origin %s', async (origin) => {
    const { ask, reports } = await publicApp();
    const request = { method: 'POST', url: '/api/subscriptions', payload: REPORT } as const;
    const answer = await ask({ ...request, headers: { host: NAME, origin } });
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ error: { code: 'foreign-origin' } });
    expect(answer.body).not.toMatch(/localhost|4830/);
    expect(reports).toEqual([]);
  });

  it('is no way round the rule against other sites for a page that calls this machine', async () => {
    const { ask } = await publicApp();
    const headers = { host: OWN.host, origin: ORIGIN, ...ownPage, 'sec-fetch-site': 'cross-site' };
    const answer = await ask({ method: 'POST', url: '/api/subscriptions', payload: REPORT, headers });
    expect(answer.statusCode).toBe(403);
  });

  it('lets any page load the kit there, which is no secret, and on this machine none', async () => {
    const { ask } = await publicApp();
    const headers = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'no-cors',
      'sec-fetch-dest': 'script',
    };
    expect((await ask({ url: '/kit/kit.js', headers: { ...headers, host: NAME } })).statusCode).toBe(200);
    expect((await ask({ url: '/kit/kit.js', headers: { ...headers, host: OWN.host } })).statusCode).toBe(403);
  });
});

describe('a name of this machine', () => {
  it('is believed from this machine alone', async () => {
    const { ask } = await publicApp();
    const request = { url: '/api/v1/secret', headers: { host: OWN.host } };
    expect((await ask({ ...request, remoteAddress: '192.0.2.1' })).statusCode).toBe(421);
    expect((await ask({ ...request, remoteAddress: '172.17.0.1' })).statusCode).toBe(421);
  });
});

describe('below a path', () => {
  const below = () => publicApp(`${ORIGIN}/push/`);

  it.each(['', '/push'])('answers where the proxy sends "%s" before the path', async (kept) => {
    const { ask } = await below();
    for (const host of [NAME, OWN.host]) {
      for (const path of ['/', '/page.js', '/config.json', '/healthz', '/kit/kit.js']) {
        expect((await ask({ url: `${kept}${path}`, headers: { host } })).statusCode, path).toBe(200);
      }
      const headers = { host, origin: ORIGIN, ...ownPage };
      const answer = await ask({
        method: 'POST',
        url: `${kept}/api/subscriptions`,
        payload: REPORT,
        headers,
      });
      expect(answer.statusCode).toBe(200);
    }
  });

  it('lets the worker rule that path and no more', async () => {
    const { ask } = await below();
    const kept = await ask({ url: '/push/sw.js', headers: { host: NAME } });
    const stripped = await ask({ url: '/sw.js', headers: { host: NAME } });
    for (const { headers } of [kept, stripped]) expect(headers['service-worker-allowed']).toBe('/push/');
    const { headers } = await ask({ url: '/sw.js', headers: { host: OWN.host } });
    expect(headers['service-worker-allowed']).toBe('/');
  });

  it('leads to the slash at its end, where links begin', async () => {
    const { ask } = await below();
    const answer = await ask({ url: '/push', headers: { host: NAME } });
    expect([answer.statusCode, answer.headers.location]).toEqual([308, '/push/']);
  });

  it.each([
    '/push/api/v1/secret',
    '/push/push/api/v1/secret',
    '/push//api/v1/secret',
    '/PUSH/',
    '/pushy/',
    '/push%2f',
  ])('has nothing else: %s', async (url) => {
    const { ask } = await below();
    for (const host of [NAME, OWN.host]) {
      expect([403, 404]).toContain((await ask({ url, headers: { host } })).statusCode);
    }
  });
});

describe('what is counted', () => {
  const limits = { all: 3, links: 3, writes: 3 };
  const asks = async (headersOf: (index: number) => Record<string, string>, remoteAddress = '127.0.0.1') => {
    const { ask } = await publicApp(`${ORIGIN}/`, { limits });
    const statuses: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      const headers = { host: NAME, ...headersOf(index) };
      statuses.push((await ask({ url: '/config.json', headers, remoteAddress })).statusCode);
    }
    return statuses;
  };

  it('is each caller behind a trusted proxy', async () => {
    expect(await asks((index) => ({ 'x-forwarded-for': `192.0.2.${index}` }))).toEqual([
      200, 200, 200, 200, 200,
    ]);
  });

  it('is not what a caller says', async () => {
    const spoofed = (index: number) => ({ 'x-forwarded-for': `192.0.2.${index}, 198.51.100.7` });
    expect(await asks(spoofed)).toEqual([200, 200, 200, 429, 429]);
    const direct = (index: number) => ({
      'x-forwarded-for': `192.0.2.${index}`,
      forwarded: `for=10.0.0.${index}`,
    });
    expect(await asks(direct, '198.51.100.7')).toEqual([200, 200, 200, 429, 429]);
  });

  it('is a network of IPv6, of which one household has 18 trillion addresses', async () => {
    const inOne = (index: number) => ({ 'x-forwarded-for': `2001:db8:1:2:${index}::1` });
    expect(await asks(inOne)).toEqual([200, 200, 200, 429, 429]);
  });
});

it('has one rate for each caller at the public address, whatever it says it is', async () => {
  const { ask } = await publicApp(`${ORIGIN}/`, { limits: { all: 2, links: 2, writes: 2, receipts: 2 } });
  const kinds = [{}, ownPage, { origin: ORIGIN, ...ownPage }, ownPage];
  const statuses = [];
  for (const headers of kinds)
    statuses.push((await ask({ url: '/config.json', headers: { host: NAME, ...headers } })).statusCode);
  expect(statuses).toEqual([200, 200, 429, 429]);
});
