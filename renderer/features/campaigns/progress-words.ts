import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import { lifecycleOf } from '../../../electron/core/campaign/lifecycle.ts';
import { formatRate, formatSeconds } from '../../format/durations.ts';
import { formatCount, formatShare } from '../../format/numbers.ts';
import { doneOf } from './outcomes.ts';
import { waitsOf } from './wait-words.ts';

/** How much is done, and how much of that was accepted. What is still to come is in neither share. */
export function doneWords({ counts, recipients }: Pick<CampaignDetail, 'counts' | 'recipients'>): string {
  const done = doneOf(counts);
  const all = `${formatCount(done)} of ${formatCount(recipients)} done`;
  return done === 0 ? all : `${all}, ${formatShare(counts.accepted, done)} accepted`;
}

/** How fast it goes and how long it takes, or what it is waiting for; empty where there is nothing to say. */
export function paceWords({
  services,
  ratePerSecond,
  timeLeftMs,
  messagesPerMinute,
  state,
}: Pick<
  CampaignDetail,
  'services' | 'ratePerSecond' | 'timeLeftMs' | 'messagesPerMinute' | 'state'
>): string {
  if (!lifecycleOf(state).isSending) return '';
  const limit = messagesPerMinute === null ? '' : ` (limit ${formatCount(messagesPerMinute)} a minute)`;
  const rate = ratePerSecond === null ? [] : [`${formatRate(ratePerSecond)}${limit}`];
  const left = timeLeftMs === null ? [] : [`about ${formatSeconds(Math.ceil(timeLeftMs / 1000))} left`];
  return [...waitsOf({ services }), [...rate, ...left].join(', ')].filter((part) => part !== '').join(' · ');
}
