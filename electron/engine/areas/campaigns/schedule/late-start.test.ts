import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, scheduled, reasonOf, sent } from '../testing/scheduled-campaign.ts';

describe('when the engine was not running at its time', () => {
  it.each([
    ['some minutes', 4 * MINUTE, null],
    ['an hour', HOUR, 'late'],
    ['a week', 7 * 24 * HOUR, 'late'],
  ])('%s late: %s', async (_name, late, reason) => {
    const { rig, id } = scheduled();
    await rig.service.stop();
    await rig.time.pass(2 * HOUR + late);
    const again = rig.restart();
    again.recover();
    await rig.time.pass(MINUTE);
    expect(reasonOf(again, id)).toBe(reason);
    expect(sent(rig)).toBe(reason === null ? 3 : 0);
    if (reason === null) return;
    // It goes on asking, and nothing is sent.
    await rig.time.pass(24 * HOUR);
    await again.stop();
    const third = rig.restart();
    third.recover();
    await rig.time.pass(HOUR);
    expect(reasonOf(third, id)).toBe(reason);
    expect(sent(rig)).toBe(0);
    expect(await third.sendNow({ id })).toMatchObject({ schedule: { asks: null } });
    await rig.time.pass(MINUTE);
    expect(sent(rig)).toBe(3);
  });

  it('it is moved, and starts then', async () => {
    const { rig, id } = scheduled();
    await rig.service.stop();
    await rig.time.pass(20 * HOUR);
    const again = rig.restart();
    again.recover();
    await rig.time.pass(MINUTE);
    const moved = await again.changeScheduled({ id, schedule: { at: '2026-01-16T10:00', timeZone: 'UTC' } });
    expect(moved).toMatchObject({ state: 'scheduled', schedule: { asks: null } });
    await rig.time.pass(2 * HOUR);
    expect(sent(rig)).toBe(3);
  });

  it.each([
    ['an hour at most', () => HOUR, 59 * MINUTE, null],
    ['an hour at most', () => HOUR, 61 * MINUTE, 'late'],
    ['however late', () => Number.POSITIVE_INFINITY, 7 * 24 * HOUR, null],
  ])('without a window it follows the setting: %s', async (_name, maxStartDelayMs, late, reason) => {
    const { rig, id } = scheduled({ options: { maxStartDelayMs } });
    await rig.service.stop();
    await rig.time.pass(2 * HOUR + late);
    const again = rig.restart();
    again.recover();
    await rig.time.pass(MINUTE);
    expect(reasonOf(again, id)).toBe(reason);
    expect(sent(rig)).toBe(reason === null ? 3 : 0);
    expect(rig.logText()).toContain(
      reason === null ? 'a scheduled campaign started late' : 'a scheduled campaign waits for a decision',
    );
  });
});

describe('an engine that ends at any moment around the start', () => {
  it.each([-2, -1, 0, 1, 2, 3, 5, 10, 40])('%i ms from its time: one start, one message each', async (ms) => {
    const { rig, id } = scheduled();
    await rig.time.pass(2 * HOUR + ms);
    await rig.service.stop();
    const again = rig.restart();
    again.recover();
    await rig.time.pass(HOUR);
    expect(rig.rows('SELECT count(*) AS count FROM campaigns')).toEqual([{ count: 1 }]);
    expect(again.get({ id })).toMatchObject({ state: 'finished', recipients: 3 });
    expect(new Set(rig.push.sent.map(({ endpoint }) => endpoint)).size).toBe(3);
    expect(sent(rig)).toBe(3);
  });

  it.each([
    ['a week later it asks, also when asked once more, and Resume sends it', 7 * 24 * HOUR, 'paused', 0],
    ['a minute later it goes on', MINUTE, 'finished', 3],
  ])('killed after its start, before anything went out: %s', async (_what, later, state, count) => {
    const { rig, id } = scheduled();
    await rig.service.stop();
    const due = Date.UTC(2026, 0, 15, 14);
    rig.db.write<object>(`UPDATE campaigns SET state = 'preparing', created_at = ${due}`).run({});
    await rig.time.pass(2 * HOUR + later);
    for (const again of [rig.restart(), rig.restart()]) {
      again.recover();
      await rig.time.pass(HOUR);
      expect([again.get({ id }).state, sent(rig)]).toEqual([state, count]);
      if (count === 0)
        expect(again.get({ id }).schedule?.asks).toMatchObject({
          reason: 'late',
          problem: { code: 'schedule-start-missed' },
        });
    }
    const last = rig.restart();
    last.recover();
    if (count === 0)
      expect(last.resume({ id })).toMatchObject({ state: 'preparing', schedule: { asks: null } });
    await rig.time.pass(HOUR);
    expect([last.get({ id }).state, sent(rig)]).toEqual(['finished', 3]);
  });

  it('killed once more just after Resume, it asks again only if that is long ago too', async () => {
    const { rig, id } = scheduled();
    await rig.service.stop();
    const due = Date.UTC(2026, 0, 15, 14);
    rig.db.write<object>(`UPDATE campaigns SET state = 'preparing', created_at = ${due}`).run({});
    await rig.time.pass(7 * 24 * HOUR);
    const startAnew = () => {
      const engine = rig.restart();
      engine.recover();
      return engine;
    };
    const asking = { state: 'paused', schedule: { asks: { problem: { code: 'schedule-start-missed' } } } };
    const first = startAnew();
    expect(first.get({ id })).toMatchObject(asking);
    first.resume({ id });
    expect(startAnew().get({ id })).toMatchObject({ state: 'preparing', schedule: { asks: null } });
    rig.sleep(24 * HOUR);
    expect(startAnew().get({ id })).toMatchObject(asking);
    expect(sent(rig)).toBe(0);
  });

  it('a store that refuses the start leaves it scheduled, and the next look starts it once', async () => {
    const { rig, id } = scheduled();
    rig.store.db
      .write(
        `CREATE TRIGGER refuse BEFORE UPDATE OF audience_end ON campaigns BEGIN SELECT raise(ABORT, 'full'); END`,
      )
      .run({});
    await rig.time.pass(2 * HOUR + MINUTE);
    expect(rig.service.get({ id })).toMatchObject({ state: 'scheduled', schedule: { asks: null } });
    rig.store.db.write('DROP TRIGGER refuse').run({});
    await rig.time.pass(MINUTE);
    expect(sent(rig)).toBe(3);
  });
});

it('from a backup it asks, because it may have been sent since', async () => {
  const { rig, id } = scheduled();
  await rig.service.stop();
  rig.store.db
    .write(`INSERT INTO settings (name, value) VALUES ('copy', '{"madeAt":1768478400000}')`)
    .run({});
  const again = rig.restart();
  again.recover();
  await rig.time.pass(3 * HOUR);
  expect(reasonOf(again, id)).toBe('restored');
  expect(sent(rig)).toBe(0);
});
