import { STATUS_CODES } from 'node:http';
import { ORPCError } from '@orpc/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { problemSchema, type Problem } from '../../../contract/problem.ts';
import { withoutScreens } from '../../serve/without-screens.ts';
import { answerOf, type ErrorAnswer } from '../answer-errors.ts';

/** Body of every error of the local API (RFC 9457 §3.1): the members of the standard, and those of `Problem`. */
export const problemDetailsSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  /** What happened, and why. */
  detail: z.string(),
  /** Stable, for programs. */
  code: z.string(),
  /** What to do next. */
  cure: z.string(),
  /** The input field that it concerns, if there is one. */
  field: z.string().optional(),
});
export type ProblemDetails = z.infer<typeof problemDetailsSchema>;

export const PROBLEM_TYPE = 'application/problem+json';

export function toProblemDetails({ status, problem }: ErrorAnswer): ProblemDetails {
  const { cause, code, ...rest } = problem;
  return {
    type: `urn:problem-type:pushdesk:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: cause,
    code,
    ...rest,
  };
}

/** The local API's answer to an error; `null` for a defect, whose details belong only in the log. */
export function answerOfApi(error: unknown): ErrorAnswer | null {
  if (error instanceof ORPCError) {
    const told = problemSchema.safeParse(error.data);
    return told.success ? { status: error.status, problem: withFlatField(told.data) } : null;
  }
  const answer = answerOf(error);
  const cure = answer === null ? undefined : CURES[answer.problem.code];
  return answer === null || cure === undefined ? answer : { ...answer, problem: { ...answer.problem, cure } };
}

/** [Note: flat filters] In the query, the fields of a filter have their own names. */
function withFlatField(problem: Problem): Problem {
  const { field, cause } = problem;
  if (field?.startsWith(FILTER) !== true) return problem;
  return { ...problem, field: field.slice(FILTER.length), cause: cause.replace(`"${FILTER}`, '"') };
}

const FILTER = 'filter.';

const NOT_FOR_PAGES =
  'The local API is for programs on this machine, not for web pages. Call it from a program.';

/** How the page's server and the local API differ when they refuse. */
const CURES: Readonly<Partial<Record<string, string>>> = {
  'body-too-large': 'An import may be up to 25 MB, anything else up to 256 kB. Send it in several requests.',
  'foreign-origin': NOT_FOR_PAGES,
  'foreign-page': NOT_FOR_PAGES,
};

/** Sends a refusal and notes its cause in the list of requests. */
export function refuseWithDetails(request: FastifyRequest, reply: FastifyReply, answer: ErrorAnswer) {
  request.note = answer.problem.cause;
  request.refusal = answer.problem.code;
  const problem = request.server.hasScreens ? answer.problem : withoutScreens(answer.problem);
  return reply
    .code(answer.status)
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(toProblemDetails({ ...answer, problem })));
}
