import { describe, expect, it } from 'vitest';
import { type DeliveryCounts, shownDeliveryStateSchema } from '../../../electron/contract/deliveries.ts';
import type { ServiceProgress } from '../../../electron/contract/campaign-progress.ts';
import { formatClock } from '../../format/moments.ts';
import { whatIsLeft } from './service-progress.ts';

const COUNTS = Object.fromEntries(
  shownDeliveryStateSchema.options.map((state) => [state, 0]),
) as DeliveryCounts;

const service = (change: Partial<ServiceProgress>): ServiceProgress => ({
  pushService: 'apple',
  counts: COUNTS,
  done: 10,
  total: 30,
  ratePerSecond: null,
  timeLeftMs: null,
  wait: null,
  pausedBecause: null,
  ...change,
});
const REFUSED = { code: 'token-refused', cause: 'Apple refused it.', cure: 'Look.', action: 'none' } as const;

describe('what is left at a push service', () => {
  it('is a time where there is one, rounded up', () => {
    expect(whatIsLeft(service({ timeLeftMs: 1200 }), 'running')).toEqual({ kind: 'time', seconds: 2 });
    expect(whatIsLeft(service({}), 'running')).toEqual({ kind: 'unknown' });
  });

  it('is nothing when all is done, but not while the list is still being written', () => {
    expect(whatIsLeft(service({ done: 30 }), 'running')).toMatchObject({ state: { word: 'Done' } });
    expect(whatIsLeft(service({ done: 0, total: 0 }), 'preparing')).toEqual({ kind: 'unknown' });
  });

  it('says until when it waits, and for what', () => {
    const until = Date.UTC(2026, 2, 3, 19, 2, 10);
    expect(
      whatIsLeft(service({ wait: { reason: 'rate-limit', until }, timeLeftMs: 1200 }), 'running'),
    ).toMatchObject({
      state: {
        word: `Until ${formatClock(until)}`,
        meaning: `Waiting for Apple until ${formatClock(until)}, rate limit`,
      },
    });
  });

  it('names no time while nothing can be stored', () => {
    const wait = { reason: 'store', until: 1000 } as const;
    expect(whatIsLeft(service({ wait }), 'running')).toMatchObject({
      state: { word: 'Waiting', meaning: 'Waiting until results can be saved' },
    });
  });

  it('says that it needs the person, and why', () => {
    const waiting = service({ pausedBecause: REFUSED });
    expect(whatIsLeft(waiting, 'running')).toMatchObject({
      state: { word: 'Needs attention', meaning: 'Apple refused it.' },
    });
    expect(whatIsLeft(waiting, 'cancelled')).toEqual({ kind: 'unknown' });
  });
});
