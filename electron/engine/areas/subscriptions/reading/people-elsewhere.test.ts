import { expect, it } from 'vitest';
import { readSubscriptionText } from '../../../../core/subscription/subscription-text.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';

const ALL = [
  'fcm.googleapis.com/fcm/send',
  'updates.push.services.mozilla.com/wpush/v2',
  'web.push.apple.com',
].map((host) => browserSubscription({ host }));
const subscriptions = ALL.map(({ endpoint, keys }, index) => ({ id: 11 + index, endpoint, ...keys }));
const NAMES = ['Ann', 'Bob', 'Zoë'];

/** Whose each subscription is, in the order above. */
function peopleOf(text: string) {
  const rows = readSubscriptionText(text).flatMap((row) => (row.kind === 'row' ? [row] : []));
  expect(rows.map(({ value }) => value.endpoint)).toEqual(ALL.map(({ endpoint }) => endpoint));
  return rows.map(({ person }) => [person?.label ?? null, person?.externalId ?? null]);
}

it('hears of people who name their subscription', () => {
  const users = NAMES.map((name, index) => ({ id: 40 + index, name, subscription_id: 11 + index }));
  const named = [
    ['Ann', '40'],
    ['Bob', '41'],
    ['Zoë', '42'],
  ];
  expect(peopleOf(JSON.stringify({ users, subscriptions }))).toEqual(named);
  expect(peopleOf(JSON.stringify({ subscriptions, members: users.toReversed() }))).toEqual(named);
});

it('takes nobody for a subscription that two people name, and no other thing for a person', () => {
  const users = NAMES.map((name, index) => ({
    id: 40 + index,
    name,
    subscription_id: index === 2 ? 13 : 11,
  }));
  expect(peopleOf(JSON.stringify({ users, subscriptions }))).toEqual([
    [null, null],
    [null, null],
    ['Zoë', '42'],
  ]);
  const topics = NAMES.map((name, index) => ({ id: 40 + index, name, subscription_id: 11 + index }));
  expect(peopleOf(JSON.stringify({ topics, subscriptions }))).toEqual([
    [null, null],
    [null, null],
    [null, null],
  ]);
});

it('keeps what the row of a table says beside values with their types in a cell', () => {
  const cell = (index: number) => {
    const { endpoint, keys } = ALL[index] ?? browserSubscription();
    const typed = {
      endpoint: { S: endpoint },
      keys: { M: { p256dh: { S: keys.p256dh }, auth: { S: keys.auth } } },
    };
    return `"${JSON.stringify(typed).replaceAll('"', '""')}"`;
  };
  const text = ['userId,subscription', ...NAMES.map((_, index) => `u${index},${cell(index)}`)].join('\n');
  expect(peopleOf(text)).toEqual([
    [null, 'u0'],
    [null, 'u1'],
    [null, 'u2'],
  ]);
});

it.each<[string, (row: (typeof subscriptions)[number], name: string) => string, string, string]>([
  [
    'items of DynamoDB around JSON in a text',
    ({ id, endpoint, p256dh, auth }, name) =>
      JSON.stringify({
        Item: {
          userId: { S: `u${id}` },
          name: { S: name },
          tags: { L: [{ S: 'news' }, { S: 'vip' }] },
          subscription: { S: JSON.stringify({ endpoint, keys: { p256dh, auth } }) },
        },
      }),
    '',
    '',
  ],
  [
    'columns for each tag, and for the device',
    ({ id, endpoint, p256dh, auth }, name) =>
      [endpoint, p256dh, auth, 'desktop', `u${id}`, name, 'news', 'vip'].join(','),
    'endpoint,p256dh,auth,Device,user_id,name,tags.0,tags.1\n',
    '',
  ],
  [
    'lists of Lua',
    ({ id, endpoint, p256dh, auth }, name) =>
      `{ user_id = "u${id}", name = "${name}", tags = { "news", "vip" }, endpoint = "${endpoint}", p256dh = "${p256dh}", auth = "${auth}" },`,
    'return {\n',
    '\n}',
  ],
  ...['new[] {', 'new string[] {', 'new List<string> {'].map(
    (list): [string, (row: (typeof subscriptions)[number], name: string) => string, string, string] => [
      `lists of C#: ${list}`,
      ({ id, endpoint, p256dh, auth }, name) =>
        `new Sub { UserId = "u${id}", Name = "${name}", Tags = ${list} "news", "vip" }, Endpoint = "${endpoint}", P256dh = "${p256dh}", Auth = "${auth}" },`,
      '',
      '',
    ],
  ),
])('hears names and tags in %s', (_, write, before, after) => {
  const text = before + subscriptions.map((row, index) => write(row, NAMES[index] ?? '')).join('\n') + after;
  expect(peopleOf(text)).toEqual(NAMES.map((name, index) => [name, `u${11 + index}`]));
  for (const row of readSubscriptionText(text))
    if (row.kind === 'row') expect(row.person?.tags).toEqual(['news', 'vip']);
});

it('calls nobody by a device where something else says what they are called', () => {
  const rows = subscriptions.map(({ id, ...keys }) => ({ ...keys, device: 'Ann’s phone', userId: id }));
  expect(peopleOf(JSON.stringify(rows))[0]).toEqual(['Ann’s phone', '11']);
  expect(peopleOf(JSON.stringify(rows.map((row) => ({ ...row, name: 'Ann' }))))[0]).toEqual(['Ann', '11']);
});
