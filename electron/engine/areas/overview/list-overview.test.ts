import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CampaignId, DeliveryId, SubscriptionId } from '../../../contract/ids.ts';
import { listOverviewSchema, type ListOverview } from '../../../contract/list-overview.ts';
import { createSubscriptionOutcomeStore } from '../../dispatch/subscription-outcome-store.ts';
import { endpointKeyHex } from '../../store/endpoint-key.ts';
import { browserSubscription } from '../../testing/browser-subscription.ts';
import { tempSubscriptions } from '../../testing/temp-subscriptions.ts';
import { createEraseStore } from '../erasure/erase-store.ts';
import { packRow } from '../subscriptions/batch-row.ts';
import { createSubscriptionBatchStore } from '../subscriptions/subscription-batch-store.ts';
import { createSubscriptionMakeup } from '../subscriptions/subscription-makeup-service.ts';
import { createSubscriptionStore } from '../subscriptions/subscription-store.ts';
import { countList } from './list-overview.ts';
import { createListOverviewStore } from './list-overview-store.ts';
import { lastDays } from './local-days.ts';
import { inTimeZone } from './testing/in-time-zone.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Of people. */
const CAMPAIGN = 1 as CampaignId;

function listed() {
  const temp = tempSubscriptions();
  const { db, sums, clock } = temp;
  const store = createSubscriptionStore(db);
  const batches = createSubscriptionBatchStore(db);
  const outcomes = createSubscriptionOutcomeStore(db);
  const erasing = createEraseStore(db);
  let last = 0;
  const values = (expirationTime: number | null = null) => ({
    endpoint: `https://fcm.googleapis.com/fcm/send/${(last += 1)}`,
    pushService: 'fcm' as const,
    p256dh: 'p',
    auth: 'a',
    publicKey: null,
    expirationTime,
    remark: null,
    state: 'active' as const,
    deletedAt: null,
  });
  return {
    ...temp,
    store,
    outcomes,
    add: (expirationTime?: number) => store.addNew(values(expirationTime), 'page', clock.now()),
    again: (id: SubscriptionId) => {
      store.replace(id, values(), clock.now(), 'page');
    },
    importSome: (count: number, addedAt: number | null = null) => {
      const rows = Array.from({ length: count }, () => {
        const { endpoint, ...row } = values();
        return packRow({ ...row, endpoint, key: endpointKeyHex(endpoint), addedAt });
      });
      const batch = { json: JSON.stringify(rows), count, lines: rows.map(() => 1), people: null };
      db.transaction(() => batches.addNew(batch, null, clock.now()));
    },
    erase: (ids: readonly SubscriptionId[]) => {
      db.eraseRows(() => {
        erasing.erase(ids, [], clock.now());
      });
    },
    activeNow: () =>
      db
        .read<object, { count: number }>(
          `SELECT count(*) AS count FROM subscriptions WHERE state = 'active' AND deleted_at IS NULL`,
        )
        .get({})?.count ?? 0,
    read: async () =>
      listOverviewSchema.parse(
        await countList({
          store: createListOverviewStore(db),
          sums,
          makeup: createSubscriptionMakeup({ db, sums, clock }),
          clock,
        }),
      ),
  };
}

const lastDay = ({ days }: ListOverview) => days.at(-1);

type Deed = (list: ReturnType<typeof listed>, ids: readonly SubscriptionId[]) => unknown;
const DEEDS: Record<string, Deed> = {
  page: (list) => list.add(),
  brief: (list) => list.add(list.clock.now() + 20 * HOUR),
  import: (list) => {
    list.importSome(3);
  },
  again: (list, ids) => {
    for (const id of ids) list.again(id);
  },
  unsubscribe: (list, ids) => {
    for (const id of ids) list.store.setState(id, 'unsubscribed', list.clock.now(), 'page');
  },
  gone: (list, ids) => {
    for (const id of ids) list.outcomes.retire(id, 'gone', 1 as DeliveryId, list.clock.now());
  },
  bin: (list, ids) => list.store.moveToBin(ids, list.clock.now(), 'person'),
  unbin: (list, ids) => list.store.takeFromBin(ids, list.clock.now(), 'person'),
  revive: (list, ids) => list.store.reactivate(ids, list.clock.now(), 'person'),
  expire: (list) => list.store.expireDue(list.clock.now()),
  erase: (list, ids) => {
    list.erase(ids);
  },
};

it('adds up: the total of each day is what was active at its end, whatever happened, in every time zone', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('UTC', 'Europe/Oslo', 'America/New_York', 'Africa/Cairo', 'Australia/Lord_Howe'),
      // Around a change of the clocks, in spring and in autumn.
      fc.constantFrom(Date.UTC(2026, 2, 1), Date.UTC(2026, 9, 10)),
      fc.array(
        fc.record({
          deed: fc.constantFrom(...Object.keys(DEEDS)),
          ids: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 6 }),
          hours: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 70 })),
        }),
        { minLength: 10, maxLength: 40 },
      ),
      async (zone, start, steps) => {
        const list = listed();
        list.clock.set(start);
        const counts: { at: number; active: number }[] = [];
        for (const { deed, ids, hours } of steps) {
          list.clock.advance(hours * HOUR);
          DEEDS[deed]?.(list, [...new Set(ids)] as SubscriptionId[]);
          counts.push({ at: list.clock.now(), active: list.activeNow() });
        }
        const { overview, days } = await inTimeZone(zone, async () => ({
          days: lastDays(list.clock.now(), 90),
          overview: await list.read(),
        }));
        expect(overview.active).toBe(list.activeNow());
        expect(lastDay(overview)?.total).toBe(list.activeNow());
        for (const [index, day] of overview.days.entries()) {
          const until = days[index + 1]?.start ?? Number.POSITIVE_INFINITY;
          const atItsEnd = counts.filter(({ at }) => at < until).at(-1)?.active ?? 0;
          expect([day.date, day.total]).toEqual([day.date, atItsEnd]);
          expect(day.net).toBe(day.joined + day.returned - day.left);
        }
      },
    ),
    { numRuns: 25 },
  );
});

it('puts those who joined on the day that the list shows as Added, and says how others left', async () => {
  const list = listed();
  list.importSome(5, list.clock.now() - 3 * DAY);
  list.importSome(2, list.clock.now() - 400 * DAY);
  list.importSome(4);
  list.store.moveToBin(
    [1, 2].map((id) => id as SubscriptionId),
    list.clock.now(),
    'person',
  );
  list.store.setState(3 as SubscriptionId, 'unsubscribed', list.clock.now(), 'page');
  list.store.takeFromBin([1 as SubscriptionId], list.clock.now(), 'person');
  const overview = await list.read();
  expect(overview.days).toHaveLength(90);
  expect(overview.days[0]).toMatchObject({ joined: 0, total: 2 });
  expect(overview.days.at(-4)).toMatchObject({ joined: 5, net: 5, total: 7 });
  expect(lastDay(overview)).toMatchObject({
    joined: 4,
    returned: 1,
    left: 3,
    leftAs: { gone: 0, expired: 0, unsubscribed: 1, mismatched: 0, binned: 2 },
    net: 2,
    total: 9,
  });
});

it('counts what is dated in the future as of today', async () => {
  const list = listed();
  list.importSome(3, list.clock.now() + 30 * DAY);
  expect(lastDay(await list.read())).toMatchObject({ joined: 3, total: 3 });
});

it('tells what the active ones are made of, and not the others', async () => {
  const list = listed();
  const tell = (attributes: Record<string, string>, count: number) =>
    Array.from({ length: count }, () =>
      list.service.upsert({ subscription: browserSubscription(), publicKey: null, attributes }),
    );
  tell({ platform: 'Windows', language: 'en-GB', browser: 'Chrome' }, 3);
  tell({ platform: 'Android', language: 'de' }, 2);
  tell({}, 1);
  for (let index = 0; index < 10; index += 1) tell({ language: `x-${index}`, browser: 'Firefox' }, 1);
  list.store.moveToBin([1 as SubscriptionId], list.clock.now(), 'person');
  list.store.setState(4 as SubscriptionId, 'gone', list.clock.now(), 'api');
  const { active, platforms, browsers, languages, services } = await list.read();
  expect(active).toBe(14);
  expect(platforms).toEqual({
    top: [
      { value: 'Windows', active: 2 },
      { value: 'Android', active: 1 },
    ],
    others: 0,
    unknown: 11,
  });
  expect(browsers).toEqual({
    top: [
      { value: 'Firefox', active: 10 },
      { value: 'Chrome', active: 2 },
    ],
    others: 0,
    unknown: 2,
  });
  expect(languages.top).toHaveLength(8);
  expect(languages.top[0]).toEqual({ value: 'en-GB', active: 2 });
  expect([languages.others, languages.unknown]).toEqual([4, 1]);
  expect(services.reduce((sum, service) => sum + service.active, 0)).toBe(14);
});

it('judges the next send by the answers to earlier ones, by how long the others were silent', async () => {
  const list = listed();
  const ids = Array.from({ length: 200 }, () => list.add()).flatMap((id) => id ?? []);
  const [lost, kept] = [ids.slice(0, 50), ids.slice(50)];
  list.outcomes.noteDeliveries(CAMPAIGN, ids, 'accepted', list.clock.now());
  list.clock.advance(40 * DAY);
  for (const id of lost) list.outcomes.retire(id, 'gone', 1 as DeliveryId, list.clock.now());
  list.outcomes.noteDeliveries(CAMPAIGN, lost, 'gone', list.clock.now());
  list.outcomes.noteDeliveries(CAMPAIGN, kept, 'accepted', list.clock.now());
  list.clock.advance(60 * DAY);
  const { nextSend } = await list.read();
  // They have now been silent for 60 days. Of 200 that had been silent for 40 days, which is the same group, 50 were gone.
  expect(nextSend).toMatchObject({ covered: 150, expected: 38 });
  expect(nextSend.services[0]?.ages).toEqual([
    { fromDays: 30, toDays: 90, active: 150, answers: 200, gone: 50, share: 0.25 },
  ]);
  list.clock.advance(400 * DAY);
  expect((await list.read()).nextSend).toMatchObject({ covered: 0, expected: null });
});
