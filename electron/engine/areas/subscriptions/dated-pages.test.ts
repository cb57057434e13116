import { expect, it } from 'vitest';
import type { SubscriptionId } from '../../../contract/ids.ts';
import type { Subscription, SubscriptionFilter } from '../../../contract/subscriptions.ts';
import { makeKeyPair } from '../../keys/curve.ts';
import { browserSubscription } from '../../testing/browser-subscription.ts';
import { tempSubscriptions } from '../../testing/temp-subscriptions.ts';
import { findPageByDate } from './select/find-page-by-date.ts';

const DAY = 86_400_000;

/** A list whose people subscribed in another order than they were imported, many of them on one day. */
async function dated(count: number) {
  const setting = tempSubscriptions();
  const now = setting.clock.now();
  const rows = Array.from({ length: count }, (_, index) => ({
    ...browserSubscription({ host: index % 3 === 0 ? 'web.push.apple.com' : 'fcm.googleapis.com/fcm/send' }),
    label: `Person ${index}`,
    tags: index % 4 === 0 ? ['news'] : [],
    created_at: new Date(now - ((index * 7) % 13) * DAY).toISOString(),
  }));
  await setting.service.import({ text: JSON.stringify(rows), publicKey: null });
  return setting;
}

/** The same rows again and again, which only SQL makes fast enough. */
function multiply({ db }: ReturnType<typeof tempSubscriptions>, times: number) {
  db.write<object>(
    `WITH RECURSIVE copies (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM copies WHERE number < ${times})
     INSERT INTO subscriptions (endpoint, endpoint_key, push_service, p256dh, auth, state, source, added_at, state_changed_at)
     SELECT endpoint || '/' || number, randomblob(16), push_service, p256dh, auth, iif(id % 9 = 0, 'gone', 'active'), source,
       added_at - (number % 3) * ${DAY}, state_changed_at
     FROM copies CROSS JOIN subscriptions`,
  ).run({});
}

function everyone({ db, service }: ReturnType<typeof tempSubscriptions>): Subscription[] {
  const ids = db.readColumn<object, SubscriptionId>('SELECT id FROM subscriptions ORDER BY id').all({});
  return ids.map((id) => service.get({ id }));
}

function pagesOf(
  { service, filter }: ReturnType<typeof tempSubscriptions>,
  more: Partial<SubscriptionFilter>,
  order: 'newest' | 'oldest',
  limit: number,
): Subscription[] {
  const all: Subscription[] = [];
  let cursor: string | null = null;
  do {
    const page = service.list({ filter: filter(more), order, cursor, limit });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}

const inOrder = (rows: readonly Subscription[], order: 'newest' | 'oldest') =>
  rows
    .toSorted(
      (one, other) => (order === 'oldest' ? 1 : -1) * (one.addedAt - other.addedAt || one.id - other.id),
    )
    .map(({ id }) => id);

const FILTERS: [string, Partial<SubscriptionFilter>, (row: Subscription) => boolean][] = [
  ['all', {}, () => true],
  ['one service', { pushServices: ['apple'] }, ({ pushService }) => pushService === 'apple'],
  ['few of a state', { states: ['gone'] }, ({ state }) => state === 'gone'],
  ['a tag', { tagsAnyOf: ['news'] }, ({ tags }) => tags.includes('news')],
  ['a text', { search: 'apple' }, ({ endpoint }) => endpoint.includes('apple')],
];

it.each(FILTERS)(
  'gives %s in the order of dates, and those of one date in the order of their ids',
  async (_, more, matches) => {
    for (const times of [0, 60]) {
      const setting = await dated(50);
      if (times > 0) multiply(setting, times);
      const expected = everyone(setting).filter(matches);
      expect(expected.length > 0 || times === 0).toBe(true);
      for (const order of ['newest', 'oldest'] as const)
        for (const limit of [times === 0 ? 1 : 37, 500])
          expect(pagesOf(setting, more, order, limit).map(({ id }) => id)).toEqual(inOrder(expected, order));
    }
  },
);

it('begins with what was added last, whatever was stored last', async () => {
  const setting = tempSubscriptions();
  const now = setting.clock.now();
  setting.service.report({ subscription: browserSubscription(), publicKey: makeKeyPair().publicKey });
  const old = { ...browserSubscription(), created_at: new Date(now - 400 * DAY).toISOString() };
  await setting.service.import({ text: JSON.stringify(old), publicKey: null });
  expect(pagesOf(setting, {}, 'newest', 10).map(({ id }) => id)).toEqual([1, 2]);
  expect(pagesOf(setting, {}, 'oldest', 10).map(({ id }) => id)).toEqual([2, 1]);
});

it('goes on from a page that was given out before the list had dates, and refuses what no list gave out', async () => {
  const setting = await dated(20);
  const page = setting.service.list({ filter: setting.filter(), cursor: '7', limit: 30 });
  const all = pagesOf(setting, {}, 'newest', 30).map(({ id }) => id);
  expect(page.items.map(({ id }) => id)).toEqual(all.slice(all.indexOf(7 as SubscriptionId) + 1));
  for (const cursor of ['1_', '_1', '1_0', 'x_1', '1_1_1', '1e3_1', '1.5'])
    expect(() => setting.service.list({ filter: setting.filter(), cursor, limit: 30 })).toThrow(
      /not valid here/,
    );
});

it('neither skips nor repeats any when some arrive between two pages', async () => {
  const setting = await dated(20);
  const before = pagesOf(setting, {}, 'newest', 30).map(({ id }) => id);
  const first = setting.service.list({ filter: setting.filter(), cursor: null, limit: 5 });
  setting.service.report({ subscription: browserSubscription(), publicKey: makeKeyPair().publicKey });
  const second = setting.service.list({ filter: setting.filter(), cursor: first.nextCursor, limit: 30 });
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(before);
});

it('ends a page that takes long, and goes on from there', () => {
  const rows = Array.from({ length: 3000 }, (_, index) => ({ addedAt: index, id: index + 1 }));
  const walk = (after: { id: number } | null, limit: number) =>
    rows.slice(after?.id ?? 0, (after?.id ?? 0) + limit);
  const matching = (ids: readonly number[]) => ({
    ids: new Set(ids.filter((id) => id % 1000 === 0)),
    work: 0,
  });
  const found: number[] = [];
  let pages = 0;
  let after: { addedAt: number; id: number } | null = null;
  do {
    const page = findPageByDate({ after, limit: 10, walk, matching, mostWork: 700 });
    found.push(...page.rows.map(({ id }) => id));
    after = page.resumeAt;
    pages += 1;
  } while (after !== null);
  expect(found).toEqual([1000, 2000, 3000]);
  expect(pages).toBe(4);
});
