import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';
import { textKey } from '../endpoint-key.ts';

const SEED = `
  INSERT INTO subscriptions (id, endpoint, push_service, p256dh, auth, public_key, state, expiration_time, label, source, remark,
      added_at, state_changed_at, last_delivery_at, last_delivery_state, deleted_at) VALUES
    (1, 'https://push.example/1', 'other', 'p1', 'a1', NULL, 'active', 99, NULL, 'page', NULL, 1, 2, NULL, NULL, NULL),
    (2, 'https://push.example/ü', 'fcm', 'p2', 'a2', 'k', 'gone', NULL, 'Ann', 'import', 'long', 3, 4, 5, 'accepted', 6),
    (9, 'https://push.example/9', 'apple', 'p9', 'a9', 'k', 'active', NULL, NULL, 'page', NULL, 7, 8, NULL, NULL, NULL),
    (12, 'https://push.example/12', 'wns', 'p', 'a', NULL, 'active', NULL, NULL, 'page', NULL, 7, 8, NULL, NULL, NULL);
  DELETE FROM subscriptions WHERE id = 12;
  INSERT INTO campaigns (request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
    VALUES ('r', 'campaign', 'running', '{}', '{}', 2, '{}', 3, 5);
  INSERT INTO deliveries (campaign_id, subscription_id, key_pair_id, push_service, state, updated_at) VALUES
    (1, 1, 7, 'other', 'accepted', 9), (1, 9, 7, 'apple', 'queued', 9);
`;

const insert = (id: number | 'NULL', endpoint: string, key: string) =>
  `INSERT INTO subscriptions (id, endpoint, endpoint_key, push_service, p256dh, auth, state, source, added_at, state_changed_at)
   VALUES (${id}, '${endpoint}', ${key}, 'other', 'p', 'a', 'active', 'page', 1, 1);`;

it('migration 50 keeps every column of every row, and gives each its key', () => {
  migrated(50, SEED, ({ rows }) => {
    const found = rows('SELECT * FROM subscriptions ORDER BY id') as Record<string, unknown>[];
    expect(found).toHaveLength(3);
    expect(found[1]).toEqual({
      id: 2,
      endpoint: 'https://push.example/ü',
      endpoint_key: textKey('https://push.example/ü'),
      push_service: 'fcm',
      p256dh: 'p2',
      auth: 'a2',
      public_key: 'k',
      state: 'gone',
      expiration_time: null,
      label: 'Ann',
      source: 'import',
      remark: 'long',
      added_at: 3,
      state_changed_at: 4,
      last_delivery_at: 5,
      last_delivery_state: 'accepted',
      deleted_at: 6,
    });
    for (const { endpoint, endpoint_key } of found) {
      expect(endpoint_key).toEqual(textKey(endpoint as string));
    }
  });
});

it('keeps an endpoint unique, and tells the plan of a look-up', () => {
  migrated(50, SEED, ({ rows, run }) => {
    const hex = textKey('https://push.example/9').toString('hex');
    expect(() => {
      run(insert('NULL', 'https://push.example/9', `x'${hex}'`));
    }).toThrow('UNIQUE');
    expect(() => {
      run(insert('NULL', 'https://push.example/10', "x'00'"));
    }).toThrow('CHECK');
    expect(
      rows(`EXPLAIN QUERY PLAN SELECT id FROM subscriptions WHERE endpoint_key = x'${hex}'`),
    ).toMatchObject([{ detail: expect.stringContaining('subscriptions_by_endpoint') as string }]);
  });
});

it('leaves deliveries with their subscriptions, and refuses those without', () => {
  migrated(50, SEED, ({ rows, run }) => {
    expect(
      rows(
        'SELECT d.id, s.endpoint FROM deliveries d JOIN subscriptions s ON s.id = d.subscription_id ORDER BY d.id',
      ),
    ).toEqual([
      { id: 1, endpoint: 'https://push.example/1' },
      { id: 2, endpoint: 'https://push.example/9' },
    ]);
    expect(rows('PRAGMA foreign_key_check')).toEqual([]);
    expect(
      rows(
        'SELECT "table", "to" FROM pragma_foreign_key_list(\'deliveries\') WHERE "from" = \'subscription_id\'',
      ),
    ).toEqual([{ table: 'subscriptions', to: 'id' }]);
    expect(() => {
      run('DELETE FROM subscriptions WHERE id = 9');
    }).toThrow('FOREIGN KEY');
  });
});

it('never gives an id a second time', () => {
  migrated(50, SEED, ({ rows, run }) => {
    run(insert('NULL', 'https://push.example/new', 'randomblob(16)'));
    expect(rows('SELECT max(id) AS id FROM subscriptions')).toEqual([{ id: 13 }]);
    expect(rows("SELECT name, seq FROM sqlite_sequence WHERE name LIKE '%subscriptions'")).toEqual([
      { name: 'subscriptions', seq: 13 },
    ]);
  });
});

it('does so in a store that never had a row too', () => {
  migrated(50, '', ({ rows, run }) => {
    run(insert('NULL', 'https://push.example/new', 'randomblob(16)'));
    expect(rows('SELECT id FROM subscriptions')).toEqual([{ id: 1 }]);
  });
});

it('keeps the sums, and lets a batch count for itself', () => {
  const sums = 'SELECT push_service, state, in_bin, count FROM subscription_sums WHERE count > 0 ORDER BY 1';
  migrated(50, SEED, ({ rows, run }) => {
    const before = rows(sums);
    expect(before).toEqual([
      { push_service: 'apple', state: 'active', in_bin: 0, count: 1 },
      { push_service: 'fcm', state: 'gone', in_bin: 1, count: 1 },
      { push_service: 'other', state: 'active', in_bin: 0, count: 1 },
    ]);
    run(
      `INSERT INTO sums_by_batch (id) VALUES (1); ${insert(20, 'a', 'randomblob(16)')} DELETE FROM sums_by_batch;`,
    );
    expect(rows(sums)).toEqual(before);
    run(insert(21, 'b', 'randomblob(16)'));
    expect(rows(sums)).toContainEqual({ push_service: 'other', state: 'active', in_bin: 0, count: 2 });
    run("UPDATE subscriptions SET state = 'gone' WHERE id = 21; DELETE FROM subscriptions WHERE id = 21;");
    expect(rows(sums)).toEqual(before);
  });
});
