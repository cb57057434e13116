import fc from 'fast-check';
import { expect, it } from 'vitest';
import { babblingWorker } from '../../../testing/babbling-worker.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';
import { capturedLog } from '../../../testing/captured-log.ts';
import { WORKER_FILES } from '../../../testing/engine-options.ts';
import { packedRowsOf } from '../batch-row.ts';
import { orderByKey } from './order-by-key.ts';
import { readInline } from './read-inline.ts';
import { readOnWorker } from './read-on-worker.ts';
import { createRowReader, type ReadRows } from './row-reader.ts';

const READER = { allowPrivateEndpoints: false, batchRows: 3, mostOrdered: 0 };
const NOW = 1_700_000_000_000;

async function* cut(text: string, lengths: readonly number[]): AsyncGenerator<string, void, undefined> {
  let at = 0;
  for (let index = 0; at < text.length; index += 1) {
    const length = Math.max(1, lengths[index % lengths.length] ?? 1);
    yield await Promise.resolve(text.slice(at, at + length));
    at += length;
  }
}

/** Everything that was read, whichever piece it came with. */
async function all(reading: AsyncIterable<ReadRows>) {
  const sum = { batches: [] as ReadRows['batches'], badCount: 0, bad: [] as ReadRows['bad'] };
  for await (const { batches, badCount, bad } of reading) {
    sum.batches.push(...batches);
    sum.badCount += badCount;
    sum.bad.push(...bad);
  }
  return sum;
}

const options = (more: { workerFile?: URL; log?: ReturnType<typeof capturedLog>['log'] } = {}) => ({
  reader: READER,
  now: () => NOW,
  workerFile: WORKER_FILES.readImport,
  piecesAhead: 3,
  log: capturedLog().log,
  ...more,
});

it('reads the same on a worker thread as on the thread of the engine, however the text is cut', async () => {
  const rows = [
    browserSubscription(),
    browserSubscription({ expirationTime: NOW - 1 }),
    browserSubscription({ host: '127.0.0.1' }),
    browserSubscription({ keys: { p256dh: `B${'A'.repeat(86)}`, auth: 'AAAAAAAAAAAAAAAAAAAAAA' } }),
    browserSubscription({
      keys: { ...browserSubscription().keys, auth: Buffer.alloc(32, 1).toString('base64url') },
    }),
  ].map((row) => JSON.stringify(row));
  const piece = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...rows) },
    fc.constantFrom('rubbish', '{', '[', ']', '{"endpoint":1}', ''),
    fc.string(),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join('\n')),
      fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 4 }),
      async (text, lengths) => {
        const onWorker = await all(readOnWorker(cut(text, lengths), options()));
        expect(onWorker).toEqual(await all(readInline(cut(text, [text.length]), options())));
      },
    ),
    { numRuns: 15 },
  );
});

it('takes no piece before an earlier one has been fetched, but for a few', async () => {
  let taken = 0;
  async function* pieces(): AsyncGenerator<string, void, undefined> {
    for (; taken < 100; taken += 1) yield await Promise.resolve(`${JSON.stringify(browserSubscription())}\n`);
  }
  const reading = readOnWorker(pieces(), options());
  for (let fetched = 1; fetched <= 20; fetched += 1) {
    await reading.next();
    expect(taken).toBeLessThanOrEqual(fetched + 3);
  }
  await reading.return();
  expect(taken).toBeLessThan(30);
});

it('says so when the thread dies, and never hangs', async () => {
  const captured = capturedLog();
  const workerFile = new URL('no-such-worker.ts', import.meta.url);
  const reading = all(readOnWorker(cut('x'.repeat(50), [1]), options({ workerFile, log: captured.log })));
  await expect(reading).rejects.toMatchObject({
    kind: 'UNAVAILABLE',
    problem: { code: 'import-thread-died' },
  });
  expect(captured.text()).toContain('the thread that reads an import failed');
});

it('ends the thread when the pieces fail', async () => {
  async function* failing(): AsyncGenerator<string, void, undefined> {
    yield await Promise.resolve('{');
    throw new Error('the window has gone');
  }
  await expect(all(readOnWorker(failing(), options()))).rejects.toThrow('the window has gone');
});

it.each(['null', '"x"', '{}', '{ batches: [1], badCount: 0, bad: [] }'])(
  'refuses when the thread answers with %s',
  async (message) => {
    const captured = capturedLog();
    const workerFile = babblingWorker(message);
    const reading = all(readOnWorker(cut('x', [1]), options({ workerFile, log: captured.log })));
    await expect(reading).rejects.toMatchObject({ problem: { code: 'import-thread-died' } });
    expect(captured.text()).toContain('an answer that is not valid');
  },
);

it('puts rows with near keys together and loses none; those with one key keep their order', () => {
  const row = fc.record({ key: fc.uint8Array({ minLength: 2, maxLength: 2 }), number: fc.nat() });
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const hex = ({ key }: (typeof rows)[number]) => Buffer.from(key).toString('hex');
      const order = orderByKey(rows, hex);
      expect(new Set(order)).toEqual(new Set(rows));
      expect(order).toHaveLength(rows.length);
      const firsts = order.map((some) => some.key[0] ?? 0);
      expect(firsts).toEqual([...firsts].sort((one, other) => one - other));
      order.forEach((some, at) => {
        const next = order[at + 1];
        if (next !== undefined && firsts[at] === firsts[at + 1]) {
          expect(rows.indexOf(next)).toBeGreaterThan(rows.indexOf(some));
        }
      });
    }),
  );
});

it('reads the same rows in the order of their keys, more of them at once as it goes, and hands them over as others come', () => {
  const lines = Array.from({ length: 100 }, () => `${JSON.stringify(browserSubscription())}\n`);
  const inOrder = createRowReader({ ...READER, mostOrdered: 12 });
  const answers = lines.map((line) => inOrder.push(line, NOW));
  // The first ones at once, then a batch of three for every three lines.
  const counts = answers.map(({ batches }) => batches.map(({ count }) => count));
  expect(counts[2]).toEqual([3]);
  expect(counts.every((some) => some.length <= 1)).toBe(true);
  expect(counts.slice(-12).flat()).toEqual([3, 3, 3, 3]);
  while (answers.at(-1)?.isOver === false) answers.push(inOrder.end(NOW));
  const found = answers.flatMap(({ batches }) => batches);
  expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(100);
  const plain = createRowReader(READER);
  const text = lines.join('');
  const expected = [...plain.push(text, NOW).batches, ...plain.end(NOW).batches];
  const rowsOf = (batches: typeof found) =>
    batches.flatMap((batch) =>
      packedRowsOf(batch).map((packed, index): [number, unknown] => [batch.lines[index] ?? 0, packed]),
    );
  expect(rowsOf(found).sort(([one], [other]) => one - other)).toEqual(rowsOf(expected));
});
