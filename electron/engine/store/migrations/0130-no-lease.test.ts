import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const SEED = `
  INSERT INTO subscriptions (endpoint, endpoint_key, push_service, p256dh, auth, state, source, added_at, state_changed_at)
    VALUES ('https://fcm.googleapis.com/fcm/send/1', randomblob(16), 'fcm', 'p', 'a', 'active', 'page', 1, 1),
           ('https://fcm.googleapis.com/fcm/send/2', randomblob(16), 'fcm', 'p', 'a', 'active', 'page', 1, 1);
  INSERT INTO campaigns (request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
    VALUES ('r', 'campaign', 'running', '{}', '{}', 2, '{}', 2, 5);
  INSERT INTO deliveries (campaign_id, subscription_id, key_pair_id, push_service, state, attempt_count, lease_until, repeat_risk, updated_at)
    VALUES (1, 1, 7, 'fcm', 'sending', 1, 120009, 1, 9), (1, 2, 7, 'fcm', 'queued', 0, NULL, 0, 9);
`;

it('migration 130 drops the lease of a campaign in its middle, and keeps its deliveries and their queues', () => {
  migrated(130, SEED, ({ rows }) => {
    expect(rows('SELECT * FROM deliveries ORDER BY id')).toMatchObject([
      { id: 1, subscription_id: 1, state: 'sending', attempt_count: 1, repeat_risk: 1, updated_at: 9 },
      { id: 2, subscription_id: 2, state: 'queued', attempt_count: 0, repeat_risk: 0, updated_at: 9 },
    ]);
    expect(rows("SELECT name FROM pragma_table_info('deliveries') WHERE name = 'lease_until'")).toEqual([]);
    expect(rows("SELECT id FROM deliveries INDEXED BY deliveries_queued WHERE state = 'queued'")).toEqual([
      { id: 2 },
    ]);
  });
});
