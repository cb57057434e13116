import { expect, it } from 'vitest';
import { migrated } from '../../testing/migrated.ts';

const addedAt = (...times: number[]) => `
  INSERT INTO subscriptions (endpoint, endpoint_key, push_service, p256dh, auth, state, source, added_at, state_changed_at) VALUES
    ${times.map((at, index) => `('https://fcm.googleapis.com/fcm/send/${index}', randomblob(16), 'fcm', 'p', 'a', 'active', 'import', ${at}, 9)`).join(', ')};
`;

it('migration 390 finds out whether subscriptions were stored in another order than that of their dates', () => {
  migrated(390, addedAt(1, 5, 5, 7), ({ rows }) => {
    expect(rows('SELECT * FROM dated_list')).toEqual([]);
    expect(rows('SELECT added_at FROM subscriptions ORDER BY id')).toHaveLength(4);
  });
  migrated(390, addedAt(1, 7, 5), ({ rows }) => {
    expect(rows('SELECT * FROM dated_list')).toEqual([{ id: 1 }]);
  });
});
