import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, procedureErrors } from '../../contract/problem.ts';
import type { Problem } from '../../contract/problem.ts';
import type { Log } from '../base/log.ts';
import { withoutScreens } from '../serve/without-screens.ts';
import { HttpProblem } from './http-problem.ts';

export interface ErrorAnswer {
  status: number;
  problem: Problem;
}

const JSON_CURE = 'Send one JSON object as application/json, in UTF-8.';

/** What Fastify itself refuses, by error code. */
const FRAMEWORK: Readonly<Partial<Record<string, ErrorAnswer>>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    problem: { code: 'not-json', cause: 'The body is not marked as JSON.', cure: JSON_CURE },
  },
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    problem: {
      code: 'body-too-large',
      cause: 'The body is larger than this server accepts.',
      cure: 'A subscription is under 2 kB. Send one at a time.',
    },
  },
  FST_ERR_CTP_INVALID_JSON_BODY: {
    status: 400,
    problem: {
      code: 'broken-json',
      cause: 'The body is not valid JSON, or has a member called __proto__.',
      cure: JSON_CURE,
    },
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    status: 400,
    problem: { code: 'empty-body', cause: 'The body is empty.', cure: JSON_CURE },
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    status: 400,
    problem: {
      code: 'bad-content-length',
      cause: 'The length of the body is not what its Content-Length header says.',
      cure: 'Send the request again.',
    },
  },
  FST_ERR_BAD_URL: {
    status: 400,
    problem: {
      code: 'bad-path',
      cause: 'The path cannot be decoded.',
      cure: 'Check the % signs in the address.',
    },
  },
};

/** A request that the framework refuses for a reason not listed here. */
export const UNREADABLE: ErrorAnswer = {
  status: 400,
  problem: {
    code: 'bad-request',
    cause: 'The request cannot be read.',
    cure: 'Check it and send it again.',
  },
};

/** A defect. */
export const INTERNAL: ErrorAnswer = {
  status: 500,
  problem: {
    code: 'internal',
    cause: 'Something went wrong inside Pushdesk.',
    cure: 'Try again. If it happens again, look in the log file in the data folder.',
  },
};

/** The answer to an error; `null` for a defect, whose details belong only in the log. */
export function answerOf(error: unknown): ErrorAnswer | null {
  if (error instanceof HttpProblem) return { status: error.statusCode, problem: error.problem };
  if (error instanceof Refusal) return { status: procedureErrors[error.kind].status, problem: error.problem };
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    const known = FRAMEWORK[error.code];
    if (known !== undefined) return known;
  }
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') {
    if (error.statusCode >= 400 && error.statusCode < 500) return { ...UNREADABLE, status: error.statusCode };
  }
  return null;
}

/** Answers every error in the form of `pageErrorSchema`: a code, the cause and the cure. */
export function answerErrors(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error, request, reply) => {
    const answer = answerOf(error);
    if (answer === null) log.error({ err: error, path: request.routeOptions.url }, 'a request failed');
    return refuse(request, reply, answer ?? INTERNAL);
  });
}

/** Sends a refusal and notes its cause in the list of requests. */
export function refuse(request: FastifyRequest, reply: FastifyReply, { status, problem }: ErrorAnswer) {
  const told = request.server.hasScreens ? problem : withoutScreens(problem);
  request.note = problem.cause;
  request.refusal = problem.code;
  return reply.code(status).type('application/json; charset=utf-8').send({ error: told });
}
