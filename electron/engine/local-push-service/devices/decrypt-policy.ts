import type { DecryptPolicy } from './fleet.ts';

/** Which accepted messages are decrypted. */
export type DecryptShare = 'all' | 'none' | 'sample';

/** One in a hundred shows that the messages are valid, at a hundredth of the cost. */
const SAMPLE_EVERY = 100;

/** Answers yes for the chosen share; for a sample, for the first and every hundredth after it. */
export function createDecryptPolicy(share: DecryptShare): DecryptPolicy {
  if (share !== 'sample') return () => share === 'all';
  let seen = 0;
  return () => {
    seen += 1;
    return seen % SAMPLE_EVERY === 1;
  };
}
