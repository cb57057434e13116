import { expect, it } from 'vitest';
import { readSubscriptionText } from '../../../../core/subscription/subscription-text.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';

const SUBSCRIPTIONS = [1, 2, 3].map((pk) => ({ pk, ...browserSubscription() }));
const subscriptions = SUBSCRIPTIONS.map(({ pk, endpoint, keys }) => ({
  model: 'webpush.subscriptioninfo',
  pk,
  fields: { browser: 'chrome', user_agent: 'Mozilla/5.0', endpoint, ...keys },
}));
const information = (pk: number, subscription: number, user: unknown, group: unknown = null) => ({
  model: 'webpush.pushinformation',
  pk,
  fields: { user, subscription, group },
});
const group = (pk: number, name: string, app = 'webpush') => ({
  model: `${app}.group`,
  pk,
  fields: { name },
});
const user = (pk: number, username: string) => ({
  model: 'auth.user',
  pk,
  fields: {
    password: 'pbkdf2_sha256$600000$x',
    username,
    is_active: true,
    groups: [1],
    user_permissions: [],
  },
});

/** Whose each subscription is: its id and label, and its tags; what else was found by its code. */
const peopleOf = (text: string) =>
  readSubscriptionText(text).map((row) => {
    if (row.kind !== 'row') return row.kind === 'bad' ? row.problem.code : row.kind;
    const { pk } = SUBSCRIPTIONS.find(({ endpoint }) => endpoint === row.value.endpoint) ?? { pk: 0 };
    const { externalId = null, label = null, tags = [] } = row.person ?? {};
    return [pk, externalId, label, ...tags];
  });

const links = [information(1, 1, 7), information(2, 2, 8, 1), information(3, 3, null, 1)];
const WRITTEN = [
  ['a list', (rows: readonly object[]) => JSON.stringify(rows)],
  ['a list with indents', (rows: readonly object[]) => JSON.stringify(rows, null, 2)],
  ['lines', (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join('\n')],
] as const;

it.each(WRITTEN)('hears from other tables whose a subscription is, in %s', (_, write) => {
  const named = [
    [1, '7', null],
    [2, '8', null, 'staff'],
    [3, null, null, 'staff'],
  ];
  expect(peopleOf(write([group(1, 'staff'), ...subscriptions, ...links]))).toEqual(named);
  expect(peopleOf(write([...links, group(1, 'staff'), ...subscriptions]))).toEqual(named);
});

it('knows people by their names, if their table is there, and nothing of their passwords', () => {
  const text = JSON.stringify([user(7, 'ada'), user(8, 'bo'), ...subscriptions, ...links]);
  expect(peopleOf(text)).toEqual([
    [1, '7', 'ada'],
    [2, '8', 'bo'],
    [3, null, null],
  ]);
  expect(JSON.stringify(readSubscriptionText(text))).not.toContain('pbkdf2');
});

it.each([
  ['a user by a natural key', [information(1, 1, ['ada'])], [1, 'ada', null]],
  [
    'several groups of one person',
    [information(1, 1, 7, 1), information(2, 1, 7, 2)],
    [1, '7', null, 'staff', 'beta'],
  ],
  ['two people: nobody', [information(1, 1, 7), information(2, 1, 8)], [1, null, null]],
  [
    'a subscription of another app, which is paid for',
    [{ model: 'billing.membership', pk: 1, fields: { user: 9, subscription: 1 } }],
    [1, null, null],
  ],
])('takes %s', (_, rows, person) => {
  const groups = [group(1, 'Admins', 'auth'), group(1, 'staff'), group(2, 'beta')];
  expect(peopleOf(JSON.stringify([...groups, ...subscriptions.slice(0, 1), ...rows]))).toEqual([person]);
});

it('counts a subscription that lost its endpoint, and no row of another table', () => {
  const order = { model: 'shop.order', pk: 1, fields: { total: 3 } };
  const broken = { model: 'webpush.subscriptioninfo', pk: 9, fields: { browser: 'chrome' } };
  expect(peopleOf(JSON.stringify([order, ...subscriptions.slice(0, 1), broken]))).toEqual([
    [1, null, null],
    'not-a-subscription',
  ]);
  expect(peopleOf(JSON.stringify([user(7, 'ada'), order]))).toEqual(['not-a-subscription']);
});
