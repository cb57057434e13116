import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const SEED = `
  INSERT INTO subscriptions (endpoint, endpoint_key, push_service, p256dh, auth, state, source, added_at, state_changed_at)
    VALUES ('https://fcm.googleapis.com/fcm/send/a', randomblob(16), 'fcm', 'p', 'a', 'active', 'page', 1, 1);
  INSERT INTO campaigns (request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
    VALUES ('r', 'campaign', 'finished', '{}', '{}', 2, '{}', 1, 5);
  INSERT INTO deliveries (campaign_id, subscription_id, key_pair_id, push_service, state, attempt_count, updated_at)
    VALUES (1, 1, 7, 'fcm', 'failed', 1, 9);
  INSERT INTO attempts (delivery_id, number, started_at, duration_ms, request_url, request_headers, body_bytes,
      answer_status, answer_headers, answer_body)
    VALUES (1, 1, 6, 2.5, 'u', '[]', 100, 400, '[["date","then"]]', 'no');
`;

it('migration 100 leaves attempts their own answers, and keeps each text of later ones once', () => {
  migrated(100, SEED, ({ rows, run }) => {
    expect(
      rows(`SELECT answer_status, answer_headers, answer_body, answer_list_id, answer_body_id, answer_received_bytes
        FROM attempts`),
    ).toEqual([
      {
        answer_status: 400,
        answer_headers: '[["date","then"]]',
        answer_body: 'no',
        answer_list_id: null,
        answer_body_id: null,
        answer_received_bytes: null,
      },
    ]);
    expect(rows('SELECT answer_bytes, shortened_answers FROM campaigns')).toEqual([
      { answer_bytes: 0, shortened_answers: 0 },
    ]);
    const add = `INSERT INTO answer_texts (key, text, uses) VALUES (zeroblob(16), 'words', 1)`;
    run(add);
    expect(() => {
      run(add);
    }).toThrow(/UNIQUE/);
    expect(() => {
      run('UPDATE attempts SET answer_body_id = 99');
    }).toThrow(/FOREIGN KEY/);
  });
});
