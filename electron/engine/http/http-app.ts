import rateLimit from '@fastify/rate-limit';
import { fastify } from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ServedRequest } from '../../contract/server.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { UNREADABLE, answerErrors, answerOf, refuse } from './answer-errors.ts';
import { answerBrokenHttp } from './broken-http.ts';
import { addGuards } from './guards.ts';
import { HttpProblem } from './http-problem.ts';
import { acceptOnlyJson } from './json-body.ts';
import { addLocalApi, isApiTarget, type LocalApiOptions } from './local-api/local-api.ts';
import { refuseWithDetails } from './local-api/problem-details.ts';
import { answerNotFound } from './not-found.ts';
import { addPublicRoutes } from './public-routes.ts';
import type { PublicRoutesOptions } from './public-routes.ts';
import { shownPath } from './request-log.ts';
import { securityHeaders } from './security-headers.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request meant, in words, for the list of requests. */
    note: string | null;
  }
}

export interface HttpAppOptions extends Omit<PublicRoutesOptions, 'writesPerMinute'> {
  /** The port that the server listens on, or `null` while it does not. */
  port: () => number | null;
  clock: Clock;
  log: Log;
  /** `null`: without one. */
  localApi: LocalApiOptions | null;
  /** Told of every request that was answered. */
  onServed: (request: Omit<ServedRequest, 'id'>) => void;
  /** How many requests one address may send in a minute. */
  limits?: { all: number; writes: number };
}

/** A subscription is under 2 kB; escapes may blow an endpoint of 4096 characters up. */
const BODY_LIMIT_BYTES = 32 * 1024;
const REQUEST_TIMEOUT_MS = 10_000;

/** The server's routes and rules, without a port: tests ask it through `inject`, `server-service` lets it listen. */
export async function createHttpApp({
  files,
  subscriptions,
  keys,
  port,
  clock,
  log,
  localApi,
  onServed,
  limits = { all: 600, writes: 120 },
}: HttpAppOptions): Promise<FastifyInstance> {
  const record = (request: FastifyRequest, reply: FastifyReply) => {
    onServed({
      at: clock.now(),
      method: request.method,
      path: shownPath(request.url),
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
      note: request.note,
    });
  };

  const app = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    http: { headersTimeout: REQUEST_TIMEOUT_MS, connectionsCheckingInterval: 5_000 },
    // A path that cannot be decoded is refused before any hook runs, so the hooks' work is done here.
    frameworkErrors: (error, request, reply) => {
      const answer = answerOf(error) ?? UNREADABLE;
      const refused = isApiTarget(request.raw.url ?? '') ? refuseWithDetails : refuse;
      void refused(request, reply.headers(securityHeaders(undefined)), answer);
      record(request, reply);
    },
    clientErrorHandler: answerBrokenHttp(() => {
      onServed({ at: clock.now(), method: '-', path: '-', status: 400, durationMs: 0, note: NOT_HTTP });
    }),
  });

  app.decorateRequest('note', null);
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers(securityHeaders(request.routeOptions.url));
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    record(request, reply);
    done();
  });

  addGuards(app, port);
  acceptOnlyJson(app);
  answerErrors(app, log);
  await app.register(rateLimit, { max: limits.all, timeWindow: 60_000, errorResponseBuilder: tooMany });
  answerNotFound(app);
  addPublicRoutes(app, { files, subscriptions, keys, writesPerMinute: limits.writes });
  if (localApi !== null) await addLocalApi(app, localApi, log);
  return app;
}

const NOT_HTTP = 'Not an HTTP request';

function tooMany(_request: FastifyRequest, context: { after: string }) {
  return new HttpProblem(429, {
    code: 'too-many-requests',
    cause: 'Too many requests came from this address.',
    cure: `Wait ${context.after} and try again.`,
  });
}
