import { expect, it } from 'vitest';
import { campaignRig, fcm, message } from '../testing/campaign-rig.ts';
import { answer } from '../../../testing/scripted-sender.ts';
import { createCampaignSumStore } from '../../../dispatch/campaign-sum-store.ts';
import { curveOf } from './curve-of.ts';

it('ends where the campaign ends, also after what failed was sent again', async () => {
  const rig = campaignRig({ script: ({ endpoint }) => answer(/[13]$/.test(endpoint) ? 400 : 201) });
  rig.subscribe(fcm(6));
  const requestId = '6f1c2a54-0f0e-4a51-8c43-0f6e2d1b9a10';
  const { id } = rig.service.start({ requestId, message: message(), audience: { kind: 'everyone' } });
  await rig.time.pass(5000);
  const before = rig.service.get({ id });
  expect(before.curve.at(-1)).toMatchObject({ accepted: 4, notAccepted: 2 });
  rig.push.script = () => answer(201);
  rig.service.sendAgain({ id, state: 'failed' });
  await rig.time.pass(5000);
  const { curve, counts } = rig.service.get({ id });
  expect(counts).toMatchObject({ accepted: 6, failed: 0 });
  expect(curve.at(-1)).toMatchObject({ accepted: 6, notAccepted: 0 });
  expect(curve.map(({ at }) => at)).toEqual(curve.map(({ at }) => at).toSorted((one, other) => one - other));
});

it('grows coarser as time passes', () => {
  const rig = campaignRig();
  const { db, service } = rig;
  rig.subscribe(fcm(1));
  const requestId = '6f1c2a54-0f0e-4a51-8c43-0f6e2d1b9a10';
  const { id } = service.start({ requestId, message: message(), audience: { kind: 'everyone' } });
  const sums = createCampaignSumStore(db);
  const start = Date.UTC(2026, 0, 1, 12, 0, 0, 250);
  const minute = 60_000;
  for (const after of [0, 500, 1500, 10 * minute + 1, 10 * minute + 30_000, 400 * minute, 410 * minute])
    sums.addToCurve(id, { at: start + after, state: 'accepted', count: 1 });
  const first = Date.UTC(2026, 0, 1, 12);
  expect(curveOf(sums.curve(id)).map(({ at, accepted }) => [(at - first) / 1000, accepted])).toEqual([
    [0, 2],
    [1, 3],
    [600, 5],
    [24_300 - 900, 6],
    [24_300, 7],
  ]);
});
