import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../../electron/contract/campaigns.ts';
import { formatDate, formatMinute } from '../../format/moments.ts';
import { sampleCampaign } from '../../testing/samples.ts';
import { stateWithReason } from './state-reason.ts';

const UNTIL = Date.UTC(2026, 2, 3, 19, 2, 10);
const DAY = 86_400_000;

const wordOf = (change: Partial<Omit<Campaign, 'id'>>) => stateWithReason(sampleCampaign(change)).word;
const schedule = (change: Partial<NonNullable<Campaign['schedule']>> = {}) => ({
  at: '2026-03-03T19:02',
  timeZone: 'UTC',
  perRecipient: false,
  startsAt: UNTIL,
  scheduledAt: UNTIL - DAY,
  asks: null,
  ...change,
});
const asks = (reason: 'late' | 'clock' | 'blocked' | 'restored', code = 'x') => ({
  reason,
  since: UNTIL,
  problem: { code, cause: 'Cause.', cure: 'Cure.' },
});
const stoppedCanary = (decidedBy: 'rules' | 'person') =>
  ({ state: 'stopped', recipients: 20, verdict: null, decidedBy, decidedAt: UNTIL }) as Campaign['canary'];

describe('the state of a campaign in a row says why', () => {
  it.each<[string, Partial<Omit<Campaign, 'id'>>]>([
    ['Preparing', { state: 'preparing' }],
    ['Sending', { state: 'running' }],
    ['Paused', { state: 'paused' }],
    ['Finished', { state: 'finished' }],
    ['Cancelled', { state: 'cancelled' }],
    [
      `Waiting for Google until ${formatMinute(UNTIL)}`,
      { state: 'running', wait: { reason: 'rate-limit', until: UNTIL, pushService: 'fcm' } },
    ],
    [
      `Can’t reach Mozilla, next try at ${formatMinute(UNTIL)}`,
      { state: 'running', wait: { reason: 'no-connection', until: UNTIL, pushService: 'mozilla' } },
    ],
    [`Next try at ${formatMinute(UNTIL)}`, { state: 'running', wait: { reason: 'retry', until: UNTIL } }],
    ['Waiting until results can be saved', { state: 'running', wait: { reason: 'store', until: UNTIL } }],
    [
      'Google keeps refusing',
      { state: 'running', isHeld: true, heldBy: { pushServices: ['fcm'], diagnosis: 'token-refused' } },
    ],
    [
      'Google and Apple keep refusing',
      {
        state: 'running',
        isHeld: true,
        heldBy: { pushServices: ['fcm', 'apple'], diagnosis: 'token-refused' },
      },
    ],
    [
      'Waiting for its private key',
      { state: 'running', isHeld: true, heldBy: { pushServices: ['fcm'], diagnosis: 'key-not-held' } },
    ],
    [
      `Starts ${formatDate(UNTIL)}`,
      { state: 'scheduled', schedule: schedule({ scheduledAt: UNTIL - 30 * DAY }) },
    ],
    ['Missed its time', { state: 'scheduled', schedule: schedule({ asks: asks('late') }) }],
    ['Clock was changed', { state: 'scheduled', schedule: schedule({ asks: asks('clock') }) }],
    ['Couldn’t start', { state: 'scheduled', schedule: schedule({ asks: asks('blocked') }) }],
    ['From a backup', { state: 'scheduled', schedule: schedule({ asks: asks('restored') }) }],
    [
      'Missed some recipients’ time',
      {
        state: 'paused',
        schedule: schedule({ asks: asks('late', 'schedule-hours-missed') }),
      },
    ],
    ['Cut off as it started', { state: 'paused', schedule: schedule({ asks: asks('late') }) }],
    ['Stopped by its canary', { state: 'cancelled', canary: stoppedCanary('rules') }],
    ['Cancelled', { state: 'cancelled', canary: stoppedCanary('person') }],
  ])('%s', (word, change) => {
    expect(wordOf(change)).toBe(word);
  });

  it('the name of a day stands for one within a week', () => {
    expect(wordOf({ state: 'scheduled', schedule: schedule() })).toMatch(/^Starts Tue,? \d\d:02$/);
  });

  it('one that its canary stopped is not said to have been cancelled by the person', () => {
    const { meaning } = stateWithReason(
      sampleCampaign({ state: 'cancelled', canary: stoppedCanary('rules') }),
    );
    expect(meaning).not.toContain('You cancelled');
  });
});
