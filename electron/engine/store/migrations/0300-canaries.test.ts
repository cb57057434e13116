import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const SEED = `
  INSERT INTO subscriptions (endpoint, endpoint_key, push_service, p256dh, auth, state, source, added_at, state_changed_at)
    VALUES ('https://push.example/1', x'000102030405060708090a0b0c0d0e0f', 'other', 'p', 'a', 'active', 'import', 1, 1);
  INSERT INTO campaigns (request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
    VALUES ('r', 'campaign', 'running', '{}', '{}', 2, '{}', 1, 1);
  INSERT INTO deliveries (campaign_id, subscription_id, key_pair_id, push_service, state, updated_at) VALUES (1, 1, 1, 'other', 'queued', 1);
`;

it('migration 300 keeps campaigns that run, and none of them has a canary', () => {
  migrated(300, SEED, ({ rows, run }) => {
    expect(rows('SELECT campaign_id, state, canary FROM deliveries')).toEqual([
      { campaign_id: 1, state: 'queued', canary: 0 },
    ]);
    expect(rows('SELECT * FROM canaries')).toEqual([]);
    run("INSERT INTO canaries (campaign_id, state, rules) VALUES (1, 'sending', '{}')");
    run('UPDATE deliveries SET canary = 1');
    for (const statement of [
      "INSERT INTO canaries (campaign_id, state, rules) VALUES (9, 'sending', '{}')",
      "UPDATE canaries SET state = 'perhaps'",
      'UPDATE deliveries SET canary = 2',
    ])
      expect(() => {
        run(statement);
      }).toThrow(/constraint/);
  });
});
