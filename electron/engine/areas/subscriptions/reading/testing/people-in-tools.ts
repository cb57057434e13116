import { PARTS as s, type Parts } from './parts.ts';
import type { PeopleForm } from './people.ts';
import { PRINTED } from './printed-forms.ts';

const numbered = (values: readonly string[]): string =>
  values.map((value, index) => `${String(index + 1).padStart(2)}) "${value}"`).join('\n');
const hash = ({ ep, p, a }: Parts, user: string): string[] => [
  'endpoint',
  ep,
  'p256dh',
  p,
  'auth',
  a,
  'user',
  user,
];
const listOfR = ({ ep, p, a }: Parts, n: number, name: string): string =>
  `[[${n}]]\n[[${n}]]$endpoint\n[1] "${ep}"\n\n[[${n}]]$keys\n[[${n}]]$keys$p256dh\n[1] "${p}"\n\n[[${n}]]$keys$auth\n[1] "${a}"\n\n\n[[${n}]]$name\n[1] "${name}"\n\n[[${n}]]$tags\n[1] "news" "vip"\n\n\n`;
const part = (name: string, value: string): string =>
  `------WebKitFormBoundaryq7\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const array = ({ ep, p, a }: Parts): string =>
  `array('endpoint' => '${ep}', 'keys' => array('p256dh' => '${p}', 'auth' => '${a}'))`;
const model = ({ ep, p, a }: Parts): string =>
  `    App\\Models\\PushSubscription {#6\n      subscribable_id: 7,\n      endpoint: "${ep}",\n      public_key: "${p}",\n      auth_token: "${a}",\n    },\n`;
const BOTH = [
  { i: 0, label: 'Ann', id: null },
  { i: 1, label: 'Bob', id: null },
] as const;

/** Subscriptions and their people, as databases, consoles and forms print them. */
export const IN_TOOLS: Readonly<Record<string, PeopleForm>> = {
  'redis-cli with prompts around hashes': [
    `127.0.0.1:6379> HGETALL sub:1\n${numbered(hash(s[0], 'Ann'))}\n127.0.0.1:6379> HGETALL sub:2\n${numbered(hash(s[1], 'Bob'))}\n127.0.0.1:6379>`,
    BOTH,
  ],
  'redis-cli raw': [[...hash(s[0], 'Ann'), ...hash(s[1], 'Bob')].join('\n'), BOTH],
  'r list': [
    `$endpoint\n[1] "${s[0].ep}"\n\n$expirationTime\nNULL\n\n$keys\n$keys$p256dh\n[1] "${s[0].p}"\n\n$keys$auth\n[1] "${s[0].a}"\n\n\n$name\n[1] "Ann"\n\n$active\n[1] FALSE\n`,
    [{ i: 0, label: 'Ann', left: true }],
  ],
  'r list of lists': [
    listOfR(s[0], 1, 'Ann') + listOfR(s[1], 2, 'Bob'),
    [
      { i: 0, label: 'Ann', tags: ['news', 'vip'] },
      { i: 1, label: 'Bob', tags: ['news', 'vip'] },
    ],
  ],
  'r str': [
    `List of 3\n $ endpoint: chr "${s[0].ep}"\n $ keys    :List of 2\n  ..$ p256dh: chr "${s[0].p}"\n  ..$ auth  : chr "${s[0].a}"\n $ name    : chr "Ann"\n`,
    [{ i: 0, label: 'Ann' }],
  ],
  'r str of a list of lists': [
    `List of 2\n${(['Ann', 'Bob'] as const)
      .map(
        (name, index) =>
          ` $ :List of 3\n  ..$ endpoint: chr "${s[index]?.ep ?? ''}"\n  ..$ keys    :List of 2\n  .. ..$ p256dh: chr "${s[index]?.p ?? ''}"\n  .. ..$ auth  : chr "${s[index]?.a ?? ''}"\n  ..$ name    : chr "${name}"\n`,
      )
      .join('')}`,
    BOTH,
  ],
  'r list by name': [
    (['ann', 'bob'] as const)
      .map(
        (name, index) =>
          `$${name}\n$${name}$endpoint\n[1] "${s[index]?.ep ?? ''}"\n\n$${name}$p256dh\n[1] "${s[index]?.p ?? ''}"\n\n$${name}$auth\n[1] "${s[index]?.a ?? ''}"\n\n\n`,
      )
      .join(''),
    [{ i: 0 }, { i: 1 }],
  ],
  'multipart form': [
    `${part('endpoint', s[0].ep)}${part('keys[p256dh]', s[0].p)}${part('keys[auth]', s[0].a)}${part('user_id', '7')}------WebKitFormBoundaryq7--\r\n`,
    [{ i: 0, id: '7' }],
  ],
  'php array in one line': [
    `array('user' => 'Ann', 'subs' => array(${array(s[0])}, ${array(s[1])}))`,
    [
      { i: 0, label: 'Ann' },
      { i: 1, label: 'Ann' },
    ],
  ],
  'laravel tinker collection': [
    `= Illuminate\\Database\\Eloquent\\Collection {#5 all: [\n${model(s[0])}${model(s[1])}  ],\n}`,
    [
      { i: 0, id: '7' },
      { i: 1, id: '7' },
    ],
  ],
  'elixir struct with what is not loaded': [
    `[\n  %MyApp.Sub{\n    __meta__: #Ecto.Schema.Metadata<:loaded, "subs">,\n    endpoint: "${s[0].ep}",\n    p256dh: "${s[0].p}",\n    auth: "${s[0].a}",\n    user: #Ecto.Association.NotLoaded<association :user is not loaded>,\n    active: false\n  }\n]`,
    [{ i: 0, id: null, label: null, left: true }],
  ],
  'protocol buffers as text': [
    [s[0], s[1]]
      .map(
        ({ ep, p, a }, index) =>
          `subscription {\n  endpoint: "${ep}"\n  keys {\n    p256dh: "${p}"\n    auth: "${a}"\n  }\n  user_id: "${index + 7}"\n}`,
      )
      .join('\n'),
    [
      { i: 0, id: '7' },
      { i: 1, id: '8' },
    ],
  ],
  'edn with a set': [
    `{:endpoint "${s[0].ep}" :keys {:p256dh "${s[0].p}" :auth "${s[0].a}"} :user "Ann" :tags #{"news" "vip"}}`,
    [{ i: 0, label: 'Ann', tags: ['news', 'vip'] }],
  ],
  'sql with tags in another table': [
    `INSERT INTO push_subscriptions (id,endpoint,p256dh,auth) VALUES (1,'${s[0].ep}','${s[0].p}','${s[0].a}'),(2,'${s[1].ep}','${s[1].p}','${s[1].a}');\nINSERT INTO subscription_tags (subscription_id,tag) VALUES (1,'news'),(1,'vip'),(2,'news');\n`,
    [
      { i: 0, tags: ['news', 'vip'] },
      { i: 1, tags: ['news'] },
    ],
  ],
  'sql with names of tags and users in other tables': [
    `CREATE TABLE \`tags\` (\n  \`id\` int NOT NULL,\n  \`name\` varchar(20),\n  PRIMARY KEY (\`id\`)\n);\nINSERT INTO \`tags\` VALUES (1,'news'),(2,'vip');\nINSERT INTO subscription_tag (subscription_id,tag_id) VALUES (1,1),(1,2),(2,1);\nINSERT INTO subscriptions (id,user_id,endpoint,p256dh,auth,is_active) VALUES (1,7,'${s[0].ep}','${s[0].p}','${s[0].a}',1),(2,8,'${s[1].ep}','${s[1].p}','${s[1].a}',0);\nINSERT INTO wp_users (ID,user_login,user_email) VALUES (7,'ann','ann@example.org'),(8,'bob','bob@example.org');\n`,
    [
      {
        i: 0,
        id: '7',
        label: 'ann',
        tags: ['news', 'vip'],
        left: false,
        attrs: { email: 'ann@example.org' },
      },
      { i: 1, id: '8', label: 'bob', tags: ['news'], left: true },
    ],
  ],
  'copy with tags in another table': [
    `COPY public.subs (id, endpoint, p256dh, auth, is_active) FROM stdin;\n1\t${s[0].ep}\t${s[0].p}\t${s[0].a}\tf\n2\t${s[1].ep}\t${s[1].p}\t${s[1].a}\tt\n\\.\n\nCOPY public.sub_tags (sub_id, tag) FROM stdin;\n1\tnews\n2\tvip\n\\.\n`,
    [
      { i: 0, tags: ['news'], left: true },
      { i: 1, tags: ['vip'], left: false },
    ],
  ],
  'chat with stamps': [
    `[03.01.26, 10:02:11] Ann: here is mine ${JSON.stringify(PRINTED[0])}\n[1/3/26, 10:03:40 PM] Bob: and this ${JSON.stringify(PRINTED[1])}`,
    [{ i: 0 }, { i: 1 }],
  ],
  'java properties': [
    `#Fri Jan 02 03:04:05 UTC 2026\nsub.endpoint=${s[0].ep.replace(':', '\\:')}\nsub.p256dh=${s[0].p}\nsub.auth=${s[0].a}\nsub.user_id=7\n`,
    [{ i: 0, id: '7' }],
  ],
  'json with words that mean nothing elsewhere': [
    JSON.stringify({
      ...PRINTED[0],
      label: 'none',
      externalId: '-',
      tags: ['null', 'none'],
      attributes: { plan: '-', city: 'None' },
    }),
    [{ i: 0, label: 'none', id: '-', tags: ['null', 'none'], attrs: { plan: '-', city: 'None' } }],
  ],
  'table with the whole subscription in a column of another language': [
    `Kunde;Abo;Abgemeldet\nAnn;"${JSON.stringify(PRINTED[0]).replaceAll('"', '""')}";nein\nBob;"${JSON.stringify(PRINTED[1]).replaceAll('"', '""')}";ja\n`,
    [
      { i: 0, label: 'Ann', id: null, left: false },
      { i: 1, label: 'Bob', id: null, left: true },
    ],
  ],
};
