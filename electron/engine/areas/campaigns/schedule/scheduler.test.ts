import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canaryRulesSchema } from '../../../../contract/canary.ts';
import type { SubscriptionId } from '../../../../contract/ids.ts';
import { fcm, message } from '../testing/campaign-rig.ts';
import { HOUR, MINUTE, AT_14, scheduled, codeOf, reasonOf, sent } from '../testing/scheduled-campaign.ts';

describe('a scheduled campaign', () => {
  it('starts at its time, no earlier, once', async () => {
    const { rig, id } = scheduled();
    expect(rig.service.get({ id })).toMatchObject({
      state: 'scheduled',
      recipients: 3,
      schedule: { ...AT_14, startsAt: Date.UTC(2026, 0, 15, 14), asks: null },
    });
    expect(rig.service.scheduled().map((one) => one.id)).toEqual([id]);
    await rig.time.pass(2 * HOUR - 1);
    expect(sent(rig)).toBe(0);
    await rig.time.pass(5000);
    expect(sent(rig)).toBe(3);
    expect(rig.service.get({ id })).toMatchObject({
      state: 'finished',
      createdAt: Date.UTC(2026, 0, 15, 14),
    });
    expect(rig.service.scheduled()).toEqual([]);
    await rig.time.pass(30 * HOUR);
    expect(sent(rig)).toBe(3);
  });

  it('goes to those who are there when it starts', async () => {
    const { rig, id } = scheduled();
    rig.subscribe(fcm(4, 100));
    await rig.time.pass(3 * HOUR);
    expect(rig.service.get({ id })).toMatchObject({ recipients: 7, counts: { accepted: 7 } });
  });

  it('keeps its time of day over a change of daylight saving', async () => {
    // Clocks in Oslo go forward on 29 March 2026.
    const { rig } = scheduled({
      options: { startAt: Date.UTC(2026, 2, 28, 12) },
      schedule: { at: '2026-03-29T09:00', timeZone: 'Europe/Oslo' },
    });
    await rig.time.pass(19 * HOUR - MINUTE);
    expect(sent(rig)).toBe(0);
    await rig.time.pass(2 * MINUTE);
    expect(sent(rig)).toBe(3);
  });

  it('is the same for a repeated request, edited or not, and a different one is refused', async () => {
    const { rig, id, asked } = scheduled();
    expect(rig.service.start(asked).id).toBe(id);
    await rig.service.changeScheduled({ id, message: message({ title: 'Edited' }) });
    await rig.service.changeScheduled({ id, schedule: { at: '2026-01-15T15:00', timeZone: 'UTC' } });
    expect(rig.service.start(asked).id).toBe(id);
    expect(
      await codeOf(() => rig.service.start({ ...asked, schedule: { ...AT_14, at: '2026-01-15T16:00' } })),
    ).toBe('request-id-taken');
    await rig.time.pass(4 * HOUR);
    expect(rig.service.start(asked)).toMatchObject({ id, state: 'finished' });
    expect(sent(rig)).toBe(3);
  });

  it('is edited and moved until it starts, and not after that', async () => {
    const { rig, id } = scheduled();
    const [, second] = rig.rows('SELECT id FROM subscriptions ORDER BY id') as { id: SubscriptionId }[];
    if (second === undefined) throw new Error('nobody');
    const changed = await rig.service.changeScheduled({
      id,
      message: message({ title: 'Edited' }),
      audience: { kind: 'chosen', ids: [second.id] },
      messagesPerMinute: 60,
      schedule: { at: '2026-01-15T18:00', timeZone: 'Europe/Oslo' },
    });
    expect(changed).toMatchObject({
      kind: 'test',
      recipients: 1,
      message: { title: 'Edited' },
      schedule: { startsAt: Date.UTC(2026, 0, 15, 17) },
    });
    await rig.time.pass(4 * HOUR);
    expect(sent(rig)).toBe(0);
    await rig.time.pass(HOUR + MINUTE);
    expect(rig.push.sent.map(({ endpoint }) => endpoint)).toEqual(fcm(1, 2));
    expect(rig.service.get({ id })).toMatchObject({ messagesPerMinute: 60 });
    expect(rig.service.get({ id }).payload).toContain('Edited');
    expect(await codeOf(() => rig.service.changeScheduled({ id, message: message() }))).toBe(
      'campaign-state',
    );
  });

  it('gets, changes and loses its canary until it starts, and answers its first request all the same', async () => {
    const { rig, id, asked } = scheduled();
    const rules = (change: object) => canaryRulesSchema.parse({ leastPerPart: 1, ...change });
    const canaryOf = () => rig.service.get({ id }).canary?.rules ?? null;
    await rig.service.changeScheduled({ id, canary: rules({}) });
    expect(canaryOf()).toEqual(rules({}));
    await rig.service.changeScheduled({ id, message: message({ title: 'Edited' }) });
    await rig.service.changeScheduled({ id, canary: rules({ sharePercent: 40 }) });
    expect(canaryOf()).toEqual(rules({ sharePercent: 40 }));
    const own = { ...AT_14, at: '2026-01-16T09:00', perRecipient: true as const };
    expect(await codeOf(() => rig.service.changeScheduled({ id, schedule: own }))).toBe(
      'canary-needs-one-time',
    );
    expect(rig.service.start(asked).id).toBe(id);
    await rig.service.changeScheduled({ id, canary: null, schedule: own });
    expect(canaryOf()).toBeNull();
    await rig.service.changeScheduled({ id, canary: rules({ whenGood: 'wait' }), schedule: AT_14 });
    await rig.time.pass(2 * HOUR + MINUTE);
    expect(rig.service.get({ id })).toMatchObject({
      isHeld: true,
      counts: { accepted: 1 },
      canary: { state: 'waiting', verdict: { outcome: 'good' } },
    });
  });

  it('stays a test where it is one, edited and started', async () => {
    const { rig, asked } = scheduled();
    const { id } = rig.service.start({ ...asked, requestId: randomUUID(), test: true });
    const { audience } = asked;
    const edited = await rig.service.changeScheduled({ id, message: message({ title: 'Edited' }), audience });
    expect(edited.kind).toBe('test');
    await rig.time.pass(2 * HOUR + MINUTE);
    expect(rig.service.get({ id })).toMatchObject({ state: 'finished', kind: 'test' });
    // A campaign to one chosen person is a test only as long as it goes to that person alone.
    const [one] = rig.rows('SELECT id FROM subscriptions') as { id: SubscriptionId }[];
    if (one === undefined) throw new Error('nobody');
    const chosen = rig.service.start({
      ...asked,
      requestId: randomUUID(),
      audience: { kind: 'chosen', ids: [one.id] },
      schedule: { at: '2026-01-15T20:00', timeZone: 'UTC' },
    });
    expect(chosen.kind).toBe('test');
    expect((await rig.service.changeScheduled({ id: chosen.id, audience })).kind).toBe('campaign');
  });

  it('is refused for a time that is over, and an edit that stands against sending changes nothing', async () => {
    const { rig, id, asked } = scheduled();
    const past = { at: '2026-01-15T11:00', timeZone: 'UTC' };
    expect(await codeOf(() => rig.service.start({ ...asked, requestId: randomUUID(), schedule: past }))).toBe(
      'time-is-over',
    );
    expect(await codeOf(() => rig.service.changeScheduled({ id, schedule: past }))).toBe('time-is-over');
    expect(
      await codeOf(() =>
        rig.service.changeScheduled({ id, audience: { kind: 'chosen', ids: [999 as never] } }),
      ),
    ).toBe('nobody-to-send-to');
    expect(rig.service.get({ id })).toMatchObject({ recipients: 3, schedule: AT_14 });
  });

  it('is cancelled, and then never sent', async () => {
    const { rig, id } = scheduled();
    expect(rig.service.cancel({ id })).toMatchObject({ state: 'cancelled' });
    await rig.time.pass(3 * HOUR);
    expect(sent(rig)).toBe(0);
    expect(await codeOf(() => rig.service.sendNow({ id }))).toBe('campaign-state');
    rig.service.sendAgain({ id, state: 'failed' });
    expect(rig.service.get({ id }).state).toBe('cancelled');
  });

  it('can’t be paused or resumed while it waits', async () => {
    const { rig, id } = scheduled();
    expect(await codeOf(() => rig.service.pause({ id }))).toBe('campaign-state');
    expect(await codeOf(() => rig.service.resume({ id }))).toBe('campaign-state');
    expect(await codeOf(() => rig.service.sendAgain({ id, state: 'failed' }))).toBe('campaign-state');
  });

  it('is sent now, once, however often that is asked', async () => {
    const { rig, id } = scheduled();
    await Promise.all([rig.service.sendNow({ id }), rig.service.sendNow({ id })]);
    await rig.time.pass(3 * HOUR);
    expect(sent(rig)).toBe(3);
    expect(await rig.service.sendNow({ id })).toMatchObject({ state: 'finished' });
  });
});

describe('whatever the clock does', () => {
  it('set back after the start, nothing is sent twice', async () => {
    const { rig, id } = scheduled();
    await rig.time.pass(2 * HOUR + MINUTE);
    rig.setClock(-2 * HOUR);
    await rig.time.pass(5 * HOUR);
    const again = rig.restart();
    again.recover();
    await rig.time.pass(5 * HOUR);
    expect(sent(rig)).toBe(3);
    expect(again.get({ id }).state).toBe('finished');
  });

  it('set back before it, it starts when the clock says so', async () => {
    const { rig } = scheduled();
    await rig.time.pass(HOUR);
    rig.setClock(-30 * MINUTE);
    await rig.time.pass(HOUR + 20 * MINUTE);
    expect(sent(rig)).toBe(0);
    await rig.time.pass(20 * MINUTE);
    expect(sent(rig)).toBe(3);
  });

  it.each([
    ['past it', 3 * HOUR, 0],
    ['to shortly before it', 110 * MINUTE, 20 * MINUTE],
  ])('set forward %s, it asks', async (_name, by, later) => {
    const { rig, id } = scheduled({ options: { maxStartDelayMs: () => Number.POSITIVE_INFINITY } });
    await rig.time.pass(MINUTE);
    rig.setClock(by);
    await rig.time.pass(MINUTE + later);
    expect(reasonOf(rig.service, id)).toBe('clock');
    expect(sent(rig)).toBe(0);
  });

  it('set forward and back again, it starts as if nothing had happened', async () => {
    const { rig } = scheduled();
    await rig.time.pass(MINUTE);
    rig.setClock(90 * MINUTE);
    await rig.time.pass(5 * MINUTE);
    rig.setClock(-90 * MINUTE);
    await rig.time.pass(2 * HOUR);
    expect(sent(rig)).toBe(3);
  });

  it('a day after it was set forward, the clock counts', async () => {
    const { rig } = scheduled({ schedule: { at: '2026-01-17T14:00', timeZone: 'UTC' } });
    await rig.time.pass(MINUTE);
    rig.setClock(3 * HOUR);
    await rig.time.pass(46 * HOUR + 58 * MINUTE);
    expect(sent(rig)).toBe(0);
    await rig.time.pass(2 * MINUTE);
    expect(sent(rig)).toBe(3);
  });

  it('and after a sleep over its time, it asks, unless it was short', async () => {
    for (const [asleep, reason] of [
      [2 * HOUR + 3 * MINUTE, null],
      [9 * HOUR, 'late'],
    ] as const) {
      const { rig, id } = scheduled();
      await rig.time.pass(MINUTE);
      rig.sleep(asleep);
      await rig.time.pass(MINUTE);
      expect(reasonOf(rig.service, id)).toBe(reason);
      expect(sent(rig)).toBe(reason === null ? 3 : 0);
    }
  });
});

describe('what stands against it at its time', () => {
  it('makes it ask, with cause and cure', async () => {
    const { rig, id } = scheduled();
    await rig.time.pass(HOUR);
    rig.store.db.write("UPDATE subscriptions SET state = 'gone'").run({});
    rig.store.db.write('DELETE FROM subscription_sums').run({});
    await rig.time.pass(2 * HOUR);
    expect(rig.service.get({ id })).toMatchObject({
      state: 'scheduled',
      schedule: { asks: { reason: 'blocked', problem: { code: 'nobody-to-send-to' } } },
    });
    expect(await codeOf(() => rig.service.sendNow({ id }))).toBe('nobody-to-send-to');
    rig.subscribe(fcm(2, 50));
    await rig.service.sendNow({ id });
    await rig.time.pass(MINUTE);
    expect(sent(rig)).toBe(2);
  });

  it('locked keys make it wait for some minutes, then ask', async () => {
    const { rig, id } = scheduled();
    const [pair] = rig.keys.list();
    if (pair === undefined) throw new Error('no key');
    rig.keys.locked.add(pair.id);
    await rig.time.pass(2 * HOUR + 3 * MINUTE);
    expect(reasonOf(rig.service, id)).toBeNull();
    expect(sent(rig)).toBe(0);
    rig.keys.locked.clear();
    await rig.time.pass(MINUTE);
    expect(sent(rig)).toBe(3);
    expect(rig.service.get({ id }).schedule?.asks).toBeNull();
  });
});
