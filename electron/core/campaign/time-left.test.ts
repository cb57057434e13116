import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WaitReason } from '../../contract/campaign-progress.ts';
import { timeLeftAt, timeLeftOverall, type ServicePace } from './time-left.ts';

const pace = (open: number, perSecond: number | null, later = 0): ServicePace => ({
  open,
  later,
  perSecond,
  wait: null,
});
const waiting = (open: number, reason: WaitReason, leftMs: number): ServicePace => ({
  ...pace(open, 1400, reason === 'retry' ? open : 0),
  wait: { reason, leftMs },
});

describe('the time left', () => {
  it('of a push service is what is open at its pace', () => {
    expect(timeLeftAt(pace(500, 250))).toBe(2000);
    expect(timeLeftAt(pace(0, null))).toBe(0);
    expect(timeLeftAt(pace(1, null))).toBeNull();
    expect(timeLeftAt(pace(1, 0))).toBeNull();
  });

  it('of a campaign is that of its slowest push service', () => {
    expect(timeLeftOverall([pace(9000, 3000), pace(600, 10)], 3010)).toBe(60_000);
    expect(timeLeftOverall([pace(9000, 3000), pace(0, null)], 3000)).toBe(3000);
  });

  it('is not known where a push service stands still, and nothing else would be true', () => {
    expect(timeLeftOverall([pace(9000, 3000), pace(5, null)], 3000)).toBeNull();
    expect(timeLeftOverall([], null)).toBeNull();
    expect(timeLeftOverall([pace(0, null)], 10)).toBeNull();
  });

  it('leaves out of account what only waits for its next try', () => {
    expect(timeLeftOverall([pace(9000, 3000), pace(5, null, 5)], 3000)).toBe(3002);
  });

  it('is not told by the pace that was, while a push service may not be sent to', () => {
    for (const reason of ['rate-limit', 'no-connection'] as const) {
      expect(timeLeftAt(waiting(1000, reason, 20_000))).toBeNull();
      expect(timeLeftOverall([waiting(1000, reason, 20_000)], 1400)).toBeNull();
      expect(timeLeftOverall([waiting(1000, reason, 20_000), pace(9000, 3000)], 3000)).toBeNull();
    }
  });

  it('is not over before the next try of what waits for one', () => {
    expect(timeLeftAt(waiting(5, 'retry', 300_000))).toBe(300_000);
    expect(timeLeftOverall([waiting(5, 'retry', 300_000), pace(9000, 3000)], 3000)).toBe(300_000);
    expect(timeLeftOverall([waiting(5, 'retry', 300_000), pace(0, null)], null)).toBe(300_000);
  });

  it('is never shorter than that of any push service, nor than all at the pace of all', () => {
    const some = fc.record({
      open: fc.nat(1_000_000),
      later: fc.nat(100),
      perSecond: fc.option(fc.double({ min: 0.1, max: 5000, noNaN: true })),
      wait: fc.constant(null),
    });
    fc.assert(
      fc.property(fc.array(some), fc.double({ min: 0.1, max: 5000, noNaN: true }), (services, perSecond) => {
        const left = timeLeftOverall(services, perSecond);
        if (left === null) return;
        const open = services.reduce((sum, service) => sum + service.open, 0);
        expect(left).toBeGreaterThanOrEqual(Math.round((open / perSecond) * 1000));
        for (const service of services) expect(left).toBeGreaterThanOrEqual(timeLeftAt(service) ?? 0);
      }),
    );
  });
});
