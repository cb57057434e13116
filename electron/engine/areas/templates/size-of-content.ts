import { Refusal } from '../../../contract/problem.ts';

/** In characters of JSON. Far more than any message has, and little for a store that keeps many. */
const MAX_LENGTH = 200_000;

/** @throws Refusal BAD_INPUT if what is to be kept is larger than any message */
export function refuseTooLarge(...parts: readonly unknown[]): void {
  if (parts.every((part) => JSON.stringify(part).length <= MAX_LENGTH)) return;
  throw new Refusal('BAD_INPUT', {
    code: 'message-too-large',
    cause: 'This message is too large to keep.',
    cure: `Shorten its texts to ${MAX_LENGTH.toLocaleString('en-US')} characters in total.`,
    field: 'message',
  });
}
