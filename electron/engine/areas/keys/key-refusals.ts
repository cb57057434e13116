import { Refusal } from '../../../contract/problem.ts';

export const unknownPair = () =>
  new Refusal('NOT_FOUND', {
    code: 'key-pair-unknown',
    cause: 'This key pair no longer exists.',
    cure: 'Choose another one.',
  });

export const notAPrivateKey = () =>
  new Refusal('BAD_INPUT', {
    code: 'private-key-malformed',
    cause: 'The private key is not a valid P-256 key.',
    cure: 'Paste what `web-push generate-vapid-keys` prints, or just the private key: 43 characters of base64url.',
    field: 'text',
  });

export const halvesDiffer = () =>
  new Refusal('BAD_INPUT', {
    code: 'halves-differ',
    cause: 'The public and private keys do not match.',
    cure: 'Copy both from the same place, or paste just the private key: the public one is derived from it.',
    field: 'text',
  });

export const alreadyHere = (name: string) =>
  new Refusal('CONFLICT', {
    code: 'key-pair-known',
    cause: `You already have this key pair, with the name "${name}".`,
    cure: 'Use that one, or rename it.',
    field: 'text',
  });

export const noDesktop = (file: string) =>
  new Refusal('UNAVAILABLE', {
    code: 'no-desktop',
    cause: 'There is no window here to ask where to save the file.',
    cure: `The private keys are in ${file}, which only this user can read.`,
  });
