import { describe, expect, it } from 'vitest';
import { readSubscriptionText } from '../../../../core/subscription/subscription-text.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';

const PEOPLE = ['Ann', 'Bob', 'Cleo'].map((name, index) => {
  const { endpoint, keys } = browserSubscription();
  return { name, id: `u${index + 11}`, sub: { id: 500 + index, endpoint, keys } };
});
const users = [...PEOPLE].reverse().map(({ id, name }) => ({ id, name }));
const subs = PEOPLE.map(({ id, sub }) => ({ ...sub, userId: id }));
const byId = (list: readonly { id: string | number }[]) =>
  Object.fromEntries(list.map((one) => [one.id, one]));
const said = (text: string) =>
  readSubscriptionText(text).flatMap((row) =>
    row.kind === 'row'
      ? [[row.value.endpoint, row.person?.label ?? null, row.person?.externalId ?? null]]
      : [],
  );
const wanted = PEOPLE.map(({ name, id, sub }) => [sub.endpoint, name, id]);

describe('people in a list of their own', () => {
  it.each<[string, unknown]>([
    ['a list', { users, subscriptions: subs }],
    ['a list below', { subscriptions: subs, users }],
    ['a map by id', { users: byId(users), subscriptions: byId(subs) }],
    [
      'a store of Redux',
      { users: { byId: byId(users), allIds: [] }, subscriptions: { byId: byId(subs), allIds: [] } },
    ],
    [
      'a store of its toolkit',
      { users: { ids: [], entities: byId(users) }, subs: { ids: [], entities: byId(subs) } },
    ],
  ])('are found by the id that a subscription has: %s', (_, value) => {
    expect(said(JSON.stringify(value))).toEqual(wanted);
    expect(said(JSON.stringify(value, null, 2))).toEqual(wanted);
  });

  it('are found in fixtures of Rails', () => {
    const text = [
      ...users.map(({ id, name }) => `${name.toLowerCase()}:\n  id: ${id}\n  name: ${name}\n`),
      ...subs.map(
        ({ id, endpoint, keys, userId }) =>
          `sub_${id}:\n  user_id: ${userId}\n  endpoint: ${endpoint}\n  p256dh: ${keys.p256dh}\n  auth: ${keys.auth}\n`,
      ),
    ].join('\n');
    expect(said(text)).toEqual(wanted);
  });

  it('name nobody whose id they do not have, or have twice', () => {
    const others = users.map((one) => ({ ...one, id: `x${one.id}` }));
    const nameless = PEOPLE.map(({ id, sub }) => [sub.endpoint, null, id]);
    expect(said(JSON.stringify({ users: byId(others), subscriptions: subs }))).toEqual(nameless);
    const same = [...users, ...users.map((one) => ({ ...one, name: 'Eve' }))];
    expect(said(JSON.stringify({ users: same, subscriptions: subs }))).toEqual(nameless);
  });

  it.each([
    [{ user: { id: 7, name: 'Ann', company: { id: 3, name: 'Acme' } }, subscription: subs[0] }],
    [{ user: { profile: { id: 1, name: 'Ann' }, company: { id: 3, name: 'Acme' } }, sub: subs[0] }],
    [{ user: { id: 7, name: 'Ann' }, company: { id: 3, name: 'Acme' }, subscription: subs[0] }],
  ])('are not what is said of one person in several objects: %j', (value) => {
    expect(said(JSON.stringify(value)).map(([, label]) => label)).toEqual(['Ann']);
  });
});

describe('what many people of YAML have in common', () => {
  it('is read with their anchors and merge keys, however many there are', () => {
    const { endpoint, keys } = PEOPLE[0]?.sub ?? browserSubscription();
    const items = Array.from(
      { length: 200 },
      (_none, index) =>
        `  - <<: *common\n    name: N${index}\n    endpoint: ${endpoint}${index}\n    keys:\n      p256dh: ${keys.p256dh}\n      auth: ${keys.auth}\n`,
    );
    const rows = readSubscriptionText(`common: &common\n  tags: [news]\nsubs:\n${items.join('')}`);
    const good = rows.flatMap((row) => (row.kind === 'row' ? [row] : []));
    expect(good).toHaveLength(200);
    good.forEach(({ person }, index) => {
      expect(person).toMatchObject({ label: `N${index}`, tags: ['news'] });
    });
  });
});
