import { describe, expect, it } from 'vitest';
import { secureSocketsOf } from '../../net/ask-site.ts';
import { createOpenSocket } from '../../net/open-socket.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { tlsService } from '../../testing/tls-service.ts';
import { createReadPage } from './read-page.ts';

type Handler = Parameters<typeof tlsService>[0];

async function site(handler: Handler, deadlineMs = 30_000) {
  const asked: string[] = [];
  const server = await tlsService(
    (request, response, body) => {
      asked.push(`${request.method} ${request.url}`);
      handler(request, response, body);
    },
    { http2: false },
  );
  const clock = fakeClock();
  const read = createReadPage({
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
    clock,
    deadlineMs,
  });
  return {
    asked,
    clock,
    origin: server.origin,
    read: (path = '/') => read({ url: server.origin + path }),
    readAt: read,
  };
}

const html =
  (text: string | Buffer, type = 'text/html'): Handler =>
  (_request, response) =>
    response.writeHead(200, { 'content-type': type }).end(text);

describe('a page for a message', () => {
  it('is read with one request, in the encoding of its header', async () => {
    const { read, asked, origin } = await site(
      html(
        Buffer.from('<title>Caf\xe9</title><meta property="og:image" content="/a.png">', 'latin1'),
        'text/html; charset=iso-8859-1',
      ),
    );
    expect(await read('/menu')).toEqual({
      title: 'Café',
      description: '',
      imageUrl: `${origin}/a.png`,
      url: `${origin}/menu`,
    });
    expect(asked).toEqual(['GET /menu']);
  });

  it('is the one that it redirects to', async () => {
    const { read, origin } = await site((request, response, body) => {
      if (request.url === '/old') response.writeHead(301, { location: '/new' }).end();
      else html('<title>New</title>')(request, response, body);
    });
    expect(await read('/old')).toMatchObject({ title: 'New', url: `${origin}/new` });
  });

  it.each<[string, RegExp, Handler]>([
    ['is not there', /404/, (_request, response) => response.writeHead(404).end('<title>404</title>')],
    ['is a file', /no web page/, html('%PDF', 'application/pdf')],
    ['is too large', /over 5 MB/, html(Buffer.alloc(5_100_000, 'x'))],
    ['says nothing', /no title/, html('<p>Hello')],
    ['cuts the line', /cannot be reached/, (request) => request.socket.destroy()],
    [
      'leads to a private address',
      /on this computer or its network/,
      (_request, response) => response.writeHead(302, { location: 'https://10.0.0.1/' }).end(),
    ],
    [
      'leads to an http address',
      /http: address/,
      (_request, response) => response.writeHead(302, { location: 'http://shop.example/' }).end(),
    ],
  ])('that %s is refused with the reason', async (_name, cause, handler) => {
    const { read } = await site(handler);
    await expect(read()).rejects.toMatchObject({
      problem: { code: 'page-not-read', cause: expect.stringMatching(cause) as string },
    });
  });

  it('that never ends is given up on', async () => {
    const { read } = await site((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).write('<title>');
    }, 300);
    await expect(read()).rejects.toMatchObject({
      problem: { cause: expect.stringContaining('too long') as string },
    });
  });

  it('is not asked for on this computer', async () => {
    const { readAt } = await site(() => undefined);
    await expect(readAt({ url: 'https://127.0.0.1:1/' })).rejects.toMatchObject({
      problem: { cause: expect.stringContaining('on this computer') as string },
    });
  });

  it('is asked for a few times a minute at most', async () => {
    const { read, clock, asked } = await site(html('<title>x</title>'));
    for (let times = 0; times < 20; times += 1) await read();
    await expect(read()).rejects.toThrow('Too many pages');
    expect(asked).toHaveLength(20);
    clock.advance(61_000);
    expect(await read()).toMatchObject({ title: 'x' });
  });
});
