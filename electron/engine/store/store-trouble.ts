import type { Problem } from '../../contract/problem.ts';
import type { ChangeHub } from '../base/change-hub.ts';
import { storeProblemOf } from './store-problem.ts';

/** Remembers why the store takes nothing at the moment, for whoever looks at the window meanwhile. */
export interface StoreTrouble {
  /** @param error what the store threw; `null`: it takes things again */
  note: (error: unknown) => void;
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
  let current: Problem | null = null;
  return {
    note(error) {
      const next = error === null ? null : (storeProblemOf(error, file) ?? unknownProblem(file));
      if (next?.code === current?.code) return;
      current = next;
      changes.publish('app');
    },
    problem: () => current,
  };
}

function unknownProblem(file: string): Problem {
  return {
    code: 'store-failed',
    cause: `The data file ${file} cannot be written at the moment.`,
    cure: 'The log in the data folder says more.',
  };
}
