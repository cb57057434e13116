import { Refusal } from '../../contract/problem.ts';

export const unknownPair = () =>
  new Refusal('NOT_FOUND', {
    code: 'key-pair-unknown',
    cause: 'This key pair does not exist any more.',
    cure: 'Choose another one.',
  });

export const notAPrivateKey = () =>
  new Refusal('BAD_INPUT', {
    code: 'private-key-malformed',
    cause: 'The private key is not a valid P-256 key.',
    cure: 'Paste what `web-push generate-vapid-keys` prints, or the private key alone: 43 characters of base64url.',
    field: 'text',
  });

export const halvesDiffer = () =>
  new Refusal('BAD_INPUT', {
    code: 'halves-differ',
    cause: 'The public and the private key do not belong together.',
    cure: 'Copy both from the same place, or paste the private key alone: the public one is derived from it.',
    field: 'text',
  });

export const alreadyHere = (name: string) =>
  new Refusal('CONFLICT', {
    code: 'key-pair-known',
    cause: `This key pair is already here, with the name "${name}".`,
    cure: 'Use that one, or rename it.',
    field: 'text',
  });

export const noDesktop = (file: string) =>
  new Refusal('UNAVAILABLE', {
    code: 'no-desktop',
    cause: 'There is no desktop here to ask where the file should go.',
    cure: `The private keys rest in ${file}, which only this user can read.`,
  });
