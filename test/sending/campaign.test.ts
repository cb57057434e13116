import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { message, sendingRig, type SendingRig } from './sending-rig.ts';

const start = ({ service }: SendingRig, ttlSeconds = 86_400) =>
  service.start({ requestId: randomUUID(), message: message({ ttlSeconds }), audience: { kind: 'everyone' } })
    .id;

describe('a campaign against a complete push service', () => {
  it('is taken, decrypted and shown by every device, once', async () => {
    const rig = await sendingRig();
    const fleet = rig.push.registerFleet({ count: 300, applicationServerKey: rig.publicKey });
    rig.subscribe(fleet.subscriptions());
    const id = start(rig);
    const campaign = await rig.finished(id);
    expect(campaign).toMatchObject({ recipients: 300, counts: { accepted: 300 }, diagnoses: [] });
    for (let device = 0; device < 300; device += 1)
      expect([fleet.acceptedCount(device), fleet.shownCount(device)]).toEqual([1, 1]);
    expect(rig.push.requests.entries()).toHaveLength(300);
    expect(new Set(rig.push.requests.entries().map(({ protocol }) => protocol))).toEqual(new Set(['h2']));
  });

  it('signs one token for all of them, and never writes it down whole', async () => {
    const rig = await sendingRig();
    const fleet = rig.push.registerFleet({ count: 40, applicationServerKey: rig.publicKey });
    rig.subscribe(fleet.subscriptions());
    const id = start(rig);
    await rig.finished(id);
    const shown = rig.service
      .deliveries({ campaignId: id, states: [], cursor: null, limit: 100 })
      .items.flatMap((delivery) => rig.service.delivery({ id: delivery.id }).attempts)
      .map(({ request }) => request.headers.find(([name]) => name === 'Authorization')?.[1]);
    expect(new Set(shown).size).toBe(1);
    expect(shown[0]).toMatch(/^vapid t=.{12}…, k=[\w-]{87}$/);
    const everything = JSON.stringify(rig.store.db.read<object, object>('SELECT * FROM attempts').all({}));
    expect(everything + rig.logText()).not.toMatch(/eyJ[\w-]+\.[\w-]+\.[\w-]+/);
  });

  it('signs for each subscription with the key that it was made with', async () => {
    const rig = await sendingRig();
    const other = rig.addKeyPair();
    const first = rig.push.registerFleet({ count: 30, applicationServerKey: rig.publicKey });
    const second = rig.push.registerFleet({ count: 30, applicationServerKey: other });
    rig.subscribe(first.subscriptions());
    rig.subscribe(second.subscriptions(), other);
    const campaign = await rig.finished(start(rig));
    expect(campaign.counts.accepted).toBe(60);
    expect(campaign.parts).toHaveLength(2);
  });

  it('survives connections that are cut again and again: what was taken twice stands in the log twice', async () => {
    const rig = await sendingRig();
    const fleet = rig.push.registerFleet({ count: 200, applicationServerKey: rig.publicKey });
    rig.subscribe(fleet.subscriptions());
    rig.push.faults.add({ effect: { kind: 'drop' }, probability: 0.05, times: 3 });
    const id = start(rig);
    const campaign = await rig.finished(id);
    expect(campaign.counts.accepted).toBe(200);
    const attempts = new Map(
      rig.service
        .deliveries({ campaignId: id, states: [], cursor: null, limit: 500 })
        .items.map(({ endpoint, attemptCount }) => [endpoint, attemptCount]),
    );
    for (let device = 0; device < 200; device += 1) {
      const taken = fleet.acceptedCount(device);
      expect(taken).toBeGreaterThanOrEqual(1);
      expect(taken).toBeLessThanOrEqual(attempts.get(fleet.subscription(device).endpoint) ?? 0);
    }
  });
});
