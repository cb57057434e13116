import { expect, it } from 'vitest';
import { fcm, mozilla } from '../electron/engine/areas/campaigns/testing/campaign-rig.ts';
import { answer, fault, type Script } from '../electron/engine/testing/scripted-sender.ts';
import type { Reply } from '../electron/engine/wire/transport/reply.ts';
import { rigWithWorkers } from './support/rig-with-workers.ts';

const NOTHING_OPEN = { queued: 0, retrying: 0, sending: 0 };

it('sends a campaign through a worker, counts its share, and leaves nothing in the queue', async () => {
  const rig = rigWithWorkers();
  rig.subscribe([...fcm(300), ...mozilla(50)]);
  const worker = rig.worker(({ endpoint }) => answer(endpoint.endsWith('/7') ? 410 : 201));
  await rig.time.pass(3000);
  const id = rig.begin();
  await rig.time.pass(20_000);
  expect(rig.service.get({ id })).toMatchObject({
    state: 'finished',
    counts: { accepted: 348, gone: 2, ...NOTHING_OPEN },
  });
  expect(worker.push.sent).toHaveLength(350);
  expect(rig.push.sent).toHaveLength(0);
  expect(rig.queue.left()).toEqual({ results: 0, begun: 0 });
  expect(rig.rows('SELECT * FROM handed_batches')).toEqual([]);
  expect(rig.rows('SELECT worker, count FROM worker_shares')).toEqual([{ worker: 'north', count: 350 }]);
  worker.stop();
  await rig.time.pass(3000);
  expect(await worker.ended).toBeNull();
});

it('comes to the same results as this machine alone', async () => {
  /** The first answers of each device, by the last digit of its endpoint; then it accepts. */
  const answers: Readonly<Record<string, readonly Reply[]>> = {
    1: [answer(410)],
    2: [answer(413)],
    3: [answer(500), answer(503, '', [['Retry-After', '2']])],
    4: [answer(429, '', [['Retry-After', '1']])],
    5: [fault('reset')],
    6: [fault('timeout'), answer(404)],
    7: [fault('encryption')],
  };
  const scripted = (): Script => {
    const seen = new Map<string, number>();
    return ({ endpoint }) => {
      const times = seen.get(endpoint) ?? 0;
      seen.set(endpoint, times + 1);
      return answers[endpoint.at(-1) ?? '']?.[times] ?? answer(201);
    };
  };
  const ends = async (
    rig: Pick<ReturnType<typeof rigWithWorkers>, 'subscribe' | 'time' | 'begin' | 'rows'>,
  ) => {
    rig.subscribe([...fcm(10), ...mozilla(10)]);
    await rig.time.pass(2000);
    rig.begin();
    await rig.time.pass(60_000);
    return {
      deliveries: rig.rows(
        'SELECT id, state, diagnosis, attempt_count, last_status, repeat_risk FROM deliveries ORDER BY id',
      ),
      attempts: rig.rows(
        'SELECT delivery_id, number, answer_status, error, diagnosis, request_url, body_bytes FROM attempts ORDER BY 1, 2',
      ),
      subscriptions: rig.rows('SELECT id, state FROM subscriptions ORDER BY id'),
    };
  };
  const through = rigWithWorkers();
  through.worker(scripted());
  expect(await ends(through)).toEqual(await ends(rigWithWorkers({ sendsHere: true, script: scripted() })));
});

it('hands over no private key, and a token for one origin', async () => {
  const rig = rigWithWorkers();
  rig.subscribe(fcm(3));
  const worker = rig.worker();
  await rig.time.pass(3000);
  rig.begin();
  await rig.time.pass(5000);
  const [first] = worker.push.sent;
  const key = rig.keys.list().flatMap(({ id }) => rig.keys.signingKey(id)?.privateKey ?? []);
  expect(first?.batch.authorization.header).toContain('vapid t=');
  for (const secret of key) expect(JSON.stringify(worker.push.sent)).not.toContain(secret);
});

it('waits while there is no worker, and lets this machine send where it may', async () => {
  const rig = rigWithWorkers();
  rig.subscribe(fcm(5));
  const id = rig.begin();
  await rig.time.pass(10_000);
  expect(rig.service.get({ id })).toMatchObject({
    state: 'running',
    counts: { queued: 5 },
    wait: { reason: 'workers' },
  });
  rig.worker();
  await rig.time.pass(10_000);
  expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 5 } });

  const mixed = rigWithWorkers({ sendsHere: true });
  mixed.subscribe(fcm(5));
  mixed.begin();
  await mixed.time.pass(10_000);
  expect(mixed.push.sent).toHaveLength(5);
});

it('shares the work between this machine and a worker', async () => {
  const rig = rigWithWorkers({ sendsHere: true });
  rig.subscribe(fcm(2000));
  const worker = rig.worker();
  await rig.time.pass(3000);
  const id = rig.begin();
  await rig.time.pass(60_000);
  expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 2000 } });
  expect(worker.push.sent.length).toBeGreaterThan(100);
  expect(rig.push.sent.length).toBeGreaterThan(100);
  expect(worker.push.sent.length + rig.push.sent.length).toBe(2000);
  expect(rig.rows('SELECT worker, count FROM worker_shares ORDER BY worker')).toEqual([
    { worker: '', count: rig.push.sent.length },
    { worker: 'north', count: worker.push.sent.length },
  ]);
});

it('calls back within two seconds, on Pause and Cancel, what nobody has begun', async () => {
  const rig = rigWithWorkers();
  rig.subscribe(fcm(40));
  const worker = rig.worker();
  await rig.time.pass(3000);
  worker.kill();
  const id = rig.begin();
  await rig.time.pass(1000);
  expect(rig.service.get({ id }).counts.sending).toBeGreaterThan(0);
  rig.service.pause({ id });
  await rig.time.pass(2000);
  expect(rig.service.get({ id })).toMatchObject({ state: 'paused', counts: { queued: 40, sending: 0 } });
  expect(rig.queue.waiting()).toBe(0);
  rig.service.resume({ id });
  await rig.time.pass(500);
  rig.service.cancel({ id });
  await rig.time.pass(2000);
  expect(rig.service.get({ id })).toMatchObject({
    state: 'cancelled',
    counts: { cancelled: 40, ...NOTHING_OPEN },
  });
});

it('refuses a worker of another version with a sentence', async () => {
  const rig = rigWithWorkers();
  const worker = rig.worker(undefined, { version: '0.9.0' });
  await rig.time.pass(5000);
  expect(await worker.ended).toBe(
    'This worker is version 0.9.0, but the engine is version 1.0.0. Install version 1.0.0 on this machine, then start the worker again.',
  );
});

it('gives nothing to a worker whose clock is wrong', async () => {
  const rig = rigWithWorkers();
  rig.subscribe(fcm(3));
  const wrong = rig.worker(undefined, { aheadMs: 10 * 60_000 });
  await rig.time.pass(5000);
  expect(rig.coordinator().fleet.workers).toMatchObject([{ state: 'clock-wrong' }]);
  const id = rig.begin();
  await rig.time.pass(10_000);
  expect(rig.service.get({ id }).counts).toMatchObject({ queued: 3 });
  expect(wrong.push.sent).toHaveLength(0);
});

it('leaves a push service to others that a worker cannot reach', async () => {
  const rig = rigWithWorkers();
  rig.subscribe([...fcm(30), ...mozilla(30)]);
  const cutOff = rig.worker((_job, { pushService }) =>
    pushService === 'fcm' ? fault('dns', false) : answer(201),
  );
  await rig.time.pass(3000);
  const id = rig.begin();
  await rig.time.pass(10_000);
  expect(rig.coordinator().fleet.workers[0]?.facts?.unreachable).toEqual({ fcm: 'dns' });
  const triedBefore = cutOff.push.sent.filter(({ batch }) => batch.pushService === 'fcm').length;
  const other = rig.worker();
  await rig.time.pass(15_000);
  expect(rig.service.get({ id }).counts.accepted).toBeGreaterThan(30);
  expect(other.push.sent.filter(({ batch }) => batch.pushService === 'fcm').length).toBeGreaterThan(0);
  // One batch was tried again, and no more.
  const tried = cutOff.push.sent.filter(({ batch }) => batch.pushService === 'fcm').length;
  expect(tried - triedBefore).toBeLessThanOrEqual(10);
});

it('calls back what waits of a part that keeps being refused', async () => {
  const rig = rigWithWorkers();
  rig.subscribe(fcm(100));
  const worker = rig.worker(() => answer(403));
  await rig.time.pass(3000);
  const id = rig.begin();
  await rig.time.pass(10_000);
  expect(rig.service.get({ id }).counts).toMatchObject({ failed: 10, queued: 90, sending: 0 });
  expect(worker.push.sent).toHaveLength(10);
});
