import type { Problem } from '../../contract/problem.ts';

/** A refusal with the status that carries it; thrown by hooks and parsers, answered by the error handler. */
export class HttpProblem extends Error {
  readonly statusCode: number;
  readonly problem: Problem;

  constructor(statusCode: number, problem: Problem) {
    // An answer, not a defect: nobody needs its stack, and capturing one is expensive where strangers can cause it at will.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(problem.cause);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = 'HttpProblem';
    this.statusCode = statusCode;
    this.problem = problem;
  }
}
