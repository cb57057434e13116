import rateLimit from '@fastify/rate-limit';
import { fastify } from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '../../contract/problem.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { UNREADABLE, answerErrors, answerOf, refuse } from './answer-errors.ts';
import { answerBrokenHttp } from './broken-http.ts';
import { capConnections } from './connection-cap.ts';
import type { Caller } from './callers.ts';
import { addGuards, isFramingPlain } from './guards.ts';
import { HttpProblem } from './http-problem.ts';
import { acceptOnlyJson } from './json-body.ts';
import { addLocalApi, isApiTarget, type LocalApiOptions } from './local-api/local-api.ts';
import { refuseWithDetails } from './local-api/problem-details.ts';
import { answerNotFound } from './not-found.ts';
import { peerToCount } from './peer-to-count.ts';
import { addPhoneRoutes, type PhoneIntake } from './phone-routes.ts';
import { createTornConnections } from './torn-connections.ts';
import { withoutPrefix } from './public-path.ts';
import { addPublicRoutes } from './public-routes.ts';
import type { PublicRoutesOptions } from './public-routes.ts';
import type { Reach } from './reach.ts';
import { addReceiptRoutes, type ReceiptIntake } from './receipt-routes.ts';
import { shownPath, type Served } from './request-log.ts';
import { securityHeaders } from './security-headers.ts';
import { addWorkspaceDoor } from './workspace/workspace-door.ts';

declare module 'fastify' {
  interface FastifyInstance {
    hasScreens: boolean;
  }
  interface FastifyRequest {
    /** What the request was about, in words, for the list of requests. */
    note: string | null;
    /** Code of the problem with which it was refused; `null`: it was not. */
    refusal: string | null;
  }
}

export interface HttpAppOptions extends Omit<PublicRoutesOptions, 'limitWrites' | 'prefix'> {
  reach: () => Reach;
  receipts: ReceiptIntake;
  phones: PhoneIntake;
  clock: Clock;
  log: Log;
  /** Whether there is a window with screens that a cure may lead to ([Note: no screens]). */
  hasScreens: boolean;
  /** `null`: there is none. */
  localApi: LocalApiOptions | null;
  /** Called for every request that was answered. */
  onServed: (request: Served) => void;
  limits?: Partial<HttpLimits>;
}

export interface HttpLimits {
  /** Requests per minute from one address; programs and the page itself are counted separately. */
  all: number;
  /** Visits per minute through links on other sites: no site can use up the person's own share. */
  links: number;
  /** Subscribing and cancelling, per minute. */
  writes: number;
  /** Receipt reports, per minute: after a campaign, many devices may share one address. */
  receipts: number;
  /** Reports from phones about themselves, per minute. */
  phones: number;
  /** Connections at the same time. */
  connections: number;
}

const LIMITS: HttpLimits = { all: 600, links: 30, writes: 120, receipts: 1200, phones: 60, connections: 256 };
const MINUTE_MS = 60_000;

/** A subscription is under 2 kB, but escapes may inflate an endpoint of 4096 characters. */
const BODY_LIMIT_BYTES = 32 * 1024;
const REQUEST_TIMEOUT_MS = 10_000;
/** How long a connection is kept for another request. */
const KEEP_ALIVE_MS = 5_000;

/** The server's routes and rules, without a port: tests call it through `inject`, and `server-service` lets it listen. */
export async function createHttpApp({
  files,
  subscriptions,
  receipts,
  phones,
  keys,
  growth,
  nonces,
  health,
  reach,
  clock,
  log,
  hasScreens,
  localApi,
  onServed,
  limits: given = {},
}: HttpAppOptions): Promise<FastifyInstance> {
  const limits = { ...LIMITS, ...given };
  const record = (request: FastifyRequest, reply: FastifyReply) => {
    onServed({
      at: clock.now(),
      method: request.method,
      path: shownPath(request.url),
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
      note: request.note,
      refusal: request.refusal,
    });
  };
  /** For what never became a request. */
  const recordUnread = (status: number, { code, cause }: Problem) => {
    onServed({
      at: clock.now(),
      method: '-',
      path: '-',
      status,
      durationMs: 0,
      note: cause,
      refusal: code,
    });
  };

  const torn = createTornConnections(isFramingPlain);
  const app = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: true,
    rewriteUrl: (raw) => withoutPrefix(raw, reach().publicAddress),
    http: {
      headersTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: 5_000,
      // The guards refuse a request without one; Node would answer it without our headers and outside the list.
      requireHostHeader: false,
    },
    // A path that cannot be decoded is refused before any hook runs, so the hooks' work is done here.
    frameworkErrors: (error, request, reply) => {
      const answer = answerOf(error) ?? UNREADABLE;
      const refused = isApiTarget(request.raw.url ?? '') ? refuseWithDetails : refuse;
      void refused(request, reply.headers(securityHeaders(undefined)), answer);
      record(request, reply);
    },
    clientErrorHandler: answerBrokenHttp(torn, (status, problem) => {
      recordUnread(status, problem);
    }),
  });
  // Likewise: sent as an ordinary request, it is refused by the guards.
  app.server.on('checkExpectation', (request, response) => {
    app.server.emit('request', request, response);
  });
  app.server.prependListener('request', (request, response) => {
    torn.look(request, response);
  });
  capConnections(app.server, {
    most: limits.connections,
    onRefused: () => {
      recordUnread(503, TOO_MANY_CONNECTIONS);
    },
    addressOf: ({ remoteAddress }) => peerToCount(remoteAddress, reach().trustedProxies),
  });

  app.decorate('hasScreens', hasScreens);
  app.decorateRequest('note', null);
  app.decorateRequest('refusal', null);
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers(securityHeaders(request.routeOptions.url));
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    record(request, reply);
    done();
  });

  addGuards(app, reach, torn);
  acceptOnlyJson(app);
  answerErrors(app, log);
  await app.register(rateLimit, {
    max: (request) => (request.caller?.kind === 'link' ? limits.links : limits.all),
    timeWindow: MINUTE_MS,
    keyGenerator: ({ caller }) =>
      `${caller?.address ?? 'gone'} ${caller === null ? '' : countedKind(caller)}`,
    errorResponseBuilder: tooMany,
  });
  answerNotFound(app);
  addPublicRoutes(app, {
    files,
    subscriptions,
    receipts,
    keys,
    growth,
    nonces,
    health,
    prefix: () => reach().publicAddress?.prefix ?? '',
    // One for all of them: a route with its own limit would be counted separately.
    limitWrites: app.rateLimit({ max: limits.writes, timeWindow: MINUTE_MS }),
  });
  addReceiptRoutes(app, {
    receipts,
    limit: app.rateLimit({ max: limits.receipts, timeWindow: MINUTE_MS }),
  });
  addPhoneRoutes(app, {
    phones,
    limit: app.rateLimit({ max: limits.phones, timeWindow: MINUTE_MS }),
  });
  if (localApi !== null) {
    await addLocalApi(app, localApi, { reach, log });
    if (localApi.workspace !== undefined)
      await addWorkspaceDoor(app, { ...localApi, ...localApi.workspace }, { reach, log });
  }
  return app;
}

/** On this machine a web page must not use up a program's share; elsewhere callers themselves say what they are. */
const countedKind = ({ door, kind }: Caller) => (door === 'public' && kind !== 'link' ? '' : kind);

const TOO_MANY_CONNECTIONS: Problem = {
  code: 'too-many-connections',
  cause: 'Too many connections were open, so one more was closed.',
  cure: 'Close some of them.',
};

function tooMany(_request: FastifyRequest, context: { after: string }) {
  return new HttpProblem(429, {
    code: 'too-many-requests',
    cause: 'There were too many requests within a minute.',
    cure: `Wait ${context.after} and try again.`,
  });
}
