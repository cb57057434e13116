import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createOpenSocket } from '../../net/open-socket.ts';
import { tlsService } from '../../testing/tls-service.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { secureSocketsOf } from '../../net/ask-site.ts';
import { createPictureService } from './picture-service.ts';

const undo: (() => void)[] = [];
afterEach(() => {
  for (const step of undo.splice(0)) step();
});

type Handler = Parameters<typeof tlsService>[0];
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAUAAAADCAYAAABbNsX4AAAAAXNSR0IArs4c6QAAABNJREFUGFdj/M/A8J8BDTASLQgA7NAF/qfdB+UAAAAASUVORK5CYII=',
  'base64',
);

const picture: Handler = (request, response) => {
  response.writeHead(200, { 'content-type': 'image/png', 'content-length': PNG.length });
  if (request.method === 'HEAD') response.end();
  else response.end(PNG);
};

/** A site on this machine that is treated as one on the internet, and a service that fetches from it. */
async function site(
  handler: Handler,
  options: { trusted?: boolean; deadlineMs?: number; online?: boolean } = {},
) {
  const { trusted = true, deadlineMs = 30_000, online = true } = options;
  const asked: string[] = [];
  const server = await tlsService(
    (request, response, body) => {
      asked.push(`${request.method} ${request.url}`);
      handler(request, response, body);
    },
    { http2: false },
  );
  const clock = fakeClock();
  // The site's port counts as public here; every other address is judged as usual.
  const policyOf = (url: URL) => ({
    allowPrivate: url.port === String(server.port),
    trusted: trusted ? server.certificatePem : null,
  });
  const service = createPictureService({
    connections: {
      openSecure: secureSocketsOf((origin) =>
        createOpenSocket({ origin, policy: policyOf(origin), findProxy: () => Promise.resolve(null) }),
      ),
      mayBePlain: () => false,
    },
    clock,
    isConnected: () => online,
    deadlineMs,
  });
  const check = (iconUrl = `${server.origin}/icon.png`, signal?: AbortSignal) =>
    service.check({ iconUrl, badgeUrl: '', imageUrl: '' }, signal);
  return { ...server, asked, clock, service, check };
}

const codesOf = ({ warnings }: { warnings: { code: string; field?: string | undefined }[] }) =>
  warnings.map(({ code, field }) => [code, field]);

describe('a picture of a message', () => {
  it('that can be loaded is asked for once a minute, without its body', async () => {
    const { check, asked, clock } = await site(picture);
    expect(await check()).toEqual({ reachable: ['iconUrl'], warnings: [], isOffline: false });
    await check();
    expect(asked).toEqual(['HEAD /icon.png']);
    clock.advance(61_000);
    await check();
    expect(asked).toHaveLength(2);
  });

  it('is asked for by its first bytes where the site does not take HEAD', async () => {
    const { check, asked } = await site((request, response, body) => {
      if (request.method === 'HEAD') response.writeHead(405).end();
      else picture(request, response, body);
    });
    expect((await check()).reachable).toEqual(['iconUrl']);
    expect(asked).toEqual(['HEAD /icon.png', 'GET /icon.png']);
  });

  it.each<[string, string, Handler]>([
    ['is not there', 'picture-not-found', (_request, response) => response.writeHead(404).end()],
    ['the site breaks over', 'picture-not-found', (_request, response) => response.writeHead(500).end()],
    [
      'is none',
      'picture-not-an-image',
      (_request, response) =>
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>'),
    ],
    ['has no type', 'picture-not-an-image', (_request, response) => response.writeHead(200).end('x')],
    [
      'is large',
      'picture-large',
      (_request, response) =>
        response.writeHead(200, { 'content-type': 'image/png', 'content-length': 2_300_000 }).end(),
    ],
    [
      'is large, as only its first bytes tell',
      'picture-large',
      (request, response) =>
        request.method === 'HEAD'
          ? response.writeHead(200, { 'content-type': 'image/png' }).end()
          : response
              .writeHead(206, { 'content-type': 'image/png', 'content-range': 'bytes 0-7/1500000' })
              .end(PNG),
    ],
    [
      'moves for ever',
      'picture-redirects',
      (request, response) => response.writeHead(302, { location: `${request.url}x` }).end(),
    ],
    [
      'leads to a private address',
      'picture-private-address',
      (_request, response) => response.writeHead(301, { location: 'https://192.168.0.1/icon.png' }).end(),
    ],
    [
      'leads to this machine over http',
      'picture-private-address',
      (_request, response) => response.writeHead(301, { location: 'http://localhost:9/icon.png' }).end(),
    ],
    [
      'leads to an http address',
      'picture-not-https',
      (_request, response) => response.writeHead(301, { location: 'http://shop.example/icon.png' }).end(),
    ],
    ['never answers', 'picture-too-slow', () => undefined],
    ['cuts the line', 'picture-unreachable', (request) => request.socket.destroy()],
  ])('that %s is warned of', async (_name, code, handler) => {
    // The deadline is short only where no answer ever comes: on a busy machine a real answer may take its time.
    const { check } = await site(handler, code === 'picture-too-slow' ? { deadlineMs: 300 } : {});
    const result = await check();
    expect(codesOf(result)).toEqual([[code, 'iconUrl']]);
    expect(result).toMatchObject({ reachable: [], isOffline: false });
    expect(result.warnings[0]?.cause).toMatch(/icon/);
  });

  it('that drips is given up on in time', async () => {
    const { check } = await site(
      (request, response) => {
        if (request.method === 'HEAD') response.writeHead(405).end();
        // The headers arrive, but the body never begins.
        else response.writeHead(200, { 'content-type': 'image/png' }).write('');
      },
      { deadlineMs: 200 },
    );
    expect(codesOf(await check())).toEqual([['picture-too-slow', 'iconUrl']]);
  });

  it('is followed over a few redirects', async () => {
    const { check, asked } = await site((request, response, body) => {
      if (request.url === '/new.png') picture(request, response, body);
      else response.writeHead(308, { location: '/new.png' }).end();
    });
    expect((await check()).reachable).toEqual(['iconUrl']);
    expect(asked).toEqual(['HEAD /icon.png', 'HEAD /new.png']);
  });

  it('whose site has a certificate that nobody trusts is warned of', async () => {
    const { check } = await site(picture, { trusted: false });
    expect(codesOf(await check())).toEqual([['picture-tls', 'iconUrl']]);
  });

  it.each([
    'https://10.0.0.1/a.png',
    'https://localhost/a.png',
    'http://127.0.0.1:9/a.png',
    'https://[::1]/a.png',
  ])('at %s is not asked for at all', async (url) => {
    const { check } = await site(picture);
    expect(codesOf(await check(url))).toEqual([['picture-private-address', 'iconUrl']]);
  });

  it.each(['', '/icon.png', 'icon.png', 'data:image/png;base64,AA', 'http://shop.example/a.png', 'https://'])(
    'given as %j is none to ask for',
    async (url) => {
      const { check } = await site(picture);
      expect(await check(url)).toEqual({ reachable: [], warnings: [], isOffline: false });
    },
  );

  it('that cannot be reached because this machine has no connection is said once, and asked for again', async () => {
    const { service, check } = await site(picture, { online: false });
    expect(await check('https://push.nowhere.invalid/a.png')).toEqual({
      reachable: [],
      warnings: [],
      isOffline: true,
    });
    const both = { iconUrl: 'https://a.invalid/a.png', badgeUrl: 'https://b.invalid/b.png', imageUrl: '' };
    expect(await service.check(both)).toEqual({ reachable: [], warnings: [], isOffline: true });
  });

  it('is let go as soon as the text has changed, and then nothing is remembered of it', async () => {
    let arrived = () => {};
    const isAsked = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    let answers = false;
    const { check, sockets } = await site((request, response, body) => {
      arrived();
      if (answers) picture(request, response, body);
    });
    const changed = new AbortController();
    const checking = check(undefined, changed.signal);
    await isAsked;
    changed.abort(new Error('the text has changed'));
    await expect(checking).rejects.toThrow('the text has changed');
    await expect.poll(() => [...sockets].every((socket) => socket.destroyed)).toBe(true);
    answers = true;
    expect((await check()).reachable).toEqual(['iconUrl']);
  });

  it('of the page that Pushdesk serves itself is asked for over http', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': 8 }).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    undo.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    const service = createPictureService({
      connections: {
        openSecure: () => Promise.reject(new Error('not asked for')),
        mayBePlain: (url) => url.port === String(port),
      },
      clock: fakeClock(),
    });
    const pictures = { iconUrl: `http://localhost:${port}/icon.png`, badgeUrl: '', imageUrl: '' };
    expect(await service.check(pictures)).toMatchObject({ reachable: ['iconUrl'], warnings: [] });
  });
});

describe('a picture for the preview', () => {
  it('is fetched once it has been found, and its type is what its bytes say', async () => {
    const { service, check, origin, asked } = await site((request, response) => {
      response.writeHead(200, { 'content-type': 'image/webp', 'content-length': PNG.length });
      response.end(request.method === 'HEAD' ? '' : PNG);
    });
    const url = `${origin}/icon.png`;
    await check();
    expect(await service.load({ url })).toEqual({ type: 'image/png', base64: PNG.toString('base64') });
    expect(asked).toEqual(['HEAD /icon.png', 'GET /icon.png']);
  });

  it('is not fetched from an address that no check has found, or not lately', async () => {
    const { service, check, origin, asked, clock } = await site(picture);
    const refused = { problem: { code: 'picture-not-loaded' } };
    for (const url of [`${origin}/icon.png`, 'https://10.0.0.1/a.png', 'file:///etc/passwd', 'x'])
      await expect(service.load({ url })).rejects.toMatchObject(refused);
    await check();
    clock.advance(61_000);
    await expect(service.load({ url: `${origin}/icon.png` })).rejects.toMatchObject(refused);
    expect(asked).toEqual(['HEAD /icon.png']);
  });

  it.each<[string, string, (response: Parameters<Handler>[1]) => void]>([
    [
      'is no picture',
      'is not a PNG',
      (response) => response.end('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    ],
    ['has no end', 'is over 2 MB', (response) => response.end(Buffer.alloc(2_000_001))],
    ['is gone meanwhile', 'did not send it', (response) => response.end()],
  ])('that %s is not handed on', async (name, why, answer) => {
    const { service, check, origin } = await site((request, response) => {
      const isGone = request.method === 'GET' && name === 'is gone meanwhile';
      response.writeHead(isGone ? 404 : 200, {
        'content-type': 'image/png',
        ...(request.method === 'HEAD' ? { 'content-length': 5 } : {}),
      });
      if (request.method === 'HEAD') response.end();
      else answer(response);
    });
    await check();
    await expect(service.load({ url: `${origin}/icon.png` })).rejects.toMatchObject({
      problem: { cause: expect.stringContaining(why) as string },
    });
  });

  it('leads nowhere that a check would not go', async () => {
    let moves = false;
    const { service, check, origin } = await site((request, response, body) => {
      if (moves) response.writeHead(302, { location: 'https://192.168.0.1/' }).end();
      else picture(request, response, body);
    });
    await check();
    moves = true;
    await expect(service.load({ url: `${origin}/icon.png` })).rejects.toMatchObject({
      problem: { cause: expect.stringContaining('did not send it') as string },
    });
  });
});

it('asks for thirty new addresses a minute at most, so that little can be carried out in addresses', async () => {
  const { check, origin, asked, clock } = await site(picture);
  for (let turn = 0; turn < 40; turn += 1) await check(`${origin}/${turn}.png`);
  expect(asked).toHaveLength(30);
  expect(codesOf(await check(`${origin}/more.png`))).toEqual([['picture-too-often', 'iconUrl']]);
  clock.advance(60_000);
  expect((await check(`${origin}/more.png`)).reachable).toEqual(['iconUrl']);
});
