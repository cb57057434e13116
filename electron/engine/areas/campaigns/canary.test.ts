import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canaryRulesSchema, type CanaryRules } from '../../../contract/canary.ts';
import type { Campaign } from '../../../contract/campaigns.ts';
import { answer } from '../../testing/scripted-sender.ts';
import { apple, campaignRig, fcm, hosted, message, type CampaignRig } from './testing/campaign-rig.ts';

const start = (rig: CampaignRig, change: Partial<CanaryRules> = {}): Campaign =>
  rig.service.start({
    requestId: randomUUID(),
    message: message(),
    audience: { kind: 'everyone' },
    canary: canaryRulesSchema.parse({ leastPerPart: 5, ...change }),
  });
const endpointsOf = (rig: CampaignRig) => rig.push.sent.map(({ endpoint }) => endpoint);
const refuse = () => answer(400, 'No.');

describe('a canary', () => {
  it('sends its share of each part first, spread over the list, and nothing else until it passed', async () => {
    const rig = campaignRig({ script: () => 'hold' });
    rig.subscribe([...fcm(1000), ...apple(40)]);
    const { id } = start(rig);
    await rig.time.pass(5000);
    const sent = endpointsOf(rig);
    expect(sent.filter((one) => one.includes('apple'))).toHaveLength(5);
    const google = sent.filter((one) => one.includes('google'));
    expect(google).toHaveLength(10);
    // Not the oldest ten.
    expect(google.filter((one) => Number(one.split('/').at(-1)) > 500)).toHaveLength(5);
    expect(rig.service.get({ id })).toMatchObject({
      canary: { state: 'sending', recipients: 15, verdict: null },
      canaryProgress: {
        waitsFor: { what: 'answers' },
        parts: [
          { pushService: 'fcm', total: 10, open: 10 },
          { pushService: 'apple', total: 5, open: 5 },
        ],
      },
    });

    rig.push.script = () => answer(201);
    rig.push.letGo(answer(201));
    await rig.time.pass(60_000);
    expect(rig.service.get({ id })).toMatchObject({
      state: 'finished',
      counts: { accepted: 1040 },
      canary: { state: 'passed', decidedBy: 'rules', verdict: { reason: '15 of 15 accepted.' } },
    });
    expect(new Set(endpointsOf(rig)).size).toBe(1040);
    expect(rig.push.sent).toHaveLength(1040);
  });

  it('waits for the person when it went badly, says why, and goes on when they say so', async () => {
    const rig = campaignRig({ script: refuse });
    rig.subscribe(fcm(100));
    const { id } = start(rig);
    await rig.time.pass(120_000);
    const first = rig.push.sent.length;
    expect(first).toBeLessThanOrEqual(5);
    expect(rig.service.get({ id })).toMatchObject({
      state: 'running',
      isHeld: true,
      canary: { state: 'waiting', verdict: { outcome: 'bad' }, decidedBy: null },
    });
    expect(rig.service.get({ id }).canary?.verdict?.reason).toMatch(/^Google \(FCM\) refused \d of 5: /);

    rig.push.script = () => answer(201);
    expect(rig.service.goOnAfterCanary({ id })).toMatchObject({
      isHeld: false,
      canary: { state: 'passed', decidedBy: 'person' },
    });
    await rig.time.pass(60_000);
    expect(rig.service.get({ id }).state).toBe('finished');
    expect(rig.push.sent).toHaveLength(100);
    expect(() => rig.service.goOnAfterCanary({ id })).toThrow(/No canary/);
  });

  it('cancels the rest when its rules say so', async () => {
    const rig = campaignRig({ script: refuse });
    rig.subscribe(fcm(100));
    const { id } = start(rig, { whenBad: 'stop' });
    await rig.time.pass(60_000);
    expect(rig.service.get({ id })).toMatchObject({
      state: 'cancelled',
      canary: { state: 'stopped', decidedBy: 'rules' },
    });
    const { failed, cancelled, queued, sending } = rig.service.get({ id }).counts;
    expect([failed + cancelled, queued, sending]).toEqual([100, 0, 0]);
    expect(rig.push.sent.length).toBeLessThanOrEqual(5);
  });

  it('cancels the rest when the person says so, and counts as stopped when the campaign is cancelled', async () => {
    for (const act of ['stopAfterCanary', 'cancel'] as const) {
      const rig = campaignRig({ script: () => 'hold' });
      rig.subscribe(fcm(100));
      const { id } = start(rig);
      await rig.time.pass(1000);
      rig.service[act]({ id });
      rig.push.letGo(answer(201));
      await rig.time.pass(1000);
      expect(rig.service.get({ id })).toMatchObject({
        state: 'cancelled',
        counts: { accepted: 5, cancelled: 95 },
        canary: { state: 'stopped', decidedBy: 'person' },
      });
    }
  });

  it('waits for the person also when it went well, if they want that', async () => {
    const rig = campaignRig();
    rig.subscribe(fcm(100));
    const { id } = start(rig, { whenGood: 'wait' });
    await rig.time.pass(60_000);
    expect(rig.push.sent).toHaveLength(5);
    expect(rig.service.get({ id }).canary).toMatchObject({ state: 'waiting', verdict: { outcome: 'good' } });
  });

  it('is tried once more when what failed of it is sent again, and judged anew', async () => {
    const rig = campaignRig({ script: refuse });
    rig.subscribe(fcm(100));
    const { id } = start(rig);
    await rig.time.pass(60_000);
    const before = rig.push.sent.length;
    rig.push.script = () => answer(201);
    rig.service.sendAgain({ id, state: 'failed' });
    expect(rig.service.get({ id }).canary).toMatchObject({ state: 'sending', verdict: null });
    await rig.time.pass(60_000);
    expect(rig.service.get({ id })).toMatchObject({ state: 'finished', canary: { state: 'passed' } });
    expect(before).toBeGreaterThan(0);
    expect(rig.push.sent).toHaveLength(100 + before);
  });

  it('is who it was after a restart, and a verdict holds', async () => {
    const rig = campaignRig({ script: () => 'hold' });
    rig.subscribe(fcm(1000));
    const { id } = start(rig);
    await rig.time.pass(1000);
    const chosen = new Set(
      rig.rows('SELECT id FROM deliveries WHERE canary = 1').map((row) => JSON.stringify(row)),
    );
    expect(chosen.size).toBe(10);
    const again = rig.restart();
    again.recover();
    await rig.time.pass(40 * 60_000);
    // What was in flight at the kill is unknown, and is not sent again: too few were accepted.
    expect(again.get({ id }).canary).toMatchObject({ state: 'waiting', verdict: { outcome: 'bad' } });
    expect(rig.push.sent).toHaveLength(10);
    const third = rig.restart();
    third.recover();
    await rig.time.pass(60_000);
    expect(third.get({ id })).toMatchObject({ isHeld: true, canary: { state: 'waiting' } });
    expect(rig.push.sent).toHaveLength(10);
    expect(rig.rows('SELECT id FROM deliveries WHERE canary = 1').map((row) => JSON.stringify(row))).toEqual([
      ...chosen,
    ]);
    rig.push.script = () => answer(201);
    third.goOnAfterCanary({ id });
    await rig.time.pass(60_000);
    expect(third.get({ id }).counts).toMatchObject({ accepted: 990, unknown: 10 });
  });

  it('says that all of it waits for a retry, and until when, and keeps its time while it is paused', async () => {
    const rig = campaignRig({ script: () => answer(503) });
    rig.subscribe(fcm(100));
    const { id } = start(rig, { waitMinutes: 10 });
    await rig.time.pass(5000);
    const { canaryProgress, wait } = rig.service.get({ id });
    expect(canaryProgress?.waitsFor).toEqual({ what: 'retry', until: wait?.until });
    expect(wait?.until).toBeGreaterThan(rig.time.clock.now());
    rig.service.pause({ id });
    expect(rig.service.get({ id }).canaryProgress?.waitsFor).toBeNull();
    await rig.time.pass(60 * 60_000);
    expect(rig.service.get({ id }).canary?.state).toBe('sending');
    rig.push.script = () => answer(201);
    rig.service.resume({ id });
    await rig.time.pass(5 * 60_000);
    expect(rig.service.get({ id })).toMatchObject({ state: 'finished', canary: { state: 'passed' } });
  });

  it('waits no longer than it may', async () => {
    const rig = campaignRig({ script: () => 'hold' });
    rig.subscribe(fcm(100));
    const { id } = start(rig, { waitMinutes: 10 });
    await rig.time.pass(10 * 60_000 - 1000);
    expect(rig.service.get({ id }).canary?.state).toBe('sending');
    await rig.time.pass(2000);
    expect(rig.service.get({ id }).canary).toMatchObject({
      state: 'waiting',
      verdict: { reason: 'Google (FCM) accepted 0 of 5 (5 not done). Time is up: 10 minutes.' },
    });
  });

  it('is none where it would be everyone', async () => {
    const rig = campaignRig();
    rig.subscribe([...fcm(3), ...hosted('push.example', 2)]);
    const { id } = start(rig);
    await rig.time.pass(10_000);
    expect(rig.service.get({ id })).toMatchObject({
      state: 'finished',
      canary: { state: 'everyone', recipients: 5 },
    });
  });

  it('is refused where each recipient has a time of their own', () => {
    const rig = campaignRig();
    rig.subscribe(fcm(100));
    const schedule = { at: '2026-02-01T09:00', timeZone: 'UTC', perRecipient: true as const };
    const asked = { requestId: randomUUID(), message: message(), audience: { kind: 'everyone' } as const };
    expect(() => rig.service.start({ ...asked, schedule, canary: canaryRulesSchema.parse({}) })).toThrow(
      /can’t go first/,
    );
    expect(rig.rows('SELECT id FROM campaigns')).toEqual([]);
  });

  it('is part of what a repeated request has to ask for', () => {
    const rig = campaignRig();
    rig.subscribe(fcm(100));
    const requestId = randomUUID();
    const asked = { requestId, message: message(), audience: { kind: 'everyone' } as const };
    const canary = canaryRulesSchema.parse({});
    const { id } = rig.service.start({ ...asked, canary });
    expect(rig.service.start({ ...asked, canary }).id).toBe(id);
    expect(() => rig.service.start({ ...asked, canary: null })).toThrow(/request with this id/);
  });
});
