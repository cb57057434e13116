import { expect, it } from 'vitest';
import { ageOfRow } from '../age-sums.ts';
import { migrated } from '../../testing/migrated.ts';

const QUARTER = 900_000;
const DAY = 86_400_000;

const SEED = `
  INSERT INTO subscriptions (id, endpoint, endpoint_key, push_service, p256dh, auth, state, source, added_at, state_changed_at, deleted_at)
    VALUES (1, 'https://push.example/1', randomblob(16), 'other', 'p', 'a', 'active', 'page', ${QUARTER}, ${QUARTER}, NULL),
           (2, 'https://push.example/2', randomblob(16), 'other', 'p', 'a', 'gone', 'page', ${QUARTER + 1}, ${5 * QUARTER}, NULL),
           (3, 'https://push.example/3', randomblob(16), 'other', 'p', 'a', 'active', 'page', ${2 * QUARTER}, ${2 * QUARTER}, ${7 * QUARTER}),
           (4, 'https://push.example/4', randomblob(16), 'other', 'p', 'a', 'expired', 'import', ${2 * QUARTER}, ${2 * QUARTER}, NULL);
  INSERT INTO campaigns (id, request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
    VALUES (1, 'r1', 'campaign', 'finished', '{}', '{}', 2, '{}', 2, 1), (2, 'r2', 'campaign', 'finished', '{}', '{}', 2, '{}', 2, 1),
           (3, 'r3', 'rehearsal', 'finished', '{}', '{}', 2, '{}', 2, 1), (4, 'r4', 'campaign', 'finished', '{}', '{}', 2, '{}', 2, 1);
  INSERT INTO deliveries (campaign_id, subscription_id, key_pair_id, push_service, state, updated_at)
    VALUES (1, 1, 1, 'other', 'accepted', ${DAY}), (2, 1, 1, 'other', 'failed', ${2 * DAY}), (3, 1, 1, 'other', 'accepted', ${3 * DAY}),
           (4, 1, 1, 'other', 'gone', ${41 * DAY}), (1, 2, 1, 'other', 'gone', ${DAY})`;

const sums = 'SELECT slot, change, count FROM list_sums ORDER BY slot, change';

it('knows of older rows when they came and when they left, as far as they tell', () => {
  migrated(210, SEED, ({ rows }) => {
    expect(rows(sums)).toEqual([
      { slot: 1, change: 'joined', count: 2 },
      { slot: 2, change: 'joined', count: 1 },
      { slot: 5, change: 'gone', count: 1 },
      { slot: 7, change: 'binned', count: 1 },
    ]);
  });
});

it('knows how long the reached were silent before each answer', () => {
  migrated(210, SEED, ({ rows }) => {
    expect(rows('SELECT period, age, state, count FROM age_sums ORDER BY period, age, state')).toEqual([
      { period: 0, age: -1, state: 'accepted', count: 1 },
      { period: 0, age: -1, state: 'gone', count: 1 },
      { period: 1, age: 30, state: 'gone', count: 1 },
    ]);
  });
});

it('counts each step onto the list and off it, and none beside', () => {
  migrated(210, '', ({ rows, run }) => {
    run(`INSERT INTO subscriptions (id, endpoint, endpoint_key, push_service, p256dh, auth, state, source, added_at, state_changed_at)
        VALUES (1, 'https://push.example/1', randomblob(16), 'other', 'p', 'a', 'active', 'page', 0, 0),
               (2, 'https://push.example/2', randomblob(16), 'other', 'p', 'a', 'unsubscribed', 'page', 0, 0);
      UPDATE subscriptions SET state = 'gone', cause_at = ${QUARTER} WHERE id = 1;
      UPDATE subscriptions SET deleted_at = 1, cause_at = ${2 * QUARTER};
      UPDATE subscriptions SET state = 'active', cause_at = ${3 * QUARTER};
      UPDATE subscriptions SET deleted_at = NULL, cause_at = ${4 * QUARTER};
      UPDATE subscriptions SET deleted_at = 1, cause_at = ${5 * QUARTER} WHERE id = 2;
      UPDATE subscriptions SET public_key = 'k', label = 'x'`);
    expect(rows(sums)).toEqual([
      { slot: 0, change: 'joined', count: 1 },
      { slot: 1, change: 'gone', count: 1 },
      { slot: 4, change: 'returned', count: 2 },
      { slot: 5, change: 'binned', count: 1 },
    ]);
  });
});

it('names the ages of rows as sending does from then on', () => {
  const days = [0, 6.9, 7, 29.9, 30, 89.9, 90, 179.9, 180, 4000];
  const at = 5000 * DAY;
  const seed = `
    INSERT INTO campaigns (id, request_id, kind, state, message, payload, payload_bytes, audience, audience_end, created_at)
      VALUES (1, 'r1', 'campaign', 'finished', '{}', '{}', 2, '{}', 2, 1), (2, 'r2', 'campaign', 'finished', '{}', '{}', 2, '{}', 2, 1);
    ${days
      .map(
        (
          age,
          index,
        ) => `INSERT INTO subscriptions (id, endpoint, endpoint_key, push_service, p256dh, auth, state, source, added_at, state_changed_at, last_accepted_at)
          VALUES (${index + 1}, 'https://push.example/${index}', randomblob(16), 'other', 'p', 'a', 'active', 'page', 0, 0, ${at - age * DAY});
        INSERT INTO deliveries (campaign_id, subscription_id, key_pair_id, push_service, state, updated_at)
          VALUES (1, ${index + 1}, 1, 'other', 'accepted', ${at - age * DAY}), (2, ${index + 1}, 1, 'other', 'gone', ${at})`,
      )
      .join(';')}`;
  migrated(210, seed, ({ rows }) => {
    const ofRows = rows(
      `SELECT ${ageOfRow(String(at))} AS age, count(*) AS count FROM subscriptions GROUP BY 1`,
    );
    expect(rows(`SELECT age, count FROM age_sums WHERE state = 'gone' ORDER BY age`)).toEqual(ofRows);
    expect(ofRows).toEqual([0, 7, 30, 90, 180].map((age) => ({ age, count: 2 })));
  });
});
