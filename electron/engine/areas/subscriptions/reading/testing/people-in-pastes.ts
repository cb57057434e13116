import { PARTS as s } from './parts.ts';
import type { PeopleForm } from './people.ts';
import { PRINTED } from './printed-forms.ts';

const J = (i: 0 | 1, more: object = {}): string =>
  JSON.stringify({
    endpoint: s[i].ep,
    expirationTime: null,
    keys: { p256dh: s[i].p, auth: s[i].a },
    ...more,
  });

/** Subscriptions and their people, as users paste them. */
export const IN_PASTES: Readonly<Record<string, PeopleForm>> = {
  'scala case class': [
    `List(Subscription(5,Some(Ann),${s[0].ep},${s[0].p},${s[0].a}), Subscription(6,None,${s[1].ep},${s[1].p},${s[1].a}))`,
    [{ i: 0 }, { i: 1 }],
  ],
  'haskell record': [
    `Sub {subUserId = 5, subName = Just "Ann", endpoint = "${s[0].ep}", p256dh = "${s[0].p}", auth = "${s[0].a}", active = False}`,
    [{ i: 0, left: true, label: 'Ann' }],
  ],
  'dart toString': [
    `PushSub{userId: 5, name: Ann Lee, endpoint: ${s[0].ep}, p256dh: ${s[0].p}, auth: ${s[0].a}, tags: [a, b]}`,
    [{ i: 0, id: '5', label: 'Ann Lee', tags: ['a', 'b'] }],
  ],
  'java optional': [
    `PushSub[userId=5, name=Optional[Ann], endpoint=${s[0].ep}, p256dh=${s[0].p}, auth=${s[0].a}, tags=[a, b], active=false]`,
    [{ i: 0, id: '5', label: 'Ann', tags: ['a', 'b'], left: true }],
  ],
  'csharp record': [
    `PushSub { UserId = 5, Name = Ann Lee, Endpoint = ${s[0].ep}, P256dh = ${s[0].p}, Auth = ${s[0].a}, Active = False }`,
    [{ i: 0, id: '5', label: 'Ann Lee', left: true }],
  ],
  'pydantic repr': [
    `PushSub(user_id=5, name='Ann', subscription=WebPushSub(endpoint=HttpUrl('${s[0].ep}'), keys=Keys(p256dh='${s[0].p}', auth=SecretStr('${s[0].a}'))), tags=['a', 'b'], tier=<Tier.PRO: 'pro'>)`,
    [{ i: 0, id: '5', label: 'Ann', tags: ['a', 'b'], attrs: { tier: 'pro' } }],
  ],
  namedtuple: [
    `[Row(user_id=5, endpoint='${s[0].ep}', p256dh='${s[0].p}', auth='${s[0].a}'), Row(user_id=6, endpoint='${s[1].ep}', p256dh='${s[1].p}', auth='${s[1].a}')]`,
    [
      { i: 0, id: '5' },
      { i: 1, id: '6' },
    ],
  ],
  'sqlalchemy model': [
    `<PushSub(user_id=5, name='Ann', endpoint='${s[0].ep}', p256dh='${s[0].p}', auth='${s[0].a}')>`,
    [{ i: 0, id: '5', label: 'Ann' }],
  ],
  defaultdict: [
    `defaultdict(<class 'dict'>, {'ann@x.org': {'endpoint': '${s[0].ep}', 'keys': {'p256dh': '${s[0].p}', 'auth': '${s[0].a}'}}, 'bo@x.org': {'endpoint': '${s[1].ep}', 'keys': {'p256dh': '${s[1].p}', 'auth': '${s[1].a}'}}})`,
    [
      { i: 0, id: 'ann@x.org' },
      { i: 1, id: 'bo@x.org' },
    ],
  ],
  'psycopg tuple dates': [
    `[(5, 'Ann', '${s[0].ep}', '${s[0].p}', '${s[0].a}', datetime.datetime(2024, 5, 1, 10, 0)), (6, 'Bo', '${s[1].ep}', '${s[1].p}', '${s[1].a}', None)]`,
    [{ i: 0 }, { i: 1 }],
  ],
  'awesome print': [
    `[\n    [0] #<Sub:0x007f> {\n             :user_id => 5,\n                :name => "Ann",\n            :endpoint => "${s[0].ep}",\n              :p256dh => "${s[0].p}",\n                :auth => "${s[0].a}",\n        :unsubscribed => true\n    }\n]`,
    [{ i: 0, id: '5', label: 'Ann', left: true }],
  ],
  'ruby 3.4 hash': [
    `[{user_id: 5, name: "Ann", "endpoint" => "${s[0].ep}", keys: {p256dh: "${s[0].p}", auth: "${s[0].a}"}, tags: %w[a b], active: false}]`,
    [{ i: 0, id: '5', label: 'Ann', left: true }],
  ],
  'ruby data': [
    `#<data Sub user_id=5, name="Ann", endpoint="${s[0].ep}", keys=#<data Keys p256dh="${s[0].p}", auth="${s[0].a}">>`,
    [{ i: 0, id: '5', label: 'Ann' }],
  ],
  'ruby bigdecimal time': [
    `{:user_id=>5, :balance=>0.1e1, :created_at=>2024-05-01 10:00:00 UTC, :endpoint=>"${s[0].ep}", :p256dh=>"${s[0].p}", :auth=>"${s[0].a}", :left_at=>nil}`,
    [{ i: 0, id: '5', left: false }],
  ],
  'elixir struct': [
    `[%Sub{id: 1, user_id: 31, name: "Ann", tags: ["a"], endpoint: "${s[0].ep}", keys: %{"p256dh" => "${s[0].p}", "auth" => "${s[0].a}"}, inserted_at: ~U[2024-05-01 10:00:00Z], active: false}]`,
    [{ i: 0, id: '31', label: 'Ann', tags: ['a'], left: true }],
  ],
  'erlang proplist': [
    `[{user_id,5},{name,<<"Ann">>},{endpoint,<<"${s[0].ep}">>},{p256dh,<<"${s[0].p}">>},{auth,<<"${s[0].a}">>}]`,
    [{ i: 0, id: '5', label: 'Ann' }],
  ],
  'lua table': [
    `{ { user_id = 5, name = "Ann", ["endpoint"] = "${s[0].ep}", keys = { p256dh = "${s[0].p}", auth = "${s[0].a}" } }, { user_id = 6, endpoint = "${s[1].ep}", keys = { p256dh = "${s[1].p}", auth = "${s[1].a}" } } }`,
    [
      { i: 0, id: '5', label: 'Ann' },
      { i: 1, id: '6' },
    ],
  ],
  'perl dumper': [
    `$VAR1 = [\n          {\n            'user_id' => 5,\n            'name' => 'Ann',\n            'endpoint' => '${s[0].ep}',\n            'keys' => {\n                        'p256dh' => '${s[0].p}',\n                        'auth' => '${s[0].a}'\n                      },\n            'active' => 0\n          }\n        ];`,
    [{ i: 0, id: '5', label: 'Ann', left: true }],
  ],
  'go %#v': [
    `[]main.Sub{main.Sub{ID:1, UserID:77, Name:"Ann", Endpoint:"${s[0].ep}", Keys:main.Keys{Auth:"${s[0].a}", P256dh:"${s[0].p}"}, Tags:[]string{"a", "b"}, Enabled:false}}`,
    [{ i: 0, id: '77', label: 'Ann', tags: ['a', 'b'], left: true }],
  ],
  'go spew': [
    `(main.Sub) {\n UserID: (int) 77,\n Name: (string) (len=3) "Ann",\n Endpoint: (string) (len=180) "${s[0].ep}",\n P256dh: (string) (len=87) "${s[0].p}",\n Auth: (string) (len=22) "${s[0].a}",\n Enabled: (bool) false\n}`,
    [{ i: 0, id: '77', label: 'Ann', left: true }],
  ],
  'swift dump': [
    `▿ Subscription\n  - userId: 5\n  ▿ name: Optional("Ann")\n    - some: "Ann"\n  - endpoint: "${s[0].ep}"\n  ▿ keys: Keys\n    - p256dh: "${s[0].p}"\n    - auth: "${s[0].a}"\n  - active: false`,
    [{ i: 0, id: '5', left: true }],
  ],
  nsdictionary: [
    `{\n    auth = "${s[0].a}";\n    endpoint = "${s[0].ep}";\n    name = Ann;\n    p256dh = "${s[0].p}";\n    "user_id" = 5;\n    active = 0;\n}`,
    [{ i: 0, id: '5', label: 'Ann', left: true }],
  ],
  'chrome tree': [
    `{userId: 5, name: 'Ann', sub: {…}}\nname: "Ann"\nsub:\nauth: "${s[0].a}"\nendpoint: "${s[0].ep}"\np256dh: "${s[0].p}"\n[[Prototype]]: Object\nuserId: 5`,
    [{ i: 0, label: 'Ann', id: '5' }],
  ],
  'symfony object dump': [
    `App\\Entity\\PushSub {#612\n  -id: 1\n  -user: App\\Entity\\User {#700\n    -id: 9\n    -name: "Ann"\n  }\n  -endpoint: "${s[0].ep}"\n  -p256dh: "${s[0].p}"\n  -auth: "${s[0].a}"\n  -active: false\n}`,
    [{ i: 0, label: 'Ann', left: true }],
  ],
  'php var_export': [
    `array (\n  0 => \n  array (\n    'user_id' => 5,\n    'name' => 'Ann',\n    'endpoint' => '${s[0].ep}',\n    'keys' => \n    array (\n      'p256dh' => '${s[0].p}',\n      'auth' => '${s[0].a}',\n    ),\n    'active' => false,\n  ),\n)`,
    [{ i: 0, id: '5', label: 'Ann', left: true }],
  ],
  'php var_export object': [
    `(object) array(\n   'user_id' => 5,\n   'endpoint' => '${s[0].ep}',\n   'p256dh' => '${s[0].p}',\n   'auth' => '${s[0].a}',\n   'deleted_at' => NULL,\n)`,
    [{ i: 0, id: '5', left: false }],
  ],
  mybatis: [
    `==>  Preparing: insert into push_sub (user_id, endpoint, p256dh, auth) values (?, ?, ?, ?)\n==> Parameters: 5(Long), ${s[0].ep}(String), ${s[0].p}(String), ${s[0].a}(String)\n<==    Updates: 1`,
    [{ i: 0, id: '5' }],
  ],
  hibernate6: [
    `insert into push_sub (auth,endpoint,p256dh,user_id) values (?,?,?,?)\nbinding parameter (1:VARCHAR) <- [${s[0].a}]\nbinding parameter (2:VARCHAR) <- [${s[0].ep}]\nbinding parameter (3:VARCHAR) <- [${s[0].p}]\nbinding parameter (4:BIGINT) <- [77]\ninsert into push_sub (auth,endpoint,p256dh,user_id) values (?,?,?,?)\nbinding parameter (1:VARCHAR) <- [${s[1].a}]\nbinding parameter (2:VARCHAR) <- [${s[1].ep}]\nbinding parameter (3:VARCHAR) <- [${s[1].p}]\nbinding parameter (4:BIGINT) <- [78]`,
    [
      { i: 0, id: '77' },
      { i: 1, id: '78' },
    ],
  ],
  efcore: [
    `info: Microsoft.EntityFrameworkCore.Database.Command[20101]\n      Executed DbCommand (3ms) [Parameters=[@p0='${s[0].a}' (Nullable = false) (Size = 22), @p1='${s[0].ep}' (Nullable = false) (Size = 400), @p2='${s[0].p}' (Nullable = false), @p3='5'], CommandType='Text', CommandTimeout='30']\n      INSERT INTO "Subs" ("Auth", "Endpoint", "P256dh", "UserId")\n      VALUES (@p0, @p1, @p2, @p3);`,
    [{ i: 0, id: '5' }],
  ],
  'ecto log': [
    `[debug] QUERY OK db=1.2ms\nINSERT INTO "subs" ("user_id","endpoint","p256dh","auth") VALUES ($1,$2,$3,$4) RETURNING "id" [5, "${s[0].ep}", "${s[0].p}", "${s[0].a}"]`,
    [{ i: 0, id: '5' }],
  ],
  'prisma log': [
    `prisma:query INSERT INTO "public"."Sub" ("userId","endpoint","p256dh","auth") VALUES ($1,$2,$3,$4) RETURNING "public"."Sub"."id"\nParams: [5,"${s[0].ep}","${s[0].p}","${s[0].a}"]`,
    [{ i: 0, id: '5' }],
  ],
  'sequelize log': [
    'Executing (default): INSERT INTO `subs` (`id`,`user_id`,`endpoint`,`p256dh`,`auth`) VALUES (DEFAULT,?,?,?,?); 5, "' +
      s[0].ep +
      '", "' +
      s[0].p +
      '", "' +
      s[0].a +
      '"',
    [{ i: 0, id: '5' }],
  ],
  'laravel query log': [
    JSON.stringify([
      {
        query:
          'insert into `push_subscriptions` (`user_id`, `endpoint`, `public_key`, `auth_token`) values (?, ?, ?, ?)',
        bindings: [5, s[0].ep, s[0].p, s[0].a],
        time: 1.2,
      },
    ]),
    [{ i: 0, id: '5' }],
  ],
  'knex debug': [
    `{\n  method: 'insert',\n  bindings: [ 5, '${s[0].ep}', '${s[0].p}', '${s[0].a}' ],\n  sql: 'insert into \`subs\` (\`user_id\`, \`endpoint\`, \`p256dh\`, \`auth\`) values (?, ?, ?, ?)'\n}`,
    [{ i: 0, id: '5' }],
  ],
  'gorm log': [
    `[1.234ms] [rows:1] INSERT INTO "subs" ("user_id","endpoint","p256dh","auth","active") VALUES (5,'${s[0].ep}','${s[0].p}','${s[0].a}',false) RETURNING "id"`,
    [{ i: 0, id: '5', left: true }],
  ],
  'postgres log': [
    `LOG:  execute <unnamed>: INSERT INTO subs (user_id, endpoint, p256dh, auth) VALUES ($1, $2, $3, $4)\nDETAIL:  parameters: $1 = '5', $2 = '${s[0].ep}', $3 = '${s[0].p}', $4 = '${s[0].a}'`,
    [{ i: 0, id: '5' }],
  ],
  'insert set': [
    `INSERT INTO subs SET user_id=5, endpoint='${s[0].ep}', p256dh='${s[0].p}', auth='${s[0].a}', active=0;`,
    [{ i: 0, id: '5', left: true }],
  ],
  bigquery: [
    JSON.stringify({
      schema: {
        fields: [
          { name: 'user_id', type: 'STRING' },
          { name: 'endpoint' },
          { name: 'p256dh' },
          { name: 'auth' },
        ],
      },
      rows: [
        { f: [{ v: '5' }, { v: s[0].ep }, { v: s[0].p }, { v: s[0].a }] },
        { f: [{ v: '6' }, { v: s[1].ep }, { v: s[1].p }, { v: s[1].a }] },
      ],
    }),
    [
      { i: 0, id: '5' },
      { i: 1, id: '6' },
    ],
  ],
  'sheets api': [
    JSON.stringify({
      range: 'A1:D3',
      majorDimension: 'ROWS',
      values: [
        ['User ID', 'Endpoint', 'p256dh', 'auth'],
        ['5', s[0].ep, s[0].p, s[0].a],
        ['6', s[1].ep, s[1].p, s[1].a],
      ],
    }),
    [
      { i: 0, id: '5' },
      { i: 1, id: '6' },
    ],
  ],
  sqljs: [
    JSON.stringify([
      { columns: ['user_id', 'endpoint', 'p256dh', 'auth'], values: [[5, s[0].ep, s[0].p, s[0].a]] },
    ]),
    [{ i: 0, id: '5' }],
  ],
  'rds data api': [
    JSON.stringify({
      columnMetadata: [{ name: 'user_id' }, { name: 'endpoint' }, { name: 'p256dh' }, { name: 'auth' }],
      records: [
        [{ longValue: 5 }, { stringValue: s[0].ep }, { stringValue: s[0].p }, { stringValue: s[0].a }],
      ],
    }),
    [{ i: 0, id: '5' }],
  ],
  'key value entries': [
    JSON.stringify([
      [
        { key: 'user_id', value: 5 },
        { key: 'endpoint', value: s[0].ep },
        { key: 'p256dh', value: s[0].p },
        { key: 'auth', value: s[0].a },
      ],
    ]),
    [{ i: 0, id: '5' }],
  ],
  'wp postman url enc': [
    `endpoint=${encodeURIComponent(s[0].ep)}&p256dh=${s[0].p}&auth=${s[0].a}&name=Ann%20Lee&user_id=5`,
    [{ i: 0, label: 'Ann Lee', id: '5' }],
  ],
  'json in csv log': [
    `time,level,message\n2024-01-01,INFO,"saved ${J(0).replaceAll('"', '""')} for user 5"\n2024-01-01,INFO,"saved ${J(1).replaceAll('"', '""')} for user 6"`,
    [{ i: 0 }, { i: 1 }],
  ],
  'sheet vertical pairs': [
    `Name\tAnn\nEndpoint\t${s[0].ep}\np256dh\t${s[0].p}\nauth\t${s[0].a}\nTags\tvip, eu\n\nName\tBob\nEndpoint\t${s[1].ep}\np256dh\t${s[1].p}\nauth\t${s[1].a}\nTags\teu`,
    [
      { i: 0, label: 'Ann', tags: ['vip', 'eu'] },
      { i: 1, label: 'Bob', tags: ['eu'] },
    ],
  ],
  'html table': [
    `<table><thead><tr><th>Name</th><th>Endpoint</th><th>p256dh</th><th>auth</th></tr></thead>\n<tr><td>Ann</td><td>${s[0].ep}</td><td>${s[0].p}</td><td>${s[0].a}</td></tr>\n<tr><td>Bob</td><td>${s[1].ep}</td><td>${s[1].p}</td><td>${s[1].a}</td></tr></table>`,
    [
      { i: 0, label: 'Ann' },
      { i: 1, label: 'Bob' },
    ],
  ],
  'jira table': [
    `||user_id||endpoint||p256dh||auth||\n|5|${s[0].ep}|${s[0].p}|${s[0].a}|\n|6|${s[1].ep}|${s[1].p}|${s[1].a}|`,
    [
      { i: 0, id: '5' },
      { i: 1, id: '6' },
    ],
  ],
  'it headers': [
    `Nome;Cognome;Posta elettronica;Endpoint;Chiave pubblica;Segreto;Lingua;Città;Etichette\nAnna;Rossi;a@x.it;${s[0].ep};${s[0].p};${s[0].a};it;Roma;vip`,
    [{ i: 0, label: 'Anna Rossi', tags: ['vip'], attrs: { language: 'it' } }],
  ],
  'nl/pl headers': [
    `Imię,Nazwisko,Adres e-mail,Punkt końcowy,Klucz,Sekret,Język\nAnna,Nowak,a@x.pl,${s[0].ep},${s[0].p},${s[0].a},pl`,
    [{ i: 0, label: 'Anna Nowak', attrs: { language: 'pl' } }],
  ],
  'zh headers': [
    `用户编号\t姓名\t邮箱\t端点\t公钥\t密钥\t标签\t城市\n5\t王伟\tw@x.cn\t${s[0].ep}\t${s[0].p}\t${s[0].a}\tvip\t北京`,
    [{ i: 0, label: '王伟', id: '5', tags: ['vip'] }],
  ],
  'pandas print': [
    `   user_id                                           endpoint  p256dh  auth\n0        5  ${s[0].ep}  ${s[0].p}  ${s[0].a}\n1        6  ${s[1].ep}  ${s[1].p}  ${s[1].a}`,
    [
      { i: 0, id: '5' },
      { i: 1, id: '6' },
    ],
  ],
  'fixed columns powershell ft': [
    `UserId Name Endpoint${' '.repeat(s[0].ep.length - 8)} P256dh${' '.repeat(81)} Auth\n------ ---- --------${' '.repeat(s[0].ep.length - 8)} ------${' '.repeat(81)} ----\n5      Ann  ${s[0].ep} ${s[0].p} ${s[0].a}`,
    [{ i: 0, id: '5', label: 'Ann' }],
  ],
  'slack paste': [
    `Ann  10:02 AM\nhere is mine: \`${J(0)}\`\nBob  10:05 AM\nendpoint is ${s[1].ep}\nkeys are p256dh ${s[1].p} and auth ${s[1].a}`,
    [{ i: 0 }, { i: 1 }],
  ],
  'numbered list': [
    `1. Ann\n   Endpoint: ${s[0].ep}\n   P256DH: ${s[0].p}\n   Auth: ${s[0].a}\n2. Bob\n   Endpoint: ${s[1].ep}\n   P256DH: ${s[1].p}\n   Auth: ${s[1].a}`,
    [{ i: 0 }, { i: 1 }],
  ],
  'ticket fields': [
    `Customer: Ann Lee\nPlan: pro\nEndpoint URL\n${s[0].ep}\nPublic key (p256dh)\n${s[0].p}\nAuth secret\n${s[0].a}`,
    [{ i: 0, label: 'Ann Lee' }],
  ],
  'pdf hyphen wrap': [
    `Endpoint: ${s[0].ep.slice(0, 40)}\n${s[0].ep.slice(40, 52)}\n${s[0].ep.slice(52)}\np256dh: ${s[0].p.slice(0, 50)}\n${s[0].p.slice(50)}\nauth: ${s[0].a}`,
    [{ i: 0 }],
  ],
  'ios clipboard smart': [
    `{“endpoint”:“${s[0].ep}”,“keys”:{“p256dh”:“${s[0].p}”,“auth”:“${s[0].a}”}}\n\nSent from my iPhone`,
    [{ i: 0 }],
  ],
  'line numbers editor': [
    J(0)
      .replace(/,"/g, ',\n"')
      .split('\n')
      .map((l, i) => `${i + 1}  ${l}`)
      .join('\n'),
    [{ i: 0 }],
  ],
  'github diff plus only': [
    `@@ -0,0 +1,5 @@\n+[\n+  {"endpoint": "${s[0].ep}",\n+   "keys": {"p256dh": "${s[0].p}", "auth": "${s[0].a}"}}\n+]`,
    [{ i: 0 }],
  ],
  'docker compose log': [
    `web-1  | {\nweb-1  |   "endpoint": "${s[0].ep}",\nweb-1  |   "keys": {\nweb-1  |     "p256dh": "${s[0].p}",\nweb-1  |     "auth": "${s[0].a}"\nweb-1  |   }\nweb-1  | }`,
    [{ i: 0 }],
  ],
  'journald json lines': [
    `Nov 29 10:00:00 host app[123]: sub saved user_id=5 endpoint=${s[0].ep} p256dh=${s[0].p} auth=${s[0].a}\nNov 29 10:00:01 host app[123]: sub saved user_id=6 endpoint=${s[1].ep} p256dh=${s[1].p} auth=${s[1].a}`,
    [
      { i: 0, id: '5' },
      { i: 1, id: '6' },
    ],
  ],
  'message payload beside': [
    JSON.stringify({ notification: { title: 'Hi', body: 'x', tag: 'promo' }, to: PRINTED[0] }),
    [{ i: 0, label: null, tags: [] }],
  ],
  'python logging of list': [
    `INFO:root:subs=[{'endpoint': '${s[0].ep}', 'keys': {'auth': '${s[0].a}', 'p256dh': '${s[0].p}'}, 'user': <User: ann>}]`,
    [{ i: 0, label: 'ann' }],
  ],
  'js map print': [
    `Map(2) {\n  'u5' => {\n    endpoint: '${s[0].ep}',\n    keys: { p256dh: '${s[0].p}', auth: '${s[0].a}' }\n  },\n  'u6' => {\n    endpoint: '${s[1].ep}',\n    keys: { p256dh: '${s[1].p}', auth: '${s[1].a}' }\n  }\n}`,
    [
      { i: 0, id: 'u5' },
      { i: 1, id: 'u6' },
    ],
  ],
};
