import { describe, expect, it } from 'vitest';
import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';
import type { ServiceProgress } from '../../../electron/contract/campaign-progress.ts';
import { type DeliveryCounts, shownDeliveryStateSchema } from '../../../electron/contract/deliveries.ts';
import { formatClock } from '../../format/moments.ts';
import { doneWords, paceWords } from './progress-words.ts';

const NOTHING = Object.fromEntries(
  shownDeliveryStateSchema.options.map((state) => [state, 0]),
) as DeliveryCounts;
const UNTIL = Date.UTC(2026, 2, 3, 19, 2, 10);

const service = (change: Partial<ServiceProgress>): ServiceProgress => ({
  pushService: 'fcm',
  counts: NOTHING,
  done: 0,
  total: 0,
  ratePerSecond: null,
  timeLeftMs: null,
  wait: null,
  pausedBecause: null,
  ...change,
});

const detail = (change: Partial<CampaignDetail>) => ({
  services: [] as ServiceProgress[],
  ratePerSecond: null,
  timeLeftMs: null,
  messagesPerMinute: null,
  state: 'running' as const,
  ...change,
});

describe('how much of a campaign is done', () => {
  it('is a count, with the share of accepted over what is done and not over what is still to come', () => {
    const counts = { ...NOTHING, accepted: 490, failed: 5, gone: 5, queued: 9500 };
    expect(doneWords({ counts, recipients: 10_000 })).toBe('500 of 10,000 done, 98% accepted');
  });

  it('is nothing while the list of recipients is still being written', () => {
    expect(doneWords({ counts: { ...NOTHING, queued: 300 }, recipients: 10_000 })).toBe('0 of 10,000 done');
  });

  it('leaves out what was cancelled before it was sent', () => {
    const counts = { ...NOTHING, accepted: 100, cancelled: 9900 };
    expect(doneWords({ counts, recipients: 10_000 })).toBe('100 of 10,000 done, 100% accepted');
  });

  it('says how many failed where none was accepted', () => {
    expect(doneWords({ counts: { ...NOTHING, failed: 3 }, recipients: 3 })).toBe('3 of 3 done, 0% accepted');
  });
});

describe('how fast a campaign goes', () => {
  it('says once that nothing can be stored, however many push services wait for it', () => {
    const wait = { reason: 'store', until: UNTIL } as const;
    const services = [service({ wait }), service({ pushService: 'apple', wait })];
    expect(paceWords(detail({ services, wait }))).toBe('Waiting until results can be saved');
  });

  it('is a rate and the time that is left', () => {
    expect(paceWords(detail({ ratePerSecond: 1394.2, timeLeftMs: 61_000 }))).toBe(
      '1,394 a second, about 1 minute 1 second left',
    );
  });

  it('is the wait, with its reason and its end, while it waits', () => {
    const wait = { reason: 'rate-limit', until: UNTIL } as const;
    expect(paceWords(detail({ services: [service({ wait })], wait }))).toBe(
      `Waiting for Google (FCM) until ${formatClock(UNTIL)}, rate limit`,
    );
  });

  it('names the wait that ends first before the others, and what still goes', () => {
    const services = [
      service({ wait: { reason: 'no-connection', until: UNTIL + 5000 } }),
      service({ pushService: 'apple', wait: { reason: 'rate-limit', until: UNTIL } }),
      service({ pushService: 'mozilla', ratePerSecond: 20 }),
    ];
    expect(paceWords(detail({ services, ratePerSecond: 20 })).split(' · ')).toEqual([
      `Waiting for Apple until ${formatClock(UNTIL)}, rate limit`,
      `Can’t reach Google (FCM), next try at ${formatClock(UNTIL + 5000)}`,
      '20 a second',
    ]);
  });

  it('names the limit that holds it back', () => {
    expect(paceWords(detail({ ratePerSecond: 0.1, messagesPerMinute: 6 }))).toBe(
      '6 a minute (limit 6 a minute)',
    );
  });

  it('is nothing once it does not run', () => {
    expect(paceWords(detail({ state: 'paused', ratePerSecond: 20 }))).toBe('');
  });
});
