import { expect, it } from 'vitest';
import { fcm } from '../electron/engine/areas/campaigns/testing/campaign-rig.ts';
import { answer } from '../electron/engine/testing/scripted-sender.ts';
import { rigWithWorkers } from './support/rig-with-workers.ts';

const CAPACITY = 256;

/** Sizes of the batches that are with workers. */
const sizes = (rig: ReturnType<typeof rigWithWorkers>) =>
  (
    rig.rows('SELECT json_array_length(deliveries) AS size FROM handed_batches') as {
      size: number;
    }[]
  ).map(({ size }) => size);

it('hands nothing over in crumbs as room comes back, and waits for no more than half of it', async () => {
  const rig = rigWithWorkers();
  rig.subscribe(fcm(4000));
  const worker = rig.worker(undefined, { capacity: CAPACITY });
  await rig.time.pass(3000);
  const id = rig.begin();
  // The gate opens while it is sent.
  while (worker.push.sent.length < 2000) await rig.time.pass(20);
  worker.push.script = () => 'hold';
  await rig.time.pass(3000);
  const all = () => worker.push.sent.length;
  const full = all();
  const before = sizes(rig);
  expect(before.reduce((sum, size) => sum + size, 0)).toBe(CAPACITY);
  for (let answered = 0; answered < CAPACITY / 2 - 10; answered += 10) {
    worker.push.letGo(answer(201), 10);
    await rig.time.pass(500);
    expect([all(), sizes(rig).length]).toEqual([full, before.length]);
  }
  worker.push.letGo(answer(201), 10);
  await rig.time.pass(1000);
  // The worker takes it too, though it still has just as much on the wire.
  expect(all() - full).toBeGreaterThanOrEqual(CAPACITY / 2);
  worker.push.script = () => answer(201);
  worker.push.letGo(answer(201));
  await rig.time.pass(20_000);
  expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 4000 } });
});
