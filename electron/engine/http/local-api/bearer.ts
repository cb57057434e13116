import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TokenScope } from '../../../contract/access-tokens.ts';
import { mayCall, type Access } from '../../../contract/access.ts';
import { HttpProblem } from '../http-problem.ts';
import type { Admitted, TokenGate } from '../token-gate.ts';
import type { ApiTokenKeeper } from './api-token.ts';

const WINDOW_MS = 60_000;

export interface AdmissionOptions {
  /** The token of this machine, which allows everything. */
  machineToken: Pick<ApiTokenKeeper, 'isRight'>;
  gate: TokenGate;
  limits?: Partial<TokenLimits>;
}

/** Requests per minute from one address. */
export interface TokenLimits {
  /** On this machine, with a wrong token or none: how many get an answer that says so. */
  wrong: number;
  /** The same at the public address. */
  wrongPublic: number;
  /** At the public address, whatever the token. */
  allPublic: number;
}

const LIMITS: TokenLimits = { wrong: 30, wrongPublic: 10, allPublic: 1200 };

/**
 * Lets a request in with its token, before a body is read.
 * @returns whose it is; `null`: it is the token of this machine
 * @throws HttpProblem 401, 403, 429
 */
export type Admission = (
  request: FastifyRequest,
  reply: FastifyReply,
  access: Access,
) => Promise<Admitted | null>;

/**
 * The right token is let in however many wrong ones came before, so that no other program can lock the person out. At the public address
 * that holds too, unless the caller's address makes too many requests in total.
 */
export function createAdmission(
  app: FastifyInstance,
  { machineToken, gate, limits: given = {} }: AdmissionOptions,
): Admission {
  const limits = { ...LIMITS, ...given };
  const countWrong = app.createRateLimit({ max: limits.wrong, timeWindow: WINDOW_MS });
  const countWrongPublic = app.createRateLimit({ max: limits.wrongPublic, timeWindow: WINDOW_MS });
  const countPublic = app.createRateLimit({ max: limits.allPublic, timeWindow: WINDOW_MS });

  const refuseTooMany = async (
    count: typeof countWrong,
    request: FastifyRequest,
    reply: FastifyReply,
    problemAfter: (seconds: number) => HttpProblem,
  ) => {
    const counted = await count(request);
    if (counted.isAllowed || !counted.isExceeded) return;
    void reply.header('retry-after', counted.ttlInSeconds);
    throw problemAfter(counted.ttlInSeconds);
  };

  return async (request, reply, access) => {
    const isPublic = request.caller?.door === 'public';
    if (isPublic) await refuseTooMany(countPublic, request, reply, tooMany);
    const candidate = bearerOf(request);
    if (candidate !== null && machineToken.isRight(candidate)) {
      if (!isPublic) return null;
      throw onlyHere();
    }
    const admitted = candidate === null ? null : gate.admit(candidate);
    if (admitted === null) {
      await refuseTooMany(isPublic ? countWrongPublic : countWrong, request, reply, tooManyWrong);
      const error = candidate === null ? '' : ', error="invalid_token"';
      void reply.header('www-authenticate', `Bearer realm="Pushdesk"${error}`);
      throw candidate === null ? noToken() : wrongToken();
    }
    if (!mayCall(admitted.scopes, access)) {
      const needed = access === 'here' ? '' : `, scope="${access}"`;
      void reply.header('www-authenticate', `Bearer realm="Pushdesk", error="insufficient_scope"${needed}`);
      throw otherScope(admitted.scopes, access);
    }
    return admitted;
  };
}

/**
 * To be called once the body has arrived: that may take a while, and the token may have been revoked or renewed in the meantime.
 *
 * @param admitted what `Admission` returned for the same request
 * @throws HttpProblem 401
 */
export function mustStillBeAdmitted(
  request: FastifyRequest,
  admitted: Admitted | null,
  { machineToken, gate }: Pick<AdmissionOptions, 'machineToken' | 'gate'>,
): void {
  const isGood =
    admitted === null ? machineToken.isRight(bearerOf(request) ?? '') : gate.isValid(admitted.id);
  if (!isGood) throw wrongToken();
}

/** RFC 6750 §2.1; scheme names are case-insensitive (RFC 9110 §11.1). */
function bearerOf({ headers: { authorization = '' } }: FastifyRequest): string | null {
  return /^bearer +(\S+) *$/i.exec(authorization)?.[1] ?? null;
}

const notLetIn = (code: 'token-missing' | 'token-wrong', cause: string) =>
  new HttpProblem(401, {
    code,
    cause,
    cure: 'The Server screen shows the API token of this machine, and makes access tokens, which also work at the public address. Send one in the Authorization header: Bearer, a space, and the token.',
  });

const noToken = () => notLetIn('token-missing', 'The local API requires a token.');

const wrongToken = () => notLetIn('token-wrong', 'This token is not valid here.');

const otherScope = (scopes: readonly TokenScope[], access: Access) =>
  new HttpProblem(403, {
    code: 'scope-missing',
    cause: `This needs a token with the scope "${access}"; this token has ${scopes.length === 0 ? 'none' : scopes.map((scope) => `"${scope}"`).join(' and ')}.`,
    cure: `Use an access token with the scope "${access}".`,
  });

const onlyHere = () =>
  new HttpProblem(403, {
    code: 'token-local',
    cause: 'The API token of this machine does not work at the public address.',
    cure: 'Make an access token and use that: Access tokens on Server, or "node server.mjs token create".',
  });

const tooMany = (seconds: number) =>
  new HttpProblem(429, {
    code: 'too-many-requests',
    cause: 'There were too many requests within a minute.',
    cure: `Wait ${seconds} seconds and try again.`,
  });

const tooManyWrong = (seconds: number) =>
  new HttpProblem(429, {
    code: 'too-many-wrong-tokens',
    cause: 'There were too many requests with a wrong token, or none.',
    cure: `Wait ${seconds} seconds, and send the token that the Server screen shows.`,
  });
