import type { FastifyInstance, FastifyRequest } from 'fastify';
import { kindOfCaller } from './callers.ts';
import {
  allowReading,
  answerPreflight,
  isPreflight,
  listenForCrossOriginRoutes,
  mayEmbed,
} from './cross-origin.ts';
import { HttpProblem } from './http-problem.ts';
import { isOwnHost, pageUrl } from './own-address.ts';
import type { Reach } from './reach.ts';

const READS = new Set(['GET', 'HEAD']);

/**
 * Headers that say one thing. Node takes the first of two and drops the other, or joins them; what stands in front of this server may
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
 * Turns away requests that a foreign web page makes a browser send. They run before anything else, so that such a request
 * costs nothing, counts for nothing and learns nothing. A link from another site still leads to the page, and the sites that the person
 * named may use what is meant for them. Call it before the routes are added.
 */
export function addGuards(app: FastifyInstance, reach: () => Reach): void {
  const routes = listenForCrossOriginRoutes(app);
  app.addHook('onRequest', (request, reply, done) => {
    const now = reach();
    const methods = routes.methodsAt(request.url.split('?', 1)[0] ?? '');
    if (methods.length > 0) allowReading(request, reply, now);
    const refusal = refusalOf(request, now, methods);
    if (refusal !== null) done(refusal);
    else if (isPreflight(request) && kindOfCaller(request, now) === 'site')
      answerPreflight(request, reply, methods);
    else done();
  });
}

/** @param methods what named sites may use at this path */
function refusalOf(request: FastifyRequest, reach: Reach, methods: readonly string[]): HttpProblem | null {
  const { port } = reach;
  const repeated = repeatedHeader(request.raw.rawHeaders);
  if (repeated !== null) return repeatedHeaderProblem(repeated);
  if (!isExpectationMet(request.headers.expect)) return unknownExpectation();
  if (request.headers.host === undefined) return noHost(port);
  if (port === null || !isOwnHost(request.headers.host, port) || namesHostInTarget(request))
    return foreignHost(port);
  switch (kindOfCaller(request, reach)) {
    case 'own':
    case 'link':
    case 'program':
      return null;
    case 'site':
      if (isPreflight(request) ? methods.length > 0 : methods.includes(request.method)) return null;
      break;
    case 'foreign':
      if (mayEmbed(request, reach)) return null;
  }
  return READS.has(request.method) ? foreignRead(port) : foreignOrigin(port);
}

/** @param raw names and values in turn */
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

/** A target such as `http://other.example/` overrides the `Host` header (RFC 9112 §3.2.2); only proxies are sent one. */
const namesHostInTarget = (request: FastifyRequest) => !/^[/*]/.test(request.raw.url ?? '');

const repeatedHeaderProblem = (name: string) =>
  new HttpProblem(400, {
    code: 'repeated-header',
    cause: `The header ${name} was sent twice.`,
    cure: 'Send it once.',
  });

/** Node itself asks for the body of the one expectation that there is (RFC 9110 §10.1.1). */
const isExpectationMet = (expect: string | undefined) =>
  expect === undefined || expect.toLowerCase() === '100-continue';

const unknownExpectation = () =>
  new HttpProblem(417, {
    code: 'unknown-expectation',
    cause: 'The header Expect asks for something that this server does not know.',
    cure: 'Leave it out, or send 100-continue.',
  });

/** RFC 9112 §3.2. */
const noHost = (port: number | null) =>
  new HttpProblem(400, {
    code: 'no-host',
    cause: 'The request does not say which host it is for.',
    cure: `Send the header Host${port === null ? '' : `: localhost:${port}`}.`,
  });

const foreignHost = (port: number | null) =>
  new HttpProblem(421, {
    code: 'foreign-host',
    cause: 'This request was meant for another host.',
    cure:
      port === null
        ? 'Start the server, then open its page.'
        : `Open the page at its own address: ${pageUrl(port)}.`,
  });

const foreignRead = (port: number) =>
  new HttpProblem(403, {
    code: 'foreign-page',
    cause: 'A page on another site requested this.',
    cure: `Open ${pageUrl(port)} in a tab instead.`,
  });

const foreignOrigin = (port: number) =>
  new HttpProblem(403, {
    code: 'foreign-origin',
    cause: 'A page on another site made this request.',
    cure: `Only the subscribe page itself may do that: ${pageUrl(port)}.`,
  });
