import { expect, it } from 'vitest';
import { answer } from '../../../testing/scripted-sender.ts';
import { createBackgroundWork } from '../background-work.ts';
import { campaignRig, fcm, message } from '../testing/campaign-rig.ts';
import { createRetention } from './retention.ts';
import { createRetentionStore } from './retention-store.ts';

const DAY_MS = 86_400_000;
const uuid = (id: number) => `6f1c2a54-0f0e-4a51-8c43-${String(id).padStart(12, '0')}`;

async function rigged(recipients = 30) {
  const rig = campaignRig({
    cap: 100,
    script: ({ endpoint }) => (endpoint.endsWith('7') ? answer(413, 'too long') : answer(201)),
  });
  rig.subscribe(fcm(recipients));
  const send = async (id: number) => {
    const started = rig.service.start({
      requestId: uuid(id),
      message: message(),
      audience: { kind: 'everyone' },
    });
    await rig.time.pass(3000);
    return started.id;
  };
  const old = await send(1);
  await rig.time.pass(10 * DAY_MS);
  const young = await send(2);
  const pieces: (() => 'more' | 'done')[] = [];
  const build = (days: number | null) =>
    createRetention({
      db: rig.db,
      store: createRetentionStore(rig.db),
      days: () => days,
      backgroundWork: { start: (_name, piece) => pieces.push(piece) },
      onChange: () => undefined,
      clock: rig.time.clock,
      log: { info: () => undefined },
    });
  const left = () => rig.rows('SELECT campaign_id AS id, count(*) AS n FROM deliveries GROUP BY campaign_id');
  return { ...rig, old, young, build, pieces, left };
}

it('removes deliveries of what ended long ago, and keeps sums, causes, curve and all of the rest', async () => {
  const rig = await rigged();
  const { service, old, young, build, pieces, left, db } = rig;
  db.write<object>('UPDATE deliveries SET repeat_risk = 2 WHERE id % 10 = 1').run({});
  const before = service.get({ id: old });
  expect(before).toMatchObject({ counts: { accepted: 27, failed: 3 }, possibleRepeats: 3, removedAt: null });
  expect(service.previewRemoval({ days: 5 })).toMatchObject({ deliveries: 30, campaigns: 1 });
  // Measured on what 200,000 of them free: 155 bytes each besides the texts, of which these have hardly any.
  const { bytes } = service.previewRemoval({ days: 5 });
  expect(bytes / 30).toBeGreaterThan(155);
  expect(bytes / 30).toBeLessThan(165);
  db.write<object>(
    `INSERT INTO delivery_values SELECT id, '{"language":"","values":{}}' FROM deliveries`,
  ).run({});
  expect(service.previewRemoval({ days: 5 }).bytes).toBe(bytes + 30 * (27 + 12));
  expect(service.previewRemoval({ days: 30 })).toEqual({ deliveries: 0, campaigns: 0, bytes: 0 });

  build(5).tidy();
  while (pieces[0]?.() === 'more');
  expect(left()).toEqual([{ id: young, n: 30 }]);
  const after = service.get({ id: old });
  expect(after.removedAt).not.toBeNull();
  expect({ ...after, removedAt: null }).toEqual(before);
  expect(rig.rows('SELECT count(*) AS n FROM attempts')).toEqual([{ n: 30 }]);
  expect(rig.rows('SELECT sum(uses) > 0 AS kept FROM answer_texts')).toEqual([{ kept: 1 }]);
  expect(rig.rows('PRAGMA foreign_key_check')).toEqual([]);
  expect(() => service.sendAgain({ id: old, state: 'failed' })).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ code: 'deliveries-removed' }) as object }),
  );
  expect(service.previewRemoval({ days: 5 })).toEqual({ deliveries: 0, campaigns: 0, bytes: 0 });
  pieces.length = 0;
  build(5).tidy();
  expect(pieces).toEqual([]);
});

it('removes nothing while deliveries are kept for good, nor what runs again, nor what still has ends to come', async () => {
  const { service, old, build, pieces, left, db } = await rigged();
  build(null).tidy();
  expect(pieces).toEqual([]);
  service.sendAgain({ id: old, state: 'failed' });
  build(5).tidy();
  expect(pieces).toEqual([]);
  db.write<object>(`UPDATE campaigns SET state = 'cancelled', finished_at = 1 WHERE id = ${String(old)}`).run(
    {},
  );
  build(5).tidy();
  expect(pieces).toEqual([]);
  expect(left()).toHaveLength(2);
});

it('goes on after a piece that the store refused, wherever it was killed, and forgets nothing', async () => {
  const { old, build, pieces, left, db, service } = await rigged(1200);
  db.write<object>('UPDATE deliveries SET repeat_risk = 2 WHERE id % 2 = 0').run({});
  const { possibleRepeats } = service.get({ id: old });
  build(5).tidy();
  expect(pieces[0]?.()).toBe('more');
  expect(left()[0]).toEqual({ id: old, n: 700 });
  expect(service.get({ id: old }).possibleRepeats).toBe(possibleRepeats);
  // Within a transaction: a failure in the middle leaves everything in place.
  db.write<object>(
    `CREATE TEMP TRIGGER broken BEFORE DELETE ON deliveries WHEN old.id % 50 = 0 BEGIN SELECT raise(ABORT, 'full'); END`,
  ).run({});
  expect(() => pieces[0]?.()).toThrow('full');
  expect(left()[0]).toEqual({ id: old, n: 700 });
  expect(service.get({ id: old }).possibleRepeats).toBe(possibleRepeats);
  db.write<object>('DROP TRIGGER broken').run({});
  const again = build(5);
  pieces.length = 0;
  again.tidy();
  while (pieces[0]?.() === 'more');
  expect(left()).toHaveLength(1);
  expect(service.get({ id: old })).toMatchObject({ possibleRepeats, counts: { accepted: 1080 } });
});

it('lets others have a turn between its pieces', async () => {
  const { db, old } = await rigged(600);
  let turns = 0;
  const work = createBackgroundWork({
    log: { error: () => undefined } as never,
    onStoreTrouble: () => undefined,
    schedule(run) {
      turns += 1;
      setImmediate(run);
    },
  });
  const retention = createRetention({
    db,
    store: createRetentionStore(db),
    days: () => 5,
    backgroundWork: work,
    onChange: () => undefined,
    clock: { now: () => Date.now() + 1e12 },
    log: { info: () => undefined },
  });
  retention.tidy();
  const store = createRetentionStore(db);
  await expect.poll(() => store.removedAt(old)).not.toBeNull();
  expect(turns).toBeGreaterThan(2);
  work.stop();
});

it('removes the values that texts were made of, and keeps what the campaign said', async () => {
  const rig = campaignRig();
  rig.subscribe(fcm(700));
  rig.db
    .write<object>(`INSERT INTO people (id, attributes) SELECT id, '{"city":"Oslo"}' FROM subscriptions`)
    .run({});
  const { id } = rig.service.start({
    requestId: uuid(3),
    message: message({ title: 'Hello {{city}}' }),
    audience: { kind: 'everyone' },
  });
  await rig.time.pass(60_000);
  expect(rig.rows('SELECT count(*) AS n FROM delivery_values')).toEqual([{ n: 700 }]);
  await rig.time.pass(10 * DAY_MS);
  const pieces: (() => 'more' | 'done')[] = [];
  createRetention({
    db: rig.db,
    store: createRetentionStore(rig.db),
    days: () => 5,
    backgroundWork: { start: (_name, piece) => pieces.push(piece) },
    onChange: () => undefined,
    clock: rig.time.clock,
    log: { info: () => undefined },
  }).tidy();
  while (pieces[0]?.() === 'more');
  expect(rig.rows('SELECT * FROM delivery_values')).toEqual([]);
  expect(rig.rows('SELECT * FROM deliveries')).toEqual([]);
  expect(rig.rows('PRAGMA foreign_key_check')).toEqual([]);
  const { payload, counts } = rig.service.get({ id });
  expect(counts.accepted).toBe(700);
  expect(payload).toContain('Hello {{city}}');
});
