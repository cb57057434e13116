import { browserSubscription } from '../../../../testing/browser-subscription.ts';

/** Subscriptions as consoles, shells and programs print them. */
const one = notLikeWords();
const two = browserSubscription({ host: 'updates.push.services.mozilla.com/wpush/v2' });
export const PRINTED = [one, two] as const;

/**
 * One of 40 has letters in the middle that look like a word or a name on a line of their own: nobody can tell then that they are the rest
 * of it.
 */
function notLikeWords() {
  for (;;) {
    const some = browserSubscription({ host: 'fcm.googleapis.com/fcm/send' });
    const middle = some.endpoint.slice(38, 54);
    if ([/\d/, /[A-Z]/, /[a-z]/].every((sign) => sign.test(middle.slice(2, 14))) && !/[_-]/.test(middle))
      return some;
  }
}

const [{ endpoint: e0, keys: k0 }, { endpoint: e1, keys: k1 }] = PRINTED;
const [p0, a0, p1, a1] = [k0.p256dh, k0.auth, k1.p256dh, k1.auth];
const j0 = JSON.stringify(one);
const j1 = JSON.stringify(two);
const pretty = (value: unknown) => JSON.stringify(value, null, 4).split('\n');
const q = (text: string) => JSON.stringify(text);

const HEAD = ['id', 'endpoint', 'p256dh', 'auth'];
const ROWS = [
  ['1', e0, p0, a0],
  ['2', e1, p1, a1],
];
type Rows = readonly (readonly string[])[];
const widthsOf = (rows: Rows) =>
  (rows[0] ?? []).map((_cell, column) =>
    Math.max(...rows.flatMap((row) => (row[column] ?? '').split('\n').map(({ length }) => length))),
  );

/** As `psql` aligns: a value over several lines has a mark at the end of each line but its last. */
function psql(
  rows: Rows,
  { border = 1, bar = '|', newline = '+' }: { border?: 0 | 1 | 2; bar?: string; newline?: string } = {},
): string {
  const widths = widthsOf(rows);
  const between = border === 0 ? ' ' : bar;
  const line = (row: readonly string[]) => {
    const cells = row.map((cell) => cell.split('\n'));
    const height = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_none, index) => {
      const parts = cells.map((lines, column) => {
        const mark = index < lines.length - 1 ? newline : ' ';
        const padded = (lines[index] ?? '').padEnd(widths[column] ?? 0);
        return border === 0 ? `${padded}${mark}` : ` ${padded}${mark}`;
      });
      const text = border === 0 ? parts.join('') : parts.join(between);
      return border === 2 ? `${bar}${text}${bar}` : text.trimEnd();
    });
  };
  const rule = widths.map((width) => '-'.repeat(width + 2)).join('+');
  const [head, ...rest] = rows;
  const ruled = border === 2 ? `+${rule}+` : border === 0 ? widths.map((w) => '-'.repeat(w)).join(' ') : rule;
  return [
    ...(border === 2 ? [ruled] : []),
    ...line(head ?? []),
    ruled,
    ...rest.flatMap(line),
    ...(border === 2 ? [ruled] : []),
    `(${rest.length} rows)`,
    '',
  ].join('\n');
}

/** As `psql` wraps: `mark` at the end of a part and at the start of the next. */
function wrapped(rows: Rows, width: number, bar = '|', mark = '.'): string {
  const cut = (cell: string) => cell.match(new RegExp(`.{1,${width}}`, 'g')) ?? [''];
  const widths = widthsOf(rows).map((most) => Math.min(most, width));
  const [head = [], ...rest] = rows;
  const line = (row: readonly string[]) => {
    const cells = row.map(cut);
    const height = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_none, index) =>
      cells
        .map((parts, column) => {
          const before = index > 0 && index < parts.length ? mark : ' ';
          const after = index < parts.length - 1 ? mark : ' ';
          return `${before}${(parts[index] ?? '').padEnd(widths[column] ?? 0)}${after}`;
        })
        .join(bar)
        .trimEnd(),
    );
  };
  return [
    ...line(head),
    widths.map((w) => '-'.repeat(w + 2)).join('+'),
    ...rest.flatMap(line),
    `(${rest.length} rows)`,
  ].join('\n');
}

/** With lines around each cell; a cell with several lines has no mark. */
function box(rows: Rows, { types = '', isSeparated = false } = {}): string {
  const widths = widthsOf(rows);
  const rule = (left: string, middle: string, right: string) =>
    left + widths.map((width) => '─'.repeat(width + 2)).join(middle) + right;
  const line = (row: readonly string[]) => {
    const cells = row.map((cell) => cell.split('\n'));
    const height = Math.max(...cells.map(({ length }) => length));
    return Array.from(
      { length: height },
      (_none, index) =>
        `│${cells.map((lines, column) => ` ${(lines[index] ?? '').padEnd(widths[column] ?? 0)} `).join('│')}│`,
    );
  };
  const [head = [], ...rest] = rows;
  const middle = rule('├', '┼', '┤');
  return [
    rule('┌', '┬', '┐'),
    ...line(head),
    ...(types === '' ? [] : line(types.split(','))),
    middle,
    ...rest.flatMap((row, index) => [...(isSeparated && index > 0 ? [middle] : []), ...line(row)]),
    rule('└', '┴', '┘'),
    '',
  ].join('\n');
}

const asJsonCell = (id: string, value: unknown) => [id, pretty(value).join('\n'), '7'];
const JSON_ROWS = [['id', 'subscription', 'user_id'], asJsonCell('1', one), asJsonCell('2', two)];
const cut40 = (text: string) => (text.match(/.{1,40}/g) ?? []).join('\n');
const space = (rows: Rows) => {
  const widths = widthsOf(rows);
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

const numbered = (lines: readonly string[]) => lines.map((line, index) => `${index + 1}) ${line}`).join('\n');
const hash = (s: typeof one) => ['endpoint', s.endpoint, 'p256dh', s.keys.p256dh, 'auth', s.keys.auth];

/** Each contains both subscriptions, unless its name ends in `(1)`. */
export const PRINTED_FORMS: Readonly<Record<string, string>> = {
  'psql, JSON over lines': psql(JSON_ROWS),
  'psql, JSON over lines, last column': psql(JSON_ROWS.map((row) => row.slice(0, 2))),
  'psql, JSON over lines, only column': psql(JSON_ROWS.map((row) => row.slice(1, 2))),
  'psql, JSON over lines, border 2': psql(JSON_ROWS, { border: 2 }),
  'psql, JSON over lines, unicode': psql(JSON_ROWS, { bar: '│', newline: '↵' }),
  'psql border 0': psql([HEAD, ...ROWS], { border: 0 }),
  'psql keys over lines': psql([
    ['id', 'endpoint', 'keys'],
    ['1', e0, pretty(k0).join('\n')],
    ['2', e1, pretty(k1).join('\n')],
  ]),
  'psql wrapped': wrapped([HEAD, ...ROWS], 30),
  'psql wrapped, unicode': wrapped([HEAD, ...ROWS], 22, '│', '…'),
  'psql expanded, JSON over lines': [one, two]
    .map((value, index) => {
      const [first, ...rest] = pretty(value);
      const width = Math.max(...pretty(value).map(({ length }) => length));
      const lines = [first ?? '', ...rest].map((line, at, all) =>
        at < all.length - 1 ? `${line.padEnd(width)}+` : line,
      );
      return [
        `-[ RECORD ${index + 1} ]+${'-'.repeat(40)}`,
        `id           | ${index + 1}`,
        ...lines.map((line, at) => `${at === 0 ? 'subscription' : '            '} | ${line}`),
      ].join('\n');
    })
    .join('\n'),
  'psql expanded, unaligned': ROWS.map((row) =>
    row.map((cell, i) => `${HEAD[i] ?? ''}|${cell}`).join('\n'),
  ).join('\n\n'),
  'psql unaligned': [HEAD, ...ROWS].map((row) => row.join('|')).join('\n') + '\n(2 rows)\n',
  'psql tuples only': ROWS.map((row) => ` ${row.join(' | ')}`).join('\n'),
  'psql old-ascii': psql(JSON_ROWS, { newline: ' ' }).replaceAll(/^ {4}\|/gm, '    :'),
  'mysql \\G of a JSON column': [j0, j1]
    .map(
      (json, i) =>
        `*************************** ${i + 1}. row ***************************\n          id: ${i + 1}\nsubscription: ${json}`,
    )
    .join('\n'),
  'mysql \\G of pretty JSON': [one, two]
    .map(
      (value, i) =>
        `*************************** ${i + 1}. row ***************************\n          id: ${i + 1}\nsubscription: ${pretty(value).join('\n')}`,
    )
    .join('\n'),
  'mysql box of pretty JSON': psql(JSON_ROWS, { border: 2, newline: ' ' }),
  'mysql -B': `${HEAD.join('\t')}\n${ROWS.map((row) => row.join('\t')).join('\n')}\n`,
  'mysql -B -N of escaped JSON': [one, two]
    .map((value, i) => `${i + 1}\t${pretty(value).join('\\n')}`)
    .join('\n'),
  'sqlite box': box([HEAD, ...ROWS]),
  'sqlite box of JSON': box(
    JSON_ROWS.map((row, i) => (i === 0 ? row : [row[0] ?? '', i === 1 ? j0 : j1, '7'])),
  ),
  'sqlite qbox': box(
    [HEAD, ...ROWS.map((row) => row.map((cell, i) => (i === 0 ? cell : cut40(`'${cell}'`))))],
    {
      isSeparated: true,
    },
  ),
  'sqlite box, wrapped': box([HEAD, ...ROWS.map((row) => row.map(cut40))], { isSeparated: true }),
  'sqlite line': ROWS.map((row) =>
    row.map((cell, i) => `${(HEAD[i] ?? '').padStart(8)} = ${cell}`).join('\n'),
  ).join('\n\n'),
  'sqlite column': [...space([HEAD, ROWS[0]?.map((cell) => '-'.repeat(cell.length)) ?? [], ...ROWS])].join(
    '\n',
  ),
  'sqlite list': ROWS.map((row) => row.join('|')).join('\n'),
  'sqlite tabs': ROWS.map((row) => row.join('\t')).join('\n'),
  'sqlite quote': ROWS.map(([id = '', ...row]) => [id, ...row.map((cell) => `'${cell}'`)].join(',')).join(
    '\n',
  ),
  'sqlite quote with header': [
    HEAD.map((cell) => `'${cell}'`),
    ...ROWS.map(([id = '', ...row]) => [id, ...row.map((cell) => `'${cell}'`)]),
  ]
    .map((row) => row.join(','))
    .join('\n'),
  'sqlite insert': ROWS.map(
    (row) => `INSERT INTO "table" VALUES(${row.map((cell, i) => (i === 0 ? cell : `'${cell}'`)).join(',')});`,
  ).join('\n'),
  'sqlite insert of JSON': [j0, j1].map((json, i) => `INSERT INTO subs VALUES(${i},'${json}');`).join('\n'),
  'sqlite json': `[${ROWS.map((row) => JSON.stringify(Object.fromEntries(row.map((cell, i) => [HEAD[i], cell])))).join(',\n')}]\n`,
  'sqlite html': ROWS.map((row) => `<TR>${row.map((cell) => `<TD>${cell}</TD>`).join('\n')}\n</TR>`).join(
    '\n',
  ),
  'sqlite tcl': ROWS.map((row) => row.map(q).join(' ')).join('\n'),
  'sqlite ascii': [HEAD, ...ROWS].map((row) => `${row.join('\u001f')}\u001e`).join(''),
  'duckdb box': box([HEAD, ...ROWS], { types: 'int32,varchar,varchar,varchar' }),
  'duckdb line': ROWS.map((row) =>
    row.map((cell, i) => `${(HEAD[i] ?? '').padStart(8)} = ${cell}`).join('\n'),
  ).join('\n\n'),
  'mongosh print': `[\n${[one, two].map((s, i) => `  {\n    _id: ObjectId('65f0c0ffee00000000000${i}01'),\n    subscription: {\n      endpoint: '${s.endpoint}',\n      expirationTime: null,\n      keys: {\n        p256dh: '${s.keys.p256dh}',\n        auth: '${s.keys.auth}'\n      }\n    },\n    createdAt: ISODate('2026-01-02T03:04:05.000Z'),\n    seen: Long('17')\n  }`).join(',\n')}\n]\nType "it" for more\n`,
  'mongo shell': [one, two]
    .map(
      (s, i) =>
        `{ "_id" : ObjectId("65f0c0ffee00000000000${i}01"), "endpoint" : "${s.endpoint}", "keys" : { "p256dh" : "${s.keys.p256dh}", "auth" : "${s.keys.auth}" }, "n" : NumberLong(4) }`,
    )
    .join('\n'),
  'DBeaver text': `id|endpoint|p256dh|auth|\n--+--------+------+----+\n${ROWS.map((row) => ` ${row.join('|')}|`).join('\n')}\n`,
  'TablePlus copy': ROWS.map((row) => row.join('\t')).join('\n'),
  'DataGrip SQL': ROWS.map(
    (row) =>
      `INSERT INTO public.subs (id, endpoint, p256dh, auth) VALUES (${row.map((cell, i) => (i === 0 ? cell : `'${cell}'`)).join(', ')});`,
  ).join('\n'),
  'pg_dump COPY of escaped JSON': `COPY public.subs (id, note, body) FROM stdin;\n${[one, two].map((value, i) => `${i + 1}\t\\N\t${pretty(value).join('\\n').replaceAll('    ', '\\t')}`).join('\n')}\n\\.\n`,
  'pg_dump COPY of inner escapes': `COPY public.subs (id, label, body) FROM stdin;\n${[j0, j1].map((json, i) => `${i + 1}\tA\\\\B\t${JSON.stringify(json).replaceAll('\\', '\\\\')}`).join('\n')}\n\\.\n`,
  'bq table': psql([HEAD, ...ROWS], { border: 2 }),

  'redis hgetall (1)': numbered(hash(one).map(q)),
  'redis hgetall, raw (1)': hash(one).join('\n'),
  'redis several hgetall': `127.0.0.1:6379> HGETALL push:1\n${numbered(hash(one).map(q))}\n127.0.0.1:6379> HGETALL push:2\n${numbered(hash(two).map(q))}\n127.0.0.1:6379> `,
  'redis several hgetall without prompts': `${numbered(hash(one).map(q))}\n${numbered(hash(two).map(q))}\n`,
  'redis several raw': `${hash(one).join('\n')}\n${hash(two).join('\n')}\n`,
  'redis several raw, other order': [one, two]
    .map((s) =>
      ['auth', s.keys.auth, 'p256dh', s.keys.p256dh, 'endpoint', s.endpoint, 'user', 'u1'].join('\n'),
    )
    .join('\n'),
  'redis raw with keys of JSON': [one, two]
    .map((s) => ['endpoint', s.endpoint, 'keys', JSON.stringify(s.keys)].join('\n'))
    .join('\n'),
  'redis lrange of JSON': numbered([j0, j1].map(q)),
  'redis lrange of JSON, raw': `${j0}\n${j1}`,
  'redis hash of JSON by user': numbered(['user:1', j0, 'user:2', j1].map(q)),
  'redis hash of JSON by user, raw': ['user:1', j0, 'user:2', j1].join('\n'),
  'redis --json':
    JSON.stringify({ endpoint: e0, p256dh: p0, auth: a0 }) +
    '\n' +
    JSON.stringify(['endpoint', e1, 'p256dh', p1, 'auth', a1]),
  'redis nested': `1) 1) "endpoint"\n   2) ${q(e0)}\n   3) "p256dh"\n   4) ${q(p0)}\n   5) "auth"\n   6) ${q(a0)}\n2) 1) "endpoint"\n   2) ${q(e1)}\n   3) "p256dh"\n   4) ${q(p1)}\n   5) "auth"\n   6) ${q(a1)}\n`,
  'redis RESP3': [one, two]
    .map(
      (s) =>
        `1# "endpoint" => ${q(s.endpoint)}\n2# "p256dh" => ${q(s.keys.p256dh)}\n3# "auth" => ${q(s.keys.auth)}`,
    )
    .join('\n'),
  'redis keys and values': `127.0.0.1:6379> KEYS push:*\n1) "push:1"\n2) "push:2"\n127.0.0.1:6379> GET push:1\n${q(j0)}\n127.0.0.1:6379> GET push:2\n${q(j1)}\n`,
  'redis mget': `127.0.0.1:6379> MGET push:1 push:2 push:3\n1) ${q(j0)}\n2) ${q(j1)}\n3) (nil)\n`,
  'redis --csv': [one, two].map((s) => hash(s).map(q).join(',')).join('\n'),
  'redis hmset': [one, two]
    .map((s, i) => `HSET push:${i} endpoint "${s.endpoint}" p256dh "${s.keys.p256dh}" auth "${s.keys.auth}"`)
    .join('\n'),
  'redis ten fields': [one, two]
    .map((s) =>
      numbered(['id', '7', ...hash(s), 'ua', 'Mozilla/5.0 (X11)', 'lang', 'de'].map(q)).replaceAll(
        /^(?=\d\))/gm,
        ' ',
      ),
    )
    .join('\n'),

  'go %v': `{${e0} {${p0} ${a0}}}\n{${e1} {${a1} ${p1}}}`,
  'go %v of a pointer': `&{${e0} {${a0} ${p0}}}\n2026/01/02 03:04:05 sub: &{${e1} {${a1} ${p1}}}`,
  'go %v of a list': `[{${e0} {${a0} ${p0}}} {${e1} {${a1} ${p1}}}]`,
  'go %v of rows': `[{1 Ann ${e0} ${p0} ${a0} 2026-01-02 03:04:05 +0000 UTC} {2 Bob ${e1} ${p1} ${a1} 2026-01-02 03:04:05 +0000 UTC}]`,
  'go %+v': `[{Endpoint:${e0} Keys:{Auth:${a0} P256dh:${p0}}} {Endpoint:${e1} Keys:{Auth:${a1} P256dh:${p1}}}]`,
  'go %#v': `[]webpush.Subscription{webpush.Subscription{Endpoint:"${e0}", Keys:webpush.Keys{Auth:"${a0}", P256dh:"${p0}"}}, webpush.Subscription{Endpoint:"${e1}", Keys:webpush.Keys{Auth:"${a1}", P256dh:"${p1}"}}}`,
  'go %v of maps': `[map[endpoint:${e0} expirationTime:<nil> keys:map[auth:${a0} p256dh:${p0}]] map[endpoint:${e1} expirationTime:<nil> keys:map[auth:${a1} p256dh:${p1}]]]`,
  'go %#v of a map': `map[string]interface {}{"endpoint":"${e0}", "expirationTime":interface {}(nil), "keys":map[string]interface {}{"auth":"${a0}", "p256dh":"${p0}"}}\nmap[string]string{"auth":"${a1}", "endpoint":"${e1}", "p256dh":"${p1}"}`,
  'rust debug': `Subscription { endpoint: "${e0}", keys: SubscriptionKeys { p256dh: "${p0}", auth: "${a0}" } }\nSubscriptionInfo { id: Some(3), endpoint: "${e1}", keys: Keys { p256dh: "${p1}", auth: "${a1}" }, expires: None }`,
  'rust pretty debug': `[\n    SubscriptionInfo {\n        endpoint: "${e0}",\n        keys: SubscriptionKeys {\n            p256dh: "${p0}",\n            auth: "${a0}",\n        },\n    },\n    SubscriptionInfo {\n        endpoint: Some(\n            "${e1}",\n        ),\n        keys: SubscriptionKeys {\n            p256dh: "${p1}",\n            auth: "${a1}",\n        },\n    },\n]`,
  'rust tuple struct': `("${e0}", "${p0}", "${a0}")\nSub("${e1}", "${p1}", "${a1}")`,
  'java map': `{endpoint=${e0}, keys={p256dh=${p0}, auth=${a0}}}\n{keys={auth=${a1}, p256dh=${p1}}, endpoint=${e1}, expirationTime=null}`,
  'java list': `[Subscription(id=1, endpoint=${e0}, p256dh=${p0}, auth=${a0}), Subscription(id=2, endpoint=${e1}, p256dh=${p1}, auth=${a1})]`,
  'java record': `Subscription[endpoint=${e0}, keys=Keys[p256dh=${p0}, auth=${a0}]]\nSubscription[endpoint=${e1}, keys=Keys[p256dh=${p1}, auth=${a1}]]`,
  'kotlin optional': `Subscription(endpoint=${e0}, keys=Keys(p256dh=${p0}, auth=${a0}), user=Optional[Ann])\nSubscription(endpoint=Optional[${e1}], keys=Keys(p256dh=${p1}, auth=${a1}))`,
  'python dataclasses': `[WebPushSubscription(endpoint=AnyHttpUrl('${e0}'), keys=WebPushKeys(auth='${a0}', p256dh='${p0}')), WebPushSubscription(endpoint=Url('${e1}'), keys=WebPushKeys(auth='${a1}', p256dh='${p1}'))]`,
  'python tuples': `[(1, '${e0}', '${p0}', '${a0}'), (2, '${e1}', '${p1}', '${a1}')]`,
  'python Row': `(1, '${e0}', '${p0}', '${a0}')\n(2, '${e1}', '${p1}', '${a1}')`,
  'python OrderedDict': `OrderedDict([('endpoint', '${e0}'), ('keys', OrderedDict([('p256dh', '${p0}'), ('auth', '${a0}')]))])\nOrderedDict([('endpoint', '${e1}'), ('p256dh', '${p1}'), ('auth', '${a1}')])`,
  'python bytes': `{'endpoint': '${e0}', 'p256dh': b'${p0}', 'auth': b'${a0}'}\n{b'endpoint': b'${e1}', b'p256dh': b'${p1}', b'auth': b'${a1}'}`,
  'namespace and model': `namespace(endpoint='${e0}', keys=namespace(p256dh='${p0}', auth='${a0}'))\nid=1 endpoint='${e1}' p256dh='${p1}' auth='${a1}'`,
  'c# record': `PushSubscription { Endpoint = ${e0}, Keys = Keys { P256DH = ${p0}, Auth = ${a0} } }\nPushSubscription { Endpoint = ${e1}, P256DH = ${p1}, Auth = ${a1} }`,
  'c# anonymous': `{ Endpoint = ${e0}, P256DH = ${p0}, Auth = ${a0} }\n{ Endpoint = ${e1}, P256DH = ${p1}, Auth = ${a1} }`,
  'c# initialiser': `new PushSubscription { Endpoint = "${e0}", P256DH = "${p0}", Auth = "${a0}" };\nnew() { Endpoint = @"${e1}", P256DH = "${p1}", Auth = "${a1}" },`,
  'elixir map': `%{"endpoint" => "${e0}", "keys" => %{"auth" => "${a0}", "p256dh" => "${p0}"}}\n%{endpoint: "${e1}", keys: %{auth: "${a1}", p256dh: "${p1}"}}`,
  'elixir struct': `[%MyApp.Push.Subscription{__meta__: #Ecto.Schema.Metadata<:loaded, "subs">, id: 1, endpoint: "${e0}", p256dh: "${p0}", auth: "${a0}", user: #Ecto.Association.NotLoaded<association :user is not loaded>, inserted_at: ~N[2026-01-02 03:04:05]},\n %MyApp.Push.Subscription{id: 2, endpoint: "${e1}", p256dh: "${p1}", auth: "${a1}"}]`,
  'erlang map': `#{<<"endpoint">> => <<"${e0}">>,<<"keys">> => #{<<"auth">> => <<"${a0}">>,<<"p256dh">> => <<"${p0}">>}}\n[{<<"endpoint">>,<<"${e1}">>},{<<"p256dh">>,<<"${p1}">>},{<<"auth">>,<<"${a1}">>}]`,
  'clojure map': `{:endpoint "${e0}", :keys {:p256dh "${p0}", :auth "${a0}"}}\n{"endpoint" "${e1}", "keys" {"p256dh" "${p1}", "auth" "${a1}"}}`,
  'swift dictionary': `["endpoint": "${e0}", "keys": ["p256dh": "${p0}", "auth": "${a0}"]]\nSubscription(endpoint: "${e1}", keys: App.Keys(p256dh: "${p1}", auth: "${a1}"))`,
  'swift dump': `▿ Subscription\n  - endpoint: "${e0}"\n  ▿ keys: Keys\n    - p256dh: "${p0}"\n    - auth: "${a0}"\n▿ Subscription\n  - endpoint: "${e1}"\n  ▿ keys: Keys\n    - p256dh: "${p1}"\n    - auth: "${a1}"\n`,
  'scala case class': `List(Subscription(${e0},${p0},${a0}), Subscription(${e1},Keys(${p1},${a1})))`,
  'haskell record': `Subscription {endpoint = "${e0}", keys = Keys {p256dh = "${p0}", auth = "${a0}"}}\nSubscription {endpoint = "${e1}", p256dh = "${p1}", auth = "${a1}"}`,
  'ruby 3.4': `{"endpoint" => "${e0}", "keys" => {"p256dh" => "${p0}", "auth" => "${a0}"}}\n#<struct Sub endpoint="${e1}", p256dh="${p1}", auth="${a1}">`,
  'ruby object': `#<Sub:0x000078f1 @endpoint="${e0}", @p256dh="${p0}", @auth="${a0}">\n#<OpenStruct endpoint="${e1}", p256dh="${p1}", auth="${a1}">`,
  'lua table': `{ endpoint = "${e0}", keys = { p256dh = "${p0}", auth = "${a0}" } }\n{ ["endpoint"] = "${e1}", ["p256dh"] = "${p1}", ["auth"] = "${a1}" }`,
  'powershell list': `\nendpoint : ${e0}\np256dh   : ${p0}\nauth     : ${a0}\n\nendpoint : ${e1}\np256dh   : ${p1}\nauth     : ${a1}\n\n`,
  'powershell hashtable': `@{endpoint=${e0}; keys=@{p256dh=${p0}; auth=${a0}}}\n@{endpoint='${e1}'; p256dh='${p1}'; auth='${a1}'}`,
  'powershell list over lines': [one, two]
    .map((s) =>
      ['endpoint', 'p256dh', 'auth']
        .map(
          (name) =>
            `${name.padEnd(8)} : ${((name === 'endpoint' ? s.endpoint : s.keys[name as 'auth']).match(/.{1,50}/g) ?? []).join(`\n${' '.repeat(11)}`)}`,
        )
        .join('\n'),
    )
    .join('\n\n'),
  'util.inspect': `[\n  PushSubscription {\n    endpoint: '${e0}',\n    expirationTime: null,\n    options: PushSubscriptionOptions { userVisibleOnly: true, applicationServerKey: ArrayBuffer {} },\n    keys: { p256dh: '${p0}', auth: '${a0}' }\n  },\n  <ref *1> {\n    endpoint: '${e1}',\n    keys: [Object: null prototype] { p256dh: '${p1}', auth: '${a1}' },\n    self: [Circular *1]\n  }\n]`,
  toml: `[[subscriptions]]\nendpoint = "${e0}"\n[subscriptions.keys]\np256dh = "${p0}"\nauth = "${a0}"\n\n[[subscriptions]]\nendpoint = "${e1}"\n[subscriptions.keys]\np256dh = "${p1}"\nauth = "${a1}"\n`,
  ini: `[ann]\nendpoint=${e0}\np256dh=${p0}\nauth=${a0}\n\n[bob]\nendpoint=${e1}\np256dh=${p1}\nauth=${a1}\n`,
  'dynamodb json': JSON.stringify({
    Items: [one, two].map((s) => ({
      endpoint: { S: s.endpoint },
      keys: { M: { p256dh: { S: s.keys.p256dh }, auth: { S: s.keys.auth } } },
    })),
  }),
  'firestore rest': JSON.stringify({
    documents: [one, two].map((s) => ({
      name: 'projects/x/documents/subs/1',
      fields: {
        endpoint: { stringValue: s.endpoint },
        keys: {
          mapValue: {
            fields: { p256dh: { stringValue: s.keys.p256dh }, auth: { stringValue: s.keys.auth } },
          },
        },
      },
    })),
  }),
  'a list of lua': `return {\n  { endpoint = "${e0}", keys = { p256dh = "${p0}", auth = "${a0}" } },\n  { endpoint = "${e1}", keys = { p256dh = "${p1}", auth = "${a1}" } },\n}`,
  'typescript with types': `export const subs: PushSubscriptionJSON[] = [\n  { endpoint: \`${e0}\`, keys: { p256dh: \`${p0}\`, auth: \`${a0}\` } } as const,\n  { endpoint: '${e1}', keys: { p256dh: '${p1}', auth: '${a1}' } } satisfies PushSubscriptionJSON,\n];`,
  'base64 of json, one a line': [j0, j1].map((json) => Buffer.from(json).toString('base64')).join('\n'),
  'base64url in variables': [j0, j1]
    .map((json, index) => `PUSH_SUB_${index}=${Buffer.from(json).toString('base64url')}`)
    .join('\n'),
  'a file in base64': (
    Buffer.from(JSON.stringify([one, two], null, 2))
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\n'),
};
