import type { ExclusionReason } from '../../contract/preflight.ts';

const WORDS: Record<ExclusionReason, { cause: string; cure: string }> = {
  expired: {
    cause: 'The expiry time that the browser gave this subscription has passed.',
    cure: 'It becomes active again when that browser next opens the subscribe page.',
  },
  gone: {
    cause: 'The push service said that this subscription no longer exists.',
    cure: 'The person has to subscribe again in that browser.',
  },
  unsubscribed: {
    cause: 'The person unsubscribed.',
    cure: 'Nothing to fix. They can subscribe again on the subscribe page.',
  },
  mismatched: {
    cause: 'The push service said that this subscription was made with another key pair.',
    cure: 'Import the original key pair on Keys, or have the browser subscribe again.',
  },
  deleted: {
    cause: 'This subscription is in the bin.',
    cure: 'Restore it on Subscriptions if it should get messages again.',
  },
  'key-closed': {
    cause: 'The private key of its key pair is locked or cannot be opened here.',
    cure: 'Unlock the key ring on Keys, or import your copy of the key pair there.',
  },
  'key-not-held': {
    cause: 'It was made with a key pair that is not on this computer.',
    cure: 'Import that key pair on Keys, or have the browser subscribe again.',
  },
  'no-key': {
    cause: 'It is not known which key pair it was made with, and no key pair is in use.',
    cure: 'Generate or import a key pair on Keys and put it in use.',
  },
};

/** Why subscriptions are left out before a send, and what can be done about it. */
export function describeExclusion(reason: ExclusionReason): { cause: string; cure: string } {
  return WORDS[reason];
}
