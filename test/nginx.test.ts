import { readFileSync } from 'node:fs';
import { connect as connectHttp2, constants } from 'node:http2';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { browserSubscription } from '../electron/engine/testing/browser-subscription.ts';
import { engineOptions } from '../electron/engine/testing/engine-options.ts';
import { fakeHost } from '../electron/engine/testing/fake-host.ts';
import { tempEngine } from '../electron/engine/testing/temp-engine.ts';
import { freePort, startNginx, type Nginx } from './support/nginx.ts';
import { ROOT } from './support/surroundings.ts';
import { opened, openSocket } from './support/workspace.ts';

const HOST = 'proxy_set_header Host $host;';
const CALLER = 'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;';

interface Front {
  /** nginx' `server` block, for an engine at this address without a slash at its end. */
  locations: (inner: string) => string;
  path: string;
}

const FRONTS: Record<string, Front> = {
  'at a name of its own': {
    locations: (inner) => `location / { proxy_pass ${inner}; ${HOST} ${CALLER} }`,
    path: '/',
  },
  'with the defaults of nginx': { locations: (inner) => `location / { proxy_pass ${inner}; }`, path: '/' },
  'below a path that is taken away': {
    locations: (inner) => `location /push/ { proxy_pass ${inner}/; ${HOST} ${CALLER} }`,
    path: '/push/',
  },
  'below a path that stays': {
    locations: (inner) => `location /push/ { proxy_pass ${inner}; ${HOST} ${CALLER} }`,
    path: '/push/',
  },
  'below a path with the defaults of nginx': {
    locations: (inner) => `location /push/ { proxy_pass ${inner}; }`,
    path: '/push/',
  },
};

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: string;
}

/** Over HTTP/2 to nginx, as browsers ask. */
function ask(
  { port, authority }: Nginx,
  path_: string,
  { method = 'GET', body = '', headers = {} }: { method?: string; body?: string; headers?: object } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const session = connectHttp2(`https://localhost:${port}`, { ca: authority });
    session.on('error', reject);
    const stream = session.request(
      { [constants.HTTP2_HEADER_METHOD]: method, [constants.HTTP2_HEADER_PATH]: path_, ...headers },
      { endStream: body === '' },
    );
    let text = '';
    let answer: Record<string, unknown> = {};
    stream.on('response', (given) => (answer = { ...given }));
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
    stream.on('end', () => {
      session.close();
      resolve({ status: Number(answer[':status']), headers: answer, body: text });
    });
    stream.on('error', reject);
    if (body !== '') stream.end(body);
  });
}

async function behind({ locations, path: below }: Front) {
  const options = engineOptions({ port: await freePort() });
  const nginx = await startNginx(locations(`http://127.0.0.1:${options.port ?? 0}`));
  vi.stubEnv('PUSHDESK_EXTRA_CA_CERTS', nginx.authorityFile);
  const { engine, client } = await tempEngine({ options });
  vi.unstubAllEnvs();
  await engine.start();
  await client.keys.generate({ name: 'Shop', subject: 'mailto:me@example.com' });
  const token = readFileSync(path.join(options.dataDir, 'api-token'), 'utf8').trim();
  const origin = `https://localhost:${nginx.port}`;
  const [pair] = await client.keys.list();
  const publicKey = pair?.publicKey ?? '';
  const subscription = browserSubscription();
  const ownPage = {
    origin,
    'sec-fetch-site': 'same-origin',
    'sec-fetch-mode': 'cors',
    'content-type': 'application/json',
  };
  return {
    client,
    publicUrl: `${origin}${below}`,
    page: (name = '', headers: object = {}) => ask(nginx, `${below}${name}`, { headers }),
    subscribe: () =>
      ask(nginx, `${below}api/subscriptions`, {
        method: 'POST',
        headers: ownPage,
        body: JSON.stringify({ subscription, publicKey }),
      }),
    cancel: (auth = subscription.keys.auth) =>
      ask(nginx, `${below}api/subscriptions`, {
        method: 'DELETE',
        headers: ownPage,
        body: JSON.stringify({ endpoint: subscription.endpoint, auth }),
      }),
    api: () => ask(nginx, `${below}api/v1/subscriptions`, { headers: { authorization: `Bearer ${token}` } }),
    states: async () => (await client.subscriptions.list({ filter: {} })).items.map(({ state }) => state),
    publicKey,
  };
}

describe.each(Object.entries(FRONTS))('a real nginx %s', (name, front) => {
  const isDefault = name.includes('defaults');

  it('shows the page, subscribes and cancels, once the address is set; the check agrees', async () => {
    const { client, publicUrl, page, subscribe, cancel, api, states, publicKey } = await behind(front);
    const refused = await subscribe();
    expect(refused.status).toBe(isDefault ? 403 : 421);
    expect(refused.body).toContain('PUSHDESK_PUBLIC_URL');

    await client.app.changeSettings({ publicUrl });
    expect((await page()).body).toContain('<title>Subscribe</title>');
    expect(JSON.parse((await page('config.json')).body)).toEqual({ publicKey });
    const worker = await page('sw.js', { 'service-worker': 'script' });
    expect(worker.status).toBe(200);
    if (!isDefault) expect(worker.headers['service-worker-allowed']).toBe(front.path);
    expect((await subscribe()).status).toBe(200);
    expect(await states()).toEqual(['active']);
    // A wrong secret is answered as an endpoint that nobody knows is, and changes nothing.
    expect(JSON.parse((await cancel('AAAAAAAAAAAAAAAAAAAAAA')).body)).toEqual({ known: false });
    expect(await states()).toEqual(['active']);
    expect(JSON.parse((await cancel()).body)).toEqual({ known: true });
    expect(await states()).toEqual(['unsubscribed']);

    const { reach } = await client.server.checkReach();
    expect(reach.check).toMatchObject({ problem: null, url: publicUrl });
    const hints = reach.check?.hints.map(({ code }) => code);
    expect(hints).toEqual(isDefault ? ['host-hidden', 'caller-made-up'] : []);
    // Where nginx hides the name, the check says so; then the token is all that is left.
    if (!isDefault || front.path !== '/') expect((await api()).status).toBe(403);
  });
});

/** What the check says, by the path where nginx does it. */
const WRONG: Record<string, (inner: string) => string> = {
  'proxy-finds-nothing': () => 'proxy_pass http://127.0.0.1:9;',
  'another-program': () => 'return 200 "It works!";',
  'redirects-elsewhere': () => 'return 301 https://www.localhost$request_uri;',
  'redirects-to-http': () => 'return 301 http://localhost$request_uri;',
  'host-changed': (inner) => `proxy_pass ${inner}; proxy_set_header Host other.example;`,
  'path-wrong': (inner) => `proxy_pass ${inner}/elsewhere/; ${HOST}`,
  'proxy-refuses': () => 'deny all;',
};

it('tells apart what is not right with a real nginx', async () => {
  const { client, publicUrl } = await behind({
    path: '/',
    locations: (inner) =>
      Object.entries(WRONG)
        .map(([code, directives]) => `location /${code}/ { ${directives(inner)} }`)
        .join('\n'),
  });
  for (const code of Object.keys(WRONG)) {
    await client.app.changeSettings({ publicUrl: `${publicUrl}${code}` });
    const { reach } = await client.server.checkReach();
    expect(reach.check?.problem?.code).toBe(code);
  }
});

/** What the guide says about nginx, word for word. */
const GUIDE = [
  ...readFileSync(path.join(ROOT, 'docs/server.md'), 'utf8').matchAll(/^```nginx\n(.*?)^```$/gms),
].map(([, text = '']) => text);

it('leads to the workspace and the API with tokens, as the guide sets it up, and no page and no other token gets there', async () => {
  const options = engineOptions({ port: await freePort() });
  const [page = '', workspace = ''] = GUIDE.map((text) =>
    text.replace('127.0.0.1:4830', `127.0.0.1:${options.port ?? 0}`),
  );
  const nginx = await startNginx(page + workspace);
  const host = fakeHost();
  const { engine, client } = await tempEngine({ options, host });
  await engine.start();
  const publicUrl = `https://localhost:${nginx.port}/`;
  await client.app.changeSettings({ publicUrl, publicApi: true, remoteWorkspace: true });
  const owner = await client.tokens.create({ name: 'Laptop', scopes: ['owner'] });
  const token = host.secrets.at(-1) ?? '';
  const open = (headers: Record<string, string> = {}) =>
    openSocket(`wss://localhost:${nginx.port}/workspace`, {
      token,
      headers,
      options: { ca: nginx.authority },
    });

  const { client: remote, next, closed } = opened(await open());
  expect(await next()).toContain(`"name":"${publicUrl}"`);
  expect(await remote.keys.list()).toEqual([]);
  expect(await open({ origin: `https://localhost:${nginx.port}` })).toMatchObject({ status: 403 });
  expect(await open({ host: 'evil.example' })).toMatchObject({ status: 421 });
  // Nginx overwrites what a caller says about itself.
  expect(await open({ 'x-forwarded-proto': 'http', 'x-forwarded-for': '127.0.0.1' })).toMatchObject({
    kind: 'open',
  });

  const api = (headers: object) => ask(nginx, '/api/v1/key-pairs', { headers });
  expect((await api({ authorization: `Bearer ${token}` })).status).toBe(200);
  const ofMachine = readFileSync(path.join(options.dataDir, 'api-token'), 'utf8').trim();
  expect((await api({ authorization: `Bearer ${ofMachine}` })).body).toContain('token-local');
  expect((await api({})).status).toBe(401);
  const certificate = await ask(nginx, '/api/v1/settings', {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{"tlsCert":"/etc/passwd"}',
  });
  expect(certificate.body).toContain('not-from-elsewhere');
  expect((await ask(nginx, '/api/v1/openapi.json')).status).toBe(401);

  await client.tokens.revoke({ id: owner.id });
  expect((await closed).code).toBe(4401);
  expect((await api({ authorization: `Bearer ${token}` })).status).toBe(401);
});
