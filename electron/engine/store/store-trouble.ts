import type { Problem } from '../../contract/problem.ts';
import type { ChangeHub } from '../base/change-hub.ts';
import { storeProblemOf } from './store-problem.ts';

/** Remembers why the store takes nothing at the moment, for whoever looks at the window meanwhile. */
export interface StoreTrouble {
  /**
   * @param error what the store threw; `null`: it takes things again
   * @param writer whoever was refused: what one writes says nothing about the others
   */
  note: (error: unknown, writer?: string) => void;
  /** The same for work in the background, which may fail for reasons of its own: those are the log's. */
  noteIfKnown: (error: unknown, writer: string) => void;
  problem: () => Problem | null;
}

export function createStoreTrouble({
  file,
  changes,
}: {
  /** Path of the store, for the words of the cure. */
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
