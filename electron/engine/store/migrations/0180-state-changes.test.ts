import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const SEED = `
  INSERT INTO subscriptions (id, endpoint, endpoint_key, push_service, p256dh, auth, state, source, added_at, state_changed_at,
      last_delivery_at, last_delivery_state)
    VALUES (1, 'https://push.example/1', randomblob(16), 'other', 'p', 'a', 'active', 'page', 1, 1, 20, 'failed'),
           (2, 'https://push.example/2', randomblob(16), 'other', 'p', 'a', 'active', 'page', 1, 1, NULL, NULL);
  INSERT INTO campaigns (id, request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
    VALUES (1, 'r1', 'campaign', 'finished', '{}', '{}', 2, '{}', 2, 1), (2, 'r2', 'campaign', 'finished', '{}', '{}', 2, '{}', 2, 1);
  INSERT INTO deliveries (campaign_id, subscription_id, key_pair_id, push_service, state, updated_at)
    VALUES (1, 1, 1, 'other', 'accepted', 10), (2, 1, 1, 'other', 'failed', 20)`;

it('knows who was ever reached, and keeps why states change', () => {
  migrated(180, SEED, ({ rows, run }) => {
    expect(rows('SELECT id, last_accepted_at AS at FROM subscriptions')).toEqual([
      { id: 1, at: 10 },
      { id: 2, at: null },
    ]);
    run(`UPDATE subscriptions SET state = 'gone', state_changed_at = 30, state_cause = 'delivery 2', cause_at = 30 WHERE id = 1;
      UPDATE subscriptions SET deleted_at = 40, state_cause = 'person', cause_at = 40 WHERE id = 1;
      UPDATE subscriptions SET deleted_at = 50 WHERE id = 1;
      UPDATE subscriptions SET deleted_at = NULL, cause_at = 60 WHERE id = 1`);
    expect(rows('SELECT at, from_state, to_state, bin, cause FROM state_changes ORDER BY id')).toEqual([
      { at: 30, from_state: 'active', to_state: 'gone', bin: null, cause: 'delivery 2' },
      { at: 40, from_state: 'gone', to_state: 'gone', bin: 'in', cause: 'person' },
      { at: 60, from_state: 'gone', to_state: 'gone', bin: 'out', cause: 'person' },
    ]);
  });
});

it('keeps the last hundred changes of each', () => {
  migrated(180, SEED, ({ rows, run }) => {
    for (let at = 0; at < 130; at += 1) {
      run(
        `UPDATE subscriptions SET state = '${at % 2 === 0 ? 'gone' : 'active'}', cause_at = ${at} WHERE id = 2`,
      );
    }
    expect(rows('SELECT count(*) AS n, min(at) AS first FROM state_changes')).toEqual([
      { n: 100, first: 30 },
    ]);
  });
});
