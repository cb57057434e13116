import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { isWithin } from './address-block.ts';
import { HttpProblem } from './http-problem.ts';
import type { Reach } from './reach.ts';

interface Arrived {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/**
 * Whether nobody on the way could read a request: it came over TLS, or a trusted proxy says that it did. A proxy that says both http and
 * https passes on what a caller made up. Plain HTTP is fine if the public address is one of this machine itself.
 */
export function isEncrypted(raw: Arrived, { publicAddress, trustedProxies }: Reach): boolean {
  if ('encrypted' in raw.socket && raw.socket.encrypted === true) return true;
  if (publicAddress?.url.startsWith('http://') === true) return true;
  if (!isWithin(raw.socket.remoteAddress ?? '', trustedProxies)) return false;
  const said = protocolsIn(raw.headers);
  return said.length > 0 && said.every((protocol) => protocol === 'https');
}

/** X-Forwarded-Proto, and `proto` of Forwarded (RFC 7239 §5.4), as one list. */
function protocolsIn({ 'x-forwarded-proto': given, forwarded = '' }: IncomingHttpHeaders): string[] {
  const listed = given === undefined ? [] : [given].flat().join(',').split(',');
  const named = [...forwarded.matchAll(/(?:^|[;,])\s*proto\s*=\s*"?([^";,]*)"?/gi)].map(
    ([, name = '']) => name,
  );
  return [...listed, ...named].map((one) => one.trim().toLowerCase());
}

/** A path that a proxy cannot read differently from this server: no encoded or doubled slash, no dots, no backslash. */
const PLAIN_PATH = /^(?:\/(?!\.{1,2}(?:\/|$))(?:[\w.~!$&'()*+,=:@-]|%(?!00|2e|2f|5c|25)[\da-f]{2})+)+\/?$/i;

/**
 * At the public address, lets in only what came by exactly that name, encrypted, and by a path with only one reading. For whatever needs a
 * token.
 *
 * @throws HttpProblem
 */
export function requirePublicEntry(request: FastifyRequest, reach: Reach): void {
  const host = request.headers.host?.toLowerCase() ?? '';
  if (reach.publicAddress?.hosts.includes(host) !== true) throw otherHost();
  if (!isEncrypted(request.raw, reach)) throw notEncrypted();
  if (!PLAIN_PATH.test(request.originalUrl.split('?', 1)[0] ?? '')) throw oddPath();
}

const otherHost = () =>
  new HttpProblem(421, {
    code: 'other-host',
    cause: 'This request was not made to the public address by its own name.',
    cure: 'If there is a proxy in front, make it pass on the Host header (nginx: proxy_set_header Host $host).',
  });

const notEncrypted = () =>
  new HttpProblem(403, {
    code: 'not-encrypted',
    cause: 'Tokens are accepted over HTTPS only, and nothing says that this request was encrypted.',
    cure: 'Use the https address. If there is a proxy in front, make it say so (nginx: proxy_set_header X-Forwarded-Proto $scheme) and name it under trusted proxies.',
  });

const oddPath = () =>
  new HttpProblem(400, {
    code: 'bad-path',
    cause: 'The path can be read in more than one way.',
    cure: 'Write it without encoded slashes, dots and backslashes.',
  });
