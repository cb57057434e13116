import { PARTS as s } from './parts.ts';
import type { PeopleForm } from './people.ts';

const J = (i: 0 | 1): string =>
  JSON.stringify({ endpoint: s[i].ep, expirationTime: null, keys: { p256dh: s[i].p, auth: s[i].a } });
const set = (i: 0 | 1): string => `endpoint = '${s[i].ep}', p256dh = '${s[i].p}', auth = '${s[i].a}'`;
const lines = (i: 0 | 1): string => `endpoint: ${s[i].ep}\np256dh: ${s[i].p}\nauth: ${s[i].a}`;
const annAndBob = [
  { i: 0, label: 'Ann Lee' },
  { i: 1, label: 'Bob' },
] as const;
const sevenAndEight = [
  { i: 0, id: '7' },
  { i: 1, id: '8' },
] as const;

/** Subscriptions whose person is in the `WHERE` of a statement, in a log line, or in a line above. */
export const IN_NOTES: Readonly<Record<string, PeopleForm>> = {
  'updates of users by id': [
    `UPDATE \`users\` SET \`push\` = '${J(0)}', updated_at = NOW() WHERE \`id\` = 7;\nUPDATE \`users\` SET \`push\` = '${J(1)}', updated_at = NOW() WHERE \`id\` = 8;`,
    sevenAndEight,
  ],
  'updates by the id of a user, over several lines': [
    `UPDATE public.push_subscriptions\nSET\n  endpoint = '${s[0].ep}',\n  p256dh = '${s[0].p}',\n  auth = '${s[0].a}'::text,\n  is_active = false\nWHERE user_id = 'u-7' AND id = 4;`,
    [{ i: 0, id: 'u-7', left: true }],
  ],
  'updates of rows that are nobody': [
    `UPDATE push_subscriptions SET ${set(0)} WHERE id = 4;\nUPDATE users SET ${set(1)} WHERE id IN (7, 8);`,
    [
      { i: 0, id: null },
      { i: 1, id: null },
    ],
  ],
  'an update in a log, with its parameters': [
    `Query: UPDATE users SET endpoint = $1, p256dh = $2, auth = $3 WHERE id = $4 -- PARAMETERS: ["${s[0].ep}","${s[0].p}","${s[0].a}",7]`,
    [{ i: 0, id: '7' }],
  ],
  'an update of hibernate': [
    `update users set auth=?, endpoint=?, p256dh=? where id=?\nbinding parameter [1] as [VARCHAR] - [${s[0].a}]\nbinding parameter [2] as [VARCHAR] - [${s[0].ep}]\nbinding parameter [3] as [VARCHAR] - [${s[0].p}]\nbinding parameter [4] as [BIGINT] - [7]`,
    [{ i: 0, id: '7' }],
  ],
  'an update in json, with its bindings': [
    JSON.stringify({
      query: 'update `users` set `endpoint` = ?, `public_key` = ?, `auth_token` = ? where `id` = ?',
      bindings: [s[0].ep, s[0].p, s[0].a, 7],
    }),
    [{ i: 0, id: '7' }],
  ],
  'a struct of go with a list of words': [
    `&{ID:1 UserID:7 Endpoint:${s[0].ep} Keys:{P256dh:${s[0].p} Auth:${s[0].a}} Tags:[news vip]}`,
    [{ i: 0, id: '7', tags: ['news', 'vip'] }],
  ],
  'insert with set': [`INSERT INTO subs SET user_id=7, ${set(0)};`, [{ i: 0, id: '7' }]],
  'a user in a log line': [
    `10:00 INFO saved user=7 sub=${J(0)}\n10:02 INFO saved user=8 sub=${J(1)}`,
    sevenAndEight,
  ],
  'a user behind the name of a container': [
    `web_1  | user=7 ${J(0)}\nweb_1  | user=8 ${J(1)}`,
    sevenAndEight,
  ],
  'who runs the program is nobody': [
    `user=postgres ${J(0)}\npid=12 uid=33 ${J(1)}`,
    [
      { i: 0, id: null, label: null },
      { i: 1, id: null, label: null },
    ],
  ],
  'names above lines with labels': [`Ann Lee\n${lines(0)}\n\nBob:\n${lines(1)}`, annAndBob],
  'names above json': [`Ann Lee\n${J(0)}\n\n**Bob**\n${J(1)}`, annAndBob],
  'headings of markdown': [
    `## Ann Lee\n\n- **endpoint**: ${s[0].ep}\n- **p256dh**: ${s[0].p}\n- **auth**: ${s[0].a}\n\n## Bob\n\n- endpoint: ${s[1].ep}\n- p256dh: ${s[1].p}\n- auth: ${s[1].a}\n`,
    annAndBob,
  ],
  'sections of settings': [
    `[Ann Lee]\nendpoint=${s[0].ep}\np256dh=${s[0].p}\nauth=${s[0].a}\n\n[Bob]\nendpoint=${s[1].ep}\np256dh=${s[1].p}\nauth=${s[1].a}`,
    annAndBob,
  ],
  'addresses and ids above json': [
    `ann@example.org\n${J(0)}\n\nUser ID: 8\n${J(1)}`,
    [
      { i: 0, label: 'ann@example.org' },
      { i: 1, id: '8' },
    ],
  ],
  'a name for the next one only': [
    `Ann’s old iPhone 15\n${J(0)}\n${J(1)}`,
    [
      { i: 0, label: 'Ann’s old iPhone 15' },
      { i: 1, label: null },
    ],
  ],
  'words above that are no name': [
    `Hello everyone, here is mine:\n${J(0)}\nExpected Behavior\n${lines(1)}`,
    [
      { i: 0, label: null },
      { i: 1, label: null },
    ],
  ],
  'remarks in a list': [
    `export const subs: PushSubscriptionJSON[] = [\n  // Ann, [old] {phone}\n  { endpoint: "${s[0].ep}", keys: { p256dh: "${s[0].p}", auth: "${s[0].a}" } },\n];`,
    [{ i: 0 }],
  ],
};
