import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { identifyCaller, type Caller } from './callers.ts';
import {
  allowReading,
  answerPreflight,
  isPreflight,
  listenForCrossOriginRoutes,
  mayEmbed,
} from './cross-origin.ts';
import { isApiTarget } from './local-api/local-api.ts';
import { HttpProblem } from './http-problem.ts';
import { pageUrl } from './own-address.ts';
import type { Reach } from './reach.ts';
import type { TornConnections } from './torn-connections.ts';

const READS = new Set(['GET', 'HEAD']);

/**
 * Headers that may occur only once. Node takes the first of two and drops the other, or joins them; a proxy in front of this server may
 * have gone by the other one (RFC 9110 §5.3, RFC 9112 §3.2).
 */
const SINGLE = new Set([
  'access-control-request-method',
  'authorization',
  'content-length',
  'content-type',
  'host',
  'idempotency-key',
  'origin',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
  'transfer-encoding',
]);

/**
 * Turns away requests that a foreign web page makes a browser send. The guards run before anything else, so that such a request costs
 * nothing, counts for nothing and learns nothing. A link from another site still leads to the page, and the sites that the person named may
 * use what is meant for them. Call it before the routes are added.
 */
export function addGuards(
  app: FastifyInstance,
  reach: () => Reach,
  torn: Pick<TornConnections, 'isBehind'>,
): void {
  const routes = listenForCrossOriginRoutes(app);
  app.decorateRequest('caller', null);
  app.addHook('onRequest', (request, reply, done) => {
    if (torn.isBehind(request.raw)) {
      reply.hijack();
      return;
    }
    const now = reach();
    const caller = identifyCaller(request.raw, now);
    request.caller = caller;
    const path = request.url.split('?', 1)[0] ?? '';
    const methods = routes.methodsAt(path);
    if (methods.length > 0) allowReading(request, reply, now);
    const refusal = refusalOf(request, { caller, reach: now, methods });
    const prefix = now.publicAddress?.prefix ?? '';
    if (refusal === null && request.routeOptions.config.crossOrigin === 'script')
      void reply.header('cross-origin-resource-policy', 'cross-origin');
    if (refusal !== null) done(refusal);
    else if (caller.kind === 'site' && isPreflight(request)) answerPreflight(request, reply, methods);
    else if (prefix !== '' && path === prefix) void reply.redirect(`${prefix}/`, 308);
    else done();
  });
}

interface Asked {
  caller: Caller;
  reach: Reach;
  /** The methods that named sites may use on this path. */
  methods: readonly string[];
}

function refusalOf(request: FastifyRequest, { caller, reach, methods }: Asked): HttpProblem | null {
  const repeated = repeatedHeader(request.raw.rawHeaders);
  if (repeated !== null) return repeatedHeaderProblem(repeated);
  if (!isEncodingPlain(request.raw)) return otherEncoding();
  if (!isExpectationMet(request.headers.expect)) return unknownExpectation();
  if (request.headers.host === undefined) return noHost(reach);
  if (caller.door === null || namesHostInTarget(request)) return foreignHost(reach);
  switch (caller.kind) {
    case 'own':
    case 'link':
    case 'program':
      break;
    case 'site':
      if (isPreflight(request) ? methods.length > 0 : methods.includes(request.method)) break;
      return foreign(request, caller, reach);
    case 'foreign':
      if (!mayEmbed(request, caller, reach)) return foreign(request, caller, reach);
  }
  return caller.door === 'public' && !isPublic(request, reach) ? notPublic() : null;
}

/** A path without a route is answered as such, except where that would reveal what the local API has. */
function isPublic({ url, routeOptions }: FastifyRequest, { publicApi }: Reach): boolean {
  if (isApiTarget(url)) return publicApi;
  if (routeOptions.url === undefined) return true;
  const { isPublic: named = false, crossOrigin } = routeOptions.config;
  return named || crossOrigin !== undefined;
}

/** Whether every server on the way agrees where its body ends: one length, or chunks and nothing else (RFC 9112 §6.1, §6.3). */
export const isFramingPlain = (request: IncomingMessage) =>
  isEncodingPlain(request) && repeatedHeader(request.rawHeaders) === null;

function isEncodingPlain({ headers, httpVersion }: IncomingMessage): boolean {
  const encoding = headers['transfer-encoding']?.toLowerCase();
  return encoding === undefined || (encoding === 'chunked' && httpVersion === '1.1');
}

/** @param raw names and values alternating */
function repeatedHeader(raw: readonly string[]): string | null {
  const seen = new Set<string>();
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]?.toLowerCase() ?? '';
    if (!SINGLE.has(name)) continue;
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return null;
}

/** A target such as `http://other.example/` overrides the `Host` header (RFC 9112 §3.2.2); only proxies receive those. */
const namesHostInTarget = ({ method, raw: { url = '' } }: FastifyRequest) =>
  !url.startsWith('/') && !(url === '*' && method === 'OPTIONS');

const repeatedHeaderProblem = (name: string) =>
  new HttpProblem(400, {
    code: 'repeated-header',
    cause: `The header ${name} was sent twice.`,
    cure: 'Send it once.',
  });

const otherEncoding = () =>
  new HttpProblem(400, {
    code: 'bad-transfer-encoding',
    cause: 'The Transfer-Encoding is not chunked alone, or not of HTTP/1.1.',
    cure: 'Send only Content-Length.',
  });

/** Node itself asks for the body for the only expectation that exists (RFC 9110 §10.1.1). */
const isExpectationMet = (expect: string | undefined) =>
  expect === undefined || expect.toLowerCase() === '100-continue';

const unknownExpectation = () =>
  new HttpProblem(417, {
    code: 'unknown-expectation',
    cause: 'The header Expect asks for something that this server does not support.',
    cure: 'Leave it out, or send 100-continue.',
  });

/** RFC 9112 §3.2. */
const noHost = ({ port, publicAddress }: Reach) =>
  new HttpProblem(400, {
    code: 'no-host',
    cause: 'The request does not say which host it is for.',
    cure: `Send the header Host${port === null || publicAddress !== null ? '' : `: localhost:${port}`}.`,
  });

/** Once the whole world may ask, a stranger is not told what else this machine has. */
function foreignHost({ port, publicAddress }: Reach): HttpProblem {
  const cause = 'This request was meant for another host.';
  if (publicAddress !== null) {
    return new HttpProblem(421, { code: 'other-host', cause, cure: 'Open the page at its own address.' });
  }
  return new HttpProblem(421, {
    code: 'foreign-host',
    cause,
    cure:
      port === null
        ? 'Start the server, then open its page.'
        : `Open the page at its own address: ${pageUrl(port)}. If you put a proxy in front, set the public address on Server (PUSHDESK_PUBLIC_URL).`,
  });
}

const notPublic = () =>
  new HttpProblem(403, {
    code: 'not-public',
    cause: 'This is not available at the public address.',
    cure: 'Use it on the machine where Pushdesk runs.',
  });

function foreign(request: FastifyRequest, { door }: Caller, { port, publicAddress }: Reach): HttpProblem {
  const isRead = READS.has(request.method);
  const own = door === 'public' ? (publicAddress?.url ?? '') : pageUrl(port ?? 0);
  if (isRead) {
    return new HttpProblem(403, {
      code: 'foreign-page',
      cause: 'A page on another site requested this.',
      cure: `Open ${own} in a tab instead.`,
    });
  }
  // What a page's own request looks like behind a proxy that nobody configured.
  const isProxied = publicAddress === null && request.headers['sec-fetch-site'] === 'same-origin';
  return new HttpProblem(403, {
    code: 'foreign-origin',
    cause: 'A page on another site made this request.',
    cure:
      door === 'public'
        ? `Only the page at ${own} may do that.`
        : isProxied
          ? 'If this is the subscribe page behind your proxy, set its address as the public address on Server (PUSHDESK_PUBLIC_URL).'
          : `Only the subscribe page itself may do that: ${own}. To allow a page of your own, add it under Your sites on Server.`,
  });
}
