import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const SEED = `INSERT INTO subscriptions (id, endpoint, endpoint_key, push_service, p256dh, auth, state, label, source, added_at, state_changed_at)
  VALUES (1, 'https://push.example/1', randomblob(16), 'other', 'p', 'a', 'active', 'Phone', 'page', 1, 1),
         (2, 'https://push.example/2', randomblob(16), 'other', 'p', 'a', 'active', NULL, 'page', 1, 1)`;

it('moves labels to where all of a person stands', () => {
  migrated(150, SEED, ({ rows }) => {
    expect(rows('SELECT id, label, external_id, tags, attributes, page_names FROM people')).toEqual([
      { id: 1, label: 'Phone', external_id: null, tags: '[]', attributes: '{}', page_names: '[]' },
    ]);
    expect(rows('SELECT count(*) AS n FROM subscriptions WHERE label IS NOT NULL')).toEqual([{ n: 0 }]);
  });
});
