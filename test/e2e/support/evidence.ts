import { afterEach } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** What was to be seen when the test failed; `npm test` shows it at its end. */
    evidence?: string;
  }
}

/** Tells what can be seen of something that a test works with; must not throw. */
export type Witness = () => Promise<string>;

const witnesses = new Set<Witness>();
/** What those saw that have gone since the test began: only then is it known whether it fails. */
let seen: string[] = [];

// Runs after what a test file does after each test, because it was there first.
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') {
    for (const witness of witnesses) seen.push(await witness());
    task.meta.evidence = seen.join('\n');
  }
  seen = [];
});

/**
 * From now on it is asked whenever a test fails.
 *
 * @returns to be awaited before it ends: asks it for the last time
 */
export function addWitness(witness: Witness): () => Promise<void> {
  witnesses.add(witness);
  return async () => {
    if (witnesses.delete(witness)) seen.push(await witness());
  };
}
