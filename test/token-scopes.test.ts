import { describe, expect, it } from 'vitest';
import { tokenScopeSchema, type TokenScope } from '../electron/contract/access-tokens.ts';
import { ACCESS, accessOf, mayCall, namesOf } from '../electron/contract/access.ts';
import { contract } from '../electron/contract/procedures.ts';
import { listServedProcedures } from '../electron/engine/http/local-api/served-procedures.ts';
import { rawRequest } from '../electron/engine/http/testing/raw-request.ts';
import { browserSubscription } from '../electron/engine/testing/browser-subscription.ts';
import { opened, workspaceEngine } from './support/workspace.ts';

const served = listServedProcedures();

describe('the table of who may call what', () => {
  it('has every procedure of the contract, and no other', () => {
    expect(Object.keys(ACCESS).sort()).toEqual(namesOf(contract).sort());
  });

  it('serves over HTTP nothing that is for the machine of the engine alone', () => {
    expect(served.filter(({ name }) => accessOf(name) === 'here')).toEqual([]);
    expect(mayCall(['owner', 'send', 'read', 'subscribe'], accessOf('keys.export'))).toBe(false);
    expect(accessOf('no.such')).toBe('here');
    expect(accessOf('constructor')).toBe('here');
  });

  it('lets in to what changes something only those who are to change it', () => {
    const writes = served.filter(({ method }) => method !== 'GET').map(({ name }) => name);
    expect(writes.filter((name) => mayCall(['read'], accessOf(name)))).toEqual([]);
    const ofScope = (scope: TokenScope) => writes.filter((name) => mayCall([scope], accessOf(name)));
    expect(ofScope('send').filter((name) => !/^(campaigns|drafts|templates)\./.test(name))).toEqual([]);
    expect(ofScope('subscribe').every((name) => name.startsWith('subscriptions.'))).toBe(true);
  });
});

it('every route asks for its scope: what a token may not do is refused with the scope that it needs', async () => {
  const { port, makeToken, client } = await workspaceEngine();
  const before = await client.app.settings();
  for (const scope of tokenScopeSchema.options) {
    const { secret } = await makeToken([scope]);
    for (const { name, method, path } of served) {
      // Its answer would not end.
      if (name === 'app.changes') continue;
      const access = accessOf(name);
      const isIn = mayCall([scope], access);
      // What is allowed is not really done, lest one route change what another asks for.
      if (isIn && method !== 'GET') continue;
      const answer = await fetch(
        `http://localhost:${port}/api/v1${path.replace(/\{\w+\}/g, '1')}`,
        method === 'GET'
          ? { headers: { authorization: `Bearer ${secret}` } }
          : {
              method,
              headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
              body: '{}',
            },
      );
      const problem = await answer.text();
      if (isIn) expect([401, 403], `${scope} ${name}`).not.toContain(answer.status);
      else {
        expect(answer.status, `${scope} ${name}`).toBe(403);
        expect(JSON.parse(problem), name).toMatchObject({
          code: 'scope-missing',
          cure: expect.stringContaining(`"${access}"`) as string,
        });
      }
    }
  }
  expect(await client.app.settings()).toEqual(before);
  expect(await client.keys.list()).toEqual([]);
});

it('a token that may change people but not read them learns nothing of them by changing them', async () => {
  const { port, makeToken, client } = await workspaceEngine();
  const { id } = await client.subscriptions.upsert({
    subscription: browserSubscription(),
    label: 'Phone of Irene',
    externalId: 'user-1',
    tags: ['vip'],
  });
  const ask = async (scopes: TokenScope[], body: object) => {
    const { secret } = await makeToken(scopes);
    const answer = await fetch(`http://localhost:${port}/api/v1/subscriptions/${id}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as object };
  };
  expect(await ask(['subscribe'], {})).toEqual({ status: 200, body: { id } });
  expect(await ask(['subscribe'], { addTags: ['news'] })).toEqual({ status: 200, body: { id } });
  // What a comparison gives is what is really there.
  for (const was of [{ label: 'Phone of Ada' }, { label: 'Phone of Irene' }, {}]) {
    const { status, body } = await ask(['subscribe'], { label: 'X', was });
    expect([status, (body as { code: string }).code]).toEqual([403, 'scope-missing']);
    expect(JSON.stringify(body)).not.toContain('Irene');
  }
  const whole = { label: 'Phone of Irene', externalId: 'user-1', tags: ['vip', 'news'] };
  expect(await ask(['subscribe', 'read'], {})).toMatchObject({ status: 200, body: whole });
  expect(await ask(['owner'], { was: { label: 'Phone of Irene' } })).toMatchObject({
    status: 200,
    body: whole,
  });
});

// Over a socket of its own: a library would resolve the steps of such a path before sending it.
it.each([
  ['GET', '/segments/x\\..\\..\\access-tokens', 'read'],
  ['GET', '/segments/x\\..\\..\\settings', 'read'],
  ['GET', '/deliveries/..\\settings', 'read'],
  ['GET', '/drafts/.%2e\\access-tokens', 'read'],
  ['GET', '/campaigns/%2E%2e/workers', 'read'],
  ['GET', '/campaigns/../workers', 'read'],
  ['GET', '/attributes/%2e%2e/values', 'read'],
  ['GET', '/segments/..', 'read'],
  ['GET', '/segments/.', 'read'],
  ['DELETE', '/drafts/x\\..\\..\\access-tokens\\1', 'send'],
  ['PATCH', '/drafts/x\\..\\..\\settings', 'send'],
  ['PATCH', '/subscriptions/..\\settings', 'subscribe'],
] as const)(
  'no path reaches another procedure than the one that the token is judged for: %s %s',
  async (method, path, scope) => {
    const { port, makeToken, client } = await workspaceEngine();
    const { secret } = await makeToken([scope]);
    const before = await client.app.settings();
    const body = '{"receipts":false}';
    const head = [
      `${method} /api/v1${path} HTTP/1.1`,
      `Host: localhost:${port}`,
      `Authorization: Bearer ${secret}`,
      'Connection: close',
      ...(method === 'PATCH' ? ['Content-Type: application/json', `Content-Length: ${body.length}`] : []),
    ];
    const answer = await rawRequest(port, `${head.join('\r\n')}\r\n\r\n${method === 'PATCH' ? body : ''}`);
    expect(answer.split('\r\n', 1)[0]).toBe('HTTP/1.1 400 Bad Request');
    expect(answer).toContain('"code":"bad-path"');
    expect(await client.app.settings()).toEqual(before);
  },
);

it('a workspace has all procedures but those for the machine of the engine, which are absent', async () => {
  const { open, makeToken, host } = await workspaceEngine();
  const { socket, next } = opened(await open({ token: (await makeToken()).secret }));
  await next();
  const shown = host.secrets.length;
  for (const name of namesOf(contract)) {
    if (name === 'app.changes') continue;
    const body = accessOf(name) === 'here' ? {} : { b: { json: 'no input of any', meta: [] } };
    socket.send(JSON.stringify({ i: '1', p: { u: `/${name.replaceAll('.', '/')}`, ...body } }));
    const { p } = JSON.parse(await next()) as { p: { s?: number; b: unknown } };
    expect([name, p.s === 404 && p.b === 'No procedure matched']).toEqual([name, accessOf(name) === 'here']);
  }
  socket.send(
    '{"i":"1","p":{"u":"/subscriptions/importStream/open","b":{"json":{"purpose":"rejects","publicKey":null}}}}',
  );
  expect(await next()).toContain('not-from-elsewhere');
  socket.send('{"i":"1","p":{"u":"/app/changeSettings","b":{"json":{"tlsKey":"/etc/shadow"}}}}');
  expect(await next()).toContain('not-from-elsewhere');
  expect([host.secrets.length, host.saved.size, host.opened]).toEqual([shown, 0, []]);
});
