import { Refusal } from '../../../contract/problem.ts';

export const unknownPair = () =>
  new Refusal('NOT_FOUND', {
    code: 'key-pair-unknown',
    cause: 'This key pair no longer exists.',
    cure: 'Choose another one.',
  });

export const severalPairs = (count: number) =>
  new Refusal('BAD_INPUT', {
    code: 'key-text-several',
    cause: `This text has ${count} key pairs.`,
    cure: 'Choose the one to import.',
    field: 'text',
  });

export const notInText = () =>
  new Refusal('BAD_INPUT', {
    code: 'key-text-other-pair',
    cause: 'The key pair that was chosen is not in this text.',
    cure: 'Choose one that is.',
    field: 'text',
  });

export const alreadyHere = (name: string) =>
  new Refusal('CONFLICT', {
    code: 'key-pair-known',
    cause: `You already have this key pair, named “${name}”.`,
    cure: 'Use that one, or rename it.',
    field: 'text',
  });

export const noDesktop = (file: string) =>
  new Refusal('UNAVAILABLE', {
    code: 'no-desktop',
    cause: 'There is no window here to ask where to save the file.',
    cure: `The private keys are in ${file}, which only this user can read.`,
  });
