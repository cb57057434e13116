import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { message, sendingRig, type SendingRig } from './sending-rig.ts';

const DEVICES = 300;

/** Sends to devices whose push service talks, and says how much of the disk each delivery took. */
async function bytesADelivery(talk: { varied: boolean; status?: number; bodyBytes?: number } | null) {
  const rig = await sendingRig();
  const fleet = rig.push.registerFleet({ count: DEVICES, applicationServerKey: rig.publicKey });
  rig.subscribe(fleet.subscriptions());
  const before = sizeOf(rig);
  if (talk !== null)
    rig.push.faults.add({ effect: { kind: 'talk', bodyBytes: 60_000, headerBytes: 12_000, ...talk } });
  const { id } = rig.service.start({
    requestId: randomUUID(),
    message: message(),
    audience: { kind: 'everyone' },
  });
  const campaign = await rig.finished(id);
  return { rig, campaign, bytes: (sizeOf(rig) - before) / DEVICES };
}

/** All pages of the store, the write-ahead log included. */
function sizeOf({ store }: SendingRig): number {
  const size = store.db.read<object, { bytes: number }>(
    'SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()',
  );
  return size.get({})?.bytes ?? 0;
}

it('a push service that talks much does not fill the disk', async () => {
  const quiet = await bytesADelivery(null);
  const varied = await bytesADelivery({ varied: true });
  const same = await bytesADelivery({ varied: false });
  expect(varied.campaign.counts.accepted).toBe(DEVICES);
  // 72 kB came with each; the rest of what it takes is pages that are not full.
  expect(varied.bytes - quiet.bytes).toBeLessThan(6000);
  expect(same.bytes - quiet.bytes).toBeLessThan(300);
  const [delivery] = varied.rig.service.deliveries({
    campaignId: varied.campaign.id,
    states: [],
    cursor: null,
    limit: 1,
  }).items;
  const answer = delivery && varied.rig.service.delivery({ id: delivery.id }).attempts[0]?.answer;
  expect(answer?.cut?.receivedBytes).toBeGreaterThan(72_000);
  expect(answer?.cut?.keptBytes).toBeLessThanOrEqual(4096);
  expect(answer?.headers.map(([name]) => name.toLowerCase())).toContain('location');
});
