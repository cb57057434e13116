import { afterEach, describe, expect, it } from 'vitest';
import { pageErrorSchema } from '../../contract/http.ts';
import { REPORT, makeApp } from './testing/http-app.ts';
import { listenAtLoopbacks } from './listen.ts';
import { rawRequest } from './testing/raw-request.ts';

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0)) await undo();
});

/** The server over real sockets: what HTTP libraries would refuse to send or would tidy up arrives as it is. */
async function listening() {
  let port: number | null = null;
  const made = await makeApp({ reach: () => ({ port }) });
  cleanUp.push(() => made.app.close());
  const result = await listenAtLoopbacks(made.app, { wanted: 0, mayMove: true });
  port = result.port;
  return { ...made, port: result.port, host: `localhost:${result.port}` };
}

const lines = (...text: string[]) => `${text.join('\r\n')}\r\n\r\n`;
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
const errorIn = (answer: string) =>
  pageErrorSchema.parse(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).error;

describe('a header that came twice', () => {
  const CASES: [string, (host: string) => string[]][] = [
    ['Host, the own one first', (host) => [`Host: ${host}`, 'Host: evil.example']],
    ['Host, the foreign one first', (host) => ['Host: evil.example', `Host: ${host}`]],
    ['Host, the same one', (host) => [`Host: ${host}`, `host: ${host}`]],
    ['Origin', (host) => [`Host: ${host}`, `Origin: http://${host}`, 'Origin: https://evil.example']],
    [
      'Content-Type',
      (host) => [`Host: ${host}`, 'Content-Type: application/json', 'Content-Type: text/plain'],
    ],
    ['Authorization', (host) => [`Host: ${host}`, 'Authorization: Bearer a', 'Authorization: Bearer b']],
    ['Content-Length', (host) => [`Host: ${host}`, 'Content-Length: 0', 'Content-Length: 0']],
    [
      'Sec-Fetch-Site',
      (host) => [`Host: ${host}`, 'Sec-Fetch-Site: same-origin', 'Sec-Fetch-Site: cross-site'],
    ],
    ['Idempotency-Key', (host) => [`Host: ${host}`, 'Idempotency-Key: a', 'Idempotency-Key: b']],
  ];

  it.each(CASES)('is refused: %s', async (_name, headers) => {
    const { port, host, served } = await listening();
    const answer = await rawRequest(port, lines('GET / HTTP/1.1', ...headers(host), 'Connection: close'));
    expect(statusOf(answer)).toBe(400);
    expect(errorIn(answer).code).toBe('repeated-header');
    expect(served).toEqual([expect.objectContaining({ status: 400, refusal: 'repeated-header' })]);
  });

  it('may be one that holds a list', async () => {
    const { port, host } = await listening();
    const text = lines('GET / HTTP/1.1', `Host: ${host}`, 'Accept: a/b', 'Accept: c/d', 'Connection: close');
    expect(statusOf(await rawRequest(port, text))).toBe(200);
  });
});

it.each([
  [
    'a body that is measured twice over',
    ['Content-Length: 4', 'Transfer-Encoding: chunked'],
    400,
    'bad-transfer-encoding',
  ],
  ['headers of 20 kB', [`Cookie: ${'a'.repeat(20_000)}`], 431, 'headers-too-large'],
  ['a header without a name', [': x'], 400, 'not-http'],
])('answers %s with its cause', async (_name, headers, status, code) => {
  const { port, host, served } = await listening();
  const answer = await rawRequest(port, lines('POST / HTTP/1.1', `Host: ${host}`, ...headers));
  expect([statusOf(answer), errorIn(answer).code]).toEqual([status, code]);
  expect(served).toEqual([expect.objectContaining({ status, refusal: code })]);
});

it.each<[string, string[], number, string]>([
  ['an expectation that nobody can meet', ['Host: HOST', 'Expect: x'], 417, 'unknown-expectation'],
  ['no Host at all', [], 400, 'no-host'],
])(
  'answers %s as any other refused request: with our headers, and in the list',
  async (_name, headers, status, code) => {
    const { port, host, served } = await listening();
    const own = headers.map((line) => line.replace('HOST', host));
    const answer = await rawRequest(port, lines('GET /page.js HTTP/1.1', ...own, 'Connection: close'));
    expect([statusOf(answer), errorIn(answer).code]).toEqual([status, code]);
    expect(answer.toLowerCase()).toContain('content-security-policy:');
    expect(served).toEqual([
      expect.objectContaining({ method: 'GET', path: '/page.js', status, refusal: code }),
    ]);
  },
);

it('asks for the body of a request that expects 100-continue', async () => {
  const { port, host, reports } = await listening();
  const body = JSON.stringify(REPORT);
  const text = lines(
    'POST /api/subscriptions HTTP/1.1',
    `Host: ${host}`,
    'Expect: 100-continue',
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    'Connection: close',
  );
  expect(statusOf(await rawRequest(port, text + body))).toBe(100);
  expect(reports).toHaveLength(1);
});

it.each(['127.0.0.1', '::1'])('takes a subscription at %s by each of its names', async (address) => {
  const { port, reports } = await listening();
  const body = JSON.stringify(REPORT);
  for (const name of ['localhost', '127.0.0.1', '[::1]']) {
    const text = lines(
      'POST /api/subscriptions HTTP/1.1',
      `Host: ${name}:${port}`,
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      'Connection: close',
    );
    expect([200, 201]).toContain(statusOf(await rawRequest(port, text + body, address)));
  }
  expect(reports).toHaveLength(3);
});
