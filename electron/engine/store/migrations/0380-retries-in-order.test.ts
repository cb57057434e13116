import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const SEED = `
  INSERT INTO subscriptions (endpoint, endpoint_key, push_service, p256dh, auth, state, source, added_at, state_changed_at) VALUES
    ('https://fcm.googleapis.com/fcm/send/a', randomblob(16), 'fcm', 'p', 'a', 'active', 'page', 1, 1),
    ('https://fcm.googleapis.com/fcm/send/b', randomblob(16), 'fcm', 'p', 'a', 'active', 'page', 1, 1),
    ('https://fcm.googleapis.com/fcm/send/c', randomblob(16), 'fcm', 'p', 'a', 'active', 'page', 1, 1),
    ('https://fcm.googleapis.com/fcm/send/d', randomblob(16), 'fcm', 'p', 'a', 'active', 'page', 1, 1);
  INSERT INTO campaigns (request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
    VALUES ('r', 'campaign', 'running', '{}', '{}', 2, '{}', 4, 5);
  INSERT INTO deliveries
      (campaign_id, subscription_id, key_pair_id, push_service, state, attempt_count, next_attempt_at, diagnosis, updated_at) VALUES
    (1, 1, 7, 'fcm', 'retrying', 0, 500, 'recipient-hours', 9), (1, 2, 7, 'fcm', 'retrying', 1, 500, 'timed-out', 9),
    (1, 3, 7, 'fcm', 'retrying', 1, 500, NULL, 9), (1, 4, 7, 'fcm', 'accepted', 1, NULL, NULL, 9);
`;

it('migration 380 puts retries in an index without those that wait for their recipient’s hour', () => {
  migrated(380, SEED, ({ rows }) => {
    const page = `SELECT id FROM deliveries INDEXED BY deliveries_tried
      WHERE campaign_id = 1 AND state = 'retrying' AND diagnosis IS NOT 'recipient-hours' AND id > 0 ORDER BY id LIMIT 10`;
    expect(rows(page)).toEqual([{ id: 2 }, { id: 3 }]);
    expect(rows(`EXPLAIN QUERY PLAN ${page}`)).toEqual([
      expect.objectContaining({
        detail: 'SEARCH deliveries USING INDEX deliveries_tried (campaign_id=? AND id>?)',
      }),
    ]);
  });
});
