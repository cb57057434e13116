import { describe, expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const SUBSCRIPTION = `INSERT INTO subscriptions (endpoint, push_service, p256dh, auth, state, source, added_at, state_changed_at)
  VALUES ('https://push.example/1', 'other', 'p', 'a', 'active', 'page', 1, 1);`;
const CAMPAIGN = `INSERT INTO campaigns (request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
  VALUES ('r1', 'campaign', 'running', '{}', '{}', 2, '{}', 1, 1);`;
const DELIVERY = `INSERT INTO deliveries (campaign_id, subscription_id, key_pair_id, push_service, state, updated_at)
  VALUES (1, 1, 1, 'other', 'queued', 1);`;

describe('migration 10, from an empty file', () => {
  it('makes every table, empty', () => {
    migrated(10, '', ({ rows }) => {
      const tables = rows(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      );
      expect(tables.map((row) => (row as { name: string }).name)).toEqual([
        'attempts',
        'campaign_sums',
        'campaigns',
        'day_sums',
        'deliveries',
        'key_pairs',
        'settings',
        'subscriptions',
      ]);
    });
  });

  it('keeps what belongs together', () => {
    migrated(10, '', ({ run, rows }) => {
      run(SUBSCRIPTION + CAMPAIGN + DELIVERY);
      expect(() => {
        run(SUBSCRIPTION);
      }).toThrow(/UNIQUE/);
      expect(() => {
        run(CAMPAIGN);
      }).toThrow(/UNIQUE/);
      expect(() => {
        run(DELIVERY);
      }).toThrow(/UNIQUE/);
      expect(() => {
        run('DELETE FROM subscriptions');
      }).toThrow(/FOREIGN KEY/);
      expect(() => {
        run("UPDATE deliveries SET state = 'lost'");
      }).toThrow(/CHECK/);
      expect(rows('SELECT count(*) AS count FROM deliveries')).toEqual([{ count: 1 }]);
    });
  });

  it('allows one key pair in use', () => {
    migrated(10, '', ({ run }) => {
      const pair = (key: string, inUse: number) => {
        run(
          `INSERT INTO key_pairs (name, subject, public_key, in_use, created_at) VALUES ('n', 's', '${key}', ${inUse}, 1)`,
        );
      };
      pair('a', 1);
      pair('b', 0);
      pair('c', 0);
      expect(() => {
        pair('d', 1);
      }).toThrow(/UNIQUE/);
    });
  });

  it('never gives a row id twice', () => {
    migrated(10, '', ({ run, rows }) => {
      run(SUBSCRIPTION);
      run('DELETE FROM subscriptions');
      run(SUBSCRIPTION);
      expect(rows('SELECT id FROM subscriptions')).toEqual([{ id: 2 }]);
    });
  });
});
