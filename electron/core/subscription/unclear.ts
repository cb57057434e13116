import type { Problem } from '../../contract/problem.ts';

/** Why a subscription is refused whose keys may be those of another one. */
export const UNCLEAR: Problem = {
  code: 'unclear-pairs',
  cause: 'It isn’t clear which keys belong to which endpoint here.',
  cure: 'Print each subscription on its own line, preferably as JSON, and import that.',
};

/** The same where columns have different lengths: no other reader can know which value is missing. */
export const UNEVEN: Problem = {
  ...UNCLEAR,
  cure: 'One of the lists here is shorter than the others. Print each subscription on its own line, preferably as JSON, and import that.',
};
