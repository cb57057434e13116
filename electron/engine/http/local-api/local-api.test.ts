import { describe, expect, it } from 'vitest';
import { keyPairSchema } from '../../../contract/keys.ts';
import { settingsSchema } from '../../../contract/settings.ts';
import { createRouter } from '../../serve/router.ts';
import { capturedLog } from '../../testing/captured-log.ts';
import { someCalls } from '../../testing/some-calls.ts';
import { makeApp } from '../testing/http-app.ts';
import { API, apiRig, HEADERS, problemIn, TOKEN } from './testing/local-api.ts';

const HOST = { host: HEADERS.host };
const KEY_PAIR = { name: 'Shop', subject: 'mailto:owner@example.com' };

/** A router whose procedures do not exist. */
const fallenRouter = () =>
  createRouter({
    calls: someCalls({}),
    log: capturedLog().log,
    hasScreens: true,
    storeFile: '/data/pushdesk.db',
    stopping: new AbortController().signal,
  });

describe('the token', () => {
  it.each([
    ['no header', {}],
    ['another scheme', { authorization: `Basic ${TOKEN}` }],
    ['the token alone', { authorization: TOKEN }],
    ['no token', { authorization: 'Bearer ' }],
    ['two tokens', { authorization: `Bearer ${TOKEN} ${TOKEN}` }],
  ])('is asked for: %s', async (_name, headers) => {
    const { app } = await apiRig();
    const answer = await app.inject({ url: '/api/v1/app', headers: { ...HOST, ...headers } });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="Pushdesk"');
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(problemIn(answer)).toMatchObject({ code: 'token-missing', status: 401, title: 'Unauthorized' });
  });

  it('lets nobody in who has another one, and says so as RFC 6750 has it', async () => {
    const { app, captured } = await apiRig();
    const headers = { ...HOST, authorization: `Bearer ${TOKEN}x` };
    const answer = await app.inject({ url: '/api/v1/app', headers });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="Pushdesk", error="invalid_token"');
    expect(problemIn(answer).code).toBe('token-wrong');
    expect(captured.text()).not.toContain(TOKEN);
  });

  it.each(['bearer', 'BEARER'])('is taken after "%s" too', async (scheme) => {
    const { app } = await apiRig();
    const headers = { ...HOST, authorization: `${scheme}  ${TOKEN}` };
    expect((await app.inject({ url: '/api/v1/app', headers })).statusCode).toBe(200);
  });

  it('is not read from the query, and shows in no list of requests', async () => {
    const { app, served } = await apiRig();
    const answer = await app.inject({ url: `/api/v1/app?token=${TOKEN}`, headers: HOST });
    expect(answer.statusCode).toBe(401);
    expect(JSON.stringify(served)).not.toContain(TOKEN);
  });

  it('is checked before a body is read', async () => {
    const { app } = await apiRig();
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/subscriptions/import',
      headers: { ...HOST, 'content-type': 'application/json' },
      payload: '{"broken'.repeat(10_000),
    });
    expect(answer.statusCode).toBe(401);
  });

  it('slows down who guesses, and never locks out who has it', async () => {
    const { app, call } = await apiRig();
    const headers = { ...HOST, authorization: 'Bearer guess' };
    const codes: number[] = [];
    for (let guess = 0; guess < 40; guess += 1) {
      codes.push((await app.inject({ url: '/api/v1/app', headers })).statusCode);
    }
    expect(codes.slice(0, 30)).toEqual(Array(30).fill(401));
    expect(codes.slice(30)).toEqual(Array(10).fill(429));
    const slowed = await app.inject({ url: '/api/v1/app', headers });
    expect(Number(slowed.headers['retry-after'])).toBeGreaterThan(0);
    expect(problemIn(slowed).code).toBe('too-many-wrong-tokens');
    expect((await call({ url: '/api/v1/app' })).statusCode).toBe(200);
  });
});

describe('pages of other sites', () => {
  it.each(['evil.example', 'localhost', 'localhost:4831', 'localhost.evil.example:4830'])(
    'that reach this machine under the name %s learn nothing',
    async (host) => {
      const { app } = await apiRig();
      for (const url of ['/api/v1/app', '/api/v1/openapi.json']) {
        const answer = await app.inject({ url, headers: { ...HEADERS, host } });
        expect(answer.statusCode).toBe(421);
        expect(answer.headers['content-type']).toContain('application/problem+json');
      }
    },
  );

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('cannot post: %o', async (headers) => {
    const { call } = await apiRig();
    const answer = await call({ method: 'POST', url: '/api/v1/key-pairs', payload: KEY_PAIR, headers });
    expect(answer.statusCode).toBe(403);
    expect(problemIn(answer).code).toBe('foreign-origin');
    expect((await call({ url: '/api/v1/key-pairs' })).json()).toEqual([]);
  });

  it('get no word of CORS, not even before they ask', async () => {
    const { app, call } = await apiRig();
    const asked = await app.inject({
      method: 'OPTIONS',
      url: '/api/v1/campaigns',
      headers: {
        ...HOST,
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });
    expect(asked.statusCode).toBe(403);
    const read = await call({ url: '/api/v1/app', headers: { origin: 'https://evil.example' } });
    expect(read.statusCode).toBe(403);
    expect(problemIn(read)).toMatchObject({ code: 'foreign-page' });
    for (const { headers } of [asked, read]) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    }
  });
});

describe('a text that cannot be seen whole', () => {
  it('is refused over HTTP, with the field and the character', async () => {
    const { call } = await apiRig();
    const named = await call({
      method: 'POST',
      url: '/api/v1/key-pairs',
      payload: { ...KEY_PAIR, name: 'Shop\u202Emoc.live' },
    });
    expect(named.statusCode).toBe(422);
    expect(JSON.stringify(named.json())).toContain('U+202E (right-to-left override)');
    const sent = await call({
      method: 'POST',
      url: '/api/v1/campaigns',
      headers: { 'idempotency-key': 'a-key-of-my-own' },
      payload: { message: { title: 'Sale\u001B[2J' }, audience: { kind: 'everyone' } },
    });
    expect(sent.statusCode).toBe(422);
    expect(JSON.stringify(sent.json())).toContain('U+001B (escape)');
    expect((await call({ url: '/api/v1/campaigns' })).json()).toMatchObject({ items: [] });
  });
});

describe('input is taken as it is', () => {
  it('in a body: a name that nobody knows is refused with that name, and nothing is changed', async () => {
    const { call } = await apiRig();
    const before = (await call({ url: '/api/v1/settings' })).json<object>();
    const answer = await call({
      method: 'PATCH',
      url: '/api/v1/settings',
      payload: { maxInFlight: 7, maxInflight: 9 },
    });
    expect(answer.statusCode).toBe(422);
    expect(problemIn(answer)).toMatchObject({ code: 'unknown-field', field: 'maxInflight' });
    expect((await call({ url: '/api/v1/settings' })).json()).toEqual(before);
  });

  it('in a body: nothing becomes a number that is none', async () => {
    const { call } = await apiRig();
    for (const ids of [['1'], ['0x1'], [true], [1.5], [[1]], [' 1'], [null], [-1], [1e21]]) {
      const answer = await call({ method: 'POST', url: '/api/v1/subscriptions/remove', payload: { ids } });
      expect(answer.statusCode).toBe(422);
      expect(problemIn(answer)).toMatchObject({ field: 'ids.0' });
    }
    for (const maxInFlight of ['7', '0x7', true, null, [7]]) {
      const answer = await call({ method: 'PATCH', url: '/api/v1/settings', payload: { maxInFlight } });
      expect(answer.statusCode).toBe(422);
    }
    const flag = await call({ method: 'PATCH', url: '/api/v1/settings', payload: { serverOn: 'true' } });
    expect(problemIn(flag)).toMatchObject({ field: 'serverOn' });
  });

  it.each(['0x1', '01', '1.0', '1e0', '+1', '-1', '%201', '1%20', '%31x', '%EF%BC%91', '99999999999999999'])(
    'in a path and a query: %s is no number',
    async (id) => {
      const { call } = await apiRig();
      await call({ method: 'POST', url: '/api/v1/key-pairs', payload: KEY_PAIR });
      const used = await call({ method: 'POST', url: `/api/v1/key-pairs/${id}/use` });
      expect(used.statusCode).toBe(422);
      expect(problemIn(used)).toMatchObject({ field: 'id' });
      const listed = await call({ url: `/api/v1/subscriptions?limit=${id}` });
      expect(listed.statusCode).toBe(422);
      expect(problemIn(listed)).toMatchObject({ field: 'limit' });
    },
  );

  it('in a path and a query: plain digits, true and false are read', async () => {
    const { call } = await apiRig();
    await call({ method: 'POST', url: '/api/v1/key-pairs', payload: KEY_PAIR });
    expect((await call({ method: 'POST', url: '/api/v1/key-pairs/1/use' })).statusCode).toBe(200);
    const url = '/api/v1/subscriptions?limit=5&inBin=true&keyPairId=1&search=7';
    expect((await call({ url })).json()).toMatchObject({ items: [] });
    for (const inBin of ['1', 'on', 'TRUE', 'yes', '']) {
      expect((await call({ url: `/api/v1/subscriptions?inBin=${inBin}` })).statusCode).toBe(422);
    }
  });

  it('of a path by the path alone: a body that names it again is refused', async () => {
    const { call } = await apiRig();
    await call({ method: 'POST', url: '/api/v1/key-pairs', payload: KEY_PAIR });
    const payload = { ...KEY_PAIR, name: 'Taken', id: 1 };
    const answer = await call({ method: 'PATCH', url: '/api/v1/key-pairs/2', payload });
    expect(answer.statusCode).toBe(422);
    expect(problemIn(answer)).toMatchObject({ code: 'unknown-field', field: 'id' });
    expect((await call({ url: '/api/v1/key-pairs' })).json()).toMatchObject([{ name: 'Shop' }]);
  });
});

describe('a body that is no object', () => {
  it.each(['[]', '[{"op":"replace"}]', 'null', '"x"', '1', 'true'])(
    'is refused where the path names what is meant: %s',
    async (payload) => {
      const { app, call } = await apiRig();
      await call({ method: 'POST', url: '/api/v1/key-pairs', payload: KEY_PAIR });
      for (const [method, url] of [
        ['POST', '/api/v1/key-pairs/1/use'],
        ['PATCH', '/api/v1/subscriptions/1'],
        ['DELETE', '/api/v1/segments/1'],
      ] as const) {
        const headers = { ...HEADERS, 'content-type': 'application/json' };
        const answer = await app.inject({ method, url, headers, payload });
        expect(answer.statusCode).toBe(422);
        expect(problemIn(answer).detail).toBe('The body is not a JSON object.');
      }
    },
  );
});

describe('a name that cannot be seen whole', () => {
  it('is said so that it can be, in a path of the input and in a query', async () => {
    const { call, served } = await apiRig();
    const payload = { attributes: { 'plan\u202E': 'pro', 'a\u001Bb': 'x' } };
    const answer = await call({ method: 'PATCH', url: '/api/v1/subscriptions/1', payload });
    expect(problemIn(answer).detail).toBe(String.raw`The field "attributes.plan\u202E" is invalid.`);
    expect(served.at(-1)?.note).not.toContain('\u202E');
    const query = await call({ url: '/api/v1/subscriptions?lim%E2%80%AEit=1' });
    expect(problemIn(query).detail).toContain(String.raw`"lim\u202Eit"`);
  });
});

describe('procedures over HTTP', () => {
  it('answer as the contract says, with the status of what they did', async () => {
    const { call, served } = await apiRig();
    const made = await call({ method: 'POST', url: '/api/v1/key-pairs', payload: KEY_PAIR });
    expect(made.statusCode).toBe(201);
    expect(made.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
    const pair = keyPairSchema.parse(made.json());
    expect(pair).toMatchObject({ ...KEY_PAIR, inUse: true });
    const renamed = await call({
      method: 'PATCH',
      url: `/api/v1/key-pairs/${pair.id}`,
      payload: { ...KEY_PAIR, name: 'Store' },
    });
    expect(renamed.json()).toMatchObject({ id: pair.id, name: 'Store' });
    expect((await call({ method: 'DELETE', url: `/api/v1/key-pairs/${pair.id}` })).statusCode).toBe(200);
    expect((await call({ url: '/api/v1/key-pairs' })).json()).toEqual([]);
    expect(served.map(({ note }) => note)).toEqual([
      'API: keys.generate',
      'API: keys.update',
      'API: keys.remove',
      'API: keys.list',
    ]);
  });

  it('change what was given and nothing else', async () => {
    const { call } = await apiRig();
    const payload = { maxInFlight: 7, messagesPerMinute: null };
    const answer = await call({ method: 'PATCH', url: '/api/v1/settings', payload });
    // A value set by an environment variable is shown as it is.
    const held = { allowPrivateEndpoints: true };
    expect(answer.json()).toEqual({ ...settingsSchema.parse({}), maxInFlight: 7, ...held });
  });

  it.each([
    ['PUT', '/api/v1/campaigns/3', 405, 'wrong-method', 'GET, PATCH'],
    ['DELETE', '/api/v1/key-pairs', 405, 'wrong-method', 'GET, POST'],
    ['POST', '/api/v1/openapi.json', 405, 'wrong-method', 'GET'],
    ['GET', '/api/v1', 404, 'no-such-path', undefined],
    ['GET', '/api/v1/', 404, 'no-such-path', undefined],
    ['GET', '/api/v1/campaign', 404, 'no-such-path', undefined],
    ['GET', '/api/v1/campaigns/3/', 404, 'no-such-path', undefined],
    ['GET', '/api/v1/campaigns/3/nothing', 404, 'no-such-path', undefined],
    ['GET', '/api/v1/constructor', 404, 'no-such-path', undefined],
    ['GET', '/api/v1/%zz', 400, 'bad-path', undefined],
    ['GET', '/api/v1/key%2Dpairs', 400, 'bad-path', undefined],
    ['POST', '/api/v1/%6bey-pairs', 400, 'bad-path', undefined],
    ['GET', '/api/v1/campaigns/7/%72eceipts', 400, 'bad-path', undefined],
    ['GET', '/api/v1/campaigns/%37%37', 404, 'unknown-campaign', undefined],
    ['GET', '/api/v1/campaigns/77', 404, 'unknown-campaign', undefined],
    ['GET', '/api/v1/campaigns/first', 422, 'input-malformed', undefined],
    ['GET', '/api/v1/campaigns/0', 422, 'input-malformed', undefined],
  ] as const)('%s %s is refused with %i', async (method, url, status, code, allow) => {
    const { call } = await apiRig();
    const answer = await call({ method, url });
    expect(problemIn(answer)).toMatchObject({
      status,
      code,
      type: `urn:problem-type:pushdesk:${code}`,
    });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['allow']).toBe(allow);
  });

  it.each([
    ['text', 'text/plain', 'x', 415, 'not-json'],
    ['a form', 'application/x-www-form-urlencoded', 'name=Shop', 415, 'not-json'],
    ['broken JSON', 'application/json', '{', 400, 'broken-json'],
    ['no body', 'application/json', '', 422, 'input-malformed'],
    ['a list', 'application/json', '[]', 422, 'input-malformed'],
    ['a poisoned prototype', 'application/json', '{"__proto__":{"x":1}}', 400, 'broken-json'],
    ['too much', 'application/json', JSON.stringify({ name: 'x'.repeat(300_000) }), 413, 'body-too-large'],
  ])('refuses %s', async (_name, type, payload, status, code) => {
    const { call } = await apiRig();
    const answer = await call({
      method: 'POST',
      url: '/api/v1/key-pairs',
      payload,
      headers: { 'content-type': type },
    });
    expect(problemIn(answer)).toMatchObject({ status, code });
    expect(answer.statusCode).toBe(status);
  });

  it('needs no body where nothing is to be said, whatever type is named', async () => {
    const { call } = await apiRig();
    const segments = '/api/v1/segments';
    const made = await call({ method: 'POST', url: segments, payload: { name: 'All', filter: {} } });
    const url = `${segments}/${made.json<{ id: number }>().id}`;
    const headers = { 'content-type': 'application/json' };
    expect((await call({ method: 'DELETE', url, headers })).statusCode).toBe(200);
    expect((await call({ method: 'POST', url: `${url}/restore`, headers })).statusCode).toBe(200);
  });

  it('names the field that is wrong, the cause and the cure', async () => {
    const { call } = await apiRig();
    const payload = { ...KEY_PAIR, subject: 'mailto' };
    const answer = await call({ method: 'POST', url: '/api/v1/key-pairs', payload });
    const problem = problemIn(answer);
    expect(problem).toMatchObject({ status: 422, field: 'subject' });
    expect(problem.detail).not.toBe('');
    expect(problem.cure).not.toBe('');
  });

  it('tells nothing of a defect but that it met one; the log knows more', async () => {
    const { app, captured } = await makeApp({
      localApi: { ...API, router: () => fallenRouter() },
    });
    const answer = await app.inject({ url: '/api/v1/key-pairs', headers: HEADERS });
    expect(answer.statusCode).toBe(500);
    expect(problemIn(answer)).toMatchObject({ code: 'internal', status: 500 });
    expect(answer.body).not.toContain('is not a function');
    expect(captured.lines()).toMatchObject([{ path: '/api/v1/key-pairs', msg: 'an API request failed' }]);
  });
});
