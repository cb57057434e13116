import { createHmac, randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../contract/problem.ts';
import { reportReceiptsSchema } from '../../../contract/http.ts';
import type { ReportReceipts } from '../../../contract/http.ts';
import type { CampaignId, DeliveryId } from '../../../contract/ids.ts';
import type { Message } from '../../../contract/message.ts';
import { receiptEventSchema, type ReceiptEvent } from '../../../contract/receipts.ts';
import type { Schedule } from '../../base/schedule.ts';
import { manualTime } from '../../testing/manual-time.ts';
import { answer, fault, type Script } from '../../testing/scripted-sender.ts';
import { campaignRig, fcm, message } from '../campaigns/testing/campaign-rig.ts';
import { createReceiptsArea } from './area.ts';
import { createReceiptService } from './receipt-service.ts';
import { createReceiptStore } from './receipt-store.ts';

const AUTH = 'a'.repeat(22);
const BUTTONS = message({
  actions: [
    { title: 'Read', url: '' },
    { title: 'Later', url: '' },
  ],
});
const SECOND = 1000;
const inNextTurn: Schedule = (run) => {
  const turn = setImmediate(run);
  return () => {
    clearImmediate(turn);
  };
};

/** A campaign to these endpoints, sent unless `send` is false, and the service that receives its receipts. */
async function sentTo(
  endpoints: string[],
  {
    asksReceipts = true,
    send = true,
    isOn = true,
    script,
    format = {},
    schedule = inNextTurn,
    flushed,
  }: {
    asksReceipts?: boolean;
    send?: boolean;
    isOn?: boolean;
    script?: Script;
    format?: Partial<Message>;
    schedule?: Schedule;
    /** Resolves once the disk has what was stored. */
    flushed?: () => Promise<void>;
  } = {},
) {
  const rig = campaignRig({ asksReceipts, ...(script === undefined ? {} : { script }) });
  rig.subscribe(endpoints);
  const requestId = randomUUID();
  const campaign = rig.service.start({
    requestId,
    message: { ...BUTTONS, ...format },
    audience: { kind: 'everyone' },
  });
  if (send) await rig.time.pass(SECOND);
  const published: string[] = [];
  const asked: string[] = [];
  const service = createReceiptService({
    db: {
      ...watched(rig.db, asked, ['transactionSoon', 'flushed']),
      ...(flushed === undefined ? {} : { flushed }),
    },
    store: watched(createReceiptStore(rig.db), asked),
    campaigns: rig.service,
    isOn: () => isOn,
    changes: { publish: (...topics) => published.push(...topics) },
    clock: rig.time.clock,
    log: { debug: () => undefined } as never,
    schedule,
  });
  const tell = (endpoint: string, event: ReceiptEvent, more: Partial<Told> = {}) =>
    service.take({ endpoint, receipts: [told(requestId, event, more)] });
  const deliveryOf = (endpoint: string) =>
    (
      rig.rows(
        `SELECT d.id FROM deliveries d JOIN subscriptions s ON s.id = d.subscription_id WHERE s.endpoint = '${endpoint}'`,
      )[0] as { id: DeliveryId }
    ).id;
  return { rig, service, campaign, requestId, tell, deliveryOf, published, asked };
}

/** Records the names of the methods that are called. */
function watched<Of extends object>(of: Of, calls: string[], names: readonly string[] = Object.keys(of)): Of {
  const noted = Object.entries(of).map(([name, method]: [string, unknown]) => {
    if (typeof method !== 'function' || !names.includes(name)) return [name, method];
    return [
      name,
      (...given: unknown[]) => {
        calls.push(name);
        return (method as (...all: unknown[]) => unknown)(...given);
      },
    ];
  });
  return Object.fromEntries(noted) as Of;
}

type Told = ReportReceipts['receipts'][number];

const proofOf = (id: string, auth = AUTH) =>
  createHmac('sha256', Buffer.from(auth, 'base64url')).update(`receipt ${id}`).digest('base64url');

const told = (id: string, event: ReceiptEvent, more: Partial<Told> = {}): Told => ({
  id,
  proof: proofOf(id),
  event,
  agoMs: 0,
  ...more,
});

const [ada = '', bob = '', cat = ''] = fcm(3);

describe('whatever the payload format', () => {
  const OWN = '{"n":{"id":"{{id}}","receipts":"{{receipts}}","t":"{{title}}"}}';

  it.each<[string, Partial<Message>]>([
    ['declarative', { format: 'declarative', url: 'https://a.example/' }],
    ['angular', { format: 'angular' }],
    ['fcm', { format: 'fcm' }],
    ['own', { format: 'own', ownFormat: OWN }],
  ])('%s, a device tells of its message and of the button', async (_name, format) => {
    const { service, tell, deliveryOf, rig } = await sentTo([ada], { format });
    const start = rig.time.clock.now();
    await tell(ada, 'clicked', { action: 'action-2' });
    expect(service.ofDelivery({ id: deliveryOf(ada) })).toMatchObject({
      canReport: true,
      clickedAt: start,
      clickedAction: 'action-2',
    });
  });

  it('that has no room for them, or data of that name, asks for none', async () => {
    for (const format of [
      { format: 'own', ownFormat: '{"t":"{{title}}"}' },
      { format: 'angular', data: '{"receipts":true}' },
    ] as const) {
      const { service, tell, deliveryOf } = await sentTo([ada], {
        format,
        asksReceipts: format.format === 'own',
      });
      await tell(ada, 'shown');
      expect(service.ofDelivery({ id: deliveryOf(ada) })).toMatchObject({ canReport: false, shownAt: null });
    }
  });
});

describe('what a device tells', () => {
  it('stands at its delivery, each event with the time at which it was', async () => {
    const { rig, service, tell, deliveryOf, published } = await sentTo([ada]);
    const start = rig.time.clock.now();
    await tell(ada, 'received');
    await rig.time.pass(2 * SECOND);
    await tell(ada, 'shown', { agoMs: 500 });
    await rig.time.pass(60 * SECOND);
    await tell(ada, 'clicked', { action: 'action-1' });
    await tell(ada, 'closed');
    expect(service.ofDelivery({ id: deliveryOf(ada) })).toEqual({
      canReport: true,
      receivedAt: start,
      shownAt: start + 1500,
      clickedAt: start + 62 * SECOND,
      clickedAction: 'action-1',
      closedAt: start + 62 * SECOND,
    });
    expect(published).toContain('receipts');
  });

  it('counts once, however often it is told and in whatever order', async () => {
    const devices = fcm(40);
    const { service, tell, deliveryOf, campaign } = await sentTo(devices);
    const events = fc.array(fc.constantFrom(...receiptEventSchema.options), { maxLength: 12 });
    const expected = { received: 0, shown: 0, clicked: 0, closed: 0 };
    for (const [index, list] of fc.sample(events, devices.length).entries()) {
      const device = devices[index] ?? '';
      for (const event of list) await tell(device, event);
      const clicked = list.includes('clicked');
      const closed = list.includes('closed');
      const shown = clicked || closed || list.includes('shown');
      const received = shown || list.includes('received');
      const { receivedAt, shownAt, clickedAt, closedAt } = service.ofDelivery({ id: deliveryOf(device) });
      const has = { received, shown, clicked, closed };
      expect({
        received: receivedAt !== null,
        shown: shownAt !== null,
        clicked: clickedAt !== null,
        closed: closedAt !== null,
      }).toEqual(has);
      for (const event of receiptEventSchema.options) expected[event] += Number(has[event]);
    }
    expect(await service.ofCampaign({ id: campaign.id })).toMatchObject(expected);
  });

  it('keeps the first button', async () => {
    const { service, tell, campaign } = await sentTo([ada, bob, cat]);
    await tell(ada, 'clicked', { action: 'action-2' });
    await tell(ada, 'clicked', { action: 'action-1' });
    await tell(bob, 'clicked');
    await tell(cat, 'clicked', { action: 'action-2' });
    const { clicks, curve } = await service.ofCampaign({ id: campaign.id });
    expect(clicks).toEqual([
      { action: 'action-2', count: 2 },
      { action: null, count: 1 },
    ]);
    expect(curve).toEqual([{ from: campaign.createdAt, shown: 3, clicked: 3 }]);
  });

  it('is heard after the campaign is over, a week later', async () => {
    const { rig, service, tell, campaign } = await sentTo([ada]);
    const week = 7 * 24 * 3600 * SECOND;
    await rig.time.pass(week - SECOND);
    await tell(ada, 'shown', { agoMs: week / 7 });
    const { curve } = await service.ofCampaign({ id: campaign.id });
    expect(curve).toEqual([{ from: campaign.createdAt + (week * 6) / 7, shown: 1, clicked: 0 }]);
  });
});

it.each([
  ['a click on a button that the message does not have', 'Call 555-0'],
  ['a click on the notification itself', undefined],
])('counts as one on the notification: %s', async (_name, action) => {
  const { service, tell, campaign } = await sentTo([ada]);
  await tell(ada, 'clicked', action === undefined ? {} : { action });
  expect((await service.ofCampaign({ id: campaign.id })).clicks).toEqual([{ action: null, count: 1 }]);
});

it.each([
  ['a push service never answered', fault('timeout'), 1],
  ['a push service refused', answer(400), 0],
  ['a push service calls gone', answer(410), 0],
  ['a push service wants later', answer(429), 0],
])('of what %s', async (_name, reply, shown) => {
  const { service, tell, campaign } = await sentTo([ada], { script: () => reply });
  await tell(ada, 'shown');
  expect(await service.ofCampaign({ id: campaign.id })).toMatchObject({ accepted: 0, shown });
});

describe('what many devices tell at one time', () => {
  it('is one transaction, in which nothing is asked for or written twice', async () => {
    const devices = fcm(30);
    const { service, requestId, campaign, asked } = await sentTo(devices);
    const receipts = [told(requestId, 'received'), told(requestId, 'shown')];
    await Promise.all(devices.map((endpoint) => service.take({ endpoint, receipts })));
    const times = (name: string) => asked.filter((one) => one === name).length;
    expect({
      transactions: times('transactionSoon'),
      campaigns: times('campaign'),
      sums: times('addToSum'),
      devices: times('device'),
      deliveries: times('sentDelivery'),
      before: times('of'),
      kept: times('keep'),
      noted: times('noteDevice'),
    }).toEqual({
      transactions: 1,
      campaigns: 1,
      sums: 2,
      devices: 30,
      deliveries: 30,
      before: 30,
      kept: 30,
      noted: 30,
    });
    expect(await service.ofCampaign({ id: campaign.id })).toMatchObject({ received: 30, shown: 30 });
  });

  it('waits a few milliseconds for more', async () => {
    const time = manualTime();
    const { tell, asked, service, campaign } = await sentTo([ada, bob], { schedule: time.schedule });
    const transactions = () => asked.filter((name) => name === 'transactionSoon').length;
    const first = tell(ada, 'shown');
    await time.pass(5);
    const second = tell(bob, 'shown');
    await time.pass(5);
    expect(transactions()).toBe(0);
    await time.pass(10);
    await Promise.all([first, second, service.settled()]);
    expect(transactions()).toBe(1);
    expect(await service.ofCampaign({ id: campaign.id })).toMatchObject({ shown: 2 });
  });

  it('is answered only once it is on the disk', async () => {
    let reachDisk: () => void = () => undefined;
    const disk = new Promise<void>((resolve) => (reachDisk = resolve));
    const { tell, rig } = await sentTo([ada, bob], { flushed: () => disk });
    let answers = 0;
    const telling = [ada, bob].map(async (device) => {
      await tell(device, 'shown');
      answers += 1;
    });
    while (rig.rows('SELECT * FROM receipts').length < 2) await nextTurn();
    await nextTurn();
    expect(answers).toBe(0);
    reachDisk();
    await Promise.all(telling);
  });

  it('counts once also where the same device tells it twice at the same time', async () => {
    const { service, requestId, campaign, tell, deliveryOf } = await sentTo([ada, bob]);
    await Promise.all([
      tell(ada, 'clicked', { action: 'action-2' }),
      tell(ada, 'clicked', { action: 'action-1' }),
      tell(ada, 'shown'),
      service.take({ endpoint: bob, receipts: [told(requestId, 'shown'), told(requestId, 'shown')] }),
    ]);
    expect(await service.ofCampaign({ id: campaign.id })).toMatchObject({
      canReport: 2,
      received: 2,
      shown: 2,
      clicked: 1,
      clicks: [{ action: 'action-2', count: 1 }],
    });
    expect(service.ofDelivery({ id: deliveryOf(ada) }).clickedAction).toBe('action-2');
  });
});

it('is stored and answered before everything is called settled', async () => {
  const { rig, requestId } = await sentTo([ada]);
  const changes = { publish: () => undefined };
  const ground = { store: { db: rig.db }, changes, clock: rig.time.clock, log: { debug: () => undefined } };
  const area = createReceiptsArea(ground as never, {
    campaigns: rig.service,
    settings: { get: () => ({ receipts: true }) } as never,
  });
  const taken = area.receipts.take({ endpoint: ada, receipts: [told(requestId, 'shown')] });
  await area.receipts.settled();
  expect(rig.rows('SELECT * FROM receipts')).toHaveLength(1);
  expect(await taken).toEqual({ taken: 1 });
});

describe('what is not to be counted', () => {
  const unheard = async (given: Awaited<ReturnType<typeof sentTo>>) => {
    const all = await given.service.ofCampaign({ id: given.campaign.id });
    expect(all).toMatchObject({ canReport: 0, received: 0, shown: 0, clicked: 0, curve: [] });
    expect(given.rig.rows('SELECT * FROM receipts')).toEqual([]);
    expect(given.published).toEqual([]);
  };

  it('is what somebody makes up who knows the endpoint and the message', async () => {
    const given = await sentTo([ada]);
    for (const proof of [
      proofOf(given.requestId, 'b'.repeat(22)),
      proofOf(randomUUID()),
      '_'.repeat(43),
      '!'.repeat(43),
    ]) {
      expect(await given.tell(ada, 'clicked', { proof })).toEqual({ taken: 1 });
    }
    await unheard(given);
  });

  it('is an endpoint that nobody knows, or one in the bin', async () => {
    const given = await sentTo([ada]);
    given.rig.db.write('UPDATE subscriptions SET deleted_at = 1').run({});
    await given.tell(ada, 'shown');
    await given.tell(bob, 'shown');
    await unheard(given);
  });

  it('is a message that was not sent to it yet', async () => {
    const given = await sentTo([ada], { send: false });
    await given.tell(ada, 'shown');
    await unheard(given);
  });

  it('is a message that did not ask for it, and everything while the setting is off', async () => {
    const silent = await sentTo([ada], { asksReceipts: false });
    await silent.tell(ada, 'shown');
    await unheard(silent);
    const off = await sentTo([ada], { isOn: false });
    await off.tell(ada, 'shown');
    await unheard(off);
  });

  it('does not keep what stands beside it from being heard', async () => {
    const { service, requestId, campaign } = await sentTo([ada]);
    const receipts = [
      told(randomUUID(), 'shown'),
      told(requestId, 'shown'),
      told(requestId, 'clicked', { proof: 'x'.repeat(43) }),
    ];
    expect(await service.take({ endpoint: ada, receipts })).toEqual({ taken: 3 });
    expect(await service.ofCampaign({ id: campaign.id })).toMatchObject({ shown: 1, clicked: 0 });
  });
});

it('counts who can report, not who could not, and leaves what was refused out', async () => {
  const { rig, service, campaign, tell, deliveryOf } = await sentTo([ada, bob, cat]);
  service.noteDevice({ endpoint: ada, auth: AUTH });
  service.noteDevice({ endpoint: bob, auth: 'b'.repeat(22) });
  expect(await service.ofCampaign({ id: campaign.id })).toMatchObject({
    accepted: 3,
    canReport: 1,
    shown: 0,
  });
  await tell(cat, 'shown');
  expect(await service.ofCampaign({ id: campaign.id })).toMatchObject({
    accepted: 3,
    canReport: 2,
    shown: 1,
  });
  expect(service.ofDelivery({ id: deliveryOf(bob) }).canReport).toBe(false);

  rig.push.script = () => answer(400);
  rig.service.start({ requestId: randomUUID(), message: message(), audience: { kind: 'everyone' } });
  await rig.time.pass(SECOND);
  const refused = await service.ofCampaign({ id: (campaign.id + 1) as CampaignId });
  expect(refused).toMatchObject({ accepted: 0, canReport: 0 });
});

it('knows of no other campaign or delivery', async () => {
  const { service } = await sentTo([ada]);
  await expect(service.ofCampaign({ id: 99 as CampaignId })).rejects.toThrow(Refusal);
  expect(() => service.ofDelivery({ id: 99 as DeliveryId })).toThrow(Refusal);
});

it('says nothing of a campaign that did not ask', async () => {
  const { service, campaign } = await sentTo([ada], { asksReceipts: false });
  expect(await service.ofCampaign({ id: campaign.id })).toMatchObject({
    asked: false,
    accepted: 1,
    canReport: 0,
  });
});

it('reads a report strictly', () => {
  const good = { endpoint: ada, receipts: [told(randomUUID(), 'shown')] };
  expect(reportReceiptsSchema.safeParse(good).success).toBe(true);
  const [one] = good.receipts;
  for (const receipts of [
    [],
    [{ ...one, id: 'x' }],
    [{ ...one, proof: 'short' }],
    [{ ...one, event: 'opened' }],
    [{ ...one, agoMs: -1 }],
    [{ ...one, agoMs: 0.5 }],
    [{ ...one, more: 1 }],
    Array.from({ length: 51 }, () => one),
  ]) {
    expect(reportReceiptsSchema.safeParse({ ...good, receipts }).success).toBe(false);
  }
});
