import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

it('migration 40 keeps the rows and has no bitmaps yet: they are made in the background', () => {
  const seed = `INSERT INTO subscriptions (endpoint, push_service, p256dh, auth, state, label, source, added_at, state_changed_at)
    VALUES ('https://push.example/1', 'other', 'p', 'a', 'active', 'Ann', 'page', 1, 1);`;
  migrated(40, seed, ({ rows }) => {
    expect(rows('SELECT endpoint, label FROM subscriptions')).toEqual([
      { endpoint: 'https://push.example/1', label: 'Ann' },
    ]);
    expect(rows('SELECT count(*) AS count FROM search_bits')).toEqual([{ count: 0 }]);
    expect(rows('SELECT count(*) AS count FROM search_stretches')).toEqual([{ count: 0 }]);
    expect(
      rows('SELECT id FROM subscriptions INDEXED BY subscriptions_labelled WHERE label IS NOT NULL'),
    ).toHaveLength(1);
  });
});
