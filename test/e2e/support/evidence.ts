import { afterEach } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** What could be seen when the test failed; `npm test` shows it at its end. */
    evidence?: string;
  }
}

/** Tells what can be seen of something that a test works with; must not throw. */
export type Witness = () => Promise<string>;

const witnesses = new Set<Witness>();
/** What witnesses saw that have gone since the test began: only later is it known whether the test fails. */
let seen: string[] = [];

// Runs after a test file's own hooks for the end of a test, because it was registered first.
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') {
    for (const witness of witnesses) seen.push(await witness());
    task.meta.evidence = seen.join('\n');
  }
  seen = [];
});

/**
 * From now on the witness is asked whenever a test fails.
 *
 * @returns a function to be awaited before the witness goes: asks it for the last time
 */
export function addWitness(witness: Witness): () => Promise<void> {
  witnesses.add(witness);
  return async () => {
    if (witnesses.delete(witness)) seen.push(await witness());
  };
}
