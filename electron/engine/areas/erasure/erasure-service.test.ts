import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { SubscriptionId } from '../../../contract/ids.ts';
import { subscriptionFilterSchema } from '../../../contract/subscriptions.ts';
import {
  campaignRig,
  fcm,
  message,
  type CampaignRig,
  type RigOptions,
} from '../campaigns/testing/campaign-rig.ts';
import { answer } from '../../testing/scripted-sender.ts';
import { createSearchIndexer, type SearchIndexer } from '../subscriptions/search/search-indexer.ts';
import { STRETCH_ROWS } from '../subscriptions/search/stretch.ts';
import { createSearchBitStore } from '../subscriptions/search/search-bit-store.ts';
import { createSettingsStore } from '../../store/settings-store.ts';
import { createActStore } from '../subscriptions/acts/act-store.ts';
import { createFactStore } from '../subscriptions/people/fact-store.ts';
import { createFacts } from '../subscriptions/people/facts.ts';
import { createPeopleStore } from '../subscriptions/people/people-store.ts';
import { createPeopleWriter } from '../subscriptions/people/people-writer.ts';
import { createSelection } from '../subscriptions/subscription-selection-service.ts';
import { createSubscriptionSums } from '../subscriptions/subscription-sums-service.ts';
import { createErasure } from './erasure-service.ts';

function rigged(options: RigOptions & { searchIdle?: () => Promise<void> } = {}) {
  const rig = campaignRig(options);
  const settings = createSettingsStore(rig.store.db);
  const published: string[] = [];
  const bits = createSearchBitStore(rig.store.db);
  const build = (store = rig.store) =>
    createErasure({
      store,
      settings,
      campaigns: rig.service,
      selection: createSelection({
        db: store.db,
        sums: createSubscriptionSums({
          db: store.db,
          clock: rig.time.clock,
          changes: { publish: () => undefined },
        }),
        publicKeyOf: () => null,
        asksReceipts: () => false,
        clock: rig.time.clock,
      }),
      searchIndex: {
        forget: (ids) => {
          bits.clear(ids, STRETCH_ROWS);
        },
        idle: () => options.searchIdle?.() ?? Promise.resolve(),
      },
      people: createPeopleWriter({
        store: createPeopleStore(store.db),
        facts: createFacts(createFactStore(store.db)),
      }),
      acts: createActStore(store.db),
      changes: { publish: (...topics) => published.push(...topics) },
      clock: rig.time.clock,
      log: { info: () => undefined, warn: () => undefined } as never,
    });
  return { ...rig, build, erasure: build(), settings, published };
}

/** Each with a secret of its own, as real ones have. */
const secretEndpoints = (count: number) =>
  Array.from({ length: count }, () => `https://fcm.googleapis.com/fcm/send/${randomUUID()}`);

const start = ({ service }: Pick<CampaignRig, 'service'>) =>
  service.start({ requestId: randomUUID(), message: message(), audience: { kind: 'everyone' } }).id;

/** Every byte in the store's folder, except backups. */
function bytesOf({ store }: Pick<CampaignRig, 'store'>): string {
  const folder = path.dirname(store.file);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => readFileSync(path.join(folder, name), 'latin1'))
    .join('\n');
}

const integrity = ({ rows }: Pick<CampaignRig, 'rows'>) => [
  ...rows('PRAGMA foreign_key_check'),
  ...rows('PRAGMA integrity_check'),
];
const SOUND = [{ integrity_check: 'ok' }];
const total = (counts: Record<string, number>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

describe('erasing a person', () => {
  it('takes along the values that a campaign put into their text, also while it is being sent', async () => {
    const rig = rigged({ script: ({ endpoint }) => (endpoint.endsWith('1') ? answer(503) : answer(201)) });
    const ids = rig.subscribe(fcm(3));
    const { db } = rig.store;
    ids.forEach((id, at) => {
      db.write<{ id: number; attributes: string }>(
        'INSERT INTO people (id, attributes) VALUES (@id, @attributes)',
      ).run({ id, attributes: JSON.stringify({ city: `city-of-${at}` }) });
    });
    const { id } = rig.service.start({
      requestId: randomUUID(),
      message: message({ title: '{{city}}' }),
      audience: { kind: 'everyone' },
    });
    await rig.time.pass(1000);
    expect(rig.service.get({ id }).counts).toMatchObject({ accepted: 2, retrying: 1 });
    for (const one of ids.slice(0, 2)) await rig.erasure.erase({ ids: [one] });
    expect(integrity(rig)).toEqual(SOUND);
    const fixed = rig.rows('SELECT fixed FROM delivery_values').map((row) => JSON.stringify(row));
    expect(fixed).toHaveLength(1);
    expect(fixed[0]).toContain('city-of-2');
    for (const gone of ['city-of-0', 'city-of-1']) expect(bytesOf(rig)).not.toContain(gone);
    await rig.time.pass(24 * 3_600_000);
    expect(rig.service.get({ id })).toMatchObject({
      state: 'finished',
      counts: { accepted: 2, retrying: 0 },
    });
  });

  it('takes along what was known about them, their history, and what acts and audiences remember', async () => {
    const rig = rigged();
    const ids = rig.subscribe(secretEndpoints(3));
    const { db } = rig.store;
    const facts = createFacts(createFactStore(db));
    const people = createPeopleWriter({ store: createPeopleStore(db), facts });
    const [id = never()] = ids;
    const known = ['label-of-one', 'external-of-one', 'value-of-one', 'tag-of-one', 'before-of-one'];
    db.transaction(() => {
      const tags = facts.tagIds(['tag-of-one']);
      people.change([id], (before) => ({
        ...before,
        label: 'label-of-one',
        externalId: 'external-of-one',
        tags,
        attributes: { email: 'value-of-one' },
      }));
      const acts = createActStore(db);
      acts.add({
        id: randomUUID() as never,
        act: { kind: 'label', label: 'x' },
        state: 'done',
        matched: 1,
        done: 1,
        changed: 1,
        restored: 0,
        startedAt: 1,
        finishedAt: 1,
        problem: null,
      });
      acts.remember(acts.all()[0]?.id ?? never(), [['before-of-one', [id]]]);
    });
    start(rig);
    db.write<object>(
      `UPDATE campaigns SET audience = '{"kind":"matching","anyOf":[{"kind":"externalIds","externalIds":["external-of-one"]}]}'`,
    ).run({});
    await rig.time.pass(1000);
    for (const text of known) expect(bytesOf(rig)).toContain(text);
    await rig.erasure.erase({ ids: [id] });
    for (const text of known) expect(bytesOf(rig), text).not.toContain(text);
    expect(rig.rows('SELECT count(*) AS n FROM people')).toEqual([{ n: 0 }]);
    expect(integrity(rig)).toEqual(SOUND);
  });

  it('leaves tags in a segment that are spelled like an id, so that it means no one else', async () => {
    const rig = rigged();
    const [id = never()] = rig.subscribe(fcm(1));
    rig.db.write("INSERT INTO people (id, external_id) VALUES (@id, 'anna')").run({ id });
    const filterOf = (ids: string[]) =>
      JSON.stringify({ externalIds: ids, tagsNoneOf: ['anna', 'externalIds'] });
    rig.db
      .write<{ filter: string }>(
        "INSERT INTO segments (name, key, filter, created_at) VALUES ('Some', 'some', @filter, 1)",
      )
      .run({ filter: filterOf(['anna', 'bert']) });
    await rig.erasure.erase({ ids: [id] });
    expect(rig.rows('SELECT filter FROM segments')).toEqual([{ filter: filterOf(['erased', 'bert']) }]);
  });

  it('leaves no byte in the store or its log, and all numbers as they were', async () => {
    const endpoints = secretEndpoints(200);
    const rig = rigged({
      script: ({ endpoint }) => answer(410, `nobody at ${endpoint}`, [['location', `${endpoint}/m`]]),
    });
    const ids = rig.subscribe(endpoints);
    const campaign = start(rig);
    await rig.time.pass(2000);
    const before = rig.service.get({ id: campaign });
    expect(before.counts.gone).toBe(200);
    const [endpoint = ''] = endpoints;
    const secret = endpoint.replace('https://', '');
    expect(bytesOf(rig)).toContain(secret);

    const result = await rig.erasure.erase({ ids: ids.slice(0, 1) });
    expect(result).toMatchObject({ count: 1, deliveries: 1, traces: 'gone' });
    expect(bytesOf(rig)).not.toContain(secret);
    expect(bytesOf(rig)).toContain((endpoints[1] ?? '').replace('https://', ''));
    expect(rig.logText()).not.toContain(secret);
    expect(rig.service.get({ id: campaign })).toEqual(before);
    expect(rig.rows('SELECT count(*) AS n FROM attempts')).toEqual([{ n: 199 }]);
    expect(rig.rows('SELECT sum(uses) AS n FROM answer_texts')).toEqual([{ n: 398 }]);
    expect(integrity(rig)).toEqual(SOUND);
  });

  it('lets the answers that others got as well stay', async () => {
    const rig = rigged({ script: () => answer(400, 'the same words') });
    const ids = rig.subscribe(fcm(3));
    const campaign = start(rig);
    await rig.time.pass(2000);
    await rig.erasure.erase({ ids: ids.slice(0, 2) });
    const [left] = rig.service.deliveries({ campaignId: campaign, states: [], cursor: null, limit: 9 }).items;
    expect(left && rig.service.delivery({ id: left.id }).attempts[0]?.answer?.body).toBe('the same words');
    await rig.erasure.erase({ ids: ids.slice(2) });
    expect(rig.rows('SELECT * FROM answer_texts')).toEqual([]);
  });

  it('takes their bits out of the search, also out of what was being made meanwhile', async () => {
    let indexer: SearchIndexer | null = null;
    const rig = rigged({ searchIdle: () => indexer?.idle() ?? Promise.resolve() });
    const db = rig.store.db;
    db.write<object>(
      `WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < ${STRETCH_ROWS})
       INSERT INTO subscriptions (endpoint, endpoint_key, push_service, p256dh, auth, state, source, added_at, state_changed_at)
         SELECT 'https://push.example/' || id, randomblob(16), 'other', 'p', 'a', 'active', 'page', 1, 1 FROM n`,
    ).run({});
    const has = (id: number) =>
      db
        .read<object, { bitmap: Uint8Array }>('SELECT bitmap FROM search_bits')
        .all({})
        .filter(({ bitmap }) => ((bitmap[id >> 3] ?? 0) & (1 << (id & 7))) !== 0).length;
    const made = createSearchIndexer({
      bits: createSearchBitStore(db),
      log: { error: () => undefined } as never,
    });
    indexer = made;
    made.poke();
    await nextTurn();
    // Its row has already been read.
    await rig.erasure.erase({ ids: [77 as SubscriptionId] });
    expect(has(77)).toBe(0);
    expect(has(78)).toBeGreaterThan(0);
    await rig.erasure.erase({ ids: [78 as SubscriptionId] });
    expect(has(78)).toBe(0);
    await made.stop();
  });

  it('says what it would remove, and where older copies lie', async () => {
    const rig = rigged();
    const ids = rig.subscribe(fcm(2));
    start(rig);
    await rig.time.pass(1000);
    expect(await rig.erasure.previewErase({ ids: [...ids, 999 as SubscriptionId] })).toEqual({
      subscriptions: 2,
      deliveries: 2,
      open: 0,
      backups: { folder: path.join(path.dirname(rig.store.file), 'backups'), count: 0 },
    });
    expect(rig.rows('SELECT count(*) AS n FROM subscriptions')).toEqual([{ n: 2 }]);
  });

  it('takes all that match when it begins, less those that are not meant', async () => {
    const rig = rigged();
    const ids = rig.subscribe(fcm(700));
    rig.db.write<object>(`UPDATE subscriptions SET state = 'gone' WHERE id > 20`).run({});
    const input = {
      filter: subscriptionFilterSchema.parse({ states: ['gone'] }),
      except: ids.filter((id) => id > 690),
    };
    expect(await rig.erasure.previewErase(input)).toMatchObject({ subscriptions: 670, deliveries: null });
    const few = { ...input, filter: subscriptionFilterSchema.parse({ states: ['active'] }) };
    expect(await rig.erasure.previewErase(few)).toMatchObject({ subscriptions: 20, deliveries: 0, open: 0 });
    expect(await rig.erasure.erase(input)).toMatchObject({ count: 670 });
    expect(rig.rows('SELECT state, count(*) AS n FROM subscriptions GROUP BY 1 ORDER BY 1')).toEqual([
      { state: 'active', n: 20 },
      { state: 'gone', n: 10 },
    ]);
    expect(integrity(rig)).toEqual(SOUND);
  });

  it('empties the bin, and nothing else', async () => {
    const rig = rigged();
    const ids = rig.subscribe(fcm(1200));
    rig.store.db.write<object>('UPDATE subscriptions SET deleted_at = 1 WHERE id % 2 = 0').run({});
    expect(await rig.erasure.previewErase({ ids: null })).toMatchObject({
      subscriptions: 600,
      deliveries: null,
    });
    expect(await rig.erasure.erase({ ids: null })).toMatchObject({ count: 600 });
    expect(
      rig.rows('SELECT count(*) AS n, sum(deleted_at IS NOT NULL) AS binned FROM subscriptions'),
    ).toEqual([{ n: ids.length / 2, binned: 0 }]);
    expect(rig.rows('SELECT sum(count) AS n FROM subscription_sums')).toEqual([{ n: 600 }]);
    expect(await rig.erasure.erase({ ids: null })).toMatchObject({ count: 0, traces: 'gone' });
  });

  it('is done although another program holds the log; the rest follows at the next start', async () => {
    const rig = rigged();
    const ids = rig.subscribe(fcm(1));
    let compacted = 0;
    const busy = rig.build({ ...rig.store, checkpoint: () => false, compact: () => (compacted += 1) });
    expect(await busy.erase({ ids })).toMatchObject({ count: 1, traces: 'at-next-start' });
    expect(compacted).toBe(0);
    busy.finishAtStart();
    busy.finishAtStart();
    expect(compacted).toBe(1);
  });
});

describe('erasing while a campaign is sent', () => {
  it('takes those on the wire, those that wait and those that are tried again; the campaign ends with its numbers right', async () => {
    const endpoints = fcm(60);
    const rig = rigged({ cap: 20, script: () => 'hold' });
    const ids = rig.subscribe(endpoints);
    const campaign = start(rig);
    await rig.time.pass(200);
    expect(rig.service.get({ id: campaign }).counts.sending).toBeGreaterThan(0);
    // Some of them are sent again later.
    rig.push.letGo(answer(503));
    await rig.time.pass(100);
    expect(rig.service.get({ id: campaign }).counts.retrying).toBeGreaterThan(0);
    const result = await rig.erasure.erase({ ids: ids.filter((id) => id % 2 === 0) });
    expect(result).toMatchObject({ count: 30, deliveries: 30 });
    rig.push.script = () => answer(201);
    rig.push.letGo(answer(201));
    await rig.time.pass(600_000);
    const ended = rig.service.get({ id: campaign });
    expect(ended).toMatchObject({ state: 'finished', recipients: 60 });
    expect(ended.counts).toMatchObject({ accepted: 30, cancelled: 30 });
    expect(total(ended.counts)).toBe(60);
    expect(rig.rows('SELECT count(*) AS n FROM deliveries')).toEqual([{ n: 30 }]);
    expect(
      rig.rows('SELECT count(*) AS n FROM attempts WHERE delivery_id NOT IN (SELECT id FROM deliveries)'),
    ).toEqual([{ n: 0 }]);
    expect(integrity(rig)).toEqual(SOUND);
  });

  it('ends a campaign of which nobody is left, also one that is paused', async () => {
    const rig = rigged();
    const ids = rig.subscribe(fcm(5));
    const campaign = start(rig);
    rig.service.pause({ id: campaign });
    await rig.time.pass(100);
    rig.service.resume({ id: campaign });
    rig.push.script = () => 'hold';
    await rig.time.pass(100);
    rig.service.pause({ id: campaign });
    await rig.erasure.erase({ ids });
    rig.push.letGo(answer(201));
    await rig.time.pass(1000);
    expect(rig.service.get({ id: campaign })).toMatchObject({ state: 'finished', recipients: 5 });
    expect(rig.rows('SELECT count(*) AS n FROM attempts')).toEqual([{ n: 0 }]);
  });

  it('counts only whom it reaches where it is still being written', async () => {
    const rig = rigged();
    const ids = rig.subscribe(fcm(5));
    const campaign = start(rig);
    await rig.erasure.erase({ ids: ids.slice(0, 2) });
    await rig.time.pass(1000);
    const ended = rig.service.get({ id: campaign });
    expect(ended).toMatchObject({ state: 'finished', recipients: 3 });
    expect(total(ended.counts)).toBe(3);
  });
});

it('a store whose old bytes were left for the next start is written anew there', async () => {
  const rig = rigged();
  const endpoints = secretEndpoints(3);
  const ids = rig.subscribe(endpoints);
  // Like an older version, which left the old bytes of a row where they were.
  rig.store.db.writeReturning<object, object>('PRAGMA secure_delete = OFF').all({});
  rig.store.db.write<object>(`UPDATE subscriptions SET label = hex(randomblob(900))`).run({});
  const secret = (endpoints[0] ?? '').replace('https://', '');
  const busy = rig.build({ ...rig.store, checkpoint: () => false });
  expect(await busy.erase({ ids: ids.slice(0, 1) })).toMatchObject({ traces: 'at-next-start' });
  expect(bytesOf(rig)).toContain(secret);
  rig.erasure.finishAtStart();
  expect(bytesOf(rig)).not.toContain(secret);
  expect(existsSync(rig.store.file)).toBe(true);
});

it('says that it erases, and leaves the file for the next start when it is broken off', async () => {
  const rig = rigged();
  const ids = rig.subscribe(secretEndpoints(1200));
  const asked = new AbortController();
  const work = rig.erasure.erase({ ids }, asked.signal);
  expect(rig.erasure.isErasing()).toBe(true);
  asked.abort();
  await rig.erasure.settled();
  expect(rig.erasure.isErasing()).toBe(false);
  const { count, traces } = await work;
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThan(1200);
  expect(traces).toBe('at-next-start');
  expect(rig.settings.get('compact-at-start')).toBe('true');
});

function never(): never {
  throw new Error('There is one.');
}
