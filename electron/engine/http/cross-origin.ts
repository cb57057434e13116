import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isNamedSite } from '../../contract/site-address.ts';
import type { Caller } from './callers.ts';
import type { Reach } from './reach.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Pages and workers of the named sites may call this route. `script`: they may also load it as a script, a style or a picture, as
     * `importScripts` and a plain `<script>` do without naming their origin.
     */
    crossOrigin?: 'call' | 'script';
    /** Also answers at the public address, like everything that other sites may use. */
    isPublic?: true;
  }
}

/** What the named sites may call. */
export interface CrossOriginRoutes {
  /** Methods that the named sites may use on a path; none if they may not call it. */
  methodsAt(path: string): readonly string[];
}

/** Learns the routes as they are added: call it before that. */
export function listenForCrossOriginRoutes(app: FastifyInstance): CrossOriginRoutes {
  /** By path; a path that ends in `*` stands for all that begin with it. */
  const methodsByPath = new Map<string, string[]>();
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.crossOrigin === undefined) return;
    methodsByPath.set(url, [...(methodsByPath.get(url) ?? []), method].flat());
  });
  return {
    methodsAt(path) {
      const methods = methodsByPath.get(path);
      if (methods !== undefined) return methods;
      const all = [...methodsByPath].find(([url]) => url.endsWith('*') && path.startsWith(url.slice(0, -1)));
      return all?.[1] ?? [];
    },
  };
}

/** How long a browser may cache the permission, in seconds. */
const MAX_AGE = 600;

/**
 * Tells a browser that a page of a named site may read the answer, errors included (Fetch §3.2). Cookies are never allowed: there are none.
 *
 * @param request to a route that named sites may call
 */
export function allowReading(request: FastifyRequest, reply: FastifyReply, { sites }: Pick<Reach, 'sites'>) {
  // Caches keep one answer per origin, even if this one may not read it.
  void reply.header('vary', 'Origin');
  const { origin } = request.headers;
  if (origin === undefined || !isNamedSite(origin, sites)) return;
  void reply.headers({
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'Retry-After',
  });
}

/** Whether a browser is asking what a page of another origin may do (Fetch §3.2.2). */
export const isPreflight = ({ method, headers }: FastifyRequest) =>
  method === 'OPTIONS' &&
  headers.origin !== undefined &&
  headers['access-control-request-method'] !== undefined;

/**
 * Answers it. A web page also has to be let in if the engine is at a private address or on the browser's own machine (Private Network
 * Access §3.2).
 */
export function answerPreflight(request: FastifyRequest, reply: FastifyReply, methods: readonly string[]) {
  const isPrivate = request.headers['access-control-request-private-network'] === 'true';
  return reply
    .code(204)
    .headers({
      'access-control-allow-methods': methods.join(', '),
      'access-control-allow-headers': 'Content-Type',
      'access-control-max-age': MAX_AGE,
      vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers, Access-Control-Request-Private-Network',
      ...(isPrivate ? { 'access-control-allow-private-network': 'true' } : {}),
    })
    .send();
}

/**
 * What a page loads without reading it: a script, a style, a picture, or just the fact that there is an answer. Never a frame or a
 * document.
 */
export const isEmbedded = ({ method, headers }: FastifyRequest) =>
  (method === 'GET' || method === 'HEAD') &&
  headers['sec-fetch-mode'] === 'no-cors' &&
  ['script', 'style', 'image', 'empty'].includes(String(headers['sec-fetch-dest']));

/**
 * Whether what a route serves may be embedded. The embedding page says who it is only in `Referer`, which it may leave out. At the public
 * address anyone may have what is not secret. On this machine, where any web page could learn that Pushdesk runs here, only a request that
 * names one of the sites may.
 */
export function mayEmbed(
  request: FastifyRequest,
  { door }: Caller,
  { sites }: Pick<Reach, 'sites'>,
): boolean {
  if (request.routeOptions.config.crossOrigin !== 'script' || !isEmbedded(request)) return false;
  if (door === 'public') return true;
  const { referer } = request.headers;
  return referer !== undefined && URL.canParse(referer) && isNamedSite(new URL(referer).origin, sites);
}
