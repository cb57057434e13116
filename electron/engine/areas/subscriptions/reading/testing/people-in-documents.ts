import { PARTS as s } from './parts.ts';
import type { PeopleForm } from './people.ts';

const columns = (i: 0 | 1) => ({ endpoint: s[i].ep, p256dh: s[i].p, auth: s[i].a });
const nested = (i: 0 | 1) => ({ endpoint: s[i].ep, keys: { p256dh: s[i].p, auth: s[i].a } });
const xmlOf = (i: 0 | 1): string =>
  `<endpoint>${s[i].ep}</endpoint><p256dh>${s[i].p}</p256dh><auth>${s[i].a}</auth>`;
/** An object as `Export-Clixml` writes it. */
const clixml = (objects: string): string =>
  `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\n${objects}\n</Objs>`;
const clixmlOf = (i: 0 | 1, more: string): string => `<Obj RefId="${i * 5}"><TN RefId="${i * 5}">
<T>System.Management.Automation.PSCustomObject</T><T>System.Object</T></TN><MS>
<S N="endpoint">${s[i].ep}</S><Nil N="expirationTime" />
<Obj N="keys" RefId="${i * 5 + 1}"><TNRef RefId="0" /><MS><S N="p256dh">${s[i].p}</S><S N="auth">${s[i].a}</S></MS></Obj>
${more}</MS></Obj>`;
const type = 'push-subscriptions';

/** Subscriptions and their people, in documents that keep the people apart from them or around them. */
export const IN_DOCUMENTS: Readonly<Record<string, PeopleForm>> = {
  'json, two browsers of one person, who is named below them': [
    JSON.stringify([{ web: nested(0), mobile: nested(1), externalId: '7', tags: ['a'] }]),
    [
      { i: 0, id: '7', tags: ['a'] },
      { i: 1, id: '7', tags: ['a'] },
    ],
  ],
  'json, two browsers of one person between the id and the tags': [
    JSON.stringify({ userId: '7', chrome: nested(0), firefox: nested(1), tags: ['a'] }),
    [
      { i: 0, id: '7', tags: ['a'] },
      { i: 1, id: '7', tags: ['a'] },
    ],
  ],
  'json, two browsers of one person, of which one has a label of its own': [
    JSON.stringify([{ web: { ...nested(0), label: 'Work' }, mobile: nested(1), label: 'Ann', tags: ['a'] }]),
    [
      { i: 0, label: 'Work', tags: ['a'] },
      { i: 1, label: 'Ann', tags: ['a'] },
    ],
  ],
  'json, devices of one person, whose names are no ids': [
    JSON.stringify([{ iphone: nested(0), desktop: nested(1), label: 'Ann' }]),
    [
      { i: 0, label: 'Ann' },
      { i: 1, label: 'Ann' },
    ],
  ],
  'json, people by their ids, of whom the last one lost the name of its own': [
    JSON.stringify({ u1: { ...nested(0), label: 'Ann' }, u2: nested(1), label: 'Bob' }),
    [
      { i: 0, id: 'u1', label: 'Ann' },
      { i: 1, id: 'u2' },
    ],
  ],
  'yaml, two browsers of one person with tags of their own': [
    `- web:\n    endpoint: ${s[0].ep}\n    p256dh: ${s[0].p}\n    auth: ${s[0].a}\n    tags: [w]
  mobile:\n    endpoint: ${s[1].ep}\n    p256dh: ${s[1].p}\n    auth: ${s[1].a}\n    tags: [m]
  externalId: u7\n  tags: [a]\n`,
    [
      { i: 0, id: 'u7', tags: ['w', 'a'] },
      { i: 1, id: 'u7', tags: ['m', 'a'] },
    ],
  ],
  'toml with sections below each': [
    ([0, 1] as const)
      .map(
        (i) => `[[subs]]\nendpoint = "${s[i].ep}"\n[subs.keys]\np256dh = "${s[i].p}"\nauth = "${s[i].a}"
[subs.meta]\ntags = ["t${i}"]\nexternalId = "u${i}"\n`,
      )
      .join(''),
    [
      { i: 0, id: 'u0', tags: ['t0'] },
      { i: 1, id: 'u1', tags: ['t1'] },
    ],
  ],
  'toml with a section before the keys of each, by name': [
    ([0, 1] as const)
      .map(
        (
          i,
        ) => `[users.n${i}]\nendpoint = "${s[i].ep}"\n[users.n${i}.meta]\nexternalId = "u${i}"\ntags = ["t${i}"]
[users.n${i}.keys]\np256dh = "${s[i].p}"\nauth = "${s[i].a}"\n`,
      )
      .join(''),
    [
      { i: 0, id: 'u0', tags: ['t0'] },
      { i: 1, id: 'u1', tags: ['t1'] },
    ],
  ],
  'yaml with an attribute twice in each': [
    ([0, 1] as const)
      .map(
        (i) => `- externalId: u${i}\n  tags: [t${i}]\n  city: Rome\n  city: Oslo
  endpoint: ${s[i].ep}\n  p256dh: ${s[i].p}\n  auth: ${s[i].a}\n`,
      )
      .join(''),
    [
      { i: 0, id: 'u0', tags: ['t0'] },
      { i: 1, id: 'u1', tags: ['t1'] },
    ],
  ],
  'json:api with users beside': [
    JSON.stringify({
      data: ([0, 1] as const).map((i) => ({
        type,
        id: `${i + 1}`,
        attributes: columns(i),
        relationships: { user: { data: { type: 'users', id: `${70 + i}` } } },
      })),
      included: [
        { type: 'users', id: '70', attributes: { name: 'Ann Lee', email: 'ann@example.org' } },
        { type: 'users', id: '71', attributes: { name: 'Bob Ray', plan: 'pro' } },
      ],
    }),
    [
      { i: 0, label: 'Ann Lee', id: '70', attrs: { email: 'ann@example.org' } },
      { i: 1, label: 'Bob Ray', id: '71', attrs: { plan: 'pro' } },
    ],
  ],
  'json:api of users, with what they have beside': [
    JSON.stringify({
      data: ([0, 1] as const).map((i) => ({
        type: 'users',
        id: `${70 + i}`,
        attributes: { name: ['Ann Lee', 'Bob Ray'][i] },
        relationships: { subscriptions: { data: [{ type, id: `${i + 1}` }] } },
      })),
      included: ([0, 1] as const).map((i) => ({
        type,
        id: `${i + 1}`,
        attributes: columns(i),
        relationships: { user: { data: { type: 'users', id: `${70 + i}` } } },
      })),
    }),
    [
      { i: 0, label: 'Ann Lee', id: '70' },
      { i: 1, label: 'Bob Ray', id: '71' },
    ],
  ],
  'json:api with topics beside, one that belongs to nobody, and a user that is not there': [
    JSON.stringify({
      data: [
        {
          type,
          id: '1',
          attributes: columns(0),
          relationships: {
            topics: {
              data: [
                { type: 'topics', id: '5' },
                { type: 'topics', id: '6' },
              ],
            },
            user: { data: { type: 'users', id: '70' } },
          },
        },
      ],
      included: [
        { type: 'topics', id: '5', attributes: { name: 'news' } },
        { type: 'topics', id: '6', attributes: { name: 'vip' } },
        { type, id: '2', attributes: columns(1) },
      ],
    }),
    [
      { i: 0, id: '70', tags: ['news', 'vip'] },
      { i: 1, id: null, tags: [] },
    ],
  ],
  'strapi 4 with its user': [
    JSON.stringify({
      data: [
        {
          id: 1,
          attributes: {
            ...columns(0),
            users_permissions_user: { data: { id: 7, attributes: { username: 'ann', confirmed: true } } },
          },
        },
      ],
      meta: { pagination: { page: 1, total: 1 } },
    }),
    [{ i: 0, label: 'ann', id: '7' }],
  ],
  'strapi 4 of users': [
    JSON.stringify({
      data: [
        {
          id: 7,
          attributes: {
            username: 'ann',
            push_subscriptions: {
              data: [
                { id: 1, attributes: columns(0) },
                { id: 2, attributes: columns(1) },
              ],
            },
          },
        },
      ],
    }),
    [
      { i: 0, label: 'ann', id: '7' },
      { i: 1, label: 'ann', id: '7' },
    ],
  ],
  clixml: [
    clixml(
      clixmlOf(
        0,
        '<Obj N="tags" RefId="2"><TN RefId="1"><T>System.Object[]</T></TN><LST><S>news</S><S>vip</S></LST></Obj><S N="name">Ann</S><I32 N="userId">7</I32>',
      ) + clixmlOf(1, '<S N="name">Bob</S><B N="active">false</B>'),
    ),
    [
      { i: 0, label: 'Ann', id: '7', tags: ['news', 'vip'], left: false },
      { i: 1, label: 'Bob', id: null, tags: [], left: true },
    ],
  ],
  'xml with a user in each': [
    `<?xml version="1.0"?>\n<subscriptions>${([0, 1] as const).map((i) => `<subscription><id>${i + 1}</id><user><id>${70 + i}</id><name>P${i}</name></user>${xmlOf(i)}</subscription>`).join('\n')}</subscriptions>`,
    [
      { i: 0, label: 'P0', id: '70' },
      { i: 1, label: 'P1', id: '71' },
    ],
  ],
  'xml of users with several': [
    `<users><user id="70"><name>Ann</name><subscription>${xmlOf(0)}</subscription><subscription>${xmlOf(1)}</subscription></user></users>`,
    [
      { i: 0, label: 'Ann', id: '70' },
      { i: 1, label: 'Ann', id: '70' },
    ],
  ],
  'xml with a list of tags': [
    `<subscriptions><subscription>${xmlOf(0)}<tags><tag>news</tag><tag>vip</tag></tags></subscription></subscriptions>`,
    [{ i: 0, tags: ['news', 'vip'] }],
  ],
  'plist with a list of tags': [
    `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><array><dict><key>user</key><string>u-7</string><key>endpoint</key><string>${s[0].ep}</string><key>keys</key><dict><key>p256dh</key><string>${s[0].p}</string><key>auth</key><string>${s[0].a}</string></dict><key>tags</key><array><string>news</string><string>vip</string></array></dict></array></plist>`,
    [{ i: 0, id: 'u-7', tags: ['news', 'vip'] }],
  ],
  'xml-rpc with two': [
    `<methodResponse><params><param><value><array><data>${([0, 1] as const).map((i) => `<value><struct><member><name>user_id</name><value><int>${i + 7}</int></value></member><member><name>endpoint</name><value><string>${s[i].ep}</string></value></member><member><name>p256dh</name><value><string>${s[i].p}</string></value></member><member><name>auth</name><value><string>${s[i].a}</string></value></member></struct></value>`).join('')}</data></array></value></param></params></methodResponse>`,
    [
      { i: 0, id: '7' },
      { i: 1, id: '8' },
    ],
  ],
  'a resource of laravel in another': [
    JSON.stringify({ data: [{ id: 1, ...columns(0), user: { data: { id: 7, name: 'Ann' } } }], links: {} }),
    [{ i: 0, label: 'Ann', id: '7' }],
  ],
};
