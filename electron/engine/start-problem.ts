import { Refusal, type Problem } from '../contract/problem.ts';
import { folderProblemOf } from './store/store-problem.ts';

/** Why the engine did not start, for a person. */
export function problemOfStart(error: unknown, dataDir: string): Problem {
  if (error instanceof Refusal) return error.problem;
  const ofFolder = folderProblemOf(error, dataDir);
  if (ofFolder !== null) return ofFolder;
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: 'engine-start',
    cause: `The engine, which keeps and sends everything, did not start: ${reason}.`,
    cure: 'Nothing stored is lost. Try again; if it happens again, report it with the text above.',
  };
}
