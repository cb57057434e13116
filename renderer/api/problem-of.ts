import { ORPCError } from '@orpc/client';
import { z } from 'zod';
import { problemSchema, type Problem } from '../../electron/contract/problem.ts';

const invalidInputSchema = z.object({
  issues: z.array(z.object({ message: z.string(), path: z.array(z.unknown()).optional() })).min(1),
});

/** Turns whatever a call threw into words: the engine's own where it gave them. */
export function problemOf(error: unknown): Problem {
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
      cause: 'Something inside Pushdesk went wrong.',
      cure: 'Try again. If it comes back, the log file in the data folder says more.',
    };
  }
  return {
    code: 'engine-away',
    cause: 'The engine of Pushdesk stopped before it answered.',
    cure: 'It is started again by itself. Look at what it did before you try again.',
  };
}
