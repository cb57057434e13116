import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const SUBSCRIPTIONS = [1, 2, 3, 4, 5, 6]
  .map(
    (id) =>
      `('https://fcm.googleapis.com/fcm/send/${id}', randomblob(16), 'fcm', 'p', 'a', 'active', 'page', 1, 1)`,
  )
  .join(', ');

const SEED = `
  INSERT INTO subscriptions (endpoint, endpoint_key, push_service, p256dh, auth, state, source, added_at, state_changed_at) VALUES ${SUBSCRIPTIONS};
  INSERT INTO campaigns (request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
    VALUES ('r', 'campaign', 'finished', '{}', '{}', 2, '{}', 6, 5);
  INSERT INTO deliveries (campaign_id, subscription_id, key_pair_id, push_service, state, attempt_count, updated_at) VALUES
    (1, 1, 7, 'fcm', 'accepted', 1, 9), (1, 2, 7, 'fcm', 'accepted', 2, 9), (1, 3, 7, 'fcm', 'accepted', 2, 9),
    (1, 4, 7, 'fcm', 'failed', 1, 9), (1, 5, 7, 'fcm', 'unknown', 0, 9), (1, 6, 7, 'fcm', 'failed', 2, 9);
  INSERT INTO attempts (delivery_id, number, started_at, duration_ms, request_url, request_headers, body_bytes, answer_status, diagnosis) VALUES
    (1, 1, 6, 1, 'u', '[]', 9, 201, NULL),
    (2, 1, 6, 1, 'u', '[]', 9, NULL, 'timed-out'), (2, 2, 6, 1, 'u', '[]', 9, 201, NULL),
    (3, 1, 6, 1, 'u', '[]', 9, 503, 'service-unavailable'), (3, 2, 6, 1, 'u', '[]', 9, 201, NULL),
    (4, 1, 6, 1, 'u', '[]', 9, NULL, 'connection-reset'),
    (6, 1, 6, 1, 'u', '[]', 9, NULL, 'timed-out'), (6, 2, 6, 1, 'u', '[]', 9, NULL, 'name-not-found');
`;

it('migration 70 finds those that were sent again after an attempt of which nobody knows what became', () => {
  migrated(70, SEED, ({ rows, run }) => {
    expect(rows('SELECT id, repeat_risk FROM deliveries ORDER BY id')).toEqual(
      [0, 2, 0, 1, 1, 1].map((repeat_risk, index) => ({ id: index + 1, repeat_risk })),
    );
    expect(() => {
      run('UPDATE deliveries SET repeat_risk = 3 WHERE id = 1');
    }).toThrow('CHECK');
  });
});
