import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';
import { endpointKey } from '../endpoint-key.ts';

const row = (
  id: number,
  endpoint: string,
  { state = 'active', changed = 5, deleted = 'NULL', remark = 'NULL' } = {},
) =>
  `(${id}, '${endpoint}', endpoint_key('${endpoint}'), 'other', 'p', 'a', '${state}', 'page', 1, ${changed}, ${deleted}, ${remark})`;

const seedOf = (...rows: string[]) => `
  INSERT INTO subscriptions (id, endpoint, endpoint_key, push_service, p256dh, auth, state, source, added_at, state_changed_at, deleted_at, remark)
  VALUES ${rows.join(', ')};`;

const ROWS = 'SELECT id, endpoint, endpoint_key, deleted_at, remark FROM subscriptions ORDER BY id';
const IN_BIN = { deleted_at: expect.any(Number) as number };
const REMARK = 'The endpoint of another row in another spelling.';

it('migration 140 gives each endpoint the key of its canonical spelling, and leaves the endpoints', () => {
  const seed = seedOf(
    row(1, 'https://push.example/a'),
    row(2, 'https://push.example/b%2fc'),
    row(3, 'https://push.example/ü'),
  );
  migrated(140, seed, ({ rows }) => {
    expect(rows(ROWS)).toEqual(
      ['https://push.example/a', 'https://push.example/b%2fc', 'https://push.example/ü'].map(
        (endpoint, index) => ({
          id: index + 1,
          endpoint,
          endpoint_key: endpointKey(endpoint),
          deleted_at: null,
          remark: null,
        }),
      ),
    );
  });
});

it('leaves one row of an endpoint in several spellings in the list, and says in the bin why the others are there', () => {
  const seed = seedOf(
    row(1, 'https://push.example/%61', { changed: 9 }),
    row(2, 'https://push.example/a', { remark: "'Long secret.'" }),
    row(3, 'https://push.example./a', { state: 'gone' }),
    row(4, 'https://push.example/b'),
  );
  migrated(140, seed, ({ rows, run }) => {
    expect(rows(ROWS)).toMatchObject([
      { id: 1, endpoint_key: endpointKey('https://push.example/a'), deleted_at: null, remark: null },
      { id: 2, ...IN_BIN, remark: `${REMARK} Long secret.` },
      { id: 3, ...IN_BIN, remark: REMARK },
      { id: 4, deleted_at: null },
    ]);
    expect(rows('SELECT in_bin, state, count FROM subscription_sums WHERE count > 0 ORDER BY 1, 2')).toEqual([
      { in_bin: 0, state: 'active', count: 2 },
      { in_bin: 1, state: 'active', count: 1 },
      { in_bin: 1, state: 'gone', count: 1 },
    ]);
    expect(() => {
      run(
        'UPDATE subscriptions SET endpoint_key = (SELECT endpoint_key FROM subscriptions WHERE id = 1) WHERE id = 4',
      );
    }).toThrow('UNIQUE');
  });
});

it('brings nobody back: a person who left stays away, and what was thrown away stays in the bin', () => {
  const seed = seedOf(
    row(1, 'https://push.example/%61', { changed: 9 }),
    row(2, 'https://push.example/a', { state: 'unsubscribed' }),
    row(3, 'https://push.example/%62', { deleted: '7' }),
    row(4, 'https://push.example/b', { changed: 3 }),
    row(5, 'https://push.example/%63', { deleted: '7' }),
    row(6, 'https://push.example/c', { deleted: '8' }),
  );
  migrated(140, seed, ({ rows }) => {
    expect(rows(ROWS)).toMatchObject([
      { id: 1, ...IN_BIN },
      { id: 2, deleted_at: null, endpoint_key: endpointKey('https://push.example/a') },
      { id: 3, deleted_at: 7, remark: null },
      { id: 4, deleted_at: null, endpoint_key: endpointKey('https://push.example/b') },
      { id: 5, deleted_at: 7 },
      { id: 6, deleted_at: 8, endpoint_key: endpointKey('https://push.example/c') },
    ]);
  });
});
