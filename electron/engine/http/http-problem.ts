import type { Problem } from '../../contract/problem.ts';

/** A refusal with the status that carries it; thrown by hooks and parsers, answered by the error handler. */
export class HttpProblem extends Error {
  readonly statusCode: number;
  readonly problem: Problem;

  constructor(statusCode: number, problem: Problem) {
    super(problem.cause);
    this.name = 'HttpProblem';
    this.statusCode = statusCode;
    this.problem = problem;
  }
}
