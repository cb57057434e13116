import type { ExclusionReason } from '../contract/campaign.ts';

const WORDS: Record<ExclusionReason, { cause: string; cure: string }> = {
  expired: {
    cause: 'The time that the browser gave this subscription is over.',
    cure: 'It comes back by itself when that browser opens the subscribe page again.',
  },
  gone: {
    cause: 'The push service said that this subscription no longer exists.',
    cure: 'The person has to subscribe again in that browser.',
  },
  unsubscribed: {
    cause: 'The person has cancelled this subscription.',
    cure: 'Leave them in peace. They can subscribe again on the subscribe page.',
  },
  mismatched: {
    cause: 'The push service said that this subscription was made with another key pair.',
    cure: 'Import the key pair it was made with on Keys, or let the browser subscribe again.',
  },
  deleted: {
    cause: 'This subscription is in the bin.',
    cure: 'Restore it on Subscriptions if it should get messages again.',
  },
  'key-not-held': {
    cause: 'It was made with a key pair whose private key this machine does not hold or cannot open.',
    cure: 'Import that key pair on Keys, or let the browser subscribe again.',
  },
  'no-key': {
    cause: 'Nobody told which key pair it was made with, and no key pair is in use.',
    cure: 'Generate or import a key pair on Keys and take it into use.',
  },
};

/** Why subscriptions are left out before a send, and what can be done about it. */
export function describeExclusion(reason: ExclusionReason): { cause: string; cure: string } {
  return WORDS[reason];
}
