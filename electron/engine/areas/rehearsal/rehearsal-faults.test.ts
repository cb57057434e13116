import { describe, expect, it } from 'vitest';
import type { RehearsalFaults } from '../../../contract/rehearsal.ts';
import type { DeliveryState } from '../../../contract/deliveries.ts';
import { rehearsalRig } from './testing/rehearsal-rig.ts';

const LONG = 150_000;

describe('each fault', () => {
  const cases: [
    name: string,
    faults: Partial<RehearsalFaults>,
    ends: Partial<Record<DeliveryState, number>>,
    codes: string[],
  ][] = [
    ['gone', { gone: 10 }, { accepted: 360, gone: 40 }, ['subscription-gone']],
    ['wrong key', { wrongKey: 10 }, { accepted: 360, failed: 40 }, ['made-with-another-key']],
    ['rate limits', { rateLimited: 1 }, { accepted: 400 }, []],
    ['service errors', { serviceErrors: 20 }, { accepted: 400 }, []],
    ['dropped lines', { droppedLines: 20 }, { accepted: 400 }, []],
    ['slow', { slow: 5 }, { accepted: 400 }, []],
  ];

  it.each(cases)('ends as it should: %s', async (_name, faults, ends, codes) => {
    const rig = rehearsalRig();
    await rig.start(400, faults);
    const { campaign, rehearsal } = await rig.finish();
    const { accepted = 0, failed = 0, gone = 0 } = ends;
    expect(campaign.counts).toEqual({
      accepted,
      failed,
      gone,
      queued: 0,
      sending: 0,
      waiting: 0,
      retrying: 0,
      cancelled: 0,
      unknown: 0,
    });
    expect(new Set(campaign.diagnoses.map(({ diagnosis }) => diagnosis.code))).toEqual(new Set(codes));
    expect(rehearsal.record).toMatchObject({ accepted, shown: accepted, undecryptable: 0 });
    // The news of the last refusals and failures may still be on its way.
    await expect.poll(() => rig.current().record.received, { timeout: LONG }).toBeGreaterThanOrEqual(400);
  });

  it('shows unusual answers for what they are, and pauses nothing', async () => {
    const rig = rehearsalRig();
    await rig.start(400, { oddAnswers: 50 });
    const { campaign, rehearsal } = await rig.finish();
    expect(campaign.counts.failed).toBeGreaterThan(100);
    expect(campaign.counts.accepted + campaign.counts.failed).toBe(400);
    expect(rehearsal.record.accepted).toBe(campaign.counts.accepted);
    expect(new Set(campaign.diagnoses.map(({ diagnosis }) => diagnosis.code))).toEqual(
      new Set(['endpoint-refused', 'payload-too-large', 'not-a-push-endpoint', 'dropped-by-service']),
    );
    expect(campaign.diagnoses.map(({ diagnosis }) => diagnosis.cause).join(' ')).toMatch(
      /“invalid push subscription endpoint”.*3,070 bytes|3,070 bytes.*“invalid push subscription endpoint”/,
    );
  });

  it('all at once: every delivery comes to its end, and the sums are those of the push service', async () => {
    const rig = rehearsalRig();
    await rig.start(2000, {
      gone: 5,
      wrongKey: 2,
      rateLimited: 0.2,
      serviceErrors: 4,
      droppedLines: 3,
      slow: 2,
    });
    const { campaign, rehearsal } = await rig.finish();
    expect(campaign.counts).toMatchObject({ accepted: 1860, gone: 100, failed: 40, unknown: 0 });
    expect(rehearsal.record).toMatchObject({ accepted: 1860, shown: 1860, undecryptable: 0 });
    const attempts = countAttempts(rig);
    expect(attempts).toBeGreaterThan(2100);
    await expect.poll(() => rig.current().record.received, { timeout: LONG }).toBe(attempts);
  });

  it('wrong keys everywhere stop a part before the list is burnt, and it can be tried again', async () => {
    const rig = rehearsalRig();
    await rig.start(400, { wrongKey: 100 });
    await expect.poll(() => rig.hasBegun(), { timeout: LONG }).toBe(true);
    const waiting = () => rig.campaign().parts.filter(({ pausedBecause }) => pausedBecause !== null);
    const waitingFcm = () => waiting().find(({ pushService }) => pushService === 'fcm');
    await expect.poll(waitingFcm, { timeout: LONG }).toBeDefined();
    await expect.poll(() => waiting().length, { timeout: LONG }).toBeGreaterThanOrEqual(3);
    const fcm = waitingFcm() ?? expect.fail('FCM goes on');
    expect(fcm.pausedBecause?.code).toBe('made-with-another-key');
    expect(fcm.counts.failed).toBeLessThan(60);
    expect(fcm.counts.queued).toBeGreaterThan(150);
    const { pushService, keyPairId } = fcm;
    rig.service.campaigns.resumePart({ id: rig.campaignId(), pushService, keyPairId });
    await expect.poll(waitingFcm, { timeout: LONG }).toBeDefined();
  });
});

/** Attempts of all deliveries, counted from the pages that a window would read. */
function countAttempts(rig: ReturnType<typeof rehearsalRig>): number {
  let cursor: string | null = null;
  let count = 0;
  do {
    const page = rig.service.campaigns.deliveries({
      campaignId: rig.campaignId(),
      states: [],
      cursor,
      limit: 500,
    });
    count += page.items.reduce((sum, { attemptCount }) => sum + attemptCount, 0);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return count;
}
