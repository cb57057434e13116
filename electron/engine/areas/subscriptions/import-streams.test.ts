import { expect, it } from 'vitest';
import type { ImportPurpose, ImportStreamId } from '../../../contract/import-stream.ts';
import { makeKeyPair } from '../../keys/curve.ts';
import { packed } from './testing/packed.ts';
import { browserSubscription } from '../../testing/browser-subscription.ts';
import { tempSubscriptions } from '../../testing/temp-subscriptions.ts';

const many = (count: number) => Array.from({ length: count }, () => browserSubscription());
const lines = (values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');
type Service = ReturnType<typeof tempSubscriptions>['service'];

async function send(service: Service, purpose: ImportPurpose, text: string, length: number) {
  const { id } = service.importStream.open({ purpose, publicKey: null });
  for (let at = 0; at < text.length; at += length) {
    await service.importStream.write({ id, piece: text.slice(at, at + length) });
  }
  return service.importStream.finish({ id });
}

it('previews and stores what comes in pieces, bad rows in the middle of it', async () => {
  const { service, all } = tempSubscriptions();
  const rows = many(30);
  service.report({ subscription: rows[0] ?? never(), publicKey: makeKeyPair().publicKey });
  const text = `${lines(rows.slice(0, 20))}{"rubbish":1}\n{"endpoint":\n${lines(rows.slice(15))}`;
  expect(await send(service, 'preview', text, 777)).toMatchObject({
    purpose: 'preview',
    preview: { newCount: 29, knownCount: 1, repeatedCount: 5, badCount: 2 },
  });
  expect(all()).toHaveLength(1);
  expect(await send(service, 'import', text, 1234)).toEqual({
    purpose: 'import',
    result: { addedCount: 29, updatedCount: 1, badCount: 2, unsubscribedCount: 0 },
  });
  expect(all()).toHaveLength(30);
});

it('does the same as an import of the whole text', async () => {
  const whole = tempSubscriptions();
  const pieces = tempSubscriptions();
  const text = JSON.stringify({ subscriptions: many(20), count: 20 }, null, 2);
  const input = { text, publicKey: null };
  expect(await send(pieces.service, 'preview', text, 99)).toMatchObject({
    preview: await whole.service.previewImport(input),
  });
  expect(await send(pieces.service, 'import', text, 99)).toMatchObject({
    result: await whole.service.import(input),
  });
  const endpoints = ({ all }: typeof whole) => all().map((row) => row.endpoint);
  expect(endpoints(pieces)).toEqual(endpoints(whole));
});

it('can be cancelled in the middle: what is stored stays, and the next import goes on', async () => {
  const { service, filter } = tempSubscriptions();
  const text = lines(many(9000));
  const { id } = service.importStream.open({ purpose: 'import', publicKey: null });
  let progress = { goodCount: 0, badCount: 0 };
  for (let at = 0; progress.goodCount === 0; at = (at + 100_000) % text.length) {
    progress = await service.importStream.write({ id, piece: text.slice(at, at + 100_000) });
  }
  const { goodCount } = await service.importStream.cancel({ id });
  expect(goodCount).toBeGreaterThan(0);
  const { matching } = await service.counts({ filter: filter() });
  expect(matching).toBeGreaterThan(0);
  await expect(service.importStream.write({ id, piece: '{' })).rejects.toMatchObject({ kind: 'NOT_FOUND' });
  expect(await send(service, 'import', text, 1_000_000)).toMatchObject({
    result: { addedCount: 9000 - matching },
  });
});

it('ends when its caller leaves', async () => {
  const { service } = tempSubscriptions();
  const { id } = service.importStream.open({ purpose: 'import', publicKey: null });
  await service.importStream.write({ id, piece: '[' });
  const caller = new AbortController();
  const finishing = service.importStream.write({ id, piece: lines(many(3)) }, caller.signal);
  caller.abort();
  await finishing.catch(() => undefined);
  await service.importStream.close();
  await expect(service.importStream.finish({ id })).rejects.toMatchObject({ kind: 'NOT_FOUND' });
});

it('tells whoever writes why it ended', async () => {
  const { service } = tempSubscriptions({ readImportFile: new URL('no-such-worker.ts', import.meta.url) });
  await expect(send(service, 'import', lines(many(50)), 10)).rejects.toMatchObject({
    problem: { code: 'import-thread-died' },
  });
  const other = tempSubscriptions().service;
  const { id } = other.importStream.open({ purpose: 'preview', publicKey: `B${'A'.repeat(86)}` });
  await expect(other.importStream.finish({ id })).rejects.toMatchObject({ kind: 'BAD_INPUT' });
});

it('keeps what was stored when the thread dies in the middle, and goes on with the next import', async () => {
  const rows = many(2);
  const first = rows[0] ?? never();
  const row = packed(first);
  const answer = {
    batches: [{ json: JSON.stringify([row]), count: 1, lines: [1], people: null }],
    reasons: [],
    otherCount: 0,
    unsubscribed: null,
    columns: null,
    isOver: false,
    badCount: 0,
    bad: [],
  };
  // Answers once, then is gone.
  const program = `import { parentPort } from 'node:worker_threads';
    let asked = 0;
    parentPort.on('message', () => {
      if ((asked += 1) > 1) process.exit(1);
      parentPort.postMessage(${JSON.stringify(answer)});
    });`;
  const dying = new URL(`data:text/javascript,${encodeURIComponent(program)}`);
  const { service, all, db } = tempSubscriptions({ readImportFile: dying });
  await expect(send(service, 'import', lines(rows), 200)).rejects.toMatchObject({
    cause: { kind: 'UNAVAILABLE', problem: { code: 'import-thread-died' } },
    done: expect.stringContaining('1 subscription was imported before that') as string,
  });
  expect(all().map((stored) => stored.endpoint)).toEqual([first.endpoint]);
  expect(db.read<object, object>('SELECT * FROM sums_by_batch').all({})).toEqual([]);
  expect(await service.import({ text: lines(rows), publicKey: null })).toMatchObject({
    addedCount: 1,
    updatedCount: 1,
  });
});

it('ends what nobody writes to, and the idlest when there are too many', async () => {
  const { service, clock } = tempSubscriptions();
  const streams = service.importStream;
  const open = () => {
    clock.advance(1);
    return streams.open({ purpose: 'preview', publicKey: null }).id;
  };
  const [first, ...others] = [open(), open(), open(), open(), open()] as [
    ImportStreamId,
    ...ImportStreamId[],
  ];
  await expect(streams.finish({ id: first })).rejects.toMatchObject({ kind: 'NOT_FOUND' });
  clock.advance(4 * 60_000);
  await streams.write({ id: others[0] ?? never(), piece: '{' });
  clock.advance(2 * 60_000);
  streams.dropIdle();
  await expect(streams.finish({ id: others[1] ?? never() })).rejects.toMatchObject({ kind: 'NOT_FOUND' });
  expect(await streams.finish({ id: others[0] ?? never() })).toMatchObject({ purpose: 'preview' });
  await streams.close();
});

function never(): never {
  throw new Error('There is no row.');
}
