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

/** Subscriptions and their people, as programs, logs and exports have them. */
export const IN_PROGRAMS: Readonly<Record<string, PeopleForm>> = {
  'Go with types, with the name of each behind its keys': [
    `[]main.Sub{${([0, 1] as const)
      .map(
        (i) =>
          `main.Sub{Endpoint:"${s[i].ep}", Keys:webpush.Keys{Auth:"${s[i].a}", P256dh:"${s[i].p}"}, Name:"N${i}"}`,
      )
      .join(', ')}}`,
    [
      { i: 0, label: 'N0' },
      { i: 1, label: 'N1' },
    ],
  ],
  'records of Java, of which the first lost its beginning': [
    `erId=u0, endpoint=${s[0].ep}, p256dh=${s[0].p}, auth=${s[0].a}, city=Oslo], ` +
      `Sub[userId=u1, endpoint=${s[1].ep}, p256dh=${s[1].p}, auth=${s[1].a}, city=Rome]]`,
    [{ i: 0 }, { i: 1, id: 'u1', attrs: { city: 'Rome' } }],
  ],
  'transposed tsv': [
    `field\tA\tB\nname\tAnn\tBob\nendpoint\t${s[0].ep}\t${s[1].ep}\np256dh\t${s[0].p}\t${s[1].p}\nauth\t${s[0].a}\t${s[1].a}\nactive\t1\t0`,
    [
      { i: 0, label: 'Ann', left: false },
      { i: 1, label: 'Bob', left: true },
    ],
  ],
  'transposed md': [
    `| | 1 | 2 |\n|---|---|---|\n| user_id | 7 | 8 |\n| endpoint | ${s[0].ep} | ${s[1].ep} |\n| p256dh | ${s[0].p} | ${s[1].p} |\n| auth | ${s[0].a} | ${s[1].a} |`,
    [
      { i: 0, id: '7' },
      { i: 1, id: '8' },
    ],
  ],
  'two endpoints then keys labelled': [
    `endpoint: ${s[0].ep}\nendpoint: ${s[1].ep}\np256dh: ${s[0].p}\nauth: ${s[0].a}\np256dh: ${s[1].p}\nauth: ${s[1].a}`,
    [{ i: 0 }, { i: 1 }],
  ],
  'two endpoints bare then keys': [
    `${s[0].ep}\n${s[1].ep}\n${s[0].p}\n${s[0].a}\n${s[1].p}\n${s[1].a}`,
    [{ i: 0 }, { i: 1 }],
  ],
  'columns bare': [
    `${s[0].ep}\n${s[1].ep}\n${s[0].p}\n${s[1].p}\n${s[0].a}\n${s[1].a}`,
    [{ i: 0 }, { i: 1 }],
  ],
  'columns bare blank': [
    `${s[0].ep}\n${s[1].ep}\n\n${s[0].p}\n${s[1].p}\n\n${s[0].a}\n${s[1].a}`,
    [{ i: 0 }, { i: 1 }],
  ],
  'uuid call': [
    `[{'id': UUID('00000000-aaaa-4bbb-8ccc-000000000001'), 'user_id': UUID('00000000-aaaa-4bbb-8ccc-000000000002'), 'endpoint': '${s[0].ep}', 'p256dh': '${s[0].p}', 'auth': '${s[0].a}', 'credit': Decimal('3.5')}]`,
    [{ i: 0, id: '00000000-aaaa-4bbb-8ccc-000000000002' }],
  ],
  'python repr': [
    `Subscription(id=UUID('00000000-aaaa-4bbb-8ccc-000000000001'), user=User(id=9, name='Eva Braun', email='eva@x.de'), endpoint='${s[0].ep}', p256dh='${s[0].p}', auth='${s[0].a}', is_active=False, created=datetime.datetime(2024, 5, 1, 10, 0, tzinfo=datetime.timezone.utc))`,
    [{ i: 0, label: 'Eva Braun', id: '9', left: true }],
  ],
  'python repr list': [
    `[Subscription(user_id=UUID('00000000-aaaa-4bbb-8ccc-000000000001'), endpoint='${s[0].ep}', p256dh='${s[0].p}', auth='${s[0].a}', is_active=True), Subscription(user_id=UUID('00000000-aaaa-4bbb-8ccc-000000000002'), endpoint='${s[1].ep}', p256dh='${s[1].p}', auth='${s[1].a}', is_active=False)]`,
    [
      { i: 0, id: '00000000-aaaa-4bbb-8ccc-000000000001', left: false },
      { i: 1, id: '00000000-aaaa-4bbb-8ccc-000000000002', left: true },
    ],
  ],
  'mongosh two': [
    `db.subs.find()\n[\n  {\n    _id: ObjectId('65f1c0aa1111111111111111'),\n    userId: ObjectId('65f1c0aa2222222222222222'),\n    endpoint: '${s[0].ep}',\n    keys: {\n      p256dh: '${s[0].p}',\n      auth: '${s[0].a}'\n    },\n    topics: [ 'news', 'sport' ],\n    n: NumberLong(5), createdAt: ISODate('2024-03-13T10:00:00.000Z')\n  },\n  {\n    userId: ObjectId('65f1c0aa2222222222222223'),\n    endpoint: '${s[1].ep}',\n    keys: { p256dh: '${s[1].p}', auth: '${s[1].a}' },\n    topics: [],\n    optedOut: true\n  }\n]`,
    [
      { i: 0, id: '65f1c0aa2222222222222222', tags: ['news', 'sport'] },
      { i: 1, id: '65f1c0aa2222222222222223', left: true },
    ],
  ],
  'ruby struct': [
    `#<struct Sub user_id=5, name="Ann Lee", endpoint="${s[0].ep}", p256dh="${s[0].p}", auth="${s[0].a}", tags=["a", "b"]>`,
    [{ i: 0, id: '5', label: 'Ann Lee', tags: ['a', 'b'] }],
  ],
  'ruby obj': [
    `#<PushSub:0x000055d5 @id=1, @user=#<User:0x0055 @id=7, @name="Ann">, @endpoint="${s[0].ep}", @p256dh="${s[0].p}", @auth="${s[0].a}", @active=false>`,
    [{ i: 0, label: 'Ann', left: true }],
  ],
  'rust debug': [
    `Subscription { user_id: 5, name: Some("Ann"), endpoint: "${s[0].ep}", keys: Keys { p256dh: "${s[0].p}", auth: "${s[0].a}" }, active: false, tags: ["a"] }`,
    [{ i: 0, id: '5', label: 'Ann', left: true, tags: ['a'] }],
  ],
  'rust pretty': [
    `[src/main.rs:5:5] sub = Subscription {\n    user_id: 5,\n    name: Some(\n        "Ann",\n    ),\n    endpoint: "${s[0].ep}",\n    keys: Keys {\n        p256dh: "${s[0].p}",\n        auth: "${s[0].a}",\n    },\n    active: false,\n}`,
    [{ i: 0, id: '5', label: 'Ann', left: true }],
  ],
  'swift print': [
    `Subscription(userId: 5, name: Optional("Ann"), endpoint: "${s[0].ep}", p256dh: "${s[0].p}", auth: "${s[0].a}", active: false)`,
    [{ i: 0, id: '5', label: 'Ann', left: true }],
  ],
  'kotlin data': [
    `[Sub(id=1, user=User(id=9, name=Eva Braun-Keil, email=eva@x.de), endpoint=${s[0].ep}, p256dh=${s[0].p}, auth=${s[0].a}, status=ACTIVE), Sub(id=2, user=User(id=10, name=Max, email=max@x.de), endpoint=${s[1].ep}, p256dh=${s[1].p}, auth=${s[1].a}, status=OPTED_OUT)]`,
    [
      { i: 0, label: 'Eva Braun-Keil', id: '9', left: false },
      { i: 1, label: 'Max', id: '10', left: true },
    ],
  ],
  'pairs list': [
    `[[["user_id",5],["endpoint","${s[0].ep}"],["p256dh","${s[0].p}"],["auth","${s[0].a}"]],[["user_id",6],["endpoint","${s[1].ep}"],["p256dh","${s[1].p}"],["auth","${s[1].a}"]]]`,
    [
      { i: 0, id: '5' },
      { i: 1, id: '6' },
    ],
  ],
  realdictrow: [
    `[RealDictRow([('user_id', 5), ('endpoint', '${s[0].ep}'), ('p256dh', '${s[0].p}'), ('auth', '${s[0].a}'), ('active', False)]), RealDictRow([('user_id', 6), ('endpoint', '${s[1].ep}'), ('p256dh', '${s[1].p}'), ('auth', '${s[1].a}'), ('active', True)])]`,
    [
      { i: 0, id: '5', left: true },
      { i: 1, id: '6', left: false },
    ],
  ],
  ordereddict: [
    `OrderedDict([('email', 'a@x.org'), ('endpoint', '${s[0].ep}'), ('p256dh', '${s[0].p}'), ('auth', '${s[0].a}'), ('unsubscribed', True)])`,
    [{ i: 0, label: 'a@x.org', left: true }],
  ],
  sqlalchemy: [
    `2024-01-01 10:00:00,000 INFO sqlalchemy.engine.Engine INSERT INTO push_subs (user_id, endpoint, p256dh, auth, active) VALUES (?, ?, ?, ?, ?)\n2024-01-01 10:00:00,000 INFO sqlalchemy.engine.Engine [generated in 0.00017s] (5, '${s[0].ep}', '${s[0].p}', '${s[0].a}', 0)`,
    [{ i: 0, id: '5', left: true }],
  ],
  'sqlalchemy many': [
    `INFO sqlalchemy.engine.Engine INSERT INTO push_subs (user_id, endpoint, p256dh, auth) VALUES (%s, %s, %s, %s)\nINFO sqlalchemy.engine.Engine [generated in 0.00017s] [(5, '${s[0].ep}', '${s[0].p}', '${s[0].a}'), (6, '${s[1].ep}', '${s[1].p}', '${s[1].a}')]`,
    [
      { i: 0, id: '5' },
      { i: 1, id: '6' },
    ],
  ],
  'sqlalchemy dict': [
    `INFO sqlalchemy.engine.Engine INSERT INTO push_subs (user_id, endpoint, p256dh, auth) VALUES (%(user_id)s, %(endpoint)s, %(p256dh)s, %(auth)s)\nINFO sqlalchemy.engine.Engine [no key 0.00017s] {'user_id': 5, 'endpoint': '${s[0].ep}', 'p256dh': '${s[0].p}', 'auth': '${s[0].a}'}`,
    [{ i: 0, id: '5' }],
  ],
  'django sql': [
    `(0.001) INSERT INTO "push_sub" ("user_id", "endpoint", "p256dh", "auth") VALUES (%s, %s, %s, %s) RETURNING "push_sub"."id"; args=(5, '${s[0].ep}', '${s[0].p}', '${s[0].a}'); alias=default`,
    [{ i: 0, id: '5' }],
  ],
  hibernate: [
    `Hibernate: insert into push_subscription (auth, endpoint, p256dh, user_id, active) values (?, ?, ?, ?, ?)\n2024-01-01 10:00:00 TRACE o.h.type.descriptor.sql.BasicBinder : binding parameter [1] as [VARCHAR] - [${s[0].a}]\n2024-01-01 10:00:00 TRACE o.h.type.descriptor.sql.BasicBinder : binding parameter [2] as [VARCHAR] - [${s[0].ep}]\n2024-01-01 10:00:00 TRACE o.h.type.descriptor.sql.BasicBinder : binding parameter [3] as [VARCHAR] - [${s[0].p}]\n2024-01-01 10:00:00 TRACE o.h.type.descriptor.sql.BasicBinder : binding parameter [4] as [BIGINT] - [77]\n2024-01-01 10:00:00 TRACE o.h.type.descriptor.sql.BasicBinder : binding parameter [5] as [BOOLEAN] - [false]`,
    [{ i: 0, id: '77', left: true }],
  ],
  activerecord: [
    `  WebPush::Subscription Create (0.5ms)  INSERT INTO "subs" ("endpoint", "p256dh", "auth", "user_id", "unsubscribed_at") VALUES ($1, $2, $3, $4, $5) RETURNING "id"  [["endpoint", "${s[0].ep}"], ["p256dh", "${s[0].p}"], ["auth", "${s[0].a}"], ["user_id", 55], ["unsubscribed_at", "2024-01-01 10:00:00"]]`,
    [{ i: 0, id: '55', left: true }],
  ],
  typeorm: [
    `query: INSERT INTO "sub"("id", "user_id", "endpoint", "p256dh", "auth", "active") VALUES (DEFAULT, $1, $2, $3, $4, $5) RETURNING "id" -- PARAMETERS: [17,"${s[0].ep}","${s[0].p}","${s[0].a}",true]\nquery: INSERT INTO "sub"("id", "user_id", "endpoint", "p256dh", "auth", "active") VALUES (DEFAULT, $1, $2, $3, $4, $5) RETURNING "id" -- PARAMETERS: [18,"${s[1].ep}","${s[1].p}","${s[1].a}",false]`,
    [
      { i: 0, id: '17', left: false },
      { i: 1, id: '18', left: true },
    ],
  ],
  'columns/rows json': [
    JSON.stringify({
      columns: ['user_id', 'endpoint', 'p256dh', 'auth', 'active'],
      rows: [
        [5, s[0].ep, s[0].p, s[0].a, true],
        [6, s[1].ep, s[1].p, s[1].a, false],
      ],
    }),
    [
      { i: 0, id: '5', left: false },
      { i: 1, id: '6', left: true },
    ],
  ],
  metabase: [
    JSON.stringify({
      data: {
        rows: [
          [5, s[0].ep, s[0].p, s[0].a],
          [6, s[1].ep, s[1].p, s[1].a],
        ],
        cols: [
          { name: 'user_id', display_name: 'User' },
          { name: 'endpoint' },
          { name: 'p256dh' },
          { name: 'auth' },
        ],
      },
      status: 'completed',
    }),
    [
      { i: 0, id: '5' },
      { i: 1, id: '6' },
    ],
  ],
  'heading list': [
    JSON.stringify([
      ['user_id', 'endpoint', 'p256dh', 'auth'],
      [5, s[0].ep, s[0].p, s[0].a],
      [6, s[1].ep, s[1].p, s[1].a],
    ]),
    [
      { i: 0, id: '5' },
      { i: 1, id: '6' },
    ],
  ],
  'pandas dict': [
    `{'user_id': {0: 5, 1: 6}, 'endpoint': {0: '${s[0].ep}', 1: '${s[1].ep}'}, 'p256dh': {0: '${s[0].p}', 1: '${s[1].p}'}, 'auth': {0: '${s[0].a}', 1: '${s[1].a}'}, 'active': {0: True, 1: False}}`,
    [
      { i: 0, id: '5', left: false },
      { i: 1, id: '6', left: true },
    ],
  ],
  'pandas list': [
    `{'user_id': [5, 6], 'endpoint': ['${s[0].ep}', '${s[1].ep}'], 'p256dh': ['${s[0].p}', '${s[1].p}'], 'auth': ['${s[0].a}', '${s[1].a}']}`,
    [
      { i: 0, id: '5' },
      { i: 1, id: '6' },
    ],
  ],
  'pandas split': [
    `{"columns":["user_id","endpoint","p256dh","auth"],"index":[0,1],"data":[[5,"${s[0].ep}","${s[0].p}","${s[0].a}"],[6,"${s[1].ep}","${s[1].p}","${s[1].a}"]]}`,
    [
      { i: 0, id: '5' },
      { i: 1, id: '6' },
    ],
  ],
  'pandas index': [
    `{"0":{"user_id":5,"endpoint":"${s[0].ep}","p256dh":"${s[0].p}","auth":"${s[0].a}"},"1":{"user_id":6,"endpoint":"${s[1].ep}","p256dh":"${s[1].p}","auth":"${s[1].a}"}}`,
    [
      { i: 0, id: '5' },
      { i: 1, id: '6' },
    ],
  ],
  edn: [
    `{:user/id 5, :user/name "Ann", :endpoint "${s[0].ep}", :keys {:p256dh "${s[0].p}", :auth "${s[0].a}"}, :active false, :tags #{"a"}}`,
    [{ i: 0, id: '5', label: 'Ann', left: true, tags: ['a'] }],
  ],
  'edn no commas': [
    `({:name "Ann" :endpoint "${s[0].ep}" :p256dh "${s[0].p}" :auth "${s[0].a}" :created-at #inst "2024-01-01T00:00:00.000-00:00"} {:name "Bo" :endpoint "${s[1].ep}" :p256dh "${s[1].p}" :auth "${s[1].a}"})`,
    [
      { i: 0, label: 'Ann' },
      { i: 1, label: 'Bo' },
    ],
  ],
  'print_r nested': [
    `Array\n(\n    [0] => Array\n        (\n            [user_login] => hans\n            [endpoint] => ${s[0].ep}\n            [keys] => Array\n                (\n                    [p256dh] => ${s[0].p}\n                    [auth] => ${s[0].a}\n                )\n\n            [active] => 1\n        )\n\n    [1] => Array\n        (\n            [user_login] => eva\n            [endpoint] => ${s[1].ep}\n            [keys] => Array\n                (\n                    [p256dh] => ${s[1].p}\n                    [auth] => ${s[1].a}\n                )\n\n            [active] => \n        )\n\n)\n`,
    [
      { i: 0, label: 'hans', left: false },
      { i: 1, label: 'eva', left: true },
    ],
  ],
  'print_r with words': [
    `Result: Array ( [user_login] => hans [endpoint] => ${s[0].ep} [keys] => Array ( [p256dh] => ${s[0].p} [auth] => ${s[0].a} ) [active] => )`,
    [{ i: 0, label: 'hans', left: true }],
  ],
  var_dump: [
    `array(1) {\n  [0]=>\n  object(stdClass)#3 (4) {\n    ["user"]=>\n    string(4) "hans"\n    ["endpoint"]=>\n    string(${s[0].ep.length}) "${s[0].ep}"\n    ["p256dh"]=>\n    string(87) "${s[0].p}"\n    ["auth"]=>\n    string(22) "${s[0].a}"\n    ["is_unsubscribed"]=>\n    bool(true)\n  }\n}`,
    [{ i: 0, label: 'hans', left: true }],
  ],
  'rails fixture erb': [
    `one:\n  user_id: <%= 5 %>\n  endpoint: "${s[0].ep}"\n  p256dh: ${s[0].p}\n  auth: ${s[0].a}\n  created_at: <%= 2.days.ago %>\n\ntwo:\n  user: bob\n  endpoint: "${s[1].ep}"\n  p256dh: ${s[1].p}\n  auth: ${s[1].a}\n  created_at: <%= Time.now.to_fs(:db) %>\n`,
    [{ i: 0 }, { i: 1, label: 'bob' }],
  ],
  'quoted-printable': [
    `Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n${J(0).replaceAll('=', '=3D').replace(/.{70}/g, '$&=\n')}\n`,
    [{ i: 0 }],
  ],
  'json behind words in string': [
    JSON.stringify({ level: 30, msg: 'new sub ' + J(0) }) +
      '\n' +
      JSON.stringify({ level: 30, msg: 'got push: ' + J(1) + ' ok' }),
    [{ i: 0 }, { i: 1 }],
  ],
  'title of message': [
    JSON.stringify({ title: 'Sale!', body: 'Now', subscription: PRINTED[0] }),
    [{ i: 0, label: null }],
  ],
  'firestore name': [
    JSON.stringify({
      name: 'projects/p/databases/(default)/documents/subs/x1',
      fields: {
        subscription: {
          mapValue: {
            fields: {
              endpoint: { stringValue: s[0].ep },
              keys: {
                mapValue: { fields: { p256dh: { stringValue: s[0].p }, auth: { stringValue: s[0].a } } },
              },
            },
          },
        },
      },
    }),
    [{ i: 0, label: null }],
  ],
  'pma xml': [
    `<?xml version="1.0"?>\n<pma_xml_export>\n<database name="site">\n<table name="push_subs">\n<column name="user_name">Bert Al</column>\n<column name="endpoint">${s[0].ep}</column>\n<column name="p256dh">${s[0].p}</column>\n<column name="auth">${s[0].a}</column>\n<column name="active">0</column>\n</table>\n<table name="push_subs">\n<column name="user_name">Cy</column>\n<column name="endpoint">${s[1].ep}</column>\n<column name="p256dh">${s[1].p}</column>\n<column name="auth">${s[1].a}</column>\n<column name="active">1</column>\n</table>\n</database>\n</pma_xml_export>`,
    [
      { i: 0, label: 'Bert Al', left: true },
      { i: 1, label: 'Cy', left: false },
    ],
  ],
  'join tags json': [
    JSON.stringify({
      subscriptions: [
        { id: 1, endpoint: s[0].ep, p256dh: s[0].p, auth: s[0].a },
        { id: 2, endpoint: s[1].ep, p256dh: s[1].p, auth: s[1].a },
      ],
      subscription_tags: [
        { subscription_id: 1, tag: 'news' },
        { subscription_id: 1, tag: 'vip' },
        { subscription_id: 2, tag: 'news' },
      ],
    }),
    [
      { i: 0, tags: ['news', 'vip'] },
      { i: 1, tags: ['news'] },
    ],
  ],
  'es head': [
    `Nombre\tCorreo electrónico\tPunto de conexión\tClave pública\tSecreto auth\tEtiquetas\tIdioma\tCiudad\nAna Pérez\tana@ej.es\t${s[0].ep}\t${s[0].p}\t${s[0].a}\tvip, madrid\tes\tMadrid`,
    [{ i: 0, label: 'Ana Pérez', tags: ['vip', 'madrid'], attrs: { email: 'ana@ej.es', language: 'es' } }],
  ],
  'fr head': [
    `Prénom;Nom;Courriel;Point de terminaison;Clé;Auth;Étiquettes;Langue\nAnne;Dupont;a@x.fr;${s[0].ep};${s[0].p};${s[0].a};vip;fr`,
    [{ i: 0, label: 'Anne Dupont', tags: ['vip'] }],
  ],
  'de head': [
    `Vorname;Nachname;E-Mail;Endpunkt;Schlüssel;Geheimnis;Sprache;Stadt\nJörg;Meier;jm@x.de;${s[0].ep};${s[0].p};${s[0].a};de;Köln`,
    [{ i: 0, label: 'Jörg Meier', attrs: { language: 'de' } }],
  ],
  'ja head': [
    `名前,メール,エンドポイント,公開鍵,認証,言語\n山田太郎,y@x.jp,${s[0].ep},${s[0].p},${s[0].a},ja`,
    [{ i: 0, label: '山田太郎', attrs: { email: 'y@x.jp', language: 'ja' } }],
  ],
  'ru head': [
    `Имя;Почта;Адрес;Ключ;Секрет;Город\nИван;i@x.ru;${s[0].ep};${s[0].p};${s[0].a};Москва`,
    [{ i: 0, label: 'Иван' }],
  ],
  'values with names': [
    `got user=Ann plan=pro -> ("${s[0].ep}", "${s[0].p}", "${s[0].a}")\ngot user=Bo plan=free -> ("${s[1].ep}", "${s[1].p}", "${s[1].a}")`,
    [
      { i: 0, label: 'Ann', attrs: { plan: 'pro' } },
      { i: 1, label: 'Bo' },
    ],
  ],
  'php in sql': [
    `INSERT INTO wp_usermeta (umeta_id, user_id, meta_key, meta_value) VALUES (1,5,'push','a:3:{s:8:"endpoint";s:${s[0].ep.length}:"${s[0].ep}";s:6:"p256dh";s:87:"${s[0].p}";s:4:"auth";s:22:"${s[0].a}";}');`,
    [{ i: 0, id: '5' }],
  ],
  'md wrapped': [
    `| endpoint | p256dh | auth |\n|---|---|---|\n| ${s[0].ep.slice(0, 70)} | | |\n| ${s[0].ep.slice(70)} | ${s[0].p} | ${s[0].a} |\n| ${s[1].ep} | ${s[1].p} | ${s[1].a} |`,
    [{ i: 0 }, { i: 1 }],
  ],
};
