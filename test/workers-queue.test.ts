import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DeliveryId } from '../electron/contract/ids.ts';
import type { SendBatch } from '../electron/engine/wire/batch-sender.ts';
import { readDatabaseAddress } from '../electron/engine/workers/database-address.ts';
import { databaseTrouble } from '../electron/engine/workers/database-trouble.ts';
import { packResults, unpackResults, type WorkerResult } from '../electron/engine/workers/packed-results.ts';
import { openForCoordinator, openForWorker } from '../electron/engine/workers/queue/work-queue-store.ts';
import {
  QueueWasReplaced,
  type CoordinatorQueue,
  type DatabaseAddress,
  type WorkerFacts,
  type WorkerQueue,
} from '../electron/engine/workers/work-queue.ts';
import { startPostgres, type Postgres } from './support/postgres.ts';
import { ROOT } from './support/surroundings.ts';

let postgres: Postgres;
const open: { close: () => Promise<void> }[] = [];
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  for (const one of open) await one.close();
  await postgres.close();
});

const onError = () => undefined;
function addressOf(text: string): DatabaseAddress {
  const read = readDatabaseAddress(text, () => '', 'environment');
  if (read.kind === 'refused') throw new Error(read.problem.cause);
  return read.address;
}
async function coordinator(schema: string, name = randomUUID()): Promise<CoordinatorQueue> {
  const queue = await openForCoordinator({
    address: addressOf(`${postgres.address}?schema=${schema}`),
    coordinator: name,
    onError,
  });
  open.push(queue);
  return queue;
}
async function worker(schema: string): Promise<WorkerQueue> {
  const queue = await openForWorker({ address: addressOf(`${postgres.address}?schema=${schema}`), onError });
  open.push(queue);
  return queue;
}

const batch: SendBatch = {
  pushService: 'fcm',
  origin: 'https://push.example',
  authorization: { header: 'vapid t=whole', shown: 'vapid t=…' },
  payload: 'Grüße 😀 "\\u0041"',
  urgency: 'normal',
  topic: '',
  jobs: [],
};
const whole = (id: string) => ({ batch: id, part: 0 });
const queued = () => ({ id: randomUUID(), batch });
const facts: WorkerFacts = {
  name: 'north',
  machine: 'machine',
  version: '1.0.0',
  capacity: 512,
  inFlight: 0,
  perSecond: 0,
  lagMs: 0,
  clockAheadMs: 0,
  unreachable: { apple: 'dns' },
  refused: null,
};

it('says to a worker that comes before the engine what is missing', async () => {
  const failure = await worker('nobodys').then(
    () => null,
    (error: unknown) => error,
  );
  expect(databaseTrouble(failure)).toEqual({
    what: 'no engine has set it up yet',
    cure: 'Start Pushdesk with this address first.',
  });
});

it('carries batches to one worker each, and results back to whom they belong', async () => {
  const mine = await coordinator('carries');
  const other = await coordinator('carries');
  const [one, two] = [await worker('carries'), await worker('carries')];
  const batches = Array.from({ length: 10 }, queued);
  await mine.publish(batches);
  const taken = (await Promise.all([one.take('fcm', 6), two.take('fcm', 6)])).flat();
  expect(taken.map(({ id }) => id).sort()).toEqual(batches.map(({ id }) => id).sort());
  expect(taken[0]?.batch).toEqual(batch);
  expect(await one.take('apple', 6)).toEqual([]);
  const chunk = { id: randomUUID(), worker: randomUUID(), number: 1, parts: [] };
  for (let times = 0; times < 2; times += 1) await one.sendResults(taken[0]?.coordinator ?? '', chunk);
  expect(await mine.fetchResults()).toEqual([chunk]);
  expect(await mine.fetchResults()).toEqual([]);
  expect(await mine.leftResults()).toEqual([chunk]);
  expect(await other.leftResults()).toEqual([]);
  await mine.acknowledge([chunk.id], []);
  expect(await mine.leftResults()).toEqual([]);
});

it('carries what PostgreSQL refuses in JSON, and compresses nothing', async () => {
  const mine = await coordinator('odd');
  const one = await worker('odd');
  // A push service may answer anything.
  const odd = 'a zero \0, half of a pair \ud83d, and \\u0000';
  const job = {
    deliveryId: 7 as DeliveryId,
    endpoint: 'https://push.example/7',
    p256dh: 'key',
    auth: 'secret',
  };
  const sent = { id: randomUUID(), batch: { ...batch, payload: [odd], jobs: [{ ...job, ttlSeconds: 60 }] } };
  await mine.publish([sent]);
  const [taken] = await one.take('fcm', 1);
  expect(taken?.batch).toEqual(sent.batch);
  const result: WorkerResult = {
    kind: 'attempted',
    deliveryId: job.deliveryId,
    request: { url: job.endpoint, headers: [], bodyBytes: 9 },
    startedAt: 5,
    durationMs: 1,
    reply: { kind: 'answer', answer: { status: 400, headers: [['X-Odd', odd]], body: odd }, cutOff: null },
  };
  const part = { batch: sent.id, results: packResults([result]), isLast: true };
  await one.sendResults(taken?.coordinator ?? '', {
    id: randomUUID(),
    worker: randomUUID(),
    number: 1,
    parts: [part],
  });
  const [chunk] = await mine.fetchResults();
  expect(unpackResults(chunk?.parts[0]?.results ?? '', () => job.endpoint)).toEqual([result]);
  const storage = postgres.query(
    `SELECT DISTINCT attstorage FROM pg_attribute WHERE attrelid = 'odd.job_common'::regclass AND attname = 'data'`,
  );
  expect(storage).toBe('e');
});

it('gives a batch to whoever says first that it has it', async () => {
  const mine = await coordinator('first');
  const one = await worker('first');
  const [sent, back] = [queued(), queued()];
  await mine.publish([sent, back]);
  const me = randomUUID();
  const asked = (one: { id: string }) => ({ id: one.id, pushService: 'fcm' as const, parts: 1 });
  expect(await mine.withdraw([asked(back)])).toEqual([whole(back.id)]);
  expect(await one.take('fcm', 9)).toMatchObject([{ id: sent.id }]);
  expect(await one.begin('fcm', [whole(sent.id), whole(back.id)], me)).toEqual([whole(sent.id)]);
  expect(await mine.withdraw([asked(sent), asked(back)])).toEqual([whole(back.id)]);
  // A caller that did not get the answer may ask again.
  expect(await one.begin('fcm', [whole(sent.id)], me)).toEqual([whole(sent.id)]);
  expect(await one.begin('fcm', [whole(sent.id)], randomUUID())).toEqual([]);
  expect(await one.take('fcm', 9)).toEqual([]);
  // They hold secrets.
  await expect.poll(() => postgres.query('SELECT count(*) FROM first.job')).toBe('0');
});

it('gives each part of a batch to whoever says first that it has it', async () => {
  const mine = await coordinator('parts');
  const one = await worker('parts');
  const sent = queued();
  await mine.publish([sent]);
  const me = randomUUID();
  const parts = (...numbers: number[]) => numbers.map((part) => ({ batch: sent.id, part }));
  const inOrder = (some: readonly { part: number }[]) => some.toSorted((a, b) => a.part - b.part);
  expect(await one.begin('fcm', parts(1), me)).toEqual(parts(1));
  expect(inOrder(await mine.withdraw([{ id: sent.id, pushService: 'fcm', parts: 4 }]))).toEqual(
    parts(0, 2, 3),
  );
  expect(await one.begin('fcm', parts(0, 1, 2), me)).toEqual(parts(1));
  await mine.acknowledge([], [sent.id]);
  expect(postgres.query('SELECT count(*) FROM parts.begun_parts')).toBe('0');
});

it('has one winner of many at the same time', async () => {
  const mine = await coordinator('race');
  const workers = await Promise.all(Array.from({ length: 4 }, () => worker('race')));
  const batches = Array.from({ length: 40 }, queued);
  const ids = batches.map(({ id }) => id);
  const asked = batches.map(({ id }) => ({ id, pushService: 'fcm' as const, parts: 1 }));
  const won = await Promise.all([
    mine.withdraw(asked),
    ...workers.map((one) => one.begin('fcm', ids.map(whole), randomUUID())),
  ]);
  expect(won.flatMap((some) => some.map(({ batch: id }) => id)).sort()).toEqual([...ids].sort());
});

it('tells which batches a silent or forgotten worker had begun', async () => {
  const mine = await coordinator('lost');
  const one = await worker('lost');
  const [here, gone] = [randomUUID(), randomUUID()];
  for (const id of [here, gone]) await one.sign(id, facts);
  const [kept, lost, fresh] = [randomUUID(), randomUUID(), randomUUID()];
  await one.begin('fcm', [whole(kept)], here);
  await one.begin('fcm', [whole(lost)], gone);
  expect(await mine.lost([kept, lost, fresh], 10)).toEqual(new Set());
  postgres.query(`UPDATE lost.send_workers SET seen = now() - interval '11 seconds' WHERE id = '${gone}'`);
  expect(await mine.lost([kept, lost, fresh], 10)).toEqual(new Set([lost]));
  await mine.forget(gone);
  expect(await mine.lost([kept, lost, fresh], 10)).toEqual(new Set([lost]));
});

it('passes on what a worker says, and what is wanted of it', async () => {
  const mine = await coordinator('signs');
  const one = await worker('signs');
  const id = randomUUID();
  expect(await one.sign(id, facts)).toMatchObject({ order: 'ask' });
  await mine.order(id, 'refuse', 'another version');
  expect(await one.sign(id, facts)).toMatchObject({ order: 'refuse', reason: 'another version' });
  expect(await mine.workers()).toMatchObject([{ id, facts, order: 'refuse' }]);
  postgres.query(`UPDATE signs.send_workers SET facts = '{"name":7}'`);
  expect(await mine.workers()).toMatchObject([{ id, facts: null }]);
  await one.leave(id);
  expect(await mine.workers()).toEqual([]);
});

it('knows a database that was made anew', async () => {
  const mine = await coordinator('anew');
  postgres.query('DROP SCHEMA anew CASCADE');
  const again = await coordinator('anew');
  expect(again.id).not.toBe(mine.id);
  await expect(mine.withdraw([{ id: randomUUID(), pushService: 'fcm', parts: 1 }])).rejects.toThrow(
    QueueWasReplaced,
  );
});

it('works with the rights that the script of the package gives, and with no more', async () => {
  const script = path.join(ROOT, 'build/server/files/workers.sql');
  postgres.psql(['--variable', "password=it's long", '--file', script]);
  const address = {
    ...addressOf(postgres.address),
    user: 'pushdesk',
    password: "it's long",
    database: 'pushdesk',
    schema: 'pushdesk',
  };
  const mine = await openForCoordinator({ address, coordinator: randomUUID(), onError });
  open.push(mine);
  const one = await openForWorker({ address, onError });
  open.push(one);
  const sent = queued();
  await mine.publish([sent]);
  expect(await one.take('fcm', 1)).toHaveLength(1);
  expect(await one.begin('fcm', [whole(sent.id)], randomUUID())).toEqual([whole(sent.id)]);
  const asRole = (sql: string) =>
    postgres.psql(['--username', 'pushdesk', '--dbname', 'pushdesk', '--command', sql]);
  expect(() => asRole('CREATE SCHEMA other')).toThrow(/permission denied/);
  expect(() => asRole('CREATE TABLE public.other ()')).toThrow(/permission denied/);
  expect(() => asRole('CREATE ROLE other')).toThrow(/permission denied/);
});

it('a worker that comes before any engine is told so by an error', async () => {
  await expect(worker('nobody')).rejects.toThrow('not installed');
});
