import { describe, expect, it } from 'vitest';
import {
  createSubscriptionTextReader,
  readSubscriptionText,
} from '../../../../core/subscription/subscription-text.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';

const { keys } = browserSubscription();
const many = (count: number) =>
  Array.from({ length: count }, (_none, index) =>
    browserSubscription({
      keys,
      endpoint: `https://fcm.googleapis.com/fcm/send/device-${index}-${'x'.repeat(20)}`,
    }),
  );
const rowsOf = (text: string, length = text.length) => {
  const reader = createSubscriptionTextReader();
  const rows = [];
  for (let at = 0; at < text.length; at += length) rows.push(...reader.push(text.slice(at, at + length)));
  return [...rows, ...reader.end()];
};

describe('a wrapper that is longer than a literal', () => {
  it('says of whom its subscriptions are', () => {
    const user = { email: 'ann@example.com', customer_id: 'c1', tags: ['vip'], subscriptions: many(1500) };
    for (const space of [0, 2]) {
      const rows = readSubscriptionText(JSON.stringify(user, null, space));
      expect(rows).toHaveLength(1500);
      for (const row of [rows[0], rows[749], rows[1499]]) {
        expect(row).toMatchObject({ person: { label: 'ann@example.com', externalId: 'c1', tags: ['vip'] } });
      }
    }
  });

  it('says it of each in a map by user, and of each user in a list', () => {
    const users = Object.fromEntries(many(1500).map((one, index) => [`uid${index}`, { '-Nabc1': one }]));
    const rows = readSubscriptionText(JSON.stringify({ subscriptions: users }, null, 1));
    expect(rows.map((row) => row.kind === 'row' && row.person?.externalId)).toEqual(Object.keys(users));
    const list = {
      site: 'x',
      people: many(1500).map((one, index) => ({ user_id: `u${index}`, push: [one, one] })),
    };
    const ids = readSubscriptionText(JSON.stringify(list)).map(
      (row) => row.kind === 'row' && row.person?.externalId,
    );
    expect(ids).toEqual(list.people.flatMap(({ user_id: id }) => [id, id]));
  });
});

describe('a YAML that is longer than half a million characters', () => {
  const item = (one: ReturnType<typeof many>[0], index: number) =>
    `  - name: "Ann ${index}"\n    device:\n      push: &p${index}\n        endpoint: >-\n          ${one.endpoint}\n        keys: { p256dh: ${keys.p256dh}, auth: ${keys.auth} }\n`;
  const subs = many(2500);

  it('is read with all that YAML has, whatever the pieces', () => {
    const text = `# ours\nusers:\n${subs.map(item).join('')}`;
    expect(text.length).toBeGreaterThan(500_000);
    const rows = rowsOf(text, 200_000);
    expect(rows.map((row) => row.kind === 'row' && row.value.endpoint)).toEqual(
      subs.map(({ endpoint }) => endpoint),
    );
    expect(rows.map(({ line }) => line)).toEqual(subs.map((_one, index) => 3 + 6 * index + 4));
    expect(rows.at(-1)).toMatchObject({ person: { label: 'Ann 2499' } });
  });

  it('loses no other item where one is broken', () => {
    const items = subs.map(item);
    items[700] = `  - name: "Ann\n    push: { endpoint: "x"\n`;
    const rows = rowsOf(`users:\n${items.join('')}`, 200_000);
    expect(rows.filter(({ kind }) => kind === 'row')).toHaveLength(2499);
    expect(rows.filter(({ kind }) => kind === 'bad')).toMatchObject([
      { problem: { code: 'not-yaml' }, line: 2 + 6 * 700 },
    ]);
  });

  it('is read by its outermost names where it is a map', () => {
    const text = subs
      .map(
        ({ endpoint }, index) =>
          `u${index}:\n  push:\n    endpoint: ${endpoint}\n    keys:\n      p256dh: ${keys.p256dh}\n      auth: ${keys.auth}\n`,
      )
      .join('');
    const rows = rowsOf(text, 200_000);
    expect(rows.map((row) => row.kind === 'row' && row.person?.externalId)).toEqual(
      subs.map((_one, index) => `u${index}`),
    );
  });
});
