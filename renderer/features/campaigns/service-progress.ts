import { IconCheck, IconHandStop } from '@tabler/icons-react';
import type { CampaignState, ServiceProgress } from '../../../electron/contract/campaign.ts';
import type { StateWords } from '../../words/states.ts';

export type WhatIsLeft =
  { kind: 'state'; state: StateWords } | { kind: 'time'; seconds: number } | { kind: 'unknown' };

const DONE: StateWords = {
  word: 'Done',
  tone: 'ok',
  icon: IconCheck,
  meaning: 'Every message to this push service has its outcome.',
};

/** What stands for a push service in the column of the time that is left. */
export function whatIsLeft(
  { done, total, timeLeftMs, pausedBecause }: ServiceProgress,
  campaign: CampaignState,
): WhatIsLeft {
  // While the list of recipients is being written, nothing is at its end yet.
  if (done === total && campaign !== 'preparing') return { kind: 'state', state: DONE };
  if (pausedBecause !== null && campaign !== 'cancelled')
    return {
      kind: 'state',
      state: { word: 'Waits for you', tone: 'warn', icon: IconHandStop, meaning: pausedBecause.cause },
    };
  return timeLeftMs === null ? { kind: 'unknown' } : { kind: 'time', seconds: Math.ceil(timeLeftMs / 1000) };
}
