import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subscriptionFilterSchema, type Subscription } from '../../../../contract/subscriptions.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';
import { tempSubscriptions } from '../../../testing/temp-subscriptions.ts';
import { arbitraryFilter, NAMES, TAGS, VALUES } from '../testing/arbitrary-filter.ts';
import { matchesPlainly, type PlainDeliveries, type PlainReceipts } from '../testing/plain-filter.ts';

const { signal } = new AbortController();
const DAY_MS = 86_400_000;
const ROWS = 70;
/** Consecutive ids across the border of two stretches. */
const FIRST = 15_960;

/** Rows with everything that a filter can ask for, in no order that helps. */
function filled() {
  const setting = tempSubscriptions({ asksReceipts: (id) => id === 1 });
  const { service, db } = setting;
  const run = (sql: string) => db.write<object>(sql).run({});
  for (let index = 0; index < ROWS; index += 1) {
    const one = (list: readonly string[], by: number) => list[Math.floor(index / by) % list.length] ?? '';
    const endpoint = index % 2 === 0 ? `https://push.example/${index}` : browserSubscription().endpoint;
    service.upsert({
      subscription: { ...browserSubscription(), endpoint },
      publicKey: null,
      ...(index % 4 === 1 ? { label: `Person ${index}` } : {}),
      ...(index % 5 === 1 ? { externalId: `u${index % 3}` } : {}),
      tags: index % 3 === 0 ? [] : [...new Set([one(TAGS, 1), one(TAGS, 3)])],
      attributes:
        index % 6 === 0
          ? {}
          : { [one(NAMES, 1)]: one(VALUES, 1), [one(NAMES, 2)]: one(VALUES, 4), [`n${index}`]: 'x' },
    });
    if (index === 0) run(`UPDATE sqlite_sequence SET seq = ${FIRST} WHERE name = 'subscriptions'`);
  }
  run(`UPDATE subscriptions SET added_at = 100 + (id * 37) % 100,
    state = CASE id % 7 WHEN 0 THEN 'gone' WHEN 1 THEN 'unsubscribed' WHEN 2 THEN 'mismatched' ELSE 'active' END,
    deleted_at = iif(id % 5 = 0, 1, NULL),
    last_delivery_at = iif(id % 4 = 0, NULL, 5),
    last_delivery_state = CASE id % 8 WHEN 0 THEN NULL WHEN 4 THEN NULL WHEN 1 THEN 'failed' WHEN 2 THEN 'gone' ELSE 'accepted' END,
    last_accepted_at = iif(id % 8 IN (0, 1, 4), NULL, 3)`);
  // Some report nothing, some have shown nothing yet, and some did at the very moment when a span of days begins.
  const now = setting.clock.now();
  const told = new Map<number, PlainReceipts>();
  const note = db.write<{ id: number; shownAt: number | null; clickedAt: number | null }>(
    'INSERT INTO receipt_devices VALUES (@id, @shownAt, @clickedAt)',
  );
  for (const { id } of everyRow(setting)) {
    if (id % 3 === 2) continue;
    const shownAt = id % 4 === 1 ? null : now - ((id % 9) + 1) * DAY_MS + (id % 2 === 0 ? 0 : -1);
    const receipts = { shownAt, clickedAt: id % 5 > 1 ? shownAt : null };
    note.run({ id, ...receipts });
    told.set(id, receipts);
  }
  return { ...setting, told, delivered: deliver(setting, told) };
}

/** Two campaigns that went to most: the first asked for receipts; the second did not, although some devices sent them. */
function deliver(setting: ReturnType<typeof tempSubscriptions>, told: ReadonlyMap<number, PlainReceipts>) {
  const { db } = setting;
  const delivered = new Map<number, PlainDeliveries>();
  const campaign = db.write<{ id: number }>(
    `INSERT INTO campaigns (id, request_id, kind, message, payload, payload_bytes, audience, audience_end, created_at)
     VALUES (@id, @id, 'campaign', '{}', '{}', 2, '{}', 0, 1)`,
  );
  const deliver = db.write<{ campaignId: number; id: number; state: string; deliveryId: number }>(
    `INSERT INTO deliveries (id, campaign_id, subscription_id, key_pair_id, push_service, state, updated_at)
     VALUES (@deliveryId, @campaignId, @id, 1, 'other', @state, 1)`,
  );
  const tell = db.write<{ deliveryId: number; shownAt: number | null; clickedAt: number | null }>(
    'INSERT INTO receipts (delivery_id, received_at, shown_at, clicked_at) VALUES (@deliveryId, 1, @shownAt, @clickedAt)',
  );
  for (const campaignId of [1, 2]) {
    campaign.run({ id: campaignId });
    for (const { id } of everyRow(setting)) {
      if ((id + campaignId) % 6 === 0) continue;
      const state = id % 11 === 0 ? 'failed' : 'accepted';
      const isTold = told.has(id) && state === 'accepted' && id % 5 !== 0;
      const [isShown, isClicked] = [isTold && id % 4 !== 0, isTold && id % 4 === 1];
      // Not in the order of the subscriptions.
      const deliveryId = campaignId * 100_000 - id;
      deliver.run({ campaignId, id, state, deliveryId });
      if (isTold) tell.run({ deliveryId, shownAt: isShown ? 2 : null, clickedAt: isClicked ? 3 : null });
      const one = { asked: campaignId === 1, isAccepted: state === 'accepted', isShown, isClicked };
      delivered.set(id, { ...delivered.get(id), [campaignId]: one });
    }
  }
  return delivered;
}

function everyRow({ all }: Pick<ReturnType<typeof tempSubscriptions>, 'all'>): Subscription[] {
  return [...all(), ...all({ inBin: true })].sort((one, other) => other.id - one.id);
}

describe('any filter', () => {
  it('finds in either order, page by page, what it plainly means, and counts it', async () => {
    const setting = filled();
    const rows = everyRow(setting);
    expect(rows).toHaveLength(ROWS);
    await fc.assert(
      fc.asyncProperty(
        arbitraryFilter,
        fc.integer({ min: 1, max: 30 }),
        fc.boolean(),
        async (parts, limit, isOldest) => {
          const filter = subscriptionFilterSchema.parse(parts);
          const expected = rows
            .filter((row) =>
              matchesPlainly(
                row,
                filter,
                setting.told.get(row.id) ?? null,
                setting.clock.now(),
                setting.delivered.get(row.id),
              ),
            )
            .map(({ id }) => id);
          const found: number[] = [];
          let cursor: string | null = null;
          do {
            const order = isOldest ? ('oldest' as const) : ('newest' as const);
            const page = setting.service.list({ filter, order, cursor, limit });
            found.push(...page.items.map(({ id }) => id));
            cursor = page.nextCursor;
          } while (cursor !== null);
          expect(found).toEqual(isOldest ? expected.slice().reverse() : expected);
          expect((await setting.service.counts({ filter })).matching).toBe(expected.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('finds whoever is not meant by it, where no id is free and where rows were erased', async () => {
    const { service, db, all } = tempSubscriptions();
    const add = (tags: string[]) =>
      service.upsert({ subscription: browserSubscription(), publicKey: null, tags }).id;
    const erase = (id: number) => {
      db.eraseRows(() => {
        service.people.forget([id]);
        db.write<{ id: number }>('DELETE FROM subscriptions WHERE id = @id').run({ id });
      });
    };
    const others = subscriptionFilterSchema.parse({ tagsNoneOf: ['a'] });
    const expectOthers = async (ids: readonly number[]) => {
      expect(all(others).map(({ id }) => id)).toEqual(ids);
      expect((await service.counts({ filter: others })).matching).toBe(ids.length);
    };
    for (const tags of [['a'], [], ['b'], ['a'], []]) add(tags);
    await expectOthers([5, 3, 2]);
    service.remove({ ids: [3 as never] });
    await expectOthers([5, 2]);
    erase(2);
    await expectOthers([5]);
    erase(5);
    await expectOthers([]);
    expect(add([])).toBe(6);
    await expectOthers([6]);
  });

  it('finds a value that is one of very many', () => {
    const setting = tempSubscriptions();
    for (let index = 0; index < 1200; index += 100) {
      setting.db.transaction(() => {
        for (let at = index; at < index + 100; at += 1) {
          setting.service.upsert({
            subscription: browserSubscription(),
            publicKey: null,
            attributes: { number: `n${at}` },
          });
        }
      });
    }
    const found = (value: string) =>
      setting.all({ attributes: [{ name: 'number', anyOf: [value] }] }).map(({ id }) => id);
    expect([found('n0'), found('n999'), found('n1000'), found('n1199'), found('n1200')]).toEqual([
      [1],
      [1000],
      [1001],
      [1200],
      [],
    ]);
    expect(setting.all({ search: 'n1150' }).map(({ id }) => id)).toEqual([1151]);
    expect(setting.all({ attributes: [{ name: 'number', noneOf: ['n1198', 'n5'] }] })[0]?.id).toBe(1200);
    expect(setting.service.tagged.attributes.list(undefined, signal)).toMatchObject({
      items: [{ name: 'number', count: 1200, hasMoreValues: true }],
    });
  });
});

it('reads the conditions that a query can say', () => {
  const { attributes } = subscriptionFilterSchema.parse({
    attributes: ['plan=pro=x', 'plan!=free', 'city', '!language'],
  });
  expect(attributes).toEqual([
    { name: 'plan', anyOf: ['pro=x'] },
    { name: 'plan', noneOf: ['free'] },
    { name: 'city', isSet: true },
    { name: 'language', isSet: false },
  ]);
});
