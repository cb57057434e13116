import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { apple, campaignRig, fcm, hosted, message, mozilla } from './testing/campaign-rig.ts';
import { answer, fault, type Script } from '../../testing/scripted-sender.ts';

/** Apple and Mozilla hold their answers back; the others accept at once. */
const TWO_ARE_SLOW: Script = ({ endpoint }) => (/apple|mozilla/.test(endpoint) ? 'hold' : answer(201));

function started(endpoints: string[], script: Script, cap = 8) {
  const rig = campaignRig({ script, cap });
  rig.subscribe(endpoints);
  const { id } = rig.service.start({
    requestId: randomUUID(),
    message: message(),
    audience: { kind: 'everyone' },
  });
  return { rig, campaign: () => rig.service.get({ id }), id };
}

describe('the progress of a campaign', () => {
  it('tells for each push service what is done, how fast, and how long it takes', async () => {
    const { rig, campaign } = started([...fcm(4000), ...apple(100)], TWO_ARE_SLOW);
    for (let round = 0; round < 30; round += 1) {
      await rig.time.pass(100);
      rig.push.letGo(answer(201));
    }
    const { services, ratePerSecond, timeLeftMs, counts } = campaign();
    const [google, slow] = services;
    expect(services.map(({ pushService, total }) => [pushService, total])).toEqual([
      ['fcm', 4000],
      ['apple', 100],
    ]);
    expect(google?.done).toBe(google?.counts.accepted);
    expect((google?.done ?? 0) + (slow?.done ?? 0)).toBe(counts.accepted);
    expect(google?.ratePerSecond).toBeGreaterThan(100);
    expect(slow?.ratePerSecond).toBeGreaterThan(5);
    expect(slow?.ratePerSecond).toBeLessThan(100);
    expect(ratePerSecond).toBeGreaterThanOrEqual(google?.ratePerSecond ?? Infinity);
    for (const { timeLeftMs: own } of services) expect(timeLeftMs).toBeGreaterThanOrEqual(own ?? Infinity);
  });

  it('is as slow as its slowest push service, not as fast as all together', async () => {
    const { rig, campaign } = started([...fcm(4000), ...apple(2000)], TWO_ARE_SLOW);
    for (let round = 0; round < 20; round += 1) {
      await rig.time.pass(100);
      rig.push.letGo(answer(201));
    }
    const { services, ratePerSecond, timeLeftMs, recipients, counts } = campaign();
    const left = recipients - counts.accepted;
    expect(timeLeftMs).toBe(services.find(({ pushService }) => pushService === 'apple')?.timeLeftMs);
    expect(timeLeftMs).toBeGreaterThan(((left / (ratePerSecond ?? 1)) * 1000 * 3) / 2);
  });

  it('gives no time while a push service stands still', async () => {
    const { rig, campaign } = started([...fcm(4000), ...apple(30)], TWO_ARE_SLOW);
    await rig.time.pass(500);
    const { services, ratePerSecond, timeLeftMs } = campaign();
    expect(ratePerSecond).toBeGreaterThan(0);
    expect(services.map(({ timeLeftMs: own }) => own === null)).toEqual([false, true]);
    expect(timeLeftMs).toBeNull();
  });

  it('leaves out of the time what waits for the person, and says why it waits', async () => {
    const { rig, campaign } = started([...fcm(4000), ...apple(60)], ({ endpoint }) =>
      endpoint.includes('apple') ? answer(403, '{"reason":"BadJwtToken"}') : answer(201),
    );
    await rig.time.pass(500);
    const { services, timeLeftMs } = campaign();
    expect(services.map(({ pausedBecause }) => pausedBecause?.code ?? null)).toEqual([
      null,
      'apple-token-refused',
    ]);
    expect(services[1]?.timeLeftMs).toBeNull();
    expect(timeLeftMs).toBeGreaterThanOrEqual(services[0]?.timeLeftMs ?? Infinity);
  });

  it('says that a push service asked to wait, why and until when, instead of the pace that was', async () => {
    const { rig, campaign, id } = started(fcm(4000), () => answer(201));
    await rig.time.pass(500);
    const before = campaign();
    expect(before.wait).toBeNull();
    expect(before.timeLeftMs).toBeGreaterThan(0);

    rig.push.script = () => answer(429, '', [['retry-after', '20']]);
    await rig.time.pass(200);
    for (const later of [0, 9000, 9000]) {
      await rig.time.pass(later);
      const { wait, services, ratePerSecond, timeLeftMs } = campaign();
      expect(wait?.reason).toBe('rate-limit');
      expect(wait?.until).toBeGreaterThan(rig.time.clock.now());
      expect(wait).toEqual({ ...services[0]?.wait, pushService: services[0]?.pushService });
      expect(services[0]).toMatchObject({ ratePerSecond: null, timeLeftMs: null });
      expect({ ratePerSecond, timeLeftMs }).toEqual({ ratePerSecond: null, timeLeftMs: null });
      expect(rig.service.list({ cursor: null, limit: 1 }).items[0]?.wait).toEqual(wait);
    }
    const opensAt = campaign().wait?.until ?? Infinity;
    rig.push.script = () => 'hold';
    const wereSent = rig.push.sent.length;
    await rig.time.pass(opensAt - rig.time.clock.now() - 100);
    expect(rig.push.sent).toHaveLength(wereSent);
    await rig.time.pass(200);
    expect(rig.push.sent.length).toBeGreaterThan(wereSent);
    expect(campaign().wait).toBeNull();
    rig.service.pause({ id });
    expect(campaign().wait).toBeNull();
  });

  it('tells the time of what comes in bursts between waits by the bursts and the waits', async () => {
    let free = 40;
    const { rig, campaign } = started(fcm(4000), () => {
      free -= 1;
      return free >= 0 ? answer(201) : answer(429, '', [['retry-after', '5']]);
    });
    for (let burst = 0; burst < 5; burst += 1) {
      await rig.time.pass(5500);
      free = 40;
    }
    // Some 40 every five seconds: 4,000 take minutes, whatever the pace of the last burst was.
    let shortest = Infinity;
    for (let look = 0; look < 60; look += 1) {
      await rig.time.pass(100);
      shortest = Math.min(shortest, campaign().timeLeftMs ?? Infinity);
      if (look % 50 === 0) free = 40;
    }
    expect(shortest).toBeGreaterThan(200_000);
  });

  it('goes on at one push service while another one waits, and gives no time for the whole', async () => {
    const { rig, campaign } = started([...fcm(4000), ...apple(100)], ({ endpoint }) =>
      endpoint.includes('apple') ? answer(429, '', [['retry-after', '30']]) : answer(201),
    );
    await rig.time.pass(500);
    const { wait, services, ratePerSecond, timeLeftMs } = campaign();
    expect(services.map((service) => service.wait?.reason ?? null)).toEqual([null, 'rate-limit']);
    expect(wait).toBeNull();
    expect(ratePerSecond).toBe(services[0]?.ratePerSecond);
    expect(timeLeftMs).toBeNull();
  });

  it('says when a push service that cannot be reached is tried again', async () => {
    const { rig, campaign } = started(fcm(4000), () => fault('dns'));
    let told = campaign().wait;
    for (let look = 0; look < 300 && told?.reason !== 'no-connection'; look += 1) {
      await rig.time.pass(100);
      told = campaign().wait;
    }
    expect(told?.reason).toBe('no-connection');
    expect(told?.until).toBeGreaterThan(rig.time.clock.now());
  });

  it('says when what is left is tried again', async () => {
    let failures = 1;
    const { rig, campaign } = started(fcm(20), () => {
      failures -= 1;
      return failures >= 0 ? answer(500) : answer(201);
    });
    await rig.time.pass(200);
    const { wait, timeLeftMs, counts } = campaign();
    expect(counts).toMatchObject({ accepted: 19, retrying: 1 });
    expect(wait?.reason).toBe('retry');
    expect(timeLeftMs).toBe((wait?.until ?? 0) - rig.time.clock.now());
  });

  it('sums up the hosts of services that are not known by name, also while one of them waits', async () => {
    const { rig, campaign } = started(
      [...hosted('a.example.com', 2000), ...hosted('b.example.com', 60)],
      (job) => (job.endpoint.includes('b.example.com') ? answer(401) : answer(201)),
    );
    await rig.time.pass(300);
    const [only, ...more] = campaign().services;
    expect(more).toEqual([]);
    expect(only).toMatchObject({
      pushService: 'other',
      total: 2060,
      pausedBecause: { code: 'auth-refused' },
    });
    expect(only?.ratePerSecond).toBeGreaterThan(0);
    expect(only?.timeLeftMs).toBeGreaterThan(0);
  });

  it('has no pace when it is paused, and is read from the store when it is over', async () => {
    const { rig, campaign, id } = started(mozilla(20), TWO_ARE_SLOW);
    await rig.time.pass(100);
    rig.service.pause({ id });
    expect(campaign().services[0]).toMatchObject({ ratePerSecond: null, timeLeftMs: null });
    rig.push.letGo(answer(201));
    rig.push.script = () => answer(201);
    rig.service.resume({ id });
    await rig.time.pass(2000);
    const again = rig.restart().get({ id });
    expect(again).toMatchObject({ state: 'finished', ratePerSecond: null, timeLeftMs: null });
    expect(again.services).toMatchObject([{ done: 20, total: 20, ratePerSecond: null, timeLeftMs: null }]);
  });
});
