import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const row = (endpoint: string, key: string, service: string, state: string, deletedAt: string) =>
  `INSERT INTO subscriptions (endpoint, push_service, p256dh, auth, public_key, state, source, added_at, state_changed_at, deleted_at)
   VALUES ('${endpoint}', '${service}', 'p', 'a', ${key}, '${state}', 'page', 1, 1, ${deletedAt});`;

const SUMS =
  'SELECT in_bin, public_key, push_service, state, count FROM subscription_sums WHERE count <> 0 ORDER BY 1, 2, 3, 4';
const COUNTED = `SELECT deleted_at IS NOT NULL AS in_bin, ifnull(public_key, '') AS public_key, push_service, state, count(*) AS count
  FROM subscriptions GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;

describe('migration 20, from a seeded step 10', () => {
  const seed = [
    row('e1', "'k1'", 'fcm', 'active', 'NULL'),
    row('e2', "'k1'", 'fcm', 'active', 'NULL'),
    row('e3', "'k1'", 'fcm', 'gone', '5'),
    row('e4', 'NULL', 'apple', 'active', 'NULL'),
  ].join('\n');

  it('keeps every row and counts what is there', () => {
    migrated(20, seed, ({ rows }) => {
      expect(rows('SELECT endpoint FROM subscriptions ORDER BY id')).toHaveLength(4);
      expect(rows(SUMS)).toEqual([
        { in_bin: 0, public_key: '', push_service: 'apple', state: 'active', count: 1 },
        { in_bin: 0, public_key: 'k1', push_service: 'fcm', state: 'active', count: 2 },
        { in_bin: 1, public_key: 'k1', push_service: 'fcm', state: 'gone', count: 1 },
      ]);
    });
  });

  it('keeps the sums true through any changes', () => {
    const key = fc.constantFrom('NULL', "'k1'", "'k2'");
    const state = fc.constantFrom('active', 'gone', 'unsubscribed');
    const when = fc.constantFrom('NULL', '7');
    const endpoint = fc.integer({ min: 1, max: 8 }).map((number) => `e${number}`);
    const change = fc.oneof(
      fc
        .tuple(endpoint, key, fc.constantFrom('fcm', 'apple'), state, when)
        .map(([e, k, s, st, w]) => row(e, k, s, st, w).replace('INSERT', 'INSERT OR REPLACE')),
      fc
        .tuple(endpoint, state)
        .map(([e, st]) => `UPDATE subscriptions SET state = '${st}' WHERE endpoint = '${e}';`),
      fc
        .tuple(endpoint, key)
        .map(([e, k]) => `UPDATE subscriptions SET public_key = ${k} WHERE endpoint = '${e}';`),
      fc
        .tuple(endpoint, when)
        .map(([e, w]) => `UPDATE subscriptions SET deleted_at = ${w} WHERE endpoint = '${e}';`),
      endpoint.map((e) => `DELETE FROM subscriptions WHERE endpoint = '${e}';`),
      endpoint.map((e) => `UPDATE subscriptions SET last_delivery_at = 9 WHERE endpoint = '${e}';`),
    );
    migrated(20, seed, ({ rows, run }) => {
      // Only then does REPLACE run the delete trigger.
      run('PRAGMA recursive_triggers = ON');
      fc.assert(
        fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
          run(changes.join('\n'));
          expect(rows(SUMS)).toEqual(rows(COUNTED));
        }),
        { numRuns: 50 },
      );
    });
  });
});
