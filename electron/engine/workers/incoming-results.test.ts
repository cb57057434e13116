import { expect, it } from 'vitest';
import type { DeliveryId } from '../../contract/ids.ts';
import { capturedLog } from '../testing/captured-log.ts';
import { createIncomingResults } from './incoming-results.ts';
import { createOutstanding } from './outstanding.ts';
import { packResults } from './packed-results.ts';
import type { CoordinatorQueue, ResultChunk } from './work-queue.ts';

it('lets the queue forget what is recorded, not what came since', async () => {
  const outstanding = createOutstanding();
  const removed: string[] = [];
  const incoming = createIncomingResults({
    outstanding,
    store: {
      get: () => null,
      remove: (ids) => removed.push(...ids),
      flushed: () => Promise.resolve(),
    },
    shares: { note: () => undefined, keep: () => undefined },
    nameOf: (worker) => worker,
    log: capturedLog().log,
  });
  const chunkOf = (number: number): ResultChunk => {
    const deliveryId = number as DeliveryId;
    outstanding.add({
      id: `batch ${number}`,
      queue: 'queue',
      pushService: 'fcm',
      data: null,
      handedAt: 0,
      urlOf: () => '',
      places: [deliveryId],
      ids: [deliveryId],
      report: () => undefined,
    });
    const results = packResults([{ kind: 'not-sent', deliveryId }]);
    const part = { batch: `batch ${number}`, results, isLast: true };
    return { id: `chunk ${number}`, worker: 'worker', number, parts: [part] };
  };
  const forgotten: unknown[] = [];
  const queue = () => ({
    acknowledge: (...what: Parameters<CoordinatorQueue['acknowledge']>) => {
      forgotten.push(what);
      return Promise.resolve();
    },
  });
  incoming.take([chunkOf(1)]);
  expect(incoming.hasRecorded()).toBe(false);
  incoming.noteRecorded();
  incoming.take([chunkOf(2)]);
  await incoming.acknowledge(queue);
  expect(forgotten).toEqual([[['chunk 1'], ['batch 1']]]);
  expect(removed).toEqual(['batch 1']);
  incoming.noteRecorded();
  await incoming.acknowledge(queue);
  expect(forgotten[1]).toEqual([['chunk 2'], ['batch 2']]);
});
