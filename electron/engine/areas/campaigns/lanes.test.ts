import { describe, expect, it } from 'vitest';
import { apple, fcm, hosted, mozilla } from './testing/campaign-rig.ts';
import { startedCampaign } from './testing/started-campaign.ts';
import { answer, fault, type Script } from '../../testing/scripted-sender.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('retries', () => {
  it('back off, count, and say when the next one is', async () => {
    const { rig, id } = startedCampaign(fcm(1), { script: () => answer(503) });
    await rig.time.pass(100);
    const [delivery] = rig.service.deliveries({
      campaignId: id,
      states: ['retrying'],
      cursor: null,
      limit: 1,
    }).items;
    expect(delivery).toMatchObject({ attemptCount: 1, diagnosis: { code: 'service-unavailable' } });
    expect(delivery?.nextAttemptAt).toBeGreaterThan(rig.time.clock.now());
    await rig.time.pass(24 * HOUR);
    expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { failed: 1, retrying: 0 } });
    expect(rig.push.sent).toHaveLength(8);
    const { attempts } = rig.service.delivery({ id: delivery?.id ?? (0 as never) });
    expect(attempts.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const waits = attempts
      .slice(1)
      .map((attempt, index) => attempt.startedAt - (attempts[index]?.startedAt ?? 0));
    expect(waits.every((wait, index) => index === 0 || wait > (waits[index - 1] ?? 0))).toBe(true);
  });

  it('end with acceptance when the trouble passes', async () => {
    let calls = 0;
    const { rig, id } = startedCampaign(mozilla(1), { script: () => answer((calls += 1) < 4 ? 502 : 201) });
    await rig.time.pass(HOUR);
    expect(rig.service.get({ id })).toMatchObject({
      state: 'finished',
      counts: { accepted: 1 },
      diagnoses: [],
    });
    expect(rig.push.sent).toHaveLength(4);
  });

  it('never go past the TTL, and the TTL sent shrinks by the time that has passed', async () => {
    const { rig, id } = startedCampaign(fcm(1), { script: () => fault('timeout'), ttlSeconds: 30 });
    const begun = rig.time.clock.now();
    await rig.time.pass(HOUR);
    expect(rig.service.get({ id }).counts.failed).toBe(1);
    const ttls = rig.push.sent.map(({ ttlSeconds }) => ttlSeconds);
    expect(ttls[0]).toBe(30);
    expect(ttls.length).toBeGreaterThan(1);
    expect(ttls.every((ttl, index) => ttl >= 1 && (index === 0 || ttl < (ttls[index - 1] ?? 0)))).toBe(true);
    const last = rig.service.delivery({ id: 1 as never }).attempts.at(-1);
    expect(last?.startedAt).toBeLessThan(begun + 30_000);
  });

  it('are not made for a message of now or never', async () => {
    const { rig, id } = startedCampaign(fcm(2), { script: () => answer(503), ttlSeconds: 0 });
    await rig.time.pass(HOUR);
    expect(rig.push.sent.map(({ ttlSeconds }) => ttlSeconds)).toEqual([0, 0]);
    expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { failed: 2 } });
  });

  it('give up without a request when the time ran out while the campaign was paused', async () => {
    const { rig, id } = startedCampaign(fcm(1), { script: () => answer(503), ttlSeconds: 60 });
    await rig.time.pass(100);
    rig.service.pause({ id });
    await rig.time.pass(HOUR);
    const before = rig.push.sent.length;
    rig.service.resume({ id });
    await rig.time.pass(1000);
    expect(rig.push.sent).toHaveLength(before);
    expect(rig.service.get({ id })).toMatchObject({
      state: 'finished',
      diagnoses: [{ count: 1, diagnosis: { code: 'ttl-over' } }],
    });
    expect(rig.rows('SELECT state, count FROM day_sums')).toEqual([{ state: 'failed', count: 1 }]);
  });

  it('wait as long as Retry-After says, in seconds or as a date', async () => {
    const date = new Date(Date.UTC(2026, 0, 15, 12, 5)).toUTCString();
    const retryAfter = ['120', date];
    const { rig } = startedCampaign(mozilla(2), {
      script: ({ endpoint }) => {
        const first = rig.push.sent.filter((sent) => sent.endpoint === endpoint).length === 1;
        return first
          ? answer(503, '', [['Retry-After', retryAfter[Number(endpoint.at(-1)) - 1] ?? '']])
          : answer(201);
      },
      random: () => 0,
    });
    const begun = rig.time.clock.now();
    await rig.time.pass(HOUR);
    const again = [1, 2].map(
      (id) => (rig.service.delivery({ id: id as never }).attempts[1]?.startedAt ?? 0) - begun,
    );
    expect(again[0]).toBeGreaterThanOrEqual(120_000);
    expect(again[0]).toBeLessThan(125_000);
    expect(again[1]).toBeGreaterThanOrEqual(300_000);
  });

  it('survive a restart', async () => {
    const { rig, id } = startedCampaign(fcm(1), { script: () => answer(500) });
    await rig.time.pass(100);
    const again = rig.restart();
    rig.push.script = () => answer(201);
    again.recover();
    expect(again.get({ id }).counts.retrying).toBe(1);
    await rig.time.pass(MINUTE);
    expect(again.get({ id }).counts.accepted).toBe(1);
  });
});

describe('each push service on its own', () => {
  const throttled =
    (service: string): Script =>
    ({ endpoint }) =>
      endpoint.includes(service) ? answer(429, '', [['Retry-After', '600']]) : answer(201);

  it('a 429 of one never stalls another, and holds that one as long as it says', async () => {
    const { rig, id } = startedCampaign([...fcm(200), ...mozilla(200)], { script: throttled('mozilla') });
    await rig.time.pass(5000);
    const parts = Object.fromEntries(
      rig.service.get({ id }).parts.map(({ pushService, counts }) => [pushService, counts]),
    );
    expect(parts['fcm']?.accepted).toBe(200);
    const asked = rig.push.sent.filter(({ endpoint }) => endpoint.includes('mozilla')).length;
    expect(asked).toBeLessThanOrEqual(16);
    rig.push.script = () => answer(201);
    await rig.time.pass(590_000);
    expect(rig.push.sent.filter(({ endpoint }) => endpoint.includes('mozilla'))).toHaveLength(asked);
    await rig.time.pass(HOUR);
    expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 400 } });
  });

  it('hosts that Pushdesk does not know by name are services of their own', async () => {
    const { rig, id } = startedCampaign(
      [...hosted('a.example.com', 50), ...hosted('b.example.com:8443', 50)],
      {
        script: throttled('a.example.com'),
      },
    );
    await rig.time.pass(5000);
    expect(rig.service.get({ id }).counts.accepted).toBe(50);
    expect(rig.service.get({ id }).parts).toHaveLength(1);
  });

  it('a WNS throttle (406) counts as a 429', async () => {
    const { rig } = startedCampaign(
      Array.from({ length: 100 }, (_item, index) => `https://db5p.notify.windows.com/w/?token=${index}`),
      { script: () => answer(406) },
    );
    await rig.time.pass(500);
    expect(rig.push.sent.length).toBeLessThanOrEqual(16);
  });
});

describe('an answer that is about one subscription alone', () => {
  const wns = (count: number) =>
    Array.from({ length: count }, (_item, index) => `https://db5p.notify.windows.com/w/?token=${index}`);

  it('a channel that is held back waits alone, and everybody else at WNS goes on', async () => {
    const { rig, id } = startedCampaign(wns(60), {
      script: ({ endpoint }) =>
        endpoint.endsWith('=3')
          ? answer(200, '', [
              ['X-WNS-Status', 'channelthrottled'],
              ['X-WNS-Continue-After', '600'],
            ])
          : answer(201),
    });
    await rig.time.pass(5000);
    expect(rig.service.get({ id }).counts).toMatchObject({ accepted: 59, retrying: 1 });
    rig.push.script = () => answer(201);
    await rig.time.pass(590_000);
    expect(rig.service.get({ id }).counts.retrying).toBe(1);
    await rig.time.pass(MINUTE);
    expect(rig.service.get({ id }).counts.accepted).toBe(60);
  });

  it('endpoints that are refused do not pause the part, however many they are', async () => {
    const { rig, id } = startedCampaign(fcm(60), {
      script: () => answer(403, 'invalid push subscription endpoint'),
    });
    await rig.time.pass(MINUTE);
    expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { failed: 60 } });
    expect(rig.rows('SELECT DISTINCT state FROM subscriptions')).toEqual([{ state: 'active' }]);
  });

  it('what a service drops under a 2xx counts as failed, in the campaign and in the sums of the day', async () => {
    const { rig, id } = startedCampaign(wns(30), {
      script: () => answer(200, '', [['X-WNS-Status', 'dropped']]),
    });
    await rig.time.pass(MINUTE);
    const campaign = rig.service.get({ id });
    expect(campaign.counts).toMatchObject({ accepted: 0, failed: 30 });
    expect(campaign.diagnoses[0]).toMatchObject({ count: 30, diagnosis: { code: 'dropped-by-service' } });
    expect(rig.rows('SELECT state, count FROM day_sums')).toEqual([{ state: 'failed', count: 30 }]);
  });
});

describe('without a network', () => {
  it('few attempts are burnt, and all goes on when it is back', async () => {
    const { rig, id } = startedCampaign(fcm(1000), { script: () => fault('dns') });
    await rig.time.pass(5 * MINUTE);
    expect(rig.push.sent.length).toBeLessThan(150);
    rig.push.script = () => answer(201);
    await rig.time.pass(HOUR);
    expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 1000 } });
  });
});

describe('the pace', () => {
  it('holds the whole campaign to so many messages a minute', async () => {
    const { rig, id } = startedCampaign([...fcm(100), ...mozilla(100)], { messagesPerMinute: 60 });
    await rig.time.pass(MINUTE);
    expect(rig.push.sent.length).toBeGreaterThanOrEqual(58);
    expect(rig.push.sent.length).toBeLessThanOrEqual(62);
    await rig.time.pass(3 * MINUTE);
    expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 200 } });
  });
});

describe('what is fitted to a service', () => {
  it('is sent so, and the log says so', async () => {
    const { rig } = startedCampaign([...apple(1), ...fcm(1)], { ttlSeconds: 30 * 24 * 3600, topic: 'news1' });
    await rig.time.pass(1000);
    const sent = Object.fromEntries(
      rig.push.sent.map(({ batch, ttlSeconds }) => [batch.pushService, [batch.topic, ttlSeconds]]),
    );
    expect(sent['fcm']).toEqual(['news1', 28 * 24 * 3600]);
    expect(sent['apple']?.[0]).not.toBe('news1');
    for (const id of [1, 2])
      expect(rig.service.delivery({ id: id as never }).attempts[0]?.notes).toHaveLength(1);
  });
});
