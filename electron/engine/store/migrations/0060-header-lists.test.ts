import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const SEED = `
  INSERT INTO subscriptions (endpoint, endpoint_key, push_service, p256dh, auth, state, source, added_at, state_changed_at)
    VALUES ('https://fcm.googleapis.com/fcm/send/a', randomblob(16), 'fcm', 'p', 'a', 'active', 'page', 1, 1);
  INSERT INTO campaigns (request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
    VALUES ('r', 'campaign', 'finished', '{}', '{}', 2, '{}', 1, 5);
  INSERT INTO deliveries (campaign_id, subscription_id, key_pair_id, push_service, state, attempt_count, updated_at)
    VALUES (1, 1, 7, 'fcm', 'accepted', 1, 9);
  INSERT INTO attempts (delivery_id, number, started_at, duration_ms, request_url, request_headers, body_bytes)
    VALUES (1, 1, 6, 2.5, 'https://fcm.googleapis.com/fcm/send/a', '[["TTL","60"]]', 100);
`;

it('migration 60 leaves attempts their own texts, and keeps each list of headers once', () => {
  migrated(60, SEED, ({ rows, run }) => {
    expect(rows('SELECT request_url, request_headers, header_list_id FROM attempts')).toEqual([
      {
        request_url: 'https://fcm.googleapis.com/fcm/send/a',
        request_headers: '[["TTL","60"]]',
        header_list_id: null,
      },
    ]);
    expect(rows('SELECT * FROM header_lists')).toEqual([]);
    run(`INSERT INTO header_lists (headers) VALUES ('[]')`);
    expect(() => {
      run(`INSERT INTO header_lists (headers) VALUES ('[]')`);
    }).toThrow(/UNIQUE/);
    expect(() => {
      run('UPDATE attempts SET header_list_id = 99');
    }).toThrow(/FOREIGN KEY/);
  });
});
