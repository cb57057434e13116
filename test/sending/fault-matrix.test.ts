import { randomUUID } from 'node:crypto';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { DeliveryState, SubscriptionState } from '../../electron/contract/subscription.ts';
import type { FaultEffect, FaultRuleInput } from '../../electron/engine/rehearsal/faults/fault.ts';
import { message, sendingRig, type SendingRig } from './sending-rig.ts';

/** One second: what would be tried again is not, so that each row shows what its own attempt came to. */
const ONE_ATTEMPT = 1;

const start = ({ service }: SendingRig, ttlSeconds = ONE_ATTEMPT) =>
  service.start({ requestId: randomUUID(), message: message({ ttlSeconds }), audience: { kind: 'everyone' } })
    .id;

interface Expected {
  state: DeliveryState;
  code: string | null;
  subscription?: SubscriptionState;
  status?: number | null;
}

async function outcomeOf(rig: SendingRig, ttlSeconds?: number): Promise<Expected> {
  const id = start(rig, ttlSeconds);
  const campaign = await rig.finished(id);
  expect(campaign.counts).toMatchObject({ queued: 0, sending: 0, retrying: 0 });
  const [delivery] = rig.service.deliveries({ campaignId: id, states: [], cursor: null, limit: 10 }).items;
  const [row] = rig.store.db
    .read<object, { state: SubscriptionState }>('SELECT state FROM subscriptions')
    .all({});
  if (delivery === undefined || row === undefined) throw new Error('there is no delivery');
  expect(rig.service.delivery({ id: delivery.id }).attempts.length).toBe(delivery.attemptCount);
  return {
    state: delivery.state,
    code: delivery.diagnosis?.code ?? null,
    subscription: row.state,
    status: delivery.lastStatus,
  };
}

type Row = [name: string, rule: FaultRuleInput['effect'], expected: Expected];
const answers = (status: number, more: Partial<Extract<FaultEffect, { kind: 'answer' }>> = {}) =>
  ({ kind: 'answer', status, ...more }) as const;

const ROWS: Row[] = [
  ['404', answers(404), { state: 'gone', code: 'subscription-gone', subscription: 'gone' }],
  ['410', answers(410), { state: 'gone', code: 'subscription-gone', subscription: 'gone' }],
  ['400', answers(400, { body: '{}' }), { state: 'failed', code: 'bad-request' }],
  ['401 without a word', answers(401, { body: '' }), { state: 'failed', code: 'auth-refused' }],
  ['403 without a word', answers(403, { body: '' }), { state: 'failed', code: 'auth-refused' }],
  [
    'a redirect',
    answers(307, { headers: { location: 'https://127.0.0.1:1/' } }),
    { state: 'failed', code: 'moved' },
  ],
  ['413', answers(413), { state: 'failed', code: 'payload-too-large' }],
  [
    '429',
    answers(429, { retryAfter: { seconds: 60, form: 'seconds' } }),
    { state: 'failed', code: 'rate-limited' },
  ],
  [
    '429, date',
    answers(429, { retryAfter: { seconds: 60, form: 'date' } }),
    { state: 'failed', code: 'rate-limited' },
  ],
  ['408', answers(408), { state: 'failed', code: 'service-timed-out' }],
  ['500', answers(500), { state: 'failed', code: 'service-error' }],
  ['503', answers(503), { state: 'failed', code: 'service-unavailable' }],
  ['an answer that nobody knows', answers(418), { state: 'failed', code: 'not-recognised' }],
  ['silence', { kind: 'stall' }, { state: 'failed', code: 'timed-out', status: null }],
  [
    'silence after taking it',
    { kind: 'stall', accepts: true },
    { state: 'failed', code: 'timed-out', status: null },
  ],
  [
    'a line cut before the answer',
    { kind: 'drop' },
    { state: 'failed', code: 'connection-reset', status: null },
  ],
  [
    'a stream cut before the answer',
    { kind: 'drop', cut: 'stream' },
    { state: 'failed', code: 'connection-reset', status: null },
  ],
  ['a line cut in the answer', { kind: 'drop-in-answer' }, { state: 'accepted', code: null, status: 201 }],
  [
    'an answer that drips for ever',
    { kind: 'drip', bytes: 10_000, everyMilliseconds: 50 },
    { state: 'accepted', code: null, status: 201 },
  ],
  [
    'an answer of 10 MB',
    { kind: 'oversize', bytes: 10_000_000 },
    { state: 'accepted', code: null, status: 201 },
  ],
  ['a delay', { kind: 'delay', milliseconds: 100 }, { state: 'accepted', code: null, status: 201 }],
];

describe('every fault has its state and its diagnosis, and the campaign ends', () => {
  it.each(ROWS)('%s', async (_name, effect, expected) => {
    const rig = await sendingRig({ deadlineMs: 400 });
    rig.subscribe([rig.push.registerDevice({ applicationServerKey: rig.publicKey }).subscription]);
    rig.push.faults.add({ effect });
    expect(await outcomeOf(rig)).toMatchObject({ subscription: 'active', ...expected });
  });
});

describe('faults of the key', () => {
  it('a subscription that was made with another key is mismatched', async () => {
    const rig = await sendingRig();
    const other = rig.addKeyPair();
    rig.subscribe([rig.push.registerDevice({ applicationServerKey: other }).subscription], rig.publicKey);
    expect(await outcomeOf(rig)).toMatchObject({
      state: 'failed',
      code: 'made-with-another-key',
      subscription: 'mismatched',
    });
  });

  it('a clock that is hours off is named when a token is refused', async () => {
    const rig = await sendingRig();
    rig.subscribe([rig.push.registerDevice({ applicationServerKey: rig.publicKey }).subscription]);
    rig.push.faults.add({ effect: { kind: 'clock', offsetMilliseconds: 7_200_000 } });
    rig.push.faults.add({ effect: answers(401, { body: '{"errno":109}' }) });
    expect(await outcomeOf(rig)).toMatchObject({
      state: 'failed',
      code: 'clock-wrong',
      subscription: 'active',
    });
  });

  it('a clock that is off by days makes a token that is refused, and the cause is named', async () => {
    const rig = await sendingRig();
    rig.subscribe([rig.push.registerDevice({ applicationServerKey: rig.publicKey }).subscription]);
    rig.push.faults.add({ effect: { kind: 'clock', offsetMilliseconds: 3 * 86_400_000 } });
    rig.push.faults.add({ effect: { kind: 'refuse', refusal: 'token-expired' } });
    expect(await outcomeOf(rig)).toMatchObject({ state: 'failed', code: 'clock-wrong' });
  });
});

describe('faults of the network', () => {
  const elsewhere = (rig: SendingRig, origin: string) => {
    const { subscription } = rig.push.registerDevice({ applicationServerKey: rig.publicKey });
    rig.subscribe([{ ...subscription, endpoint: subscription.endpoint.replace(rig.push.origin, origin) }]);
  };

  it('a name that does not exist', async () => {
    const rig = await sendingRig();
    elsewhere(rig, 'https://push.nowhere.invalid');
    expect(await outcomeOf(rig)).toMatchObject({
      state: 'failed',
      code: 'name-not-found',
      subscription: 'active',
    });
  });

  it('a port where nobody listens', async () => {
    const rig = await sendingRig();
    elsewhere(rig, 'https://127.0.0.1:9');
    expect(await outcomeOf(rig)).toMatchObject({ state: 'failed', code: 'connection-refused' });
  });

  it('a certificate that is not trusted', async () => {
    const rig = await sendingRig({ trusted: false });
    rig.subscribe([rig.push.registerDevice({ applicationServerKey: rig.publicKey }).subscription]);
    expect(await outcomeOf(rig)).toMatchObject({ state: 'failed', code: 'tls-failed' });
    expect(rig.push.requests.entries()).toEqual([]);
  });

  it('a private address, while those are not allowed', async () => {
    const rig = await sendingRig({ allowPrivate: false });
    rig.subscribe([rig.push.registerDevice({ applicationServerKey: rig.publicKey }).subscription]);
    expect(await outcomeOf(rig)).toMatchObject({ state: 'failed', code: 'private-address' });
    expect(rig.push.requests.entries()).toEqual([]);
  });

  it('a subscription whose keys are damaged', async () => {
    const rig = await sendingRig();
    const { subscription } = rig.push.registerDevice({ applicationServerKey: rig.publicKey });
    const p256dh = Buffer.alloc(65, 4).toString('base64url');
    rig.subscribe([{ ...subscription, keys: { ...subscription.keys, p256dh } }]);
    expect(await outcomeOf(rig)).toMatchObject({ state: 'failed', code: 'encryption-failed' });
  });
});

describe('what passes is tried again', () => {
  it.each<[string, FaultRuleInput['effect']]>([
    ['429', answers(429, { retryAfter: { seconds: 1, form: 'seconds' } })],
    ['500', answers(500)],
    ['a cut line', { kind: 'drop' }],
    ['silence', { kind: 'stall' }],
  ])('%s, once, then good', async (_name, effect) => {
    const rig = await sendingRig({ deadlineMs: 400 });
    const device = rig.push.registerDevice({ applicationServerKey: rig.publicKey });
    rig.subscribe([device.subscription]);
    rig.push.faults.add({ effect, times: 1 });
    expect(await outcomeOf(rig, 60)).toMatchObject({ state: 'accepted', code: null, status: 201 });
    expect(device.acceptedCount()).toBe(1);
  });
});

describe('faults of the disk', () => {
  it('a store that another program locks for a while: nothing is lost, nothing goes out twice', async () => {
    const rig = await sendingRig();
    const fleet = rig.push.registerFleet({ count: 300, applicationServerKey: rig.publicKey });
    rig.subscribe(fleet.subscriptions());
    const other = new Database(rig.store.file);
    const id = start(rig, 3600);
    await rig.until(id, ({ counts }) => counts.accepted > 20);
    other.exec('BEGIN IMMEDIATE');
    setTimeout(() => {
      other.exec('ROLLBACK');
      other.close();
    }, 4000);
    const campaign = await rig.finished(id);
    expect(campaign.counts.accepted).toBe(300);
    for (let device = 0; device < 300; device += 1) expect(fleet.acceptedCount(device)).toBe(1);
  });

  it('a full disk: the campaign waits, and goes on when there is room again', async () => {
    const rig = await sendingRig();
    const fleet = rig.push.registerFleet({ count: 300, applicationServerKey: rig.publicKey });
    rig.subscribe(fleet.subscriptions());
    const id = start(rig, 3600);
    await rig.until(id, ({ state }) => state === 'running');
    const pages =
      rig.store.db.read<object, { page_count: number }>('PRAGMA page_count').get({})?.page_count ?? 0;
    const limit = (count: number) =>
      rig.store.db.read<object, object>(`PRAGMA max_page_count = ${count}`).all({});
    limit(pages);
    await expect.poll(() => rig.logText(), { timeout: 15_000 }).toContain('full');
    limit(1_000_000);
    const campaign = await rig.finished(id);
    expect(campaign.counts.accepted).toBe(300);
    for (let device = 0; device < 300; device += 1) expect(fleet.acceptedCount(device)).toBe(1);
  });
});
