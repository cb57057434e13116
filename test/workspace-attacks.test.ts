import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { text as streamText } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { WORKSPACE_PROTOCOL } from '../electron/contract/workspace.ts';
import { createAccessTokenStore } from '../electron/engine/areas/access-tokens/access-token-store.ts';
import { rawRequest } from '../electron/engine/http/testing/raw-request.ts';
import { openBeside } from '../electron/engine/store/open-beside.ts';
import { opened, openSocket, workspaceEngine, type Answered } from './support/workspace.ts';

const NAME = 'push.example.org';
/** As a trusted proxy on this machine passes a request on. */
const PROXIED = { host: NAME, 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' };

const saidBy = (answered: Answered) =>
  answered.kind === 'open' ? 'open' : `${answered.status} ${answered.problem.code}`;

describe('a token', () => {
  it('that is none, another, cut, too long, of this machine, of another scope, revoked or expired opens nothing', async () => {
    const { open, makeToken, client, clock, options, captured } = await workspaceEngine();
    const { secret } = await makeToken();
    const [read, send, revoked, expired] = [
      await makeToken(['read', 'subscribe']),
      await makeToken(['send']),
      await makeToken(),
      await makeToken(['owner'], 1),
    ];
    await client.tokens.revoke({ id: revoked.id });
    clock.advance(86_400_000);
    const ofMachine = readFileSync(path.join(options.dataDir, 'api-token'), 'utf8').trim();
    const wrong: [string | null, string][] = [
      [null, '401 token-missing'],
      ['x', '401 token-wrong'],
      [secret.slice(0, -1), '401 token-wrong'],
      [`${secret}A`, '401 token-wrong'],
      [secret.slice(9), '401 token-wrong'],
      [secret.toUpperCase(), '401 token-wrong'],
      [revoked.secret, '401 token-wrong'],
      [expired.secret, '401 token-wrong'],
      [ofMachine, '403 token-local'],
      [read.secret, '403 scope-missing'],
      [send.secret, '403 scope-missing'],
    ];
    for (const [token, expected] of wrong) expect(saidBy(await open({ token })), expected).toBe(expected);
    expect(await open({ token: read.secret })).toMatchObject({
      problem: { detail: expect.stringContaining('"owner"') as string },
      headers: { 'www-authenticate': expect.stringContaining('scope="owner"') as string },
    });
    expect(saidBy(await open({ token: secret }))).toBe('open');
    for (const one of [secret, read.secret, revoked.secret])
      expect(captured.text()).not.toContain(one.slice(9, 40));
  });

  it('that is revoked or runs out ends what is open with it, and nothing of it can be replayed', async () => {
    const { open, makeToken, client, clock, options } = await workspaceEngine();
    const [first, second, third] = [await makeToken(), await makeToken(['owner'], 1), await makeToken()];
    const one = opened(await open({ token: first.secret }));
    const two = opened(await open({ token: second.secret }));
    const other = opened(await open({ token: third.secret }));
    await client.tokens.revoke({ id: first.id });
    expect((await one.closed).code).toBe(4401);
    expect(saidBy(await open({ token: first.secret }))).toBe('401 token-wrong');

    clock.advance(86_400_000);
    two.socket.send(
      '{"i":"1","p":{"u":"/keys/generate","b":{"json":{"name":"x","subject":"mailto:a@b.de"}}}}',
    );
    expect((await two.closed).code).toBe(4401);
    expect(await client.keys.list()).toEqual([]);
    expect(await other.client.keys.list()).toEqual([]);

    // As the command does it, from another process.
    const beside = openBeside(path.join(options.dataDir, 'pushdesk.db'));
    createAccessTokenStore(beside.db).remove(third.id);
    beside.close();
    expect((await other.closed).code).toBe(4401);
  });

  it('ends the stream of changes of a script too', async () => {
    const { makeToken, client, port } = await workspaceEngine();
    const { id, secret } = await makeToken(['read']);
    const answer = await fetch(`http://localhost:${port}/api/v1/changes`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    expect(answer.status).toBe(200);
    const text = answer.text().catch(() => 'cut');
    await client.tokens.revoke({ id });
    expect(await text).toBe('cut');
  });

  it('that is revoked, renewed or over while a body comes in does nothing with it', async () => {
    const { makeToken, client, port, clock, options } = await workspaceEngine();
    const file = path.join(options.dataDir, 'api-token');
    const [revoked, expired] = [await makeToken(), await makeToken(['owner'], 1)];
    const body = '{"name": "Shop", "subject": "mailto:you@example.com"}';
    const makeKeyPair = async (secret: string, meanwhile: () => unknown) => {
      const socket = connect(port, '127.0.0.1');
      const answer = streamText(socket);
      socket.write(
        `POST /api/v1/key-pairs HTTP/1.1\r\nHost: localhost:${port}\r\nAuthorization: Bearer ${secret}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n`,
      );
      // It is asked for the body in the turn in which it is let in.
      await once(socket, 'readable');
      await meanwhile();
      socket.write(body);
      return answer;
    };
    const renewed = readFileSync(file, 'utf8').trim();
    for (const told of [
      await makeKeyPair(revoked.secret, () => client.tokens.revoke({ id: revoked.id })),
      await makeKeyPair(renewed, () => client.server.renewApiToken()),
      await makeKeyPair(expired.secret, () => {
        clock.advance(86_400_000);
      }),
    ])
      expect(told).toContain('"code":"token-wrong"');
    expect(await client.keys.list()).toEqual([]);
    expect(await makeKeyPair(readFileSync(file, 'utf8').trim(), () => undefined)).toContain('201 Created');
  });

  it('in the address is refused, and stands in no list', async () => {
    const { makeToken, address, client, captured } = await workspaceEngine();
    const { secret } = await makeToken();
    expect(saidBy(await openSocket(`${address}?token=${secret}`))).toBe('400 no-query-here');
    expect(saidBy(await openSocket(`${address}?access_token=${secret}`, { token: secret }))).toBe(
      '400 no-query-here',
    );
    const told = JSON.stringify(await client.server.requests()) + captured.text();
    expect(told).not.toContain(secret.slice(9));
  });
});

describe('who asks', () => {
  it('is no page, by whatever name the socket is asked for', async () => {
    const { open, makeToken, port } = await workspaceEngine();
    const { secret: token } = await makeToken();
    const origins = [
      'null',
      'https://evil.example',
      `http://localhost:${port}`,
      `https://${NAME}`,
      'file://',
    ];
    for (const origin of origins)
      expect(saidBy(await open({ token, headers: { origin } })), origin).toMatch(/^403 foreign-/);
    expect(saidBy(await open({ token, headers: { 'sec-fetch-site': 'none' } }))).toBe('403 foreign-page');

    for (const host of ['evil.example', `evil.example:${port}`, 'localhost', `127.0.0.1.nip.io:${port}`])
      expect(saidBy(await open({ token, headers: { host } })), host).toBe('421 foreign-host');
    expect(saidBy(await open({ token, headers: { host: `127.0.0.1:${port}` } }))).toBe('open');
  });

  it('comes to the public address by its name and encrypted, as a trusted proxy says, and not as the caller says', async () => {
    const { open, makeToken, client } = await workspaceEngine({ publicUrl: `https://${NAME}/` });
    const { secret: token } = await makeToken();
    const plain = { host: NAME, 'x-forwarded-for': '203.0.113.7' };
    const said = async (headers: Record<string, string>) => saidBy(await open({ token, headers }));
    expect(await said(PROXIED)).toBe('open');
    expect(await said({ ...plain, forwarded: 'for=203.0.113.7;proto=https' })).toBe('open');
    expect(await said(plain)).toBe('403 not-encrypted');
    for (const proto of ['http', 'https, http', 'http, https', '', 'httpsx', 'wss'])
      expect(await said({ ...plain, 'x-forwarded-proto': proto }), proto).toBe('403 not-encrypted');
    expect(await said({ ...PROXIED, forwarded: 'proto=http' })).toBe('403 not-encrypted');
    for (const host of [`${NAME}.evil.example`, 'evil.example', `${NAME}:4830`, `${NAME}.`])
      expect(await said({ ...PROXIED, host }), host).toBe('421 other-host');
    // A proxy that hides the name: fine for the page, not for what needs a token.
    expect(await said({ 'x-forwarded-proto': 'https', 'x-forwarded-host': NAME })).toBe('421 other-host');

    await client.app.changeSettings({ trustedProxies: ['203.0.113.9'] });
    expect(await said(PROXIED)).toBe('403 not-encrypted');
  });

  it('gets nothing by a path that only looks like another one', async () => {
    const { makeToken, port } = await workspaceEngine({
      publicUrl: `https://${NAME}/push/`,
      publicApi: true,
    });
    const { secret } = await makeToken();
    const ask = async (target: string, more = '') => {
      const answer = await rawRequest(
        port,
        `GET ${target} HTTP/1.1\r\nHost: ${NAME}\r\nX-Forwarded-Proto: https\r\nAuthorization: Bearer ${secret}\r\n${more}Connection: close\r\n\r\n`,
      );
      return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
    };
    expect(await ask('/push/api/v1/key-pairs')).toBe(200);
    for (const target of [
      '/push/%61pi/v1/key-pairs',
      '/push/api/v1/%6bey-pairs',
      '/push//api/v1/key-pairs',
      '/push/api//v1/key-pairs',
      '/push/x/../api/v1/key-pairs',
      '/push/./api/v1/key-pairs',
      '/push/api/v1/key-pairs%2f',
      '/push/api%2fv1/key-pairs',
      '/push\\api\\v1\\key-pairs',
      '/push/sw.js/..%2fapi/v1/key-pairs',
      '/push%2fapi/v1/key-pairs',
      `http://${NAME}/push/api/v1/key-pairs`,
      `http://localhost:${port}/api/v1/key-pairs`,
    ])
      expect(await ask(target), target).toBeGreaterThanOrEqual(400);

    const upgrade = [
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      `Sec-WebSocket-Protocol: ${WORKSPACE_PROTOCOL}`,
      'Connection: upgrade',
      '',
    ].join('\r\n');
    for (const target of [
      '/push/%77orkspace',
      '/push//workspace',
      '/push/workspace/',
      '/push/./workspace',
      '/push/x/../workspace',
      '/push/workspace%2f',
      '/push/workspace;x',
      '/push/WORKSPACE',
      `http://${NAME}/push/workspace`,
    ])
      expect(await ask(target, upgrade), target).toBeGreaterThanOrEqual(400);
  });

  it('gets nothing at all while it is off, and no longer once it is switched off', async () => {
    const { open, makeToken, client } = await workspaceEngine({ remoteWorkspace: false });
    const { secret: token } = await makeToken();
    expect(saidBy(await open({ token }))).toBe('403 workspace-off');
    await client.app.changeSettings({ remoteWorkspace: true });
    const { client: remote, closed } = opened(await open({ token }));
    expect(await remote.keys.list()).toEqual([]);
    await client.app.changeSettings({ remoteWorkspace: false });
    expect((await closed).code).toBe(4403);
  });

  it('may be turned away for asking too often with a wrong token, by its true address, while the right one is let in', async () => {
    const { open, makeToken } = await workspaceEngine({ publicUrl: `https://${NAME}/` });
    const { secret } = await makeToken();
    const said = async (token: string, address: string) =>
      saidBy(await open({ token, headers: { ...PROXIED, 'x-forwarded-for': address } }));
    for (let count = 0; count < 10; count += 1)
      expect(await said('wrong', '203.0.113.7')).toBe('401 token-wrong');
    expect(await said('wrong', '203.0.113.7')).toBe('429 too-many-wrong-tokens');
    // The caller wrote the first of the two addresses.
    expect(await said('wrong', '198.51.100.1, 203.0.113.7')).toBe('429 too-many-wrong-tokens');
    expect(await said('wrong', '198.51.100.1')).toBe('401 token-wrong');
    expect(await said(secret, '203.0.113.7')).toBe('open');
  });
});
