import type { ExclusionReason } from '../../contract/preflight.ts';

interface ExclusionWords {
  readonly cause: string;
  readonly cure: string;
  /** After a count: `3 gone`. */
  readonly brief: string;
  /** The cure for any number of them. It names no screen: the engine without a window says it too. */
  readonly cureOfMany: string;
}

const WORDS: Record<ExclusionReason, ExclusionWords> = {
  expired: {
    cause: 'The expiry time that the browser gave this subscription has passed.',
    cure: 'It becomes active again when that browser next opens the subscribe page.',
    brief: 'expired',
    cureOfMany: 'They become active again when their browsers next open the subscribe page.',
  },
  gone: {
    cause: 'The push service said that this subscription no longer exists.',
    cure: 'The person has to subscribe again in that browser.',
    brief: 'gone',
    cureOfMany: 'They have to subscribe again.',
  },
  unsubscribed: {
    cause: 'The person unsubscribed.',
    cure: 'Nothing to fix. They can subscribe again on the subscribe page.',
    brief: 'unsubscribed',
    cureOfMany: 'They can subscribe again on the subscribe page.',
  },
  mismatched: {
    cause: 'The push service said that this subscription was made with another key pair.',
    cure: 'Import the original key pair on Keys, or have the browser subscribe again.',
    brief: 'made with another key pair',
    cureOfMany: 'Import the original key pair, or have them subscribe again.',
  },
  deleted: {
    cause: 'This subscription is in the bin.',
    cure: 'Restore it on Subscriptions if it should get messages again.',
    brief: 'in the bin',
    cureOfMany: 'Restore them if they should get messages again.',
  },
  'key-closed': {
    cause: 'The private key of its key pair is locked or cannot be opened here.',
    cure: 'Unlock the key ring on Keys, or import your copy of the key pair there.',
    brief: 'with a locked key pair',
    cureOfMany: 'Unlock the key ring, or import your copy of the key pair.',
  },
  'key-not-held': {
    cause: 'It was made with a key pair that is not on this computer.',
    cure: 'Import that key pair on Keys, or have the browser subscribe again.',
    brief: 'with a key pair that is not on this computer',
    cureOfMany: 'Import that key pair, or have them subscribe again.',
  },
  'no-key': {
    cause: 'It is not known which key pair it was made with, and no key pair is in use.',
    cure: 'Generate or import a key pair on Keys and put it in use.',
    brief: 'with an unknown key pair',
    cureOfMany: 'Generate or import a key pair and put it in use.',
  },
};

/** Why subscriptions are left out before a send, and what can be done about it. */
export function describeExclusion(reason: ExclusionReason): ExclusionWords {
  return WORDS[reason];
}
