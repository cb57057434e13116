import { describe, expect, it } from 'vitest';
import type { ReportReceipts } from '../../electron/contract/http.ts';
import { createReceipts } from './receipts.ts';
import { brokenWorkerStore, fakeWorkerStore } from './testing/fake-worker-store.ts';
import type { WorkerStore } from './worker-store.ts';

const PLACE = 'https://site.example/pushdesk-receipts/';
const AUTH = 'AAECAwQFBgcICQoLDA0ODw';
const FIRST = '11111111-1111-4111-8111-111111111111';
const SECOND = '22222222-2222-4222-8222-222222222222';

function device({
  held = new Map<string, unknown>(),
  store = fakeWorkerStore(held),
  auth = AUTH,
}: { held?: Map<string, unknown>; store?: WorkerStore; auth?: string } = {}) {
  const state = { now: 1_000_000, online: true, subscribed: true };
  const sent: ReportReceipts[] = [];
  const subscription = {
    endpoint: 'https://push.example/a',
    toJSON: () => ({ endpoint: 'https://push.example/a', keys: { p256dh: 'p', auth } }),
  } as unknown as PushSubscription;
  const receipts = createReceipts({
    store,
    place: PLACE,
    subscription: () => Promise.resolve(state.subscribed ? subscription : null),
    send(report) {
      if (!state.online) return Promise.resolve(false);
      sent.push(report);
      return Promise.resolve(true);
    },
    now: () => state.now,
  });
  const note: typeof receipts.note = async (...of) => {
    await receipts.note(...of);
    await receipts.tell();
  };
  const events = () => sent.flatMap((report) => report.receipts.map(({ event }) => event));
  return { state, sent, receipts, note, events, held };
}

it('tells what happened with a proof that the engine can check', async () => {
  const { note, sent, held } = device();
  await note(FIRST, 'received');
  await note(FIRST, 'clicked', 'action-2');
  // The engine's test contains the same.
  const proof = 'PlWmsX2scyMrP9xAqEcIgpk5LbF-ihy7ayw30D2RjKI';
  expect(sent).toEqual([
    { endpoint: 'https://push.example/a', receipts: [{ id: FIRST, proof, event: 'received', agoMs: 0 }] },
    {
      endpoint: 'https://push.example/a',
      receipts: [{ id: FIRST, proof, event: 'clicked', action: 'action-2', agoMs: 0 }],
    },
  ]);
  expect(held.size).toBe(0);
});

it('says nothing of a message that does not ask', async () => {
  const { note, sent, held } = device();
  await note(null, 'shown');
  expect([sent.length, held.size]).toEqual([0, 0]);
});

describe('offline', () => {
  it('keeps what happened and tells it later, with how long ago it was', async () => {
    const { receipts, note, sent, state, held } = device();
    state.online = false;
    await note(FIRST, 'shown');
    state.now += 5000;
    await note(SECOND, 'shown');
    expect(held.size).toBe(2);
    state.now += 1000;
    state.online = true;
    await receipts.tell();
    expect(sent.flatMap((report) => report.receipts).map(({ id, agoMs }) => [id, agoMs])).toEqual([
      [FIRST, 6000],
      [SECOND, 1000],
    ]);
    await receipts.tell();
    expect(sent).toHaveLength(1);
  });

  it('keeps the first of what is told twice', async () => {
    const { receipts, note, sent, state } = device();
    state.online = false;
    await note(FIRST, 'clicked', 'action-1');
    await note(FIRST, 'clicked', 'action-2');
    state.online = true;
    await receipts.tell();
    expect(sent[0]?.receipts.map(({ action }) => action)).toEqual(['action-1']);
  });

  it('tells much in pieces that the engine takes, and forgets what is too much or too old', async () => {
    const { receipts, note, sent, state } = device();
    state.online = false;
    await note(FIRST, 'shown');
    state.now += 29 * 24 * 3_600_000;
    for (let index = 0; index < 520; index++) {
      await note(`${String(index).padStart(8, '0')}-1111-4111-8111-111111111111`, 'shown');
    }
    state.online = true;
    await receipts.tell();
    for (const report of sent) expect(report.receipts.length).toBeLessThanOrEqual(50);
    const ids = sent.flatMap((report) => report.receipts.map(({ id }) => id));
    expect(ids).toHaveLength(500);
    expect(ids[0]).toMatch(/^00000020/);
  });
});

it('forgets what nobody can prove any more', async () => {
  const { note, sent, state, held } = device();
  state.subscribed = false;
  await note(FIRST, 'shown');
  expect([sent.length, held.size]).toEqual([0, 0]);
});

it('does not mind what others wrote into its place', async () => {
  const held = new Map<string, unknown>([
    ...['', null, [], { id: 1 }, { id: 'x', event: 'opened', at: 1 }].map(
      (value, index) => [`${PLACE}${index}/shown`, value] as const,
    ),
    [`${PLACE}odd/shown`, { id: 'order-17', event: 'shown', at: 1_000_000 }],
    ['https://site.example/elsewhere', 'theirs'],
  ]);
  const { note, events } = device({ held });
  await note(FIRST, 'shown');
  expect(events()).toEqual(['shown']);
  expect([...held.keys()]).toEqual(['https://site.example/elsewhere']);
});

it.each([
  ['without a store', { store: brokenWorkerStore() }],
  ['with a secret that is none', { auth: '%%%' }],
])('never fails: %s', async (_name, options) => {
  const { note } = device(options);
  await expect(note(FIRST, 'shown')).resolves.toBeUndefined();
});

it('tells at once where there is no store', async () => {
  const { note, events } = device({ store: brokenWorkerStore() });
  await note(FIRST, 'shown');
  expect(events()).toEqual(['shown']);
});
