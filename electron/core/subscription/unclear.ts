import type { Problem } from '../../contract/problem.ts';

/** Why a subscription is refused whose keys may be those of another one. */
export const UNCLEAR: Problem = {
  code: 'unclear-pairs',
  cause: 'It isn’t clear which keys belong to which endpoint here.',
  cure: 'Print each subscription on its own line, preferably as JSON, and import that.',
};

/** The same where names tell several devices apart, so that their order says nothing. */
export const UNCLEAR_BY_NAMES: Problem = { ...UNCLEAR };

/** Why one of several devices is refused that has lost a key: any other key is that of another device. */
export const KEY_OF_DEVICE_MISSING: Problem = {
  code: 'subscription-shape',
  cause: 'A key of one of the devices in this record is missing.',
  cure: 'Messages are encrypted with the browser’s keys. Have the page send JSON.stringify(subscription): it holds endpoint, p256dh and auth.',
};

/** The same where columns have different lengths: no other reader can know which value is missing. */
export const UNEVEN: Problem = {
  ...UNCLEAR,
  cure: 'One of the lists here is shorter than the others. Print each subscription on its own line, preferably as JSON, and import that.',
};

const BY_NAMES: ReadonlySet<Problem> = new Set([UNEVEN, UNCLEAR_BY_NAMES, KEY_OF_DEVICE_MISSING]);

/** Whether names tell that this cannot be read, so that a reader that goes by the order of the values would be wrong. */
export const isKnownByNames = (problem: Problem): boolean => BY_NAMES.has(problem);
