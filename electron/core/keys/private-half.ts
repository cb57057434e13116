import type { KeyPair, PrivateHalf } from '../../contract/keys.ts';
import type { Problem } from '../../contract/problem.ts';

/** The codes of everything that can make a key pair's private half unavailable. */
export const PRIVATE_HALF_CODES: Record<Exclude<PrivateHalf, 'ready'>, string> = {
  locked: 'private-key-locked',
  'no-key-ring': 'private-key-no-key-ring',
  'sealed-elsewhere': 'private-key-sealed-elsewhere',
  missing: 'private-key-missing',
};

/**
 * Why nothing can be signed with a key pair, and what brings it back. The cure is never another key pair: it could not reach anyone who
 * subscribed with this one.
 *
 * @param hasDesktop false for the headless engine, which has no key ring, no screens and no dialog
 * @returns `null` for a private half that is ready
 */
export function describePrivateHalf(half: PrivateHalf, name: string, hasDesktop: boolean): Problem | null {
  if (half === 'ready') return null;
  const words = hasDesktop ? DESKTOP[half] : HEADLESS[half];
  return {
    code: PRIVATE_HALF_CODES[half],
    cause: words.cause.replace('{name}', () => `“${name}”`),
    cure: `${words.cure} ${KEEP}`,
  };
}

/**
 * The key pair whose unavailable private half should be dealt with first: the one in use, one that people subscribed with, or any one if
 * none can sign.
 *
 * @returns `null` if all that matter can sign, or there are no key pairs
 */
export function closedPairOf<Pair extends Pick<KeyPair, 'canSign' | 'inUse' | 'subscriptions'>>(
  pairs: readonly Pair[],
): Pair | null {
  const closed = pairs.filter(({ canSign }) => !canSign);
  const counts =
    closed.find(({ inUse }) => inUse) ?? closed.find(({ subscriptions }) => subscriptions.active > 0);
  return counts ?? (closed.length === pairs.length ? (closed[0] ?? null) : null);
}

type Words = Record<Exclude<PrivateHalf, 'ready'>, { cause: string; cure: string }>;

const KEEP = 'Keep this key pair: only it can reach the people who subscribed with it.';

const DESKTOP: Words = {
  locked: {
    cause: 'The private key of {name} is locked, because your key ring is locked.',
    cure: 'Unlock the key ring on Keys.',
  },
  'no-key-ring': {
    cause: 'The private key of {name} is sealed by a key ring that does not answer.',
    cure: 'Start and unlock your key ring, then restart Pushdesk. Or import your copy of the key pair on Keys.',
  },
  'sealed-elsewhere': {
    cause:
      'The private key of {name} was sealed by another user, computer or key ring, so it cannot be opened here.',
    cure: 'Import your copy of the key pair on Keys, or export one where it was sealed.',
  },
  missing: {
    cause: 'The private key of {name} is not on this computer.',
    cure: 'Import your copy of the key pair on Keys, or restore private-keys.json from a backup and restart Pushdesk.',
  },
};

const FROM_ENVIRONMENT = 'set PUSHDESK_VAPID_PRIVATE_KEY and PUSHDESK_VAPID_SUBJECT to it, and restart.';

const SEALED_FOR_HEADLESS = {
  cause: 'The private key of {name} is sealed by a desktop key ring, which a server cannot open.',
  cure: `Export the key pair in the desktop app, ${FROM_ENVIRONMENT}`,
};

const HEADLESS: Words = {
  locked: SEALED_FOR_HEADLESS,
  'no-key-ring': SEALED_FOR_HEADLESS,
  'sealed-elsewhere': SEALED_FOR_HEADLESS,
  missing: {
    cause: 'The private key of {name} is not in the data folder.',
    cure: `Restore private-keys.json from a backup and restart. Or take your copy of the key pair, ${FROM_ENVIRONMENT}`,
  },
};
