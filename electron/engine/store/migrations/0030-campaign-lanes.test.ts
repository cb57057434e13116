import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const SEED = `
  INSERT INTO subscriptions (endpoint, push_service, p256dh, auth, state, source, added_at, state_changed_at) VALUES
    ('https://fcm.googleapis.com/fcm/send/a', 'fcm', 'p', 'a', 'active', 'page', 1, 1),
    ('https://push.example.com:8443/x/y?z=1', 'other', 'p', 'a', 'active', 'page', 1, 1),
    ('https://bare.example.com', 'other', 'p', 'a', 'active', 'page', 1, 1);
  INSERT INTO campaigns (request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
    VALUES ('r', 'campaign', 'running', '{}', '{}', 2, '{}', 3, 5);
  INSERT INTO deliveries (campaign_id, subscription_id, key_pair_id, push_service, state, attempt_count, updated_at) VALUES
    (1, 1, 7, 'fcm', 'accepted', 1, 9), (1, 2, 7, 'other', 'queued', 0, 9), (1, 3, 8, 'other', 'queued', 0, 9);
  INSERT INTO attempts (delivery_id, number, started_at, duration_ms, request_url, request_headers, body_bytes)
    VALUES (1, 1, 6, 2.5, 'https://fcm.googleapis.com/fcm/send/a', '[]', 100);
`;

it('migration 30 keeps what was delivered, and finds host, lane and round of each delivery', () => {
  migrated(30, SEED, ({ rows }) => {
    expect(
      rows(
        `SELECT id, state, service_host, attempt_count, round_attempts, round_started_at FROM deliveries ORDER BY id`,
      ),
    ).toEqual([
      {
        id: 1,
        state: 'accepted',
        service_host: '',
        attempt_count: 1,
        round_attempts: 1,
        round_started_at: 6,
      },
      {
        id: 2,
        state: 'queued',
        service_host: 'push.example.com:8443',
        attempt_count: 0,
        round_attempts: 0,
        round_started_at: null,
      },
      {
        id: 3,
        state: 'queued',
        service_host: 'bare.example.com',
        attempt_count: 0,
        round_attempts: 0,
        round_started_at: null,
      },
    ]);
    expect(rows('SELECT * FROM campaign_lanes')).toEqual(
      [
        ['fcm', '', 7],
        ['other', 'bare.example.com', 8],
        ['other', 'push.example.com:8443', 7],
      ].map(([push_service, service_host, key_pair_id]) => ({
        campaign_id: 1,
        push_service,
        service_host,
        key_pair_id,
        paused_diagnosis: null,
        paused_status: null,
        paused_at: null,
      })),
    );
    expect(rows('SELECT notes FROM attempts')).toEqual([{ notes: '[]' }]);
    expect(rows('SELECT messages_per_minute FROM campaigns')).toEqual([{ messages_per_minute: null }]);
  });
});
