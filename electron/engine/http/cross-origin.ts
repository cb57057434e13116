import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isNamedSite } from '../../contract/site-address.ts';
import type { Caller } from './callers.ts';
import type { Reach } from './reach.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Pages and workers of the named sites may call this route. `script`: they may also load it as a script, a style or a picture, as
     * `importScripts` and plain `<script>` do, without saying who they are.
     */
    crossOrigin?: 'call' | 'script';
    /** It answers at the public address too, as everything does that other sites may use. */
    isPublic?: true;
  }
}

/** What the named sites may call. */
export interface CrossOriginRoutes {
  /** Methods that the named sites may use at a path; none where they may not call. */
  methodsAt(path: string): readonly string[];
}

/** Learns of the routes as they come: call it before they are added. */
export function listenForCrossOriginRoutes(app: FastifyInstance): CrossOriginRoutes {
  /** By path; a path that ends in `*` stands for all that begin so. */
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

/** How long a browser may remember what it was told, in seconds. */
const MAX_AGE = 600;

/**
 * Tells a browser that a page of a named site may read the answer, errors included (Fetch §3.2). Cookies are never allowed: there are none.
 *
 * @param request to a route that named sites may call
 */
export function allowReading(request: FastifyRequest, reply: FastifyReply, { sites }: Pick<Reach, 'sites'>) {
  // Caches keep one answer for each origin, also where this one may not read.
  void reply.header('vary', 'Origin');
  const { origin } = request.headers;
  if (origin === undefined || !isNamedSite(origin, sites)) return;
  void reply.headers({
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'Retry-After',
  });
}

/** Whether a browser asks what a page of another origin may do (Fetch §3.2.2). */
export const isPreflight = ({ method, headers }: FastifyRequest) =>
  method === 'OPTIONS' &&
  headers.origin !== undefined &&
  headers['access-control-request-method'] !== undefined;

/**
 * Answers it. A page of the web also has to be let in where the engine is at a private address or on the browser's own machine (Private
 * Network Access §3.2).
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
 * What a page loads without reading it: a script, a style, a picture, or nothing but whether there is an answer. Never a frame, and never a
 * document.
 */
export const isEmbedded = ({ method, headers }: FastifyRequest) =>
  (method === 'GET' || method === 'HEAD') &&
  headers['sec-fetch-mode'] === 'no-cors' &&
  ['script', 'style', 'image', 'empty'].includes(String(headers['sec-fetch-dest']));

/**
 * Whether what a route serves may be embedded. The page that embeds does not say who it is but in `Referer`, which it may leave out. At the
 * public address anybody may have what is no secret. On this machine, where any page of the web could learn that Pushdesk runs here, only
 * what names one of the sites may.
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
