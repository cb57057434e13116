import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { answer } from '../../testing/scripted-sender.ts';
import { campaignRig, fcm, message } from './testing/campaign-rig.ts';

const MADE_AT = Date.UTC(2026, 10, 29, 12);
const HOUR = 3_600_000;

/** A campaign with some messages accepted, one in flight and the rest waiting; then the store counts as a copy that was put in place. */
async function restored({ count = 40, isPaused = false, isPrepared = true } = {}) {
  const rig = campaignRig({ cap: 10, script: () => 'hold' });
  rig.subscribe(fcm(count));
  const { id } = rig.service.start({
    requestId: randomUUID(),
    message: message(),
    audience: { kind: 'everyone' },
  });
  if (isPrepared) await rig.time.pass(100);
  if (isPaused) rig.service.pause({ id });
  const sentBefore = rig.push.sent.length;
  rig.store.db
    .write<object>("INSERT INTO settings (name, value) VALUES ('copy', @value)")
    .run({ value: JSON.stringify({ madeAt: MADE_AT }) });
  // Stops it, like an engine that ended: in a test it would go on beside the next one.
  if (!isPrepared) await rig.service.stop();
  const again = rig.restart();
  rig.push.script = () => answer(201);
  again.recover();
  return { rig, id, again, sentBefore };
}

it('are paused, whatever they were, and send nothing until a person says so', async () => {
  for (const how of [{}, { isPaused: true }, { isPrepared: false }]) {
    const { rig, id, again, sentBefore } = await restored(how);
    expect(again.get({ id })).toMatchObject({ state: 'paused', restoredFrom: { madeAt: MADE_AT } });
    expect(again.list({ cursor: null, limit: 10 }).items).toMatchObject([
      { state: 'paused', restoredFrom: { madeAt: MADE_AT } },
    ]);
    await rig.time.pass(HOUR);
    expect(rig.push.sent).toHaveLength(sentBefore);
    expect(rig.logText()).toContain('2026-11-29T12:00:00.000Z');
  }
});

it('count each message that they still send as one that may have arrived twice', async () => {
  const { rig, id, again } = await restored();
  const { counts } = again.get({ id });
  expect(counts.unknown).toBeGreaterThan(0);
  const waiting = counts.queued + counts.retrying;
  expect(waiting).toBeGreaterThan(0);
  expect(again.get({ id }).possibleRepeats).toBe(0);
  again.resume({ id });
  await rig.time.pass(HOUR);
  expect(again.get({ id })).toMatchObject({
    state: 'finished',
    counts: { accepted: waiting, unknown: counts.unknown },
    possibleRepeats: waiting,
  });
});

it('are known one by one, also beside one whose name cannot be read', async () => {
  const { rig, id } = await restored();
  rig.store.db
    .write<{ value: string }>("UPDATE settings SET value = @value WHERE name = 'restored-campaigns'")
    .run({ value: JSON.stringify({ madeAt: MADE_AT, ids: ['x', id, -5] }) });
  expect(rig.restart().get({ id })).toMatchObject({ restoredFrom: { madeAt: MADE_AT } });
});

it('do so also for deliveries that were not yet written', async () => {
  const { rig, id, again } = await restored({ isPrepared: false });
  again.resume({ id });
  await rig.time.pass(HOUR);
  expect(again.get({ id })).toMatchObject({ counts: { accepted: 40 }, possibleRepeats: 40 });
});

it('are held once: what a person resumed goes on after the next restart, and new campaigns are not concerned', async () => {
  const { rig, id, again } = await restored();
  rig.push.script = () => 'hold';
  again.resume({ id });
  await rig.time.pass(100);
  const third = rig.restart();
  third.recover();
  expect(third.get({ id }).state).toBe('running');
  rig.push.script = () => answer(201);
  const next = third.start({ requestId: randomUUID(), message: message(), audience: { kind: 'everyone' } });
  expect(next.restoredFrom).toBeNull();
  await rig.time.pass(HOUR);
  expect(third.get({ id: next.id }).possibleRepeats).toBe(0);
});

it('are held where the mark of the copy cannot be read', () => {
  const rig = campaignRig({ script: () => 'hold' });
  rig.subscribe(fcm(3));
  const { id } = rig.service.start({
    requestId: randomUUID(),
    message: message(),
    audience: { kind: 'everyone' },
  });
  rig.store.db
    .write<object>("INSERT INTO settings (name, value) VALUES ('copy', @value)")
    .run({ value: '{' });
  const again = rig.restart();
  again.recover();
  expect(again.get({ id })).toMatchObject({ state: 'paused', restoredFrom: { madeAt: null } });
});
