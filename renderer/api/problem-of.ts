import { ORPCError } from '@orpc/client';
import { z } from 'zod';
import { LineProblem } from './line-link.ts';
import { problemSchema, type Problem } from '../../electron/contract/problem.ts';

const invalidInputSchema = z.object({
  issues: z.array(z.object({ message: z.string(), path: z.array(z.unknown()).optional() })).min(1),
});

/** A problem that the window itself tells, where a call would have thrown one. */
export class ToldProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.cause);
    this.name = 'ToldProblem';
    this.problem = problem;
  }
}

/** Turns whatever a call threw into words: the engine's own where it gave them. */
export function problemOf(error: unknown): Problem {
  if (error instanceof LineProblem || error instanceof ToldProblem) return error.problem;
  if (error instanceof ORPCError) {
    const told = problemSchema.safeParse(error.data);
    if (told.success) return told.data;
    const invalid = invalidInputSchema.safeParse(error.data);
    const issue = invalid.data?.issues[0];
    if (issue) {
      const field = issue.path?.at(-1);
      return {
        code: 'invalid-input',
        cause: issue.message,
        cure: 'Correct it and try again.',
        ...(typeof field === 'string' ? { field } : {}),
      };
    }
    return {
      code: 'unexpected',
      cause: 'Something went wrong inside Pushdesk.',
      cure: 'Try again. If it happens again, look in the log file in the data folder.',
    };
  }
  return {
    code: 'engine-away',
    cause: 'Pushdesk’s engine stopped before it answered.',
    cure: 'It restarts automatically. Check whether the change was made before you try again.',
  };
}
