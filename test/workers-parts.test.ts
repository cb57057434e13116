import { expect, it } from 'vitest';
import { fcm } from '../electron/engine/areas/campaigns/testing/campaign-rig.ts';
import { answer } from '../electron/engine/testing/scripted-sender.ts';
import { rigWithWorkers } from './support/rig-with-workers.ts';

const NOTHING_OPEN = { queued: 0, retrying: 0, sending: 0 };
const RECIPIENTS = 3000;

/** A worker that has taken whole batches in the middle of a campaign, and has begun one part of them. */
async function halfBegun() {
  const rig = rigWithWorkers();
  rig.subscribe(fcm(RECIPIENTS));
  const worker = rig.worker();
  await rig.time.pass(3000);
  const id = rig.begin();
  // The gate opens while it is sent.
  while (worker.push.sent.length < 1000) await rig.time.pass(20);
  worker.holdAfter(1);
  await rig.time.pass(2000);
  const { accepted, sending } = rig.service.get({ id }).counts;
  const begun = worker.push.sent.length;
  const [{ most } = { most: 0 }] = rig.rows(
    'SELECT max(json_array_length(deliveries)) AS most FROM handed_batches',
  ) as { most: number }[];
  expect(most).toBeGreaterThan(64);
  expect([begun > 0, begun <= 64, sending > 64]).toEqual([true, true, true]);
  return { rig, worker, id, accepted, begun };
}

it('leaves unknown no more than a lost worker had begun: the rest goes to others, once', async () => {
  const { rig, worker, id, accepted, begun } = await halfBegun();
  await rig.time.pass(3000);
  // What it took and has not begun lags behind.
  expect(rig.coordinator().fleet.workers[0]?.facts?.lagMs).toBeGreaterThan(2000);
  worker.kill();
  const other = rig.worker();
  await rig.time.pass(60_000);
  expect(rig.service.get({ id })).toMatchObject({
    state: 'finished',
    counts: { accepted: RECIPIENTS - begun, unknown: begun, ...NOTHING_OPEN },
  });
  const sent = [...worker.push.sent, ...other.push.sent].map(({ endpoint }) => endpoint);
  expect([sent.length, new Set(sent).size]).toEqual([RECIPIENTS - accepted, RECIPIENTS - accepted]);
});

it('calls back, on Pause, the parts of a batch that its worker has not begun, and keeps them apart after a restart', async () => {
  const { rig, worker, id, accepted, begun } = await halfBegun();
  rig.service.pause({ id });
  await rig.time.pass(2000);
  const counts = { accepted, sending: begun, queued: RECIPIENTS - accepted - begun };
  expect(rig.service.get({ id })).toMatchObject({ state: 'paused', counts });
  const again = rig.restart();
  await rig.time.pass(2000);
  expect(again.get({ id })).toMatchObject({ state: 'paused', counts });
  worker.push.script = () => answer(201);
  worker.letBegin();
  worker.push.letGo(answer(201));
  await rig.time.pass(5000);
  expect(again.get({ id }).counts).toMatchObject({ ...counts, accepted: accepted + begun, sending: 0 });
  again.resume({ id });
  await rig.time.pass(60_000);
  expect(again.get({ id })).toMatchObject({
    state: 'finished',
    counts: { accepted: RECIPIENTS, unknown: 0 },
  });
  expect(worker.push.sent).toHaveLength(RECIPIENTS - accepted);
});
