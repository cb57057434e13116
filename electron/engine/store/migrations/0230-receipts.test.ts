import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const SEED = `
  INSERT INTO campaigns (request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
    VALUES ('r1', 'campaign', 'running', '{}', '{"title":"Hello"}', 17, '{}', 1, 1);
  INSERT INTO subscriptions (endpoint, endpoint_key, push_service, p256dh, auth, state, source, added_at, state_changed_at)
    VALUES ('https://push.example/1', x'000102030405060708090a0b0c0d0e0f', 'other', 'p', 'a', 'active', 'import', 1, 1);
  INSERT INTO deliveries (campaign_id, subscription_id, key_pair_id, push_service, state, updated_at)
    VALUES (1, 1, 1, 'other', 'queued', 1);
`;

it('migration 230 keeps a campaign under way, of which no device has told anything', () => {
  migrated(230, SEED, ({ rows, run }) => {
    expect(rows('SELECT campaign_id, state FROM deliveries')).toEqual([{ campaign_id: 1, state: 'queued' }]);
    expect(rows('SELECT * FROM receipts')).toEqual([]);
    expect(rows('SELECT * FROM receipt_devices')).toEqual([]);
    run('INSERT INTO receipts (delivery_id, shown_at) VALUES (1, 5)');
    run('INSERT INTO receipt_devices (subscription_id) VALUES (1)');
    run("INSERT INTO receipt_sums VALUES (1, 'shown', '', 0, 1)");
    for (const statement of [
      'INSERT INTO receipts (delivery_id) VALUES (2)',
      'INSERT INTO receipt_devices (subscription_id) VALUES (2)',
      "INSERT INTO receipt_sums VALUES (2, 'shown', '', 0, 1)",
    ]) {
      expect(() => {
        run(statement);
      }).toThrow(/FOREIGN KEY/);
    }
  });
});
