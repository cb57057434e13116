import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { text as streamText } from 'node:stream/consumers';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AccessTokenId } from '../../../contract/ids.ts';
import { accessOf, mayCall } from '../../../contract/access.ts';
import type { Log } from '../../base/log.ts';
import { refuseFromElsewhere } from '../../serve/refuse-from-elsewhere.ts';
import type { EngineRouter } from '../../serve/router.ts';
import type { ErrorAnswer } from '../answer-errors.ts';
import { INTERNAL } from '../answer-errors.ts';
import { acceptOnlyJson } from '../json-body.ts';
import { requirePublicEntry } from '../public-entry.ts';
import type { Reach } from '../reach.ts';
import type { Admitted, TokenGate } from '../token-gate.ts';
import type { WorkspaceOptions } from '../workspace/workspace-door.ts';
import { createAdmission, mustStillBeAdmitted, type AdmissionOptions } from './bearer.ts';
import { bringRequestId } from './idempotency-key.ts';
import { createOpenApiDocument } from './openapi-document.ts';
import { answerOfApi, refuseWithDetails } from './problem-details.ts';
import { createProcedureHandler } from './procedure-handler.ts';
import { API_PREFIX, listServedProcedures, METHODS, type ServedProcedure } from './served-procedures.ts';

export interface LocalApiOptions extends AdmissionOptions {
  /** Requested when the server starts, because the router is created after the server. */
  router: () => EngineRouter;
  /** This Pushdesk's version, for the document. */
  version: string;
  /** What the desktop app opens from elsewhere; omitted: nothing. */
  workspace?: Pick<WorkspaceOptions, 'router' | 'workspaceLimits'>;
}

const BODY_LIMIT_BYTES = 256 * 1024;
/** A million ids are 8 MB. */
const LONG_LIMIT_BYTES = 16 * 1024 * 1024;
const LONG: readonly string[] = [
  'subscriptions.acts.start',
  'subscriptions.upsertMany',
  'campaigns.start',
  'campaigns.preflight',
  'campaigns.checkWorker',
];
const IMPORT_LIMIT_BYTES = 25 * 1024 * 1024;
const IMPORTS: readonly string[] = ['subscriptions.import', 'subscriptions.previewImport'];
/** Answers that stay open as long as the caller wants. */
const STREAM = 'app.changes';
const REPORT = 'campaigns.report';

/**
 * The contract over HTTP, for scripts: below `/api/v1`, with a token. Its document needs one only at the public address, where nothing
 * answers unless that is switched on.
 */
export async function addLocalApi(
  app: FastifyInstance,
  { router, version, ...tokens }: LocalApiOptions,
  { reach, log }: { reach: () => Reach; log: Log },
): Promise<void> {
  const procedures = listServedProcedures();
  const document = onceAsked(async () => JSON.stringify(await createOpenApiDocument(procedures, version)));
  const call = createProcedureHandler(router());

  await app.register(
    async (api) => {
      acceptOnlyJson(api, 'no body');
      api.setErrorHandler((error, request, reply) => {
        const answer = answerOfApi(error);
        if (answer === null)
          log.error({ err: error, path: request.routeOptions.url }, 'an API request failed');
        return refuseWithDetails(request, reply, answer ?? INTERNAL);
      });
      api.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
        const path = request.url.slice(API_PREFIX.length).split(/[?#]/, 1)[0] ?? '';
        const methods = methodsAt(path, procedures);
        if (methods.length === 0) return refuseWithDetails(request, reply, NOTHING_THERE);
        void reply.header('allow', methods.join(', '));
        return refuseWithDetails(request, reply, wrongMethod(request.method, methods));
      });

      const admit = createAdmission(api, tokens);
      const callers = new WeakMap<FastifyRequest, Admitted | null>();
      api.addHook('onRequest', (request, _reply, next) => {
        if (request.caller?.door === 'public') requirePublicEntry(request, reach());
        next();
      });

      api.get(
        '/openapi.json',
        {
          exposeHeadRoute: false,
          async onRequest(request, reply) {
            if (request.caller?.door === 'public') await admit(request, reply, 'read');
          },
        },
        async (_request, reply) => reply.type('application/json; charset=utf-8').send(await document()),
      );

      showReports(api);
      await api.register((guarded, _options, done) => {
        for (const procedure of procedures) {
          guarded.route({
            method: procedure.method,
            url: procedure.path.replace(/\{(\w+)\}/g, ':$1'),
            exposeHeadRoute: false,
            bodyLimit: bodyLimitOf(procedure),
            // Anyone with the token counts as the person; wrong tokens are counted where they are refused.
            config: { rateLimit: false },
            async onRequest(request, reply) {
              const admitted = await admit(request, reply, accessOf(procedure.name));
              callers.set(request, admitted);
              if (procedure.name === STREAM && admitted !== null)
                endWith(admitted.id, tokens.gate, reply.raw);
            },
            ...(procedure.name === 'campaigns.start'
              ? {
                  preHandler: (request, _reply, next) => {
                    bringRequestId(request);
                    next();
                  },
                }
              : {}),
            handler: (request, reply) => {
              request.note = `API: ${procedure.name}`;
              if (request.caller?.door === 'public')
                refuseFromElsewhere(procedure.name.split('.'), request.body);
              const admitted = callers.get(request) ?? null;
              mustStillBeAdmitted(request, admitted, tokens);
              // Anyone with the machine's token counts as the person.
              const mayRead = admitted === null || mayCall(admitted.scopes, 'read');
              return call(procedure, request, reply, { mayRead });
            },
          });
        }
        done();
      });
    },
    { prefix: API_PREFIX },
  );
}

/** Made when it is first requested, and then kept: making it takes longer than everything else when the server starts. */
function onceAsked<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}

/** What a browser gets instead of JSON when it asks for a page; nothing in it runs, and nothing is loaded. */
const REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

/** A report requested as `text/html` is the page itself. */
function showReports(api: FastifyInstance): void {
  api.addHook('onSend', async (request, reply, payload) => {
    const wantsPage =
      request.headers.accept?.split(',').some((type) => type.trim().startsWith('text/html')) === true;
    if (!wantsPage || request.note !== `API: ${REPORT}` || reply.statusCode !== 200) return payload;
    const answer: unknown = JSON.parse(await textOf(payload));
    if (
      typeof answer !== 'object' ||
      answer === null ||
      !('html' in answer) ||
      typeof answer.html !== 'string'
    )
      return payload;
    void reply
      .removeHeader('content-length')
      .type('text/html; charset=utf-8')
      .header('content-security-policy', REPORT_POLICY);
    return answer.html;
  });
}

const textOf = async (payload: unknown): Promise<string> =>
  payload instanceof Readable ? streamText(payload) : String(payload);

/** Ends an open answer when its token is no longer valid. */
function endWith(id: AccessTokenId, gate: TokenGate, response: ServerResponse): void {
  const release = gate.hold(id, () => response.destroy());
  response.once('close', release);
}

function bodyLimitOf({ name }: ServedProcedure): number {
  if (IMPORTS.includes(name)) return IMPORT_LIMIT_BYTES;
  return LONG.includes(name) ? LONG_LIMIT_BYTES : BODY_LIMIT_BYTES;
}

/** Whether a request target belongs to the local API. */
export const isApiTarget = (target: string) => target === API_PREFIX || target.startsWith(`${API_PREFIX}/`);

function methodsAt(path: string, procedures: readonly ServedProcedure[]): string[] {
  if (path === '/openapi.json') return ['GET'];
  const parts = path.split('/');
  const here = procedures.filter((procedure) => {
    const wanted = procedure.path.split('/');
    return (
      wanted.length === parts.length &&
      wanted.every((part, index) => part.startsWith('{') || part === parts[index])
    );
  });
  return METHODS.filter((method) => here.some((procedure) => procedure.method === method));
}

const NOTHING_THERE: ErrorAnswer = {
  status: 404,
  problem: {
    code: 'no-such-path',
    cause: 'The local API has nothing at this path.',
    cure: `The document at ${API_PREFIX}/openapi.json lists every path.`,
  },
};

const wrongMethod = (method: string, methods: string[]): ErrorAnswer => ({
  status: 405,
  problem: {
    code: 'wrong-method',
    cause: `${method} cannot be used here.`,
    cure: `Use ${methods.join(' or ')}.`,
  },
});
