import { describe, expect, it } from 'vitest';
import { createClockWatch } from '../../electron/engine/dispatch/clock-watch.ts';
import { faultRig } from './fault-rig.ts';
import { meet, type Trouble } from './one-device.ts';

const HOUR = 3_600_000;

describe('a wrong clock', () => {
  // A token lives for twelve hours here and may live for twenty-four there.
  it.each<[string, NonNullable<Trouble['at']>, number, number]>([
    ['fast, at Mozilla', 'mozilla', -26 * HOUR, 401],
    ['slow, at Mozilla', 'mozilla', 26 * HOUR, 401],
    ['fast, at Google', 'fcm', -26 * HOUR, 403],
    ['slow, at Apple', 'apple', 26 * HOUR, 403],
    ['slow, at Microsoft', 'wns', 26 * HOUR, 401],
  ])('is named when the token is refused for it: %s', (_name, at, serviceAheadMs, status) =>
    meet(
      { at, rig: { serviceAheadMs } },
      { state: 'failed', diagnosis: 'clock-wrong', attempts: [status], cause: /clock/ },
    ),
  );

  it('is named when a token is refused without a reason and the clock is off by hours', () =>
    meet(
      {
        rig: { serviceAheadMs: 2 * HOUR },
        effect: { kind: 'answer', status: 401, body: '{"errno":109}' },
      },
      { state: 'failed', diagnosis: 'clock-wrong', attempts: [401], cause: /clock/ },
    ));

  it('leads to the clock', async () => {
    const rig = await faultRig({ serviceAheadMs: 26 * HOUR });
    rig.devices('mozilla', 1);
    const campaign = await rig.run(rig.start());
    expect(campaign.diagnoses).toMatchObject([{ diagnosis: { action: 'check-clock' } }]);
  });

  it('does not matter while the service takes the token', () =>
    meet({ rig: { serviceAheadMs: 3 * HOUR } }, { state: 'accepted', diagnosis: null, attempts: [201] }));

  it('is named on every screen while the service still takes the token', async () => {
    const told: string[] = [];
    const watch = createClockWatch({
      clock: { now: () => Date.now() },
      changes: { publish: (...topics) => told.push(...topics) },
    });
    const rig = await faultRig({ serviceAheadMs: 3 * HOUR, around: (sender) => watch.watch(sender) });
    rig.devices('fcm', 3);
    expect(await rig.run(rig.start())).toMatchObject({ counts: { accepted: 3 } });
    expect(watch.problem()?.cause).toMatch(/clock of this computer is about 3 hours behind that of Google/);
    expect(told).toEqual(['app']);
  });

  it('is not blamed for another refusal', () =>
    meet(
      { rig: { serviceAheadMs: 3 * HOUR }, madeWithAnotherKey: true },
      {
        state: 'failed',
        diagnosis: 'made-with-another-key',
        attempts: [401],
        subscription: 'mismatched',
      },
    ));

  it('of the service does not stretch the wait that it asks for as a date', async () => {
    const rig = await faultRig({ serviceAheadMs: 3 * HOUR });
    const [device] = rig.devices('fcm', 1);
    rig.push.faults.add({
      endpoint: device?.endpoint,
      effect: { kind: 'answer', status: 429, retryAfter: { seconds: 30, form: 'date' } },
      times: 1,
    });
    const id = rig.start();
    await rig.run(id);
    const [delivery] = rig.deliveries(id);
    const [first, second] = delivery === undefined ? [] : rig.attempts(delivery.id);
    const waited = (second?.startedAt ?? 0) - (first?.startedAt ?? 0);
    expect(waited).toBeGreaterThanOrEqual(29_000);
    expect(waited).toBeLessThan(60_000);
  });
});
