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

it('migration 270 keeps a campaign under way, whose payload is one for all', () => {
  migrated(270, SEED, ({ rows, run }) => {
    expect(rows('SELECT campaign_id, state FROM deliveries')).toEqual([{ campaign_id: 1, state: 'queued' }]);
    expect(rows('SELECT * FROM personal_campaigns')).toEqual([]);
    expect(rows('SELECT * FROM delivery_values')).toEqual([]);
    run("INSERT INTO personal_campaigns (campaign_id, plan) VALUES (1, '{}')");
    run("INSERT INTO delivery_values VALUES (1, '{}')");
    for (const statement of [
      "INSERT INTO personal_campaigns (campaign_id, plan) VALUES (2, '{}')",
      "INSERT INTO delivery_values VALUES (2, '{}')",
    ])
      expect(() => {
        run(statement);
      }).toThrow(/FOREIGN KEY/);
  });
});
