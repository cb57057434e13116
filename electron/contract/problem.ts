import { z } from 'zod';
import './issue-words.ts';

/**
 * What went wrong, for a person: a stable kebab-case code for programs, what happened and why (`cause`),
 * and what to do next (`cure`). `field` names the input field it belongs to, where there is one.
 */
export const problemSchema = z.object({
  code: z.string(),
  cause: z.string(),
  cure: z.string(),
  field: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** Why input with an unknown name is refused: if it were ignored, a misspelt one would do something other than what was meant. */
export const unknownField = (name: string): Problem => ({
  code: 'unknown-field',
  cause: `There is no field "${name}" here.`,
  cure: 'Leave it out, or check its spelling.',
  field: name,
});

/** The typed errors of every procedure: HTTP-like code → status and data. */
export const procedureErrors = {
  BAD_INPUT: { status: 422, data: problemSchema },
  NOT_FOUND: { status: 404, data: problemSchema },
  CONFLICT: { status: 409, data: problemSchema },
  UNAVAILABLE: { status: 503, data: problemSchema },
} as const;
export type ProcedureErrorCode = keyof typeof procedureErrors;

/**
 * An expected refusal: thrown by the engine, turned into a typed procedure error where the answer leaves the engine. Anything else that is
 * thrown is a defect and reaches the caller as an internal error without details.
 */
export class Refusal extends Error {
  readonly kind: ProcedureErrorCode;
  readonly problem: Problem;

  constructor(kind: ProcedureErrorCode, problem: Problem) {
    super(problem.cause);
    this.name = 'Refusal';
    this.kind = kind;
    this.problem = problem;
  }
}
