import { ORPCError, ValidationError } from '@orpc/server';
import {
  problemSchema,
  procedureErrors,
  Refusal,
  type Problem,
  type ProcedureErrorCode,
} from '../../contract/problem.ts';
import { inputProblem } from '../../contract/input-problem.ts';
import type { Log } from '../base/log.ts';
import { PartlyDone } from '../base/partly-done.ts';
import { withoutScreens } from './without-screens.ts';
import { storeProblemOf } from '../store/store-problem.ts';

export interface ErrorSurroundings {
  /** The path of the procedure. */
  path: readonly string[];
  log: Log;
  storeFile: string;
  /** Whether there is a window with screens that a cure may lead to. */
  hasScreens: boolean;
}

/**
 * What a caller gets to see of an error: a refusal as the typed error of the contract, input of the wrong shape as BAD_INPUT, trouble with
 * the disk as UNAVAILABLE. Anything else is a defect: it is logged without any values it may carry, and reaches the caller as an internal
 * error without details.
 */
export function translateError(error: unknown, surroundings: ErrorSurroundings): unknown {
  if (error instanceof PartlyDone) return withDone(translateError(error.cause, surroundings), error.done);
  const { path, log, storeFile, hasScreens } = surroundings;
  if (error instanceof Refusal)
    return typedError(error.kind, hasScreens ? error.problem : withoutScreens(error.problem));
  const malformed = problemOfInput(error);
  if (malformed !== null) return typedError('BAD_INPUT', malformed);
  const ofStore = storeProblemOf(error, storeFile);
  if (ofStore !== null) {
    log.error({ procedure: path.join('.'), code: ofStore.code }, 'the store failed');
    return typedError('UNAVAILABLE', ofStore);
  }
  if (isAbort(error)) return error;
  log.error({ procedure: path.join('.'), ...describe(error) }, 'a procedure failed');
  return new ORPCError('INTERNAL_SERVER_ERROR', { message: 'Something went wrong inside Pushdesk.' });
}

/** Only errors meant for a person say what was done; a defect says nothing. */
function withDone(told: unknown, done: string): unknown {
  if (!(told instanceof ORPCError)) return told;
  const problem = problemSchema.safeParse(told.data);
  const kind = Object.keys(procedureErrors).find((code) => code === told.code) as
    | ProcedureErrorCode
    | undefined;
  if (!problem.success || kind === undefined) return told;
  return typedError(kind, { ...problem.data, cause: `${problem.data.cause} ${done}` });
}

function typedError(kind: ProcedureErrorCode, problem: Problem): ORPCError<ProcedureErrorCode, Problem> {
  const { status } = procedureErrors[kind];
  return new ORPCError(kind, { status, message: problem.cause, data: problem });
}

/** oRPC checks the input against the contract before any of our code sees it. */
function problemOfInput(error: unknown): Problem | null {
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST') return null;
  if (!(error.cause instanceof ValidationError)) return null;
  return inputProblem(error.cause.issues, { code: 'input-malformed', whole: 'The input' });
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** Only name, message and stack: other members of an error can contain the input or the output, and with it a private key. */
function describe(error: unknown): { error: string; stack: string | undefined } {
  if (error instanceof Error) return { error: `${error.name}: ${error.message}`, stack: error.stack };
  return { error: typeof error, stack: undefined };
}
