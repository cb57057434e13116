import { ORPCError } from '@orpc/client';
import type { Problem, ProcedureErrorCode } from '../../../electron/contract/problem.ts';

/** A typed refusal, as the real engine's router makes it. */
export function refuse(code: ProcedureErrorCode, problem: Problem): never {
  throw new ORPCError(code, { defined: true, data: problem });
}
