import type { KeyRotation } from '../../../electron/contract/moves.ts';
import { countOf, formatCount } from '../../format/numbers.ts';
import { shortenMiddle } from '../../format/shorten.ts';

/** What a pair is called, even after it was removed. */
export const pairName = ({ name, publicKey }: KeyRotation['from']): string =>
  name === null ? shortenMiddle(publicKey, 19) : `“${name}”`;

/** For those that have not moved: when they were last on the site. */
export function leftWords({ left, leftSeen: { inWeek, inMonth } }: KeyRotation): string {
  const rest = Math.max(0, left - inWeek - inMonth);
  const parts = [
    inWeek > 0 ? `${formatCount(inWeek)} visited in the last 7 days` : '',
    inMonth > 0 ? `${formatCount(inMonth)} in the last 30 days` : '',
    rest > 0 ? `${formatCount(rest)} longer ago or never` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `Last visits: ${parts.join(', ')}.`;
}

/** Those that were there at the start and are now with neither the old key nor the new one. */
export const goneOf = ({ startedWith, moved, left }: KeyRotation): number =>
  Math.max(0, startedWith - moved - left);

/** How far it has come, in one sentence. */
export const progressWords = ({ moved, left, startedWith }: KeyRotation): string =>
  `${formatCount(moved)} of ${countOf(Math.max(startedWith, moved + left), 'subscription')} moved, ${formatCount(left)} left.`;
