import { describe, expect, it } from 'vitest';
import { OWN, PORT, PUBLIC_KEY, REPORT, SUBSCRIPTION, makeApp } from './testing/http-app.ts';

const SITE = 'https://shop.example';
const { host } = OWN;
const CANCEL = { endpoint: SUBSCRIPTION.endpoint, auth: SUBSCRIPTION.keys.auth };
const fetched = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' };
const embedded = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' };
const preflight = (method: string) => ({
  host,
  origin: SITE,
  'access-control-request-method': method,
  'access-control-request-headers': 'content-type',
  ...fetched,
});

/** A server that lets one site in, with a script for it. */
async function withSite() {
  const made = await makeApp({ reach: () => ({ sites: [SITE] }) });
  made.app.get('/kit/kit.js', { config: { crossOrigin: 'script' } }, () => 'kit');
  return made;
}

describe('a page of a named site', () => {
  it('reads the key', async () => {
    const { app } = await withSite();
    const answer = await app.inject({ url: '/config.json', headers: { host, origin: SITE, ...fetched } });
    expect(answer.json()).toEqual({ publicKey: PUBLIC_KEY });
    expect(answer.headers['access-control-allow-origin']).toBe(SITE);
    expect(answer.headers.vary).toBe('Origin');
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
  });

  it('subscribes and cancels', async () => {
    const { app, reports, cancels } = await withSite();
    for (const [method, payload] of [
      ['POST', REPORT],
      ['DELETE', CANCEL],
    ] as const) {
      const headers = { host, origin: SITE, ...fetched };
      const answer = await app.inject({ method, url: '/api/subscriptions', payload, headers });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['access-control-allow-origin']).toBe(SITE);
    }
    expect([reports.length, cancels.length]).toEqual([1, 1]);
  });

  it('may read why it was refused', async () => {
    const { app } = await withSite();
    const headers = { host, origin: SITE, ...fetched };
    const answer = await app.inject({ method: 'POST', url: '/api/subscriptions', payload: {}, headers });
    expect(answer.statusCode).toBe(422);
    expect(answer.headers['access-control-allow-origin']).toBe(SITE);
  });

  it('may read that it came too often, and when to come again', async () => {
    const { app } = await makeApp({
      reach: () => ({ sites: [SITE] }),
      limits: { all: 100, links: 100, writes: 1 },
    });
    const request = {
      method: 'POST',
      url: '/api/subscriptions',
      payload: REPORT,
      headers: { host, origin: SITE },
    } as const;
    await app.inject(request);
    const { statusCode, headers } = await app.inject(request);
    expect(statusCode).toBe(429);
    expect(headers).toMatchObject({
      'access-control-allow-origin': SITE,
      'access-control-expose-headers': 'Retry-After',
    });
    expect(headers['retry-after']).toBeDefined();
  });

  it.each([
    ['/config.json', 'GET'],
    ['/api/subscriptions', 'POST'],
    ['/api/subscriptions', 'DELETE'],
    ['/kit/kit.js', 'GET'],
  ])('is told beforehand that it may use %s with %s', async (url, method) => {
    const { app } = await withSite();
    const answer = await app.inject({ method: 'OPTIONS', url, headers: preflight(method) });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': SITE,
      'access-control-allow-headers': 'Content-Type',
    });
    expect(answer.headers.vary).toContain('Origin');
    expect(answer.headers['access-control-allow-methods']).toContain(method);
    expect(answer.headers['access-control-allow-private-network']).toBeUndefined();
  });

  it('may call a server on its own machine', async () => {
    const { app } = await withSite();
    const headers = { ...preflight('POST'), 'access-control-request-private-network': 'true' };
    const answer = await app.inject({ method: 'OPTIONS', url: '/api/subscriptions', headers });
    expect(answer.headers['access-control-allow-private-network']).toBe('true');
  });

  it.each(['/', '/sw.js', '/healthz', '/api/v1/keys', '/api/v1/openapi.json', '/nope'])(
    'gets nothing else: %s',
    async (url) => {
      const { app } = await withSite();
      for (const method of ['GET', 'POST', 'OPTIONS'] as const) {
        const headers = method === 'OPTIONS' ? preflight('GET') : { host, origin: SITE, ...fetched };
        const answer = await app.inject({ method, url, headers });
        expect(answer.statusCode).toBe(403);
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      }
    },
  );
});

describe('a page of any other site', () => {
  it.each([
    'null',
    'https://evil.example',
    'https://www.shop.example',
    'https://shop.example.evil.example',
    'https://shop.example:8443',
    'http://shop.example',
    `http://localhost:${PORT + 1}`,
  ])('is refused as ever: %s', async (origin) => {
    const { app, reports } = await withSite();
    const headers = { host, origin, ...fetched };
    const write = await app.inject({ method: 'POST', url: '/api/subscriptions', payload: REPORT, headers });
    expect(write.json()).toMatchObject({ error: { code: 'foreign-origin' } });
    const read = await app.inject({ url: '/config.json', headers });
    const ahead = await app.inject({
      method: 'OPTIONS',
      url: '/api/subscriptions',
      headers: { ...preflight('POST'), origin },
    });
    expect([write, read, ahead].map(({ statusCode }) => statusCode)).toEqual([403, 403, 403]);
    for (const answer of [write, read, ahead]) {
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      expect(answer.headers.vary).toBe('Origin');
    }
    expect(reports).toEqual([]);
  });
});

describe('a script that a page loads without reading it', () => {
  it('may be embedded by a named site', async () => {
    const { app } = await withSite();
    const answer = await app.inject({
      url: '/kit/kit.js',
      headers: { host, referer: `${SITE}/news`, ...embedded },
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cross-origin-resource-policy']).toBe('cross-origin');
  });

  it.each([
    ['by another site', { referer: 'https://evil.example/' }, '/kit/kit.js'],
    ['by nobody who says so', {}, '/kit/kit.js'],
    [
      'in a frame',
      { referer: SITE, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
      '/kit/kit.js',
    ],
    ['where it is not meant for it', { referer: SITE }, '/sw.js'],
    ['where it is data', { referer: SITE }, '/config.json'],
  ])('may not be embedded %s', async (_what, headers, url) => {
    const { app } = await withSite();
    const answer = await app.inject({ url, headers: { host, ...embedded, ...headers } });
    expect(answer.statusCode).toBe(403);
    // Otherwise a page could tell a refusal from a machine on which nothing answers.
    expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
  });
});
