import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const DAY = 86_400_000;
const campaign = (id: number, kind: string) =>
  `INSERT INTO campaigns (id, request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
   VALUES (${id}, 'r${id}', '${kind}', 'finished', '{}', '{}', 2, '{}', 1, 1);`;
const subscription = (id: number) =>
  `INSERT INTO subscriptions (id, endpoint, endpoint_key, push_service, p256dh, auth, state, source, added_at, state_changed_at)
   VALUES (${id}, 'https://push.example/${id}', x'${String(id).padStart(32, '0')}', 'fcm', 'p', 'a', 'active', 'import', 1, 1);`;
const delivery = (campaignId: number, subscription: number, state: string, at: number) =>
  `INSERT INTO deliveries (campaign_id, subscription_id, key_pair_id, push_service, state, updated_at)
   VALUES (${campaignId}, ${subscription}, 1, 'fcm', '${state}', ${at});`;

const SEED = `
  ${subscription(1)} ${subscription(2)} ${subscription(3)}
  ${campaign(1, 'campaign')} ${campaign(2, 'test')}
  ${delivery(1, 1, 'accepted', 5 * DAY + 7)} ${delivery(1, 2, 'accepted', 5 * DAY + 8)}
  ${delivery(2, 1, 'accepted', 5 * DAY + 9)} ${delivery(2, 2, 'failed', 6 * DAY + 1)} ${delivery(2, 3, 'unknown', 6 * DAY + 1)}
  INSERT INTO day_sums VALUES (${5 * DAY}, 'fcm', 'accepted', 3), (${6 * DAY}, 'fcm', 'failed', 1), (${6 * DAY}, 'apple', 'failed', 4);
`;

it('migration 330 takes tests out of the days, and leaves the rest', () => {
  migrated(330, SEED, ({ rows }) => {
    expect(rows('SELECT * FROM day_sums ORDER BY day, push_service')).toEqual([
      { day: 5 * DAY, push_service: 'fcm', state: 'accepted', count: 2 },
      { day: 6 * DAY, push_service: 'apple', state: 'failed', count: 4 },
      { day: 6 * DAY, push_service: 'fcm', state: 'failed', count: 0 },
    ]);
  });
});
