import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpProblem } from './http-problem.ts';
import { isOwnHost, isOwnOrigin, pageUrl } from './own-address.ts';

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Turns away requests that a foreign web page makes a browser send. They run before anything else, so that such a request
 * costs nothing and learns nothing.
 *
 * @param port the port that the server listens on, or `null` while it does not
 */
export function addGuards(app: FastifyInstance, port: () => number | null): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const own = port();
    if (own === null || !isOwnHost(request.headers.host, own) || namesHostInTarget(request)) {
      done(foreignHost(own));
      return;
    }
    done(WRITES.has(request.method) && isCrossSite(request, own) ? foreignOrigin(own) : undefined);
  });
}

/** A target such as `http://other.example/` overrides the `Host` header (RFC 9112 §3.2.2); only proxies are sent one. */
const namesHostInTarget = (request: FastifyRequest) => !/^[/*]/.test(request.raw.url ?? '');

/**
 * Browsers name the origin of every write, and most also say how far away it is. A request with neither comes
 * from a program on this machine, which no web page can steer.
 */
function isCrossSite(request: FastifyRequest, port: number): boolean {
  const { origin } = request.headers;
  if (origin !== undefined && !isOwnOrigin(origin, port)) return true;
  const site = request.headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

const foreignHost = (port: number | null) =>
  new HttpProblem(421, {
    code: 'foreign-host',
    cause: 'This request names a host that is not this server.',
    cure: `Open the page at its own address, ${port === null ? 'which the Server screen shows' : pageUrl(port)}.`,
  });

const foreignOrigin = (port: number) =>
  new HttpProblem(403, {
    code: 'foreign-origin',
    cause: 'This request was made by a page of another site.',
    cure: `Only the subscribe page itself may do that: ${pageUrl(port)}.`,
  });
