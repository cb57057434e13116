import { constants } from 'node:http2';
import { createServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createSafeLookup } from '../../net/safe-lookup.ts';
import { tlsService, type TlsService } from '../../testing/tls-service.ts';
import { createOpenSocket } from '../../net/open-socket.ts';
import { ANSWER_LIMIT_BYTES, type Reply } from './reply.ts';
import { createTransport, type Transport } from './transport.ts';

/** A deadline by which the request has to leave, or the answer to come, on a machine that may be busy. */
const PATIENT = { deadlineMs: 4000 };
/** Ends only what hangs: a busy machine may take long to answer a hundred requests, a few at a time. */
const HANGS_MS = 120_000;

const open: Transport[] = [];
afterEach(async () => {
  for (const transport of open.splice(0)) await transport.close();
});

function transportFor(
  service: TlsService | null,
  { deadlineMs = HANGS_MS, allowPrivate = true }: { deadlineMs?: number; allowPrivate?: boolean } = {},
): Transport {
  const transport = createTransport({
    deadlineMs,
    policyOf: () => ({ allowPrivate, trusted: service?.certificatePem ?? null }),
  });
  open.push(transport);
  return transport;
}

const post = (transport: Transport, url: string, text = 'payload'): Promise<Reply> =>
  transport.post({ url: new URL(url), headers: { ttl: '60' }, body: Buffer.from(text) });

const postMany = (transport: Transport, origin: string, count: number): Promise<Reply[]> =>
  Promise.all(Array.from({ length: count }, (_item, index) => post(transport, `${origin}/m/${index}`)));

const statusesOf = (replies: Reply[]) =>
  replies.map((reply) => (reply.kind === 'answer' ? reply.answer.status : reply.fault));

describe.each([
  ['HTTP/2', true, '2.0'],
  ['HTTP/1.1', false, '1.1'],
])('over %s', (_name, http2, version) => {
  it('sends the body and the path with its query, and gives the answer whole', async () => {
    const seen: unknown[] = [];
    const service = await tlsService(
      (request, response, body) => {
        seen.push([
          request.method,
          request.url,
          request.headers['ttl'],
          request.httpVersion,
          body.toString(),
        ]);
        response.writeHead(201, { Location: 'https://push.example/m/1', 'X-Trace': 'a' });
        response.end('{"ok":true}');
      },
      { http2 },
    );
    const reply = await post(transportFor(service), `${service.origin}/send/abc?token=1%2F2`);
    expect(seen).toEqual([['POST', '/send/abc?token=1%2F2', '60', version, 'payload']]);
    expect(reply).toMatchObject({
      kind: 'answer',
      cutOff: null,
      answer: { status: 201, body: '{"ok":true}' },
    });
    const headers = reply.kind === 'answer' ? reply.answer.headers : [];
    expect(headers).toContainEqual(['location', 'https://push.example/m/1']);
    expect(headers).toContainEqual(['x-trace', 'a']);
  });

  it('does not follow a redirect', async () => {
    const paths: (string | undefined)[] = [];
    const service = await tlsService(
      (request, response) => {
        paths.push(request.url);
        response.writeHead(307, { location: '/elsewhere' });
        response.end();
      },
      { http2 },
    );
    expect(statusesOf([await post(transportFor(service), `${service.origin}/here`)])).toEqual([307]);
    expect(paths).toEqual(['/here']);
  });

  it('reads an answer that came compressed', async () => {
    const service = await tlsService(
      (_request, response) => {
        response.writeHead(401, { 'content-encoding': 'gzip' });
        response.end(gzipSync('{"errno":109}'));
      },
      { http2 },
    );
    const reply = await post(transportFor(service), service.origin);
    expect(reply).toMatchObject({ kind: 'answer', answer: { status: 401, body: '{"errno":109}' } });
  });

  it('stops reading after 64 kB, and the status still counts', async () => {
    const service = await tlsService(
      (_request, response) => {
        response.writeHead(500);
        response.end('x'.repeat(1_000_000));
      },
      { http2 },
    );
    const transport = transportFor(service);
    const reply = await post(transport, service.origin);
    expect(reply).toMatchObject({ kind: 'answer', cutOff: 'too-large', answer: { status: 500 } });
    expect(reply.kind === 'answer' && reply.answer.body.length).toBe(ANSWER_LIMIT_BYTES);
    // The connection, or another one, still works.
    expect(statusesOf([await post(transport, service.origin)])).toEqual([500]);
  });

  it('gives up at its deadline when no answer comes', async () => {
    const service = await tlsService(() => undefined, { http2 });
    const reply = await post(transportFor(service, PATIENT), service.origin);
    expect(reply).toMatchObject({ kind: 'fault', fault: 'timeout', mayHaveLeft: true });
  });

  it('takes the status of an answer whose body never ends', async () => {
    const service = await tlsService(
      (_request, response) => {
        response.writeHead(201);
        response.write('drip');
      },
      { http2 },
    );
    const reply = await post(transportFor(service, PATIENT), service.origin);
    expect(reply).toMatchObject({
      kind: 'answer',
      cutOff: 'deadline',
      answer: { status: 201, body: 'drip' },
    });
  });

  it('reports a line that drops before the answer, and connects anew afterwards', async () => {
    let calls = 0;
    const service = await tlsService(
      (request, response) => {
        calls += 1;
        if (calls === 1) request.socket.destroy();
        else response.writeHead(201).end();
      },
      { http2 },
    );
    const transport = transportFor(service);
    expect(await post(transport, service.origin)).toMatchObject({
      kind: 'fault',
      fault: 'reset',
      mayHaveLeft: true,
    });
    expect(statusesOf([await post(transport, service.origin)])).toEqual([201]);
  });

  it('takes the status of an answer whose line drops in the middle of its body', async () => {
    const service = await tlsService(
      (_request, response) => {
        const dropLine = () => {
          for (const socket of service.sockets) socket.destroy();
        };
        response.writeHead(410, { 'content-length': '1000' });
        response.write('half', () => setImmediate(dropLine));
      },
      { http2 },
    );
    const reply = await post(transportFor(service), service.origin);
    expect(reply).toMatchObject({ kind: 'answer', cutOff: 'line-dropped', answer: { status: 410 } });
  });

  it('keeps its connections for later requests', async () => {
    const service = await tlsService((_request, response) => response.writeHead(201).end(), { http2 });
    const transport = transportFor(service);
    for (let round = 0; round < 20; round += 1) await post(transport, service.origin);
    expect(service.sockets.size).toBeLessThanOrEqual(2);
  });
});

describe('HTTP/2', () => {
  it('carries hundreds of requests at once on few connections', async () => {
    const waiting: (() => void)[] = [];
    // None is answered before all have arrived.
    const service = await tlsService((_request, response) => {
      waiting.push(() => response.writeHead(201).end());
      if (waiting.length === 400) for (const answer of waiting) answer();
    });
    const replies = await postMany(transportFor(service), service.origin, 400);
    expect(new Set(statusesOf(replies))).toEqual(new Set([201]));
    expect(service.sockets.size).toBeLessThanOrEqual(3);
  });

  it('loses no answer and repeats no request when the service ends connections with GOAWAY', async () => {
    const seen = new Map<string, number>();
    const perSession = new Map<unknown, number>();
    const service = await tlsService((request, response) => {
      seen.set(request.url, (seen.get(request.url) ?? 0) + 1);
      const { session } = request.stream;
      const count = (perSession.get(session) ?? 0) + 1;
      perSession.set(session, count);
      setTimeout(() => response.writeHead(201).end(), 20);
      // What it has accepted is answered; what came later is refused unprocessed.
      if (count === 60) session?.close();
    });
    const replies = await postMany(transportFor(service), service.origin, 600);
    expect(new Set(statusesOf(replies))).toEqual(new Set([201]));
    expect(seen.size).toBe(600);
    expect([...seen.values()].filter((count) => count > 1)).toEqual([]);
    expect(perSession.size).toBeGreaterThan(2);
  });

  it('knows that what was refused unseen again and again has never been taken', async () => {
    let calls = 0;
    const service = await tlsService((request) => {
      calls += 1;
      request.stream.close(constants.NGHTTP2_REFUSED_STREAM);
    });
    const reply = await post(transportFor(service), service.origin);
    expect(reply).toMatchObject({ kind: 'fault', fault: 'reset', mayHaveLeft: false });
    expect(calls).toBeGreaterThan(1);
  });

  it('honours the number of streams that the service allows', async () => {
    let running = 0;
    let most = 0;
    const service = await tlsService(
      (_request, response) => {
        running += 1;
        most = Math.max(most, running);
        setTimeout(() => {
          running -= 1;
          response.writeHead(201).end();
        }, 5);
      },
      { streams: 3 },
    );
    const replies = await postMany(transportFor(service), service.origin, 100);
    expect(new Set(statusesOf(replies))).toEqual(new Set([201]));
    expect(most).toBeLessThanOrEqual(12);
  });

  it('sends new requests over another connection once one has fallen silent', async () => {
    let silent = true;
    const service = await tlsService((_request, response) => {
      if (!silent) response.writeHead(201).end();
    });
    const transport = transportFor(service, PATIENT);
    expect(statusesOf([await post(transport, service.origin)])).toEqual(['timeout']);
    silent = false;
    expect(statusesOf([await post(transport, service.origin)])).toEqual([201]);
    expect(service.sockets.size).toBe(2);
  });
});

describe('HTTP/1.1, byte by byte', () => {
  const CREATED = 'HTTP/1.1 201 Created\r\nLocation: /m/1\r\nContent-Length: 0\r\n\r\n';
  const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';

  /** @param pieces what the service writes, each once the one before has gone out */
  async function answering(...pieces: string[]): Promise<{ reply: Reply; posts: number }> {
    let posts = 0;
    const service = await tlsService(
      (request) => {
        posts += 1;
        const write = (at: number) => {
          const piece = pieces[at];
          if (piece !== undefined) request.socket.write(piece, () => setImmediate(write, at + 1));
        };
        write(0);
      },
      { http2: false },
    );
    return { reply: await post(transportFor(service), service.origin), posts };
  }

  it.each<[string, string[], number]>([
    ['100 before 201', [CONTINUE + CREATED], 201],
    ['100 before 410', [`${CONTINUE}HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n`], 410],
    ['100 alone, then 201', [CONTINUE, CREATED], 201],
    ['100 twice', [CONTINUE + CONTINUE, CREATED], 201],
    ['100 in pieces', ['HTTP/1.1 100 Continue\r\nX-A: b', '\r\n\r', `\n${CREATED}`], 201],
    ['102', ['HTTP/1.1 102 Processing\r\n\r\n', CREATED], 201],
    ['103', [`HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n${CREATED}`], 201],
    ['102 and 100', [`HTTP/1.1 102 Processing\r\n\r\n${CONTINUE}`, CREATED], 201],
  ])('waits for the answer after %s', async (_name, pieces, status) => {
    const { reply, posts } = await answering(...pieces);
    expect(statusesOf([reply])).toEqual([status]);
    expect(posts).toBe(1);
  });

  it.each([
    ['two lengths', 'HTTP/1.1 201 Created\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\nhello'],
    ['a control character in a field', 'HTTP/1.1 201 Created\r\nX-A: \u0001\r\nContent-Length: 0\r\n\r\n'],
    ['no HTTP', 'hello there'],
  ])(
    'says of an answer with %s that it could not be read, and perhaps accepted the message',
    async (_name, raw) => {
      const { reply } = await answering(raw);
      expect(reply).toMatchObject({ kind: 'fault', fault: 'bad-answer', mayHaveLeft: true });
    },
  );
});

describe('what cannot be sent', () => {
  it('names a refused connection', async () => {
    const service = await tlsService((_request, response) => response.end());
    await service.stop();
    expect(statusesOf([await post(transportFor(service), service.origin)])).toEqual(['connection-refused']);
  });

  it('names a host that does not exist', async () => {
    const unknown = Object.assign(new Error('getaddrinfo ENOTFOUND push.example'), { code: 'ENOTFOUND' });
    const lookup = createSafeLookup((_hostname, _options, callback) => {
      callback(unknown, []);
    });
    const transport = createTransport({
      policyOf: () => ({ allowPrivate: false, trusted: null }),
      openSocketTo: (options) => createOpenSocket({ ...options, lookup }),
    });
    open.push(transport);
    const reply = await post(transport, 'https://push.example/');
    expect(reply).toMatchObject({ kind: 'fault', fault: 'dns', mayHaveLeft: false });
  });

  it('refuses a certificate that is not trusted', async () => {
    const service = await tlsService((_request, response) => response.end());
    expect(statusesOf([await post(transportFor(null), service.origin)])).toEqual(['tls']);
  });

  it('names a peer that speaks no TLS', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const reply = await post(transportFor(null), `https://127.0.0.1:${port}/`);
    server.close();
    expect(reply).toMatchObject({ kind: 'fault', fault: 'tls', mayHaveLeft: false });
  });

  it('gives up on a peer that takes the connection and says nothing', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const reply = await post(transportFor(null, { deadlineMs: 100 }), `https://127.0.0.1:${port}/`);
    server.close();
    expect(reply).toMatchObject({ kind: 'fault', fault: 'timeout', mayHaveLeft: false });
  });

  it.each(['https://127.0.0.1:9/x', 'https://[::1]:9/x', 'https://localhost:9/x', 'https://10.0.0.1/x'])(
    'refuses %s without connecting',
    async (url) => {
      const reply = await post(transportFor(null, { allowPrivate: false }), url);
      expect(reply).toMatchObject({ kind: 'fault', fault: 'private-address', mayHaveLeft: false });
    },
  );

  it('asks at each request whether private addresses are allowed', async () => {
    const service = await tlsService((_request, response) => response.writeHead(201).end());
    let allowPrivate = true;
    const transport = createTransport({
      policyOf: () => ({ allowPrivate, trusted: service.certificatePem }),
    });
    open.push(transport);
    expect(statusesOf([await post(transport, service.origin)])).toEqual([201]);
    allowPrivate = false;
    expect(statusesOf([await post(transport, service.origin)])).toEqual(['private-address']);
  });
});
