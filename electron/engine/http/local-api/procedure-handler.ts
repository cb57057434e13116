import { OpenAPIHandler } from '@orpc/openapi/fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EngineRouter } from '../../serve/router.ts';
import { toldWithoutRead } from '../../../contract/access.ts';
import { unknownField } from '../../../contract/problem.ts';
import { HttpProblem } from '../http-problem.ts';
import { readQuery } from './query.ts';
import { readTexts } from './read-texts.ts';
import { API_PREFIX, type ServedProcedure } from './served-procedures.ts';

/**
 * Calls a procedure for a request and sends its answer; throws what the procedure threw.
 * @param caller `mayRead`: whether it may see what is stored as well as change it
 */
export type ProcedureHandler = (
  procedure: ServedProcedure,
  request: FastifyRequest,
  reply: FastifyReply,
  caller: { mayRead: boolean },
) => Promise<FastifyReply>;

/** What a request carries through oRPC: which procedure it calls, and what went wrong. */
interface Call extends Record<PropertyKey, unknown> {
  readonly procedure: ServedProcedure;
  /** Without the prefix and without the path of the public address; oRPC would otherwise read the original target. */
  readonly path: string;
  /** Which fields of the answer the caller sees; `null`: all of them. */
  readonly told: readonly string[] | null;
  failure: { readonly error: unknown } | null;
}

/** The engine's router behind HTTP: the contract says how paths, queries and bodies are read, and which texts in them are numbers. */
export function createProcedureHandler(router: EngineRouter): ProcedureHandler {
  const handler = new OpenAPIHandler<Call>(router, {
    clientInterceptors: [
      async (options) => {
        const { procedure, told } = options.context;
        // The token was judged for that procedure: however a path is spelled, no other is called.
        if (options.path.join('.') !== procedure.name) throw badPath();
        if (told !== null) refuseComparing(options.input);
        const output = await options.next({ ...options, input: readTexts(options.input, procedure) });
        return told === null ? output : onlyOf(output, told);
      },
    ],
    rootInterceptors: [
      async (options) => {
        const { request, context } = options;
        const url = new URL(request.url);
        url.pathname = context.path;
        url.search = readQuery(url.searchParams, context.procedure).toString();
        const result = await options.next({ ...options, request: { ...request, url } });
        // Errors are answered in one place for all routes, so they are passed on unchanged.
        if (context.failure !== null) throw context.failure.error;
        return result;
      },
    ],
    interceptors: [
      async (options) => {
        try {
          return await options.next();
        } catch (error) {
          options.context.failure = { error };
          throw error;
        }
      },
    ],
  });

  return async (procedure, request, reply, { mayRead }) => {
    mustBeObject(request.body);
    refuseNamesOfPath(procedure, request.body);
    const path = pathBelowPrefix(request.url);
    const told = mayRead ? null : toldWithoutRead(procedure.name);
    const context: Call = { procedure, path, told, failure: null };
    const { matched } = await handler.handle(request, reply, { context });
    // The server reads `%2D` in a path as a dash, and oRPC does not.
    if (!matched) throw badPath();
    return reply;
  };
}

/** The path's parameters are put into the body; anything but an object would be replaced by them, and nothing would be changed. */
function mustBeObject(body: unknown): void {
  if (body === undefined || (typeof body === 'object' && body !== null && !Array.isArray(body))) return;
  throw new HttpProblem(422, {
    code: 'input-malformed',
    cause: 'The body is not a JSON object.',
    cure: 'Send an object such as {"label": "Front desk"}, or no body where nothing is needed.',
  });
}

const onlyOf = (output: unknown, names: readonly string[]) =>
  Object.fromEntries(Object.entries(Object(output) as object).filter(([name]) => names.includes(name)));

/** A failed comparison reveals what is stored. */
function refuseComparing(input: unknown): void {
  if (typeof input !== 'object' || input === null || !Object.hasOwn(input, 'was')) return;
  throw new HttpProblem(403, {
    code: 'scope-missing',
    cause: 'A comparison with what is there ("was") needs a token with the scope "read" too.',
    cure: 'Leave "was" out, or use an access token with both scopes.',
    field: 'was',
  });
}

/** What a URL does not preserve: backslashes become slashes, steps such as `..` are resolved, and control characters are dropped. */
const CHANGED_BY_URLS = /[\\\p{Cc}]|\/(?:\.|%2e){1,2}(?=\/|$)/iu;

/**
 * The path that selects the procedure. It is the one for which the token was judged, and a URL made from it must not name another.
 *
 * @throws HttpProblem 400 if the path is spelled differently
 */
function pathBelowPrefix(target: string): string {
  const path = target.split('?', 1)[0] ?? '';
  const isPlain = path.startsWith(`${API_PREFIX}/`) && !CHANGED_BY_URLS.test(path);
  if (isPlain) return path.slice(API_PREFIX.length);
  throw badPath();
}

const badPath = () =>
  new HttpProblem(400, {
    code: 'bad-path',
    cause: 'The path is not written as the API defines it.',
    cure: `Begin it with ${API_PREFIX}/, and write it without a slash at its end, backslashes, “..” or percent-encoded letters.`,
  });

/** The body would override the path, and something other than what the path names would be changed. */
function refuseNamesOfPath({ pathNames }: ServedProcedure, body: unknown): void {
  const name = pathNames.find((one) => typeof body === 'object' && body !== null && Object.hasOwn(body, one));
  if (name !== undefined) throw new HttpProblem(422, unknownField(name));
}
