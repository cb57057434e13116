import path from 'node:path';
import { Refusal, type Problem } from '../../contract/problem.ts';
import { folderProblemOf, storeProblemOf } from '../store/store-problem.ts';

/** Why the engine did not start, in words for a person. */
export function problemOfStart(error: unknown, dataDir: string): Problem {
  if (error instanceof Refusal) return error.problem;
  const known = storeProblemOf(error, path.join(dataDir, 'pushdesk.db')) ?? folderProblemOf(error, dataDir);
  if (known !== null) return known;
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'engine-start',
    cause: `The engine, which stores and sends everything, could not start: ${reason}.`,
    cure: 'No stored data is lost. Try again; if it happens again, report it with the text above.',
  };
}
