import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenScopeSchema } from '../electron/contract/access-tokens.ts';
import { accessOf, mayCall } from '../electron/contract/access.ts';
import { listServedProcedures } from '../electron/engine/http/local-api/served-procedures.ts';
import { rawRequest } from '../electron/engine/http/testing/raw-request.ts';
import { workspaceEngine } from './support/workspace.ts';

const NAME = 'push.example.org';

interface Route {
  readonly method: string;
  /** With its parameters filled in. */
  readonly path: string;
  /** Anybody may ask for it at the public address; the others need a token. */
  readonly isPublic: boolean;
}

/** The routes of a whole engine as its server adds them, so that a new one is here without a list. */
async function engineWithRoutes() {
  const routes: Route[] = [];
  const listen = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', ({ method, url, config }) => {
      for (const one of [method].flat())
        routes.push({
          method: one,
          path: url.replace(/:\w+/g, '1'),
          isPublic: config?.isPublic === true || config?.crossOrigin !== undefined,
        });
    });
  };
  subscribe('fastify.initialization', listen);
  try {
    const settings = { publicUrl: `https://${NAME}/`, publicApi: true, sites: ['https://shop.example'] };
    return { ...(await workspaceEngine(settings)), routes };
  } finally {
    unsubscribe('fastify.initialization', listen);
  }
}

let callers = 0;
/** As a proxy on this machine passes on a request, each from a new caller: so none uses up what a caller is allowed. */
const headOf = (method: string, target: string) => {
  callers += 1;
  return [
    `${method} ${target} HTTP/1.1`,
    `Host: ${NAME}`,
    'X-Forwarded-Proto: https',
    `X-Forwarded-For: 203.0.${(callers >> 8) & 255}.${callers & 255}`,
    'Connection: close',
  ];
};
/** As a program on this machine asks. */
const localHeadOf = (port: number, target: string) => [
  `GET ${target} HTTP/1.1`,
  `Host: localhost:${port}`,
  'Connection: close',
];
const textOf = (head: readonly string[], body: Buffer | string = '') =>
  `${[...head, ...(body.length === 0 ? [] : ['Content-Type: application/json', `Content-Length: ${body.length}`])].join('\r\n')}\r\n\r\n`;
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
const codeIn = (answer: string) => /"code":"([a-z-]+)"/.exec(answer)?.[1];

describe('every route, as the server has it', () => {
  it('is public and takes no token, or asks for one', async () => {
    const { port, routes } = await engineWithRoutes();
    const open = routes.filter(({ isPublic }) => isPublic).map(({ method, path }) => `${method} ${path}`);
    // Listed by name, so that none becomes public unnoticed; files of the page aside.
    expect(open.filter((route) => !/^(GET|HEAD) \/[\w./-]*\.\w+$/.test(route)).sort()).toEqual(
      [
        'DELETE /api/subscriptions',
        'GET /',
        'GET /healthz',
        'GET /healthz/ready',
        'GET /workspace',
        'HEAD /',
        'HEAD /healthz',
        'HEAD /healthz/ready',
        'POST /api/phone',
        'POST /api/receipts',
        'POST /api/subscriptions',
      ].sort(),
    );
    for (const { method, path, isPublic } of routes) {
      if (isPublic) continue;
      const answer = await rawRequest(port, textOf(headOf(method, path)));
      expect([method, path, statusOf(answer), codeIn(answer)]).toEqual([method, path, 401, 'token-missing']);
    }
  });

  it('answers any bytes, any JSON and any headers with less than 500, and a refusal in its own words', async () => {
    const { port, routes, captured, client } = await engineWithRoutes();
    const before = await client.app.settings();
    const bodies = fc.oneof(
      fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes)),
      fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
    );
    const header = fc.record({
      name: fc.constantFrom(
        'Origin',
        'Forwarded',
        'Authorization',
        'If-None-Match',
        'Accept',
        'Cookie',
        'Range',
        'Sec-Fetch-Site',
        'Upgrade',
        'X-HTTP-Method-Override',
        'X-Original-URL',
        'X-Forwarded-Host',
        'Access-Control-Request-Method',
        'Expect',
        'TE',
      ),
      value: fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
    });
    const query = fc.webQueryParameters();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...routes),
        bodies,
        fc.array(header, { maxLength: 3 }),
        query,
        async (route, body, headers, asked) => {
          const { method, path } = route;
          const target = asked === '' ? path : `${path}?${asked}`;
          const given = ['GET', 'HEAD'].includes(method) ? Buffer.alloc(0) : body;
          const lines = headers.map(({ name, value }) => `${name}: ${value}`);
          const text = textOf([...headOf(method, target), ...lines], given) + given.toString('latin1');
          const answer = await rawRequest(port, text);
          const status = statusOf(answer);
          expect(status, text).toBeGreaterThanOrEqual(200);
          expect(status, text).toBeLessThan(500);
          if (!route.isPublic) expect(status, text).toBeGreaterThanOrEqual(400);
          if (status >= 400 && method !== 'HEAD') expect(codeIn(answer), answer).toBeTruthy();
        },
      ),
      { numRuns: 1500 },
    );
    expect(captured.text()).not.toMatch(/"level":"(error|fatal)"|"level":(50|60)/);
    expect(await client.app.settings()).toEqual(before);
    expect((await client.subscriptions.counts({ filter: {} })).matching).toBe(0);
  });
});

/** Ways to write a step, and to write what follows it, that some program on the way may read differently. */
const STEPS = ['..', '.%2e', '%2e%2e', '%2E.', '..;', '..%00', '%252e%252e'];
const SLASHES = ['/', '\\', '%2f', '%5c', '//', '/./'];

describe('a token', () => {
  const served = listServedProcedures();

  it.each(tokenScopeSchema.options.filter((scope) => scope !== 'owner'))(
    'with the scope %s reaches no read that it may not make, however the path is written',
    async (scope) => {
      const { port, makeToken } = await engineWithRoutes();
      const { secret } = await makeToken([scope]);
      const isIn = (name: string) => mayCall([scope], accessOf(name));
      const reads = served.filter(({ method, name }) => method === 'GET' && name !== 'app.changes');
      const targets = reads
        .filter(({ name }) => !isIn(name))
        .map(({ path }) => path.replace(/\{\w+\}/g, '1'));
      const bases = served
        .filter(({ name }) => isIn(name))
        .map(({ path }) => path.replace(/\{\w+\}/g, 'x'))
        .filter((path, at, all) => all.indexOf(path) === at);
      const spelt: string[] = [];
      for (const [at, target] of targets.entries()) {
        spelt.push(
          `/api/v1/${target}`,
          `/api//v1${target}`,
          `/api/v1${target}/`,
          `/api/v1${target}%00`,
          `/api/v1${target}%2f`,
          `/api/v1${target};x`,
          `/api/v1${target.toUpperCase()}`,
          `/api/v1/%${target.charCodeAt(1).toString(16)}${target.slice(2)}`,
          `/%61pi/v1${target}`,
          `//api/v1${target}`,
          `/sw.js/../api/v1${target}`,
          `http://${NAME}/api/v1${target}`,
        );
        // Each base meets each way to step; over all targets, each way meets each base.
        for (const [which, base] of bases.entries()) {
          const step = STEPS[(at + which) % STEPS.length] ?? '..';
          const slash = SLASHES[(at * 3 + which) % SLASHES.length] ?? '/';
          const up = base
            .split('/')
            .slice(1)
            .map(() => step);
          spelt.push(`/api/v1${base}${slash}${up.join(slash)}${target.replaceAll('/', slash)}`);
        }
      }
      for (const target of spelt) {
        // The public door refuses an odd path by itself, so the other one is tried too.
        for (const head of [headOf('GET', target), localHeadOf(port, target)]) {
          const answer = await rawRequest(port, textOf([...head, `Authorization: Bearer ${secret}`]));
          expect(statusOf(answer), head.join()).toBeGreaterThanOrEqual(400);
          expect(statusOf(answer), head.join()).toBeLessThan(500);
        }
      }
      expect(spelt.length).toBeGreaterThan(100);
    },
  );
});
