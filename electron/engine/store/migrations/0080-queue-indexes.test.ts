import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const SEED = `
  INSERT INTO subscriptions (endpoint, endpoint_key, push_service, p256dh, auth, state, source, added_at, state_changed_at) VALUES
    ('https://fcm.googleapis.com/fcm/send/a', randomblob(16), 'fcm', 'p', 'a', 'active', 'page', 1, 1),
    ('https://fcm.googleapis.com/fcm/send/b', randomblob(16), 'fcm', 'p', 'a', 'active', 'page', 1, 1),
    ('https://fcm.googleapis.com/fcm/send/c', randomblob(16), 'fcm', 'p', 'a', 'active', 'page', 1, 1);
  INSERT INTO campaigns (request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
    VALUES ('r', 'campaign', 'running', '{}', '{}', 2, '{}', 3, 5);
  INSERT INTO deliveries (campaign_id, subscription_id, key_pair_id, push_service, state, attempt_count, next_attempt_at, updated_at) VALUES
    (1, 1, 7, 'fcm', 'queued', 0, NULL, 9), (1, 2, 7, 'fcm', 'retrying', 1, 500, 9), (1, 3, 7, 'fcm', 'accepted', 1, NULL, 9);
`;

it('migration 80 keeps what waits, each in the index of its state', () => {
  migrated(80, SEED, ({ rows }) => {
    const idsIn = (index: string, state: string) =>
      rows(`SELECT id FROM deliveries INDEXED BY ${index} WHERE state = '${state}'`);
    expect(idsIn('deliveries_queued', 'queued')).toEqual([{ id: 1 }]);
    expect(idsIn('deliveries_retrying', 'retrying')).toEqual([{ id: 2 }]);
    expect(rows(`SELECT name FROM sqlite_schema WHERE name = 'deliveries_due'`)).toEqual([]);
  });
});
