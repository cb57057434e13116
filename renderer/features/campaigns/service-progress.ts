import { IconCheck, IconHandStop, IconHourglassEmpty } from '@tabler/icons-react';
import { formatClock } from '../../format/moments.ts';
import { formatShortHere } from '../../format/schedule-words.ts';
import type { CampaignState } from '../../../electron/contract/campaigns.ts';
import type { ServiceProgress } from '../../../electron/contract/campaign-progress.ts';
import { lifecycleOf } from '../../../electron/core/campaign/lifecycle.ts';
import type { StateWords } from '../../words/states.ts';
import { waitWords } from './wait-words.ts';

export type WhatIsLeft =
  | { kind: 'state'; state: StateWords }
  | { kind: 'time'; seconds: number }
  | { kind: 'unknown' };

const DONE: StateWords = {
  word: 'Done',
  tone: 'ok',
  icon: IconCheck,
  meaning: 'Every message to this push service is done.',
};

/** What the column for the time left shows for a push service. */
export function whatIsLeft(service: ServiceProgress, campaign: CampaignState): WhatIsLeft {
  const { done, total, timeLeftMs, pausedBecause, wait } = service;
  // While the list of recipients is being written, nothing counts as finished yet.
  if (done === total && !lifecycleOf(campaign).isPreparing) return { kind: 'state', state: DONE };
  if (pausedBecause !== null && !lifecycleOf(campaign).isCancelled)
    return {
      kind: 'state',
      state: { word: 'Needs attention', tone: 'warn', icon: IconHandStop, meaning: pausedBecause.cause },
    };
  if (wait !== null)
    return {
      kind: 'state',
      state: {
        word:
          wait.reason === 'store' || wait.reason === 'workers'
            ? 'Waiting'
            : `Until ${wait.reason === 'hours' ? formatShortHere(wait.until) : formatClock(wait.until)}`,
        tone: 'warn',
        icon: IconHourglassEmpty,
        meaning: waitWords(wait, service.pushService),
      },
    };
  return timeLeftMs === null ? { kind: 'unknown' } : { kind: 'time', seconds: Math.ceil(timeLeftMs / 1000) };
}
