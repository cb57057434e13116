import type { Problem } from '../../contract/problem.ts';
import type { ChangeHub } from '../base/change-hub.ts';
import { storeProblemOf } from './store-problem.ts';

/** Remembers why the store accepts nothing at the moment, for anyone who looks at the window in the meantime. */
export interface StoreTrouble {
  /**
   * @param error what the store threw; `null`: it accepts things again
   * @param writer the one that was refused: each writer's trouble is separate
   */
  note: (error: unknown, writer?: string) => void;
  /** The same for background work, which may fail for reasons of its own: those only go to the log. */
  noteIfKnown: (error: unknown, writer: string) => void;
  problem: () => Problem | null;
}

export function createStoreTrouble({
  file,
  changes,
}: {
  /** Path of the store, for the text of the cure. */
  file: string;
  changes: Pick<ChangeHub, 'publish'>;
}): StoreTrouble {
  const troubles = new Map<string, Problem>();
  const problem = () => [...troubles.values()][0] ?? null;
  const set = (writer: string, next: Problem | null) => {
    const before = problem();
    if (next === null) troubles.delete(writer);
    else troubles.set(writer, next);
    if (problem()?.code !== before?.code) changes.publish('app');
  };
  return {
    note(error, writer = 'campaigns') {
      set(writer, error === null ? null : (storeProblemOf(error, file) ?? unknownProblem(file)));
    },
    noteIfKnown(error, writer) {
      set(writer, error === null ? null : storeProblemOf(error, file));
    },
    problem,
  };
}

function unknownProblem(file: string): Problem {
  return {
    code: 'store-failed',
    cause: `The data file ${file} cannot be written at the moment.`,
    cure: 'The log in the data folder says more.',
  };
}
