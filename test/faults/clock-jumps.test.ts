import { describe, expect, it } from 'vitest';
import { faultRig, type FaultRig } from './fault-rig.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** Less than the half day by which a token outlives a wrong clock. */
const JUMPS = [-10 * HOUR, -3 * HOUR, -20 * MINUTE, 3 * HOUR, 10 * HOUR];

/** How far the clock has moved when all is done, minus what it was set by: how long it really took. */
async function reallyTook(rig: FaultRig, work: () => Promise<number>): Promise<number> {
  const before = rig.time.clock.now();
  const setBy = await work();
  return rig.time.clock.now() - before - setBy;
}

describe.each(JUMPS)('a clock that is set by %i ms', (jump) => {
  it('while a push service wants nothing for a time holds nothing up, and nothing goes out twice', async () => {
    const rig = await faultRig();
    const devices = rig.devices('fcm', 3);
    rig.push.faults.add({
      effect: { kind: 'answer', status: 429, retryAfter: { seconds: 120, form: 'seconds' } },
      times: 1,
    });
    const took = await reallyTook(rig, async () => {
      const id = rig.start();
      await rig.run(id, () => rig.service.get({ id }).wait !== null);
      rig.time.set(jump);
      expect(await rig.run(id)).toMatchObject({ state: 'finished', counts: { accepted: 3 } });
      return jump;
    });
    expect(took).toBeLessThan(5 * MINUTE);
    expect(devices.map((device) => device.acceptedCount())).toEqual([1, 1, 1]);
  });

  it('while deliveries wait for their next try holds nothing up', async () => {
    const rig = await faultRig();
    const [device] = rig.devices('mozilla', 1);
    rig.push.faults.add({
      effect: { kind: 'answer', status: 503, retryAfter: { seconds: 90, form: 'seconds' } },
      times: 2,
    });
    const took = await reallyTook(rig, async () => {
      const id = rig.start();
      await rig.run(id, () => rig.deliveries(id)[0]?.state === 'retrying');
      rig.time.set(jump);
      expect(await rig.run(id)).toMatchObject({ state: 'finished', counts: { accepted: 1 } });
      return jump;
    });
    expect(took).toBeLessThan(6 * MINUTE);
    expect(device?.acceptedCount()).toBe(1);
  });

  it('while a campaign is paused holds nothing up afterwards', async () => {
    const rig = await faultRig();
    rig.devices('mozilla', 1);
    rig.push.faults.add({
      effect: { kind: 'answer', status: 503, retryAfter: { seconds: 90, form: 'seconds' } },
      times: 1,
    });
    const took = await reallyTook(rig, async () => {
      const id = rig.start();
      await rig.run(id, () => rig.deliveries(id)[0]?.state === 'retrying');
      rig.service.pause({ id });
      rig.time.set(jump);
      rig.service.resume({ id });
      expect(await rig.run(id)).toMatchObject({ state: 'finished', counts: { accepted: 1 } });
      return jump;
    });
    expect(took).toBeLessThan(6 * MINUTE);
  });

  it('while a part waits for the person changes nothing about it', async () => {
    const rig = await faultRig();
    rig.devices('fcm', 20);
    rig.push.faults.add({ effect: { kind: 'refuse', refusal: 'token-invalid' } });
    const id = rig.start();
    const stopped = await rig.run(id);
    rig.time.set(jump);
    expect((await rig.run(id)).counts).toEqual(stopped.counts);
    rig.push.faults.clear();
    const took = await reallyTook(rig, async () => {
      rig.service.resumePart({ id, pushService: 'fcm', keyPairId: rig.mainPair.id });
      expect(await rig.run(id)).toMatchObject({ state: 'finished', counts: { accepted: 20 } });
      return 0;
    });
    expect(took).toBeLessThan(MINUTE);
  });

  it('while a campaign has a limit a minute neither stops it nor lets a burst out', async () => {
    const rig = await faultRig({ messagesPerMinute: 60 });
    rig.devices('fcm', 6);
    const begun = rig.time.clock.now();
    const id = rig.start();
    await rig.run(id, () => rig.time.clock.now() - begun >= 2000);
    rig.time.set(jump);
    const took = await reallyTook(rig, async () => {
      expect(await rig.run(id)).toMatchObject({ state: 'finished', counts: { accepted: 6 } });
      return 0;
    });
    expect(took).toBeGreaterThanOrEqual(2000);
    expect(took).toBeLessThan(MINUTE);
  });
});

it('a retry never asks for a longer life than the message was given', async () => {
  const rig = await faultRig();
  rig.devices('mozilla', 1);
  rig.push.faults.add({ effect: { kind: 'answer', status: 503 }, times: 1 });
  const id = rig.start({ ttlSeconds: 300 });
  await rig.run(id, () => rig.deliveries(id)[0]?.state === 'sending');
  rig.time.set(-3 * HOUR);
  await rig.run(id);
  const [delivery] = rig.deliveries(id);
  const asked =
    delivery === undefined
      ? []
      : rig.attempts(delivery.id).map(({ request }) => new Map(request.headers).get('TTL'));
  expect(asked.length).toBe(2);
  for (const ttl of asked) expect(Number(ttl)).toBeLessThanOrEqual(300);
});
