import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SubscriptionId } from '../../../contract/ids.ts';
import type { SubscriptionFilter } from '../../../contract/subscriptions.ts';
import { makeKeyPair } from '../../keys/curve.ts';
import { browserSubscription } from '../../testing/browser-subscription.ts';
import { tempSubscriptions } from '../../testing/temp-subscriptions.ts';

const STATES = ['active', 'expired', 'gone', 'unsubscribed', 'mismatched'] as const;
const HOSTS = ['fcm.googleapis.com/fcm/send', 'web.push.apple.com', 'push.example.com/a_b%c'];
const UNKNOWN = 999_999 as SubscriptionId;

function filled(count: number) {
  const setting = tempSubscriptions();
  const pairs = [setting.addKeyPair('Shop'), setting.addKeyPair('Blog')];
  const keys = [pairs[0]?.publicKey, pairs[1]?.publicKey, makeKeyPair().publicKey];
  for (let index = 0; index < count; index += 1) {
    const subscription = browserSubscription({ host: HOSTS[index % 3] ?? 'x.example' });
    setting.service.report({ subscription, publicKey: keys[index % keys.length] ?? '' });
  }
  setting.db
    .write<object>(
      `UPDATE subscriptions SET
         state = CASE id % 7 WHEN 0 THEN 'gone' WHEN 1 THEN 'unsubscribed' WHEN 2 THEN 'mismatched' ELSE 'active' END,
         deleted_at = iif(id % 5 = 0, 1, NULL),
         public_key = iif(id % 11 = 0, NULL, public_key)`,
    )
    .run({});
  for (const { id } of [...setting.all(), ...setting.all({ inBin: true })]) {
    if (id % 4 === 0) setting.service.update({ id, label: `Ännchen ${id}` });
  }
  return { ...setting, pairs };
}

/** Goes through all pages and returns the ids in the order they came. */
function idsByPages(
  { service, filter }: ReturnType<typeof filled>,
  more: Partial<SubscriptionFilter>,
  limit: number,
) {
  const ids: number[] = [];
  let cursor: string | null = null;
  do {
    const page = service.list({ filter: filter(more), cursor, limit });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    ids.push(...page.items.map((row) => row.id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return ids;
}

describe('list', () => {
  it('is empty at first', async () => {
    const { service, filter } = tempSubscriptions();
    expect(service.list({ filter: filter(), cursor: null, limit: 10 })).toEqual({
      items: [],
      nextCursor: null,
    });
    expect(await service.counts({ filter: filter() })).toEqual({
      matching: 0,
      byState: { active: 0, expired: 0, gone: 0, unsubscribed: 0, mismatched: 0 },
      inBin: 0,
    });
  });

  it('goes newest first, page by page, and ends', () => {
    const setting = filled(30);
    const expected = Array.from({ length: 30 }, (_, index) => 30 - index).filter((id) => id % 5 !== 0);
    for (const limit of [1, 7, 24, 25, 500]) expect(idsByPages(setting, {}, limit)).toEqual(expected);
  });

  it('does not skip or repeat when rows arrive between two pages', () => {
    const setting = filled(20);
    const first = setting.service.list({ filter: setting.filter(), cursor: null, limit: 5 });
    setting.service.report({ subscription: browserSubscription(), publicKey: makeKeyPair().publicKey });
    const second = setting.service.list({ filter: setting.filter(), cursor: first.nextCursor, limit: 5 });
    const ids = [...first.items, ...second.items].map((row) => row.id);
    expect(ids).toEqual([19, 18, 17, 16, 14, 13, 12, 11, 9, 8]);
  });

  it.each(['0', '-1', '1.5', 'x', '1e3', '00', "1' OR 1=1"])('refuses the cursor %s', (cursor) => {
    const { service, filter } = tempSubscriptions();
    expect(() => service.list({ filter: filter(), cursor, limit: 10 })).toThrow(/not valid here/);
  });

  it('agrees with a plain filter over all rows, and so does the count', async () => {
    const setting = filled(90);
    const everything = [...setting.all(), ...setting.all({ inBin: true })].sort((a, b) => b.id - a.id);
    const anyFilter = fc.record({
      search: fc.constantFrom(
        '',
        'googleapis',
        'GOOGLE',
        'a_b%c',
        '_b%',
        'chen 8',
        'push.',
        'nowhere',
        '\\',
        "'",
        ' ',
      ),
      states: fc.subarray([...STATES]),
      pushServices: fc.subarray(['fcm' as const, 'apple' as const, 'other' as const, 'wns' as const]),
      keyPairId: fc.constantFrom(null, setting.pairs[0]?.id ?? null, setting.pairs[1]?.id ?? null),
      inBin: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(anyFilter, fc.integer({ min: 1, max: 40 }), async (some, limit) => {
        const search = some.search.trim().toLowerCase();
        const expected = everything.filter(
          (row) =>
            (row.deletedAt !== null) === some.inBin &&
            (some.states.length === 0 || some.states.includes(row.state)) &&
            (some.pushServices.length === 0 || some.pushServices.includes(row.pushService as 'fcm')) &&
            (some.keyPairId === null || row.keyPairId === some.keyPairId) &&
            (row.endpoint.toLowerCase().includes(search) || (row.label ?? '').toLowerCase().includes(search)),
        );
        expect(idsByPages(setting, some, limit)).toEqual(expected.map((row) => row.id));
        expect((await setting.service.counts({ filter: setting.filter(some) })).matching).toBe(
          expected.length,
        );
      }),
      { numRuns: 150 },
    );
  });

  it('gives nothing for a key pair that is not there', () => {
    const setting = filled(5);
    expect(setting.all({ keyPairId: 77 as never })).toEqual([]);
  });

  it('counts by state outside the bin, whatever the filter', async () => {
    const setting = filled(35);
    const counts = await setting.service.counts({ filter: setting.filter({ search: 'nowhere' }) });
    const rows = setting.all();
    for (const state of STATES) {
      expect(counts.byState[state]).toBe(rows.filter((row) => row.state === state).length);
    }
    expect(counts).toMatchObject({ matching: 0, inBin: 7 });
  });
});

describe('expiry', () => {
  it('shows as soon as the time is over, and not before', async () => {
    const { service, sums, all, clock, filter, topics } = tempSubscriptions();
    const expirationTime = clock.now() + 1000;
    service.report({
      subscription: browserSubscription({ expirationTime }),
      publicKey: makeKeyPair().publicKey,
    });
    service.report({ subscription: browserSubscription(), publicKey: makeKeyPair().publicKey });
    clock.advance(999);
    expect(all().map((row) => row.state)).toEqual(['active', 'active']);
    clock.advance(1);
    topics.length = 0;
    expect((await service.counts({ filter: filter() })).byState).toMatchObject({ active: 1, expired: 1 });
    expect(all()).toMatchObject([{ state: 'active' }, { state: 'expired', stateChangedAt: clock.now() }]);
    expect(topics).toContain('subscriptions');
    expect(sums.expireDue()).toBe(0);
  });

  it('ends when the browser reports a later time', () => {
    const { service, all, clock } = tempSubscriptions();
    const subscription = browserSubscription({ expirationTime: clock.now() - 1 });
    const { publicKey } = makeKeyPair();
    service.report({ subscription, publicKey });
    expect(all()[0]?.state).toBe('expired');
    service.report({ subscription: { ...subscription, expirationTime: clock.now() + 5000 }, publicKey });
    expect(all()[0]?.state).toBe('active');
  });

  it('makes those active again that a clock which was ahead had marked', () => {
    const { service, clock, sums, all } = tempSubscriptions();
    const start = clock.now();
    service.report({
      subscription: browserSubscription({ expirationTime: start + 3_600_000 }),
      publicKey: makeKeyPair().publicKey,
    });
    clock.set(start + 30 * 86_400_000);
    expect(sums.expireDue()).toBe(1);
    clock.set(start);
    expect(sums.expireDue()).toBe(1);
    expect(all()).toMatchObject([{ state: 'active' }]);
    clock.set(start + 3_600_000);
    expect(sums.expireDue()).toBe(1);
    expect(sums.expireDue()).toBe(0);
  });
});

describe('copy as JSON', () => {
  it('equals what the browser gave', () => {
    const { service } = tempSubscriptions();
    const first = browserSubscription({ expirationTime: 4_000_000_000_000 });
    const second = browserSubscription();
    for (const subscription of [first, second])
      service.report({ subscription, publicKey: makeKeyPair().publicKey });
    const ids = [2, 1, 999] as SubscriptionId[];
    expect(service.exportJson({ ids: [1 as SubscriptionId] }).text).toBe(JSON.stringify(first, null, 2));
    expect(JSON.parse(service.exportJson({ ids }).text)).toEqual([first, second]);
    expect(() => service.exportJson({ ids: [UNKNOWN] })).toThrow(/no longer exists/);
    expect(() => service.get({ id: UNKNOWN })).toThrow(/no longer exists/);
  });
});

describe('the bin', () => {
  it('takes rows and gives them back as they were', () => {
    const setting = filled(14);
    const before = setting.all();
    const ids = before.slice(0, 6).map((row) => row.id);
    expect(setting.service.remove({ ids: [...ids, UNKNOWN] })).toMatchObject({ count: 6 });
    expect(setting.service.remove({ ids })).toEqual({ count: 0, ids: [] });
    expect(setting.all()).toEqual(before.slice(6));
    expect(setting.all({ inBin: true }).map((row) => row.id)).toEqual(expect.arrayContaining(ids));
    expect(setting.service.restore({ ids })).toMatchObject({ count: 6 });
    expect(setting.all()).toEqual(before);
  });

  it('has a way back for what a push service retired, and none for a person who left', () => {
    const { service, db, all, clock } = tempSubscriptions();
    for (const state of STATES) {
      service.report({ subscription: browserSubscription(), publicKey: makeKeyPair().publicKey });
      db.write<object>(
        'UPDATE subscriptions SET state = @state WHERE id = (SELECT max(id) FROM subscriptions)',
      ).run({ state });
    }
    clock.advance(10);
    const ids = all().map((row) => row.id);
    expect(service.restore({ ids })).toMatchObject({ count: 2 });
    expect(all().map((row) => row.state)).toEqual(['active', 'unsubscribed', 'active', 'expired', 'active']);
  });
});
