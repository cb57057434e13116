import { SEND_BLOCKERS, type ExclusionReason } from '../../contract/preflight.ts';
import type { Problem } from '../../contract/problem.ts';
import { describeExclusion } from './exclusion.ts';

/** Why an audience is empty: before anyone in it is excluded for a reason of their own. */
export type EmptyAudience = 'no-subscriptions' | 'all-in-bin' | 'none-match' | 'all-left-out';

const WORDS: Record<EmptyAudience, { cause: string; cure: string }> = {
  'no-subscriptions': {
    cause: 'There are no subscriptions yet.',
    cure: 'Open the subscribe page in a browser and subscribe, or import subscriptions.',
  },
  'all-in-bin': {
    cause: 'All subscriptions are in the bin.',
    cure: 'Restore them if they should get messages again.',
  },
  'none-match': {
    cause: 'No subscription matches this audience.',
    cure: 'Choose other segments, tags or rows, or change the filter.',
  },
  'all-left-out': {
    cause: 'Everyone in this audience is left out of it.',
    cure: 'Leave out fewer, or choose more people.',
  },
};

/**
 * An audience without anyone to send to.
 *
 * @param remarks what it names that nobody has: that may be why
 */
export function emptyAudience(why: EmptyAudience, remarks: readonly Problem[]): Problem {
  const { cause, cure } = WORDS[why];
  const causes = why === 'none-match' ? remarks.map((remark) => remark.cause) : [];
  return nobodyToSendTo([cause, ...causes].join(' '), cure);
}

/** An audience of which everyone is excluded, with how many for which reason. */
export function allExcluded(excluded: ReadonlyMap<ExclusionReason, number>): Problem {
  const reasons = [...excluded].sort(([, one], [, other]) => other - one);
  const counted = reasons.map(([reason, count]) => `${inWords(count)} ${describeExclusion(reason).brief}`);
  const cures = new Set(reasons.map(([reason]) => describeExclusion(reason).cureOfMany));
  return nobodyToSendTo(
    `Nobody in this audience can be reached: ${counted.join(', ')}.`,
    [...cures].join(' '),
  );
}

const nobodyToSendTo = (cause: string, cure: string): Problem => ({
  code: SEND_BLOCKERS.nobody,
  cause,
  cure,
  field: 'audience',
});

const inWords = (count: number) => count.toLocaleString('en');
