import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { DeliveryId } from '../electron/contract/ids.ts';
import { fcm } from '../electron/engine/areas/campaigns/testing/campaign-rig.ts';
import { databaseProblem } from '../electron/engine/areas/workers/database-problem.ts';
import { answer } from '../electron/engine/testing/scripted-sender.ts';
import { packResults, type WorkerResult } from '../electron/engine/workers/packed-results.ts';
import { rigWithWorkers } from './support/rig-with-workers.ts';

const DELIVERIES = 'SELECT id, state, attempt_count, repeat_risk FROM deliveries ORDER BY id';

/** Reports everything now handed over as accepted, as a worker does that comes back. */
function lateResults(rig: ReturnType<typeof rigWithWorkers>) {
  const begun = rig.rows('SELECT id, deliveries FROM handed_batches') as { id: string; deliveries: string }[];
  return async (number: number) => {
    const queue = await rig.queue.openForWorker();
    for (const [index, { id: batch, deliveries }] of begun.entries()) {
      const results = (JSON.parse(deliveries) as [DeliveryId][]).map(([deliveryId]): WorkerResult => ({
        kind: 'attempted',
        deliveryId,
        request: { url: '', headers: [], bodyBytes: 3 },
        startedAt: 1,
        durationMs: 2,
        reply: answer(201),
      }));
      const part = { batch, isLast: true, results: packResults(results) };
      await queue.sendResults('me', {
        id: randomUUID(),
        worker: 'late',
        number: number * 100 + index,
        parts: [part],
      });
    }
  };
}

const NOTHING_OPEN = { queued: 0, retrying: 0, sending: 0 };

it('sends once what a worker had taken, and not begun, when it died', async () => {
  const rig = rigWithWorkers();
  rig.subscribe(fcm(10));
  const dead = rig.worker();
  await rig.time.pass(3000);
  dead.kill();
  const id = rig.begin();
  await rig.time.pass(500);
  const taken = await (await rig.queue.openForWorker()).take('fcm', 10);
  expect(taken).not.toHaveLength(0);
  const other = rig.worker();
  await rig.time.pass(60_000);
  expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 10, unknown: 0 } });
  expect(other.push.sent).toHaveLength(10);
});

it('says that the outcome is unknown of what was on the wire of a lost worker, and corrects it when results come late', async () => {
  const rig = rigWithWorkers();
  rig.subscribe(fcm(10));
  const worker = rig.worker(({ endpoint }) => (endpoint.endsWith('/3') ? answer(410) : 'hold'));
  await rig.time.pass(3000);
  const id = rig.begin();
  await rig.time.pass(1000);
  worker.kill();
  await rig.time.pass(30_000);
  expect(rig.service.get({ id })).toMatchObject({
    state: 'finished',
    counts: { gone: 1, unknown: 9, ...NOTHING_OPEN },
  });
  expect(rig.rows("SELECT DISTINCT repeat_risk, diagnosis FROM deliveries WHERE state = 'unknown'")).toEqual([
    { repeat_risk: 1, diagnosis: 'worker-lost' },
  ]);
  const tell = lateResults(rig);
  await tell(1);
  await rig.time.pass(5000);
  const corrected = { state: 'finished', counts: { accepted: 9, gone: 1, unknown: 0, ...NOTHING_OPEN } };
  expect(rig.service.get({ id })).toMatchObject(corrected);
  expect(rig.rows('SELECT DISTINCT repeat_risk FROM deliveries')).toEqual([{ repeat_risk: 0 }]);
  // Repeating the same changes nothing.
  await tell(2);
  await rig.time.pass(5000);
  expect(rig.service.get({ id })).toMatchObject(corrected);
  expect(rig.rows('SELECT count(*) AS count FROM attempts')).toEqual([{ count: 10 }]);
});

it.each(['on the wire', 'unknown'] as const)(
  'leaves a newer attempt as it is when results of an older one come late: it is %s',
  async (newer) => {
    const rig = rigWithWorkers();
    rig.subscribe(fcm(10));
    const first = rig.worker(() => 'hold');
    await rig.time.pass(3000);
    const id = rig.begin();
    await rig.time.pass(1000);
    first.kill();
    await rig.time.pass(30_000);
    expect(rig.service.get({ id }).counts).toMatchObject({ unknown: 10 });
    const tell = lateResults(rig);
    const second = rig.worker(() => 'hold');
    await rig.time.pass(3000);
    rig.service.sendAgain({ id, state: 'unknown' });
    await rig.time.pass(5000);
    expect(second.push.sent).toHaveLength(10);
    if (newer === 'unknown') second.kill();
    await rig.time.pass(30_000);
    const before = rig.rows(DELIVERIES);
    const state = newer === 'unknown' ? 'unknown' : 'sending';
    expect(new Set(before.map((row) => (row as { state: string }).state))).toEqual(new Set([state]));
    await tell(1);
    await rig.time.pass(5000);
    expect(rig.rows(DELIVERIES)).toEqual(before);
    expect(rig.rows('SELECT count(*) AS count FROM attempts')).toEqual([{ count: 0 }]);
    expect(rig.queue.left()).toMatchObject({ results: 0 });
    // The outcome of the newer one counts, once.
    if (newer === 'on the wire') second.push.letGo(answer(201));
    else await lateResults(rig)(2);
    await rig.time.pass(5000);
    expect(rig.service.get({ id })).toMatchObject({
      state: 'finished',
      counts: { accepted: 10, unknown: 0 },
    });
    expect(rig.rows('SELECT count(*) AS count FROM attempts')).toEqual([{ count: 10 }]);
  },
);

it('takes up after a restart what workers have, and nothing becomes unknown', async () => {
  const rig = rigWithWorkers();
  rig.subscribe(fcm(10));
  const worker = rig.worker(() => 'hold');
  await rig.time.pass(3000);
  const id = rig.begin();
  await rig.time.pass(1000);
  expect(worker.push.sent).toHaveLength(10);
  const again = rig.restart();
  await rig.time.pass(1000);
  expect(again.get({ id }).counts).toMatchObject({ sending: 10, unknown: 0 });
  worker.push.letGo(answer(201));
  await rig.time.pass(5000);
  expect(again.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 10, unknown: 0 } });
  expect(worker.push.sent).toHaveLength(10);
  expect(rig.queue.left()).toEqual({ results: 0, begun: 0 });
});

it('takes results again that the engine had fetched and not stored when it died', async () => {
  const rig = rigWithWorkers();
  rig.subscribe(fcm(10));
  rig.worker();
  await rig.time.pass(3000);
  const id = rig.begin();
  await rig.time.pass(10_000);
  expect(rig.service.get({ id }).state).toBe('finished');
  rig.queue.repeatResults();
  const again = rig.restart();
  await rig.time.pass(10_000);
  expect(again.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 10 } });
  expect(rig.rows('SELECT count(*) AS count FROM attempts')).toEqual([{ count: 10 }]);
});

it('loses nothing and repeats nothing while the database is away, and goes on by itself', async () => {
  const rig = rigWithWorkers();
  rig.subscribe(fcm(60));
  const worker = rig.worker(() => 'hold');
  await rig.time.pass(3000);
  const id = rig.begin();
  await rig.time.pass(500);
  rig.queue.isDown = true;
  worker.push.script = () => answer(201);
  worker.push.letGo(answer(201));
  await rig.time.pass(20_000);
  expect(rig.service.get({ id })).toMatchObject({ state: 'running', counts: { unknown: 0 } });
  rig.queue.isDown = false;
  await rig.time.pass(20_000);
  expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 60, unknown: 0 } });
  expect(new Set(worker.push.sent.map(({ endpoint }) => endpoint)).size).toBe(60);
  expect(worker.push.sent).toHaveLength(60);
});

it('sends once what it did not hear the database take', async () => {
  const rig = rigWithWorkers();
  rig.subscribe(fcm(10));
  const worker = rig.worker();
  await rig.time.pass(3000);
  rig.queue.losesAnswers = true;
  const id = rig.begin();
  await rig.time.pass(3000);
  rig.queue.losesAnswers = false;
  await rig.time.pass(60_000);
  expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 10, unknown: 0 } });
  expect(worker.push.sent).toHaveLength(10);
});

it('calls what was handed over unknown when the database was made anew', async () => {
  const rig = rigWithWorkers();
  rig.subscribe(fcm(10));
  const worker = rig.worker(() => 'hold');
  await rig.time.pass(3000);
  const id = rig.begin();
  await rig.time.pass(1000);
  worker.kill();
  rig.queue.replace();
  rig.service.pause({ id });
  await rig.time.pass(30_000);
  expect(rig.service.get({ id })).toMatchObject({
    counts: { unknown: 10, queued: 0, sending: 0 },
    diagnoses: [{ diagnosis: { code: 'worker-lost' }, count: 10 }],
  });
});

it('says what the database refuses a worker, though it refuses the engine nothing', async () => {
  const rig = rigWithWorkers();
  rig.subscribe(fcm(10));
  const worker = rig.worker();
  await rig.time.pass(3000);
  const id = rig.begin();
  rig.queue.refusesResults = Object.assign(new Error('could not extend file'), { code: '53100' });
  await rig.time.pass(10_000);
  expect(rig.service.get({ id }).counts).toMatchObject({ sending: 10 });
  expect(databaseProblem(rig.coordinator())).toMatchObject({
    cause: 'Worker north cannot use the database: its disk is full.',
    cure: 'Nothing is lost. Make room on its disk. Pushdesk tries again every second.',
  });
  expect(worker.lines.at(-1)).toContain('its disk is full');
  rig.queue.refusesResults = null;
  await rig.time.pass(10_000);
  expect(databaseProblem(rig.coordinator())).toBeNull();
  expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 10, unknown: 0 } });
});
