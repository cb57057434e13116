import { expect, it } from 'vitest';
import { rawRequest } from '../electron/engine/http/testing/raw-request.ts';
import { workspaceEngine } from './support/workspace.ts';

const NAME = 'push.example.org';
/** What an attacker wants to be read as a request of its own, with a token that somebody else may have. */
const HIDDEN = (token: string) =>
  `GET /api/v1/key-pairs HTTP/1.1\r\nHost: ${NAME}\r\nX-Forwarded-Proto: https\r\nAuthorization: Bearer ${token}\r\n\r\n`;

interface Attack {
  readonly start?: string;
  readonly headers: readonly string[];
  readonly body: (hidden: string) => string;
  /** What separates the lines of its head. */
  readonly lineEnd?: string;
}

const chunked = (hidden: string) => `0\r\n\r\n${hidden}`;
const measured = (hidden: string) => `{}${hidden}`;
const te = (value: string, name = 'Transfer-Encoding:'): Attack => ({
  headers: [`${name} ${value}`],
  body: chunked,
});
const cl = (value: string, name = 'Content-Length:'): Attack => ({
  headers: [`${name} ${value}`],
  body: measured,
});
const chunks = (body: (hidden: string) => string): Attack => ({
  headers: ['Transfer-Encoding: chunked'],
  body,
});

/** Each may be read by one server as a request with a body, and by the next one as two requests. */
const ATTACKS: Readonly<Record<string, Attack>> = {
  'a length and chunks': { headers: ['Content-Length: 5', 'Transfer-Encoding: chunked'], body: chunked },
  'chunks and a length': { headers: ['Transfer-Encoding: chunked', 'Content-Length: 5'], body: chunked },
  'two lengths': { headers: ['Content-Length: 2', 'Content-Length: 200'], body: measured },
  'a list of lengths': cl('2, 2'),
  'a length with a plus': cl('+2'),
  'a negative length': cl('-2'),
  'a length in hexadecimal': cl('0x2'),
  'a length with a space before its colon': cl('2', 'Content-Length :'),
  'a length with an underscore in its name': { headers: ['Content_Length: 2'], body: measured },
  'a length beyond all numbers': cl('18446744073709551618'),
  'a length that is none': cl(''),
  'an encoding that only ends in chunked': te('xchunked'),
  'chunked, and another one': te('chunked, identity'),
  'chunked twice': te('chunked, chunked'),
  'two encodings': { headers: ['Transfer-Encoding: identity', 'Transfer-Encoding: chunked'], body: chunked },
  'two encodings for a path that cannot be decoded': {
    start: 'POST /%zz HTTP/1.1',
    headers: ['Transfer-Encoding: identity', 'Transfer-Encoding: chunked'],
    body: chunked,
  },
  'two encodings and a wish for another protocol': {
    start: 'POST /api/receipts HTTP/1.1',
    headers: [
      'Transfer-Encoding: identity',
      'Transfer-Encoding: chunked',
      'Connection: upgrade',
      'Upgrade: h2c',
    ],
    body: chunked,
  },
  'an encoding with a space before its colon': te('chunked', 'Transfer-Encoding :'),
  'an encoding on a folded line': { headers: ['Transfer-Encoding:', ' chunked'], body: chunked },
  'an encoding with a vertical tab': te('\u000bchunked'),
  'an encoding with a NUL': te('chunked\u0000'),
  'an encoding in quotes': te('"chunked"'),
  'an encoding of HTTP/1.0': {
    start: 'POST /api/receipts HTTP/1.0',
    headers: ['Transfer-Encoding: chunked', 'Connection: keep-alive'],
    body: chunked,
  },
  'chunks that end their lines with a line feed': chunks((hidden) => `2\n{}\n0\n\n${hidden}`),
  'a chunk with a sign': chunks((hidden) => `+2\r\n{}\r\n0\r\n\r\n${hidden}`),
  'a chunk in 0x': chunks((hidden) => `0x2\r\n{}\r\n0\r\n\r\n${hidden}`),
  'a chunk beyond all numbers': chunks((hidden) => `10000000000000002\r\n{}\r\n0\r\n\r\n${hidden}`),
  'a chunk longer than it says': chunks((hidden) => `1\r\n{}${hidden}`),
  'an extension of a chunk with a line feed': chunks((hidden) => `2;a\nb\r\n{}\r\n0\r\n\r\n${hidden}`),
  'a trailer that is a request': chunks((hidden) => `2\r\n{}\r\n0\r\nX: ${hidden}`),
  'a head that ends its lines with a line feed': {
    headers: ['Content-Length: 2'],
    body: measured,
    lineEnd: '\n',
  },
  'a head that ends its lines with a carriage return': {
    headers: ['Content-Length: 2'],
    body: measured,
    lineEnd: '\r',
  },
  'a value with a carriage return': {
    headers: ['X: a\rTransfer-Encoding: chunked', 'Content-Length: 2'],
    body: measured,
  },
  'a GET with a body': {
    start: 'GET /healthz HTTP/1.1',
    headers: ['Content-Length: LENGTH'],
    body: (hidden) => hidden,
  },
  'a HEAD with a body': {
    start: 'HEAD /healthz HTTP/1.1',
    headers: ['Content-Length: LENGTH'],
    body: (hidden) => hidden,
  },
  'a method of two words': { start: `POST /x HTTP/1.1\r\nGET /healthz HTTP/1.1`, headers: [], body: String },
  'a version that is none': { start: 'POST /api/receipts HTTP/1.2', headers: [], body: String },
  'an upgrade that is refused': {
    start: 'GET /workspace HTTP/1.1',
    headers: [
      'Upgrade: websocket',
      'Connection: upgrade',
      'Sec-WebSocket-Version: 777',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ],
    body: String,
  },
};

const textOf = (
  { start = 'POST /api/receipts HTTP/1.1', headers, body, lineEnd = '\r\n' }: Attack,
  hidden: string,
) => {
  const given = body(hidden);
  const head = [
    start,
    `Host: ${NAME}`,
    'X-Forwarded-Proto: https',
    'Content-Type: application/json',
    ...headers,
  ];
  return `${head.join(lineEnd).replace('LENGTH', String(given.length))}${lineEnd}${lineEnd}${given}`;
};

it.each(Object.entries(ATTACKS))('%s brings no second request in', async (_name, attack) => {
  const { port, makeToken, client, captured } = await workspaceEngine({
    publicUrl: `https://${NAME}/`,
    publicApi: true,
  });
  const { secret } = await makeToken();
  const answer = await rawRequest(port, textOf(attack, HIDDEN(secret)));
  expect(answer.match(/^HTTP\/1\.1 \d+/gm), answer).toHaveLength(1);
  const served = await client.server.requests();
  expect(served.filter(({ path }) => path.includes('key-pairs'))).toEqual([]);
  expect(captured.text()).not.toMatch(/"level":"(error|fatal)"/);
});
