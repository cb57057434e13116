import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpProblem } from '../http-problem.ts';
import type { ApiTokenKeeper } from './api-token.ts';

const WINDOW_MS = 60_000;

/**
 * Lets nobody in without the token, before a body is read. The right token is let in however many wrong ones came before: no
 * other program can lock the person out.
 *
 * @param wrongPerMinute how many wrong tokens get an answer that says so
 */
export function requireToken(
  app: FastifyInstance,
  token: Pick<ApiTokenKeeper, 'isRight'>,
  wrongPerMinute: number,
): void {
  const countWrong = app.createRateLimit({ max: wrongPerMinute, timeWindow: WINDOW_MS });

  app.addHook('onRequest', async (request, reply) => {
    const candidate = bearerOf(request);
    if (candidate !== null && token.isRight(candidate)) return;
    const counted = await countWrong(request);
    if (!counted.isAllowed && counted.isExceeded) {
      void reply.header('retry-after', counted.ttlInSeconds);
      throw tooManyWrong(counted.ttlInSeconds);
    }
    const error = candidate === null ? '' : ', error="invalid_token"';
    void reply.header('www-authenticate', `Bearer realm="Pushdesk"${error}`);
    throw candidate === null ? noToken() : wrongToken();
  });
}

/** RFC 6750 §2.1; the name of a scheme has no case (RFC 9110 §11.1). */
function bearerOf({ headers: { authorization = '' } }: FastifyRequest): string | null {
  return /^bearer +(\S+) *$/i.exec(authorization)?.[1] ?? null;
}

const notLetIn = (code: 'token-missing' | 'token-wrong', cause: string) =>
  new HttpProblem(401, {
    code,
    cause,
    cure: 'The Server screen shows the token. Send it in the Authorization header: Bearer, a space, and the token.',
  });

const noToken = () => notLetIn('token-missing', 'The local API requires a token.');

const wrongToken = () => notLetIn('token-wrong', 'This token is not valid here.');

const tooManyWrong = (seconds: number) =>
  new HttpProblem(429, {
    code: 'too-many-wrong-tokens',
    cause: 'There were too many requests with a wrong token, or none.',
    cure: `Wait ${seconds} seconds, and send the token that the Server screen shows.`,
  });
