import { expect, it } from 'vitest';
import type { PrivateHalf } from '../../../contract/keys.ts';
import { describePrivateHalf } from '../../../core/keys/private-half.ts';
import { createOverviewStore } from './overview-store.ts';
import { createSubscriptionSumStore } from '../subscriptions/subscription-sum-store.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { tempStore } from '../../testing/temp-store.ts';
import { createOverviewService } from './overview-service.ts';

const NOON = new Date(2026, 4, 20, 12).getTime();
const midnight = (day: number) => new Date(2026, 4, day).getTime();

function overviewOf({ keyPairs = 0, sql = '', half = 'ready' as PrivateHalf }) {
  const { db } = tempStore();
  for (const statement of sql.split(';').filter((part) => part.trim() !== '')) db.write(statement).run({});
  return createOverviewService({
    store: createOverviewStore(db),
    sums: createSubscriptionSumStore(db),
    keys: {
      list: () =>
        Array.from({ length: keyPairs }, () => ({
          canSign: half === 'ready',
          inUse: true,
          privateHalfProblem: describePrivateHalf(half, 'Shop', true),
          subscriptions: { active: 0, total: 0 },
        })),
    },
    clock: fakeClock(NOON),
  }).read();
}

const CAMPAIGN = (id: number, kind: string, state = 'finished') =>
  `INSERT INTO campaigns (id, request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
   VALUES (${String(id)}, 'request-${String(id)}', '${kind}', '${state}', '{}', '{}', 2, '{}', 0, 0);`;
const SUM = (campaign: number, state: string, count: number) =>
  `INSERT INTO campaign_sums (campaign_id, push_service, key_pair_id, state, count)
   VALUES (${String(campaign)}, 'mozilla', 1, '${state}', ${String(count)});`;
const DAY = (day: number, state: string, count: number) =>
  `INSERT INTO day_sums (day, push_service, state, count) VALUES (${String(day)}, 'mozilla', '${state}', ${String(count)});`;

it('starts with nothing done and fourteen empty days', () => {
  const overview = overviewOf({});
  expect(overview.steps).toEqual({ keys: false, subscription: false, send: false });
  expect(overview.days).toHaveLength(14);
  expect(overview.days.at(-1)?.day).toBe(midnight(20));
  expect(overview.services).toEqual([]);
});

it('ticks the steps by what is there: a send counts once a push service took it', () => {
  const sql = CAMPAIGN(1, 'campaign') + SUM(1, 'failed', 1);
  expect(overviewOf({ keyPairs: 1, sql }).steps).toEqual({ keys: true, subscription: false, send: false });
  expect(overviewOf({ keyPairs: 1, sql: sql + SUM(1, 'accepted', 1) }).steps.send).toBe(true);
});

it('does not tick the keys while none of them can sign, and says why', () => {
  const closed = overviewOf({ keyPairs: 1, half: 'locked' });
  expect(closed.steps.keys).toBe(false);
  expect(closed.keyProblem?.code).toBe('private-key-locked');
  expect(overviewOf({ keyPairs: 1 }).keyProblem).toBeNull();
  expect(overviewOf({}).keyProblem).toBeNull();
});

it('ticks the send for a test too', () => {
  expect(overviewOf({ sql: CAMPAIGN(1, 'test') + SUM(1, 'accepted', 1) }).steps.send).toBe(true);
});

it('adds up what was really sent, and never a rehearsal or a test', () => {
  const sql =
    CAMPAIGN(1, 'campaign') +
    SUM(1, 'accepted', 5) +
    SUM(1, 'gone', 2) +
    CAMPAIGN(2, 'rehearsal') +
    SUM(2, 'accepted', 900) +
    CAMPAIGN(3, 'test') +
    SUM(3, 'accepted', 4);
  const { totals, services } = overviewOf({ sql });
  expect(totals).toMatchObject({ campaigns: 1, campaignsUnderWay: 0, accepted: 5, gone: 2, failed: 0 });
  expect(services).toEqual([{ pushService: 'mozilla', active: 0, accepted: 5, failed: 0, gone: 2 }]);
});

it('tells the campaigns that have not come to their end from those that have', () => {
  const states = ['preparing', 'running', 'paused', 'finished', 'cancelled'];
  const sql = states.map((state, index) => CAMPAIGN(index + 1, 'campaign', state)).join('');
  const { totals } = overviewOf({ sql: sql + CAMPAIGN(9, 'rehearsal', 'running') });
  expect(totals).toMatchObject({ campaigns: 5, campaignsUnderWay: 3 });
});

it('puts each settled delivery on its day', () => {
  const sql =
    DAY(midnight(20), 'accepted', 3) + DAY(midnight(8), 'failed', 4) + DAY(midnight(1), 'accepted', 50);
  const { days } = overviewOf({ sql });
  expect(days.filter((day) => day.accepted + day.failed > 0)).toEqual([
    { day: midnight(8), accepted: 0, failed: 4, gone: 0 },
    { day: midnight(20), accepted: 3, failed: 0, gone: 0 },
  ]);
});
