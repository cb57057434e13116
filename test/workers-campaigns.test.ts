import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import {
  campaignRig,
  fcm,
  message,
  mozilla,
  type RigOptions,
} from '../electron/engine/areas/campaigns/testing/campaign-rig.ts';
import { capturedLog } from '../electron/engine/testing/captured-log.ts';
import { answer, fault, scriptedSender, type Script } from '../electron/engine/testing/scripted-sender.ts';
import type { ManualTime } from '../electron/engine/testing/manual-time.ts';
import type { BatchSender } from '../electron/engine/wire/batch-sender.ts';
import type { Reply } from '../electron/engine/wire/transport/reply.ts';
import { createCoordinator, type Coordinator } from '../electron/engine/workers/coordinator.ts';
import { createHandedBatchStore } from '../electron/engine/workers/handed-batch-store.ts';
import { createSharedSender } from '../electron/engine/workers/shared-sender.ts';
import { memoryQueue, type MemoryQueue } from '../electron/engine/workers/testing/memory-queue.ts';
import { runWorker } from '../electron/engine/workers/worker.ts';

const VERSION = '1.0.0';

/** A campaign service whose messages go through workers, with time and push services in the hands of the test. */
function rigWithWorkers({ sendsHere = false, ...options }: RigOptions & { sendsHere?: boolean } = {}) {
  let queue: MemoryQueue | null = null;
  const coordinators: Coordinator[] = [];
  const rig = campaignRig({
    cap: 1000,
    ...options,
    senderOf: ({ db, time, here }): BatchSender => {
      queue ??= memoryQueue(time.clock);
      const open = queue;
      const coordinator = createCoordinator({
        open: () => open.openForCoordinator(),
        store: createHandedBatchStore(db),
        version: VERSION,
        onChange: () => undefined,
        schedule: time.schedule,
        clock: time.clock,
        log: capturedLog().log,
      });
      coordinators.push(coordinator);
      return createSharedSender({ here, coordinator, sendsHere: () => sendsHere, capacityHere: () => 1000 });
    },
  });
  const found = queue as MemoryQueue | null;
  if (found === null) throw new Error('There is no queue');
  const current = () => {
    const coordinator = coordinators.at(-1);
    if (coordinator === undefined) throw new Error('There is no coordinator');
    return coordinator;
  };
  current().start();
  return {
    ...rig,
    queue: found,
    coordinator: current,
    begin: () =>
      rig.service.start({ requestId: randomUUID(), message: message(), audience: { kind: 'everyone' } }).id,
    /** The old engine is not stopped: it is simply never heard of again. */
    restart() {
      void coordinators.at(-1)?.close();
      const again = rig.restart();
      again.recover();
      current().start();
      return again;
    },
    worker: (script?: Script, change: { version?: string; aheadMs?: number } = {}) =>
      startWorker(rig.time, found, script, change),
  };
}

function startWorker(
  time: ManualTime,
  queue: MemoryQueue,
  script: Script = () => answer(201),
  { version = VERSION, aheadMs = 0 }: { version?: string; aheadMs?: number } = {},
) {
  const push = scriptedSender(time.clock, script);
  const stop = new AbortController();
  const lines: string[] = [];
  let isDead = false;
  const never = () => new Promise<never>(() => undefined);
  const ended = runWorker({
    open: async () => {
      const opened = await queue.openForWorker();
      // After a kill, nothing that it does reaches anybody.
      return new Proxy(opened, {
        get: (target, name: keyof typeof opened) =>
          isDead ? never : (target[name] as (...args: unknown[]) => unknown),
      });
    },
    sender: push.sender,
    name: 'north',
    machine: 'machine',
    version,
    capacity: 1024,
    wait: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (isDead) return;
        const undo = time.schedule(resolve, milliseconds);
        signal.addEventListener('abort', () => {
          undo();
          resolve();
        });
      }),
    stop: stop.signal,
    say: (line) => lines.push(line),
    clock: { now: () => time.clock.now() + aheadMs },
    log: capturedLog().log,
  });
  onTestFinished(() => {
    isDead = true;
  });
  return {
    push,
    lines,
    ended,
    stop: () => {
      stop.abort();
    },
    kill() {
      isDead = true;
    },
  };
}

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
  const begun = rig.rows('SELECT id, deliveries FROM handed_batches') as { id: string; deliveries: string }[];
  const queue = await rig.queue.openForWorker();
  const tell = async (number: number) => {
    for (const [index, batch] of begun.entries())
      await queue.sendResults('me', {
        id: randomUUID(),
        worker: 'late',
        number: number * 100 + index,
        parts: [
          {
            batch: batch.id,
            isLast: true,
            results: {
              requests: [[]],
              answers: [[]],
              rows: (JSON.parse(batch.deliveries) as [number][]).map(([one]) => [
                one,
                1,
                2,
                3,
                0,
                [201, 0, '', null],
              ]),
            },
          },
        ],
      });
  };
  await tell(1);
  await rig.time.pass(5000);
  const corrected = { state: 'finished', counts: { accepted: 9, gone: 1, unknown: 0, ...NOTHING_OPEN } };
  expect(rig.service.get({ id })).toMatchObject(corrected);
  expect(rig.rows('SELECT DISTINCT repeat_risk FROM deliveries')).toEqual([{ repeat_risk: 0 }]);
  // The same once more changes nothing.
  await tell(2);
  await rig.time.pass(5000);
  expect(rig.service.get({ id })).toMatchObject(corrected);
  expect(rig.rows('SELECT count(*) AS count FROM attempts')).toEqual([{ count: 10 }]);
});

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
  // One batch tried again, and no more.
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
