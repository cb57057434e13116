import { browserSubscription } from '../../../../testing/browser-subscription.ts';

/** Two subscriptions with fresh keys, in every form in which people have them. */
const one = browserSubscription({ host: 'fcm.googleapis.com/fcm/send' });
const two = browserSubscription({ host: 'updates.push.services.mozilla.com/wpush/v2' });
export const SUBSCRIPTIONS = [one, two] as const;

const {
  endpoint: e0,
  keys: { p256dh: p0, auth: a0 },
} = one;
const {
  endpoint: e1,
  keys: { p256dh: p1, auth: a1 },
} = two;
const P0 = Buffer.from(p0, 'base64url');
const A0 = Buffer.from(a0, 'base64url');
const plain = (text: string) => Buffer.from(text, 'base64url').toString('base64');
const [plainP0, plainP1, plainA0, plainA1] = [plain(p0), plain(p1), plain(a0), plain(a1)];
const j0 = JSON.stringify(one);
const j1 = JSON.stringify(two);

export const FORMS: Readonly<Record<string, string>> = {
  'ruby =>': `{:endpoint=>"${e0}", :keys=>{:p256dh=>"${p0}", :auth=>"${a0}"}}\n{"endpoint"=>"${e1}", "expirationTime"=>nil, "keys"=>{"p256dh"=>"${p1}", "auth"=>"${a1}"}}`,
  'ruby new': `{endpoint: "${e0}", keys: {p256dh: "${p0}", auth: "${a0}"}}`,
  'rails inspect': `#<PushSubscription id: 1, endpoint: "${e0}", p256dh: "${p0}", auth: "${a0}", user_id: 4, created_at: "2026-01-02 03:04:05">`,
  'php short': `$subs = [\n  [\n 'endpoint' => '${e0}', // x\n 'keys' => [ 'p256dh' => '${p0}', 'auth' => '${a0}' ],\n ],\n  ['endpoint' => '${e1}', 'publicKey' => '${p1}', 'authToken' => '${a1}'],\n];`,
  'php array()': `<?php\nreturn array(\n 'endpoint' => '${e0}',\n 'keys' => array('p256dh' => '${p0}', 'auth' => '${a0}'),\n);`,
  'Subscription::create': `Subscription::create([\n "endpoint" => "${e0}",\n "keys" => ["p256dh" => "${p0}", "auth" => "${a0}"],\n]);`,
  'print_r nested': `Array\n(\n    [0] => Array\n        (\n            [keys] => Array\n                (\n                    [p256dh] => ${p0}\n                    [auth] => ${a0}\n                )\n\n            [endpoint] => ${e0}\n        )\n\n    [1] => Array\n        (\n            [endpoint] => ${e1}\n            [key] => ${plainP1}\n            [token] => ${plainA1}\n        )\n\n)\n`,
  'print_r object': `Minishlink\\WebPush\\Subscription Object\n(\n    [endpoint:Minishlink\\WebPush\\Subscription:private] => ${e0}\n    [publicKey:Minishlink\\WebPush\\Subscription:private] => ${p0}\n    [authToken:Minishlink\\WebPush\\Subscription:private] => ${a0}\n    [contentEncoding:Minishlink\\WebPush\\Subscription:private] => aesgcm\n)\n`,
  var_dump: `array(2) {\n  ["endpoint"]=>\n  string(188) "${e0}"\n  ["keys"]=>\n  array(2) {\n    ["p256dh"]=>\n    string(87) "${p0}"\n    ["auth"]=>\n    string(22) "${a0}"\n  }\n}\n`,
  'var_dump object': `object(Sub)#3 (3) {\n  ["endpoint":protected]=>\n  string(188) "${e0}"\n  ["publicKey":"Sub":private]=>\n  string(87) "${p0}"\n  ["authToken":"Sub":private]=>\n  string(22) "${a0}"\n}\n`,
  'python list pprint': `[{'endpoint': '${e0.slice(0, 60)}'\n              '${e0.slice(60)}',\n  'expirationTime': None,\n  'keys': {'auth': '${a0}',\n           'p256dh': '${p0}'}},\n {'endpoint': '${e1}', 'keys': {'auth': '${a1}', 'p256dh': '${p1}'}}]`,
  'python datetime': `[{'id': 1, 'endpoint': '${e0}', 'p256dh': '${p0}', 'auth': '${a0}', 'created_at': datetime.datetime(2026, 1, 2, 3, 4, 5)}]`,
  'py log': `INFO:push:got {'endpoint': '${e0}', 'keys': {'p256dh': '${p0}', 'auth': '${a0}'}} from 1.2.3.4\nDEBUG [x] {"a":1}\n`,
  dataclass: `PushSub(id=1, endpoint='${e0}', keys=Keys(p256dh='${p0}', auth='${a0}'))`,
  java: `Subscription(endpoint=${e0}, keys=Keys(p256dh=${p0}, auth=${a0}))`,
  'java brace': `Subscription{endpoint='${e0}', keys=Keys{p256dh='${p0}', auth='${a0}'}}`,
  go: `&{Endpoint:${e0} Keys:{Auth:${a0} P256dh:${p0}}}`,
  'go map': `map[endpoint:${e0} keys:map[auth:${a0} p256dh:${p0}]]`,
  'go literal': `s := &webpush.Subscription{\n\tEndpoint: "${e0}",\n\tKeys: webpush.Keys{\n\t\tAuth: "${a0}",\n\t\tP256dh: "${p0}",\n\t},\n}`,
  'c# record': `PushSubscription { Endpoint = ${e0}, P256DH = ${p0}, Auth = ${a0} }`,
  'c# new': `var s = new PushSubscription("${e0}", "${p0}", "${a0}");`,
  'js multi': `const subs = [{\n  endpoint: \`${e0}\`,\n  keys: { p256dh: '${p0}', auth: '${a0}' },\n}, {\n  'endpoint': "${e1}", keys: { p256dh: "${p1}", auth: "${a1}" }, }];\nwebpush.sendNotification(subs[0], 'x');`,
  'js code fn': `async function f() {\n  const sub = { endpoint: '${e0}', keys: { p256dh: '${p0}', auth: '${a0}' } };\n  return sub;\n}`,
  'console arraybuffer': `PushSubscription {\n  endpoint: '${e0}',\n  expirationTime: null,\n  keys: { p256dh: ArrayBuffer { [Uint8Contents]: <${P0.toString('hex').replace(/../g, '$& ').trim()}>, byteLength: 65 }, auth: <Buffer ${A0.toString('hex').replace(/../g, '$& ').trim()}> }\n}`,
  uint8array: `{ endpoint: '${e0}', keys: { p256dh: Uint8Array(65) [${[...P0].join(', ')}], auth: Uint8Array(16) [\n ${[...A0].join(', ')}\n] } }`,
  escaped: `payload: {\\"endpoint\\":\\"${e0}\\",\\"keys\\":{\\"p256dh\\":\\"${p0}\\",\\"auth\\":\\"${a0}\\"}}`,
  'html attr': `<div data-sub="${j0.replaceAll('"', '&quot;')}"></div>\n<p data-sub='${j1.replaceAll('"', '&#34;')}'>`,
  'html in attr raw': `<div data-sub='${j0}'>hi</div>`,
  'mail quoted': `On Monday Ann wrote:\n> Hello,\n> {"endpoint":"${e0}",\n>  "keys":{"p256dh":"${p0}",\n>  "auth":"${a0}"}}\n> bye`,
  urlencoded: `subscription=${encodeURIComponent(j0)}&x=1`,
  curl: `curl -X POST -H 'Content-Type: application/json' -d '${j0}' http://localhost/x`,
  'cli two': `web-push send-notification --key "${p0}" --auth '${a0}' \\\n  --endpoint "${e0}" --payload='hi there' --vapid-pubkey=${p1}\n`,
  'mysql \\G': `*************************** 1. row ***************************\n      id: 1\nendpoint: ${e0}\n  p256dh: ${p0}\n    auth: ${a0}\n*************************** 2. row ***************************\n      id: 2\nendpoint: ${e1}\n  p256dh: ${p1}\n    auth: ${a1}\n2 rows in set (0.00 sec)`,
  'psql x': `-[ RECORD 1 ]----------\nid       | 1\nendpoint | ${e0}\np256dh   | ${p0}\nauth     | ${a0}\n-[ RECORD 2 ]----------\nid       | 2\nendpoint | ${e1}\np256dh   | ${p1}\nauth     | ${a1}\n`,
  psql: ` id | endpoint | p256dh | auth \n----+----------+--------+------\n  1 | ${e0} | ${p0} | ${a0}\n  2 | ${e1} | ${p1} | ${a1}\n(2 rows)\n`,
  'mysql box': `mysql> select * from subs;\n+----+-----+\n| id | endpoint | p256dh | auth |\n+----+-----+\n| 1 | ${e0} | ${p0} | ${a0} |\n| 2 | ${e1} | ${p1} | ${a1} |\n+----+----+\n2 rows in set\n`,
  'markdown table': `| Name | Endpoint | Key | Auth |\n|---|:--|---|---|\n| Ann Smith | ${e0} | ${p0} | ${a0} |\n`,
  'csv json col': `id,user_id,subscription\n1,u1,"${j0.replaceAll('"', '""')}"\n2,u2,"${j1.replaceAll('"', '""')}"\n`,
  'csv json backslash': `"id","sub"\n"1","${j0.replaceAll('"', '\\"')}"\n`,
  'csv one col': `subscription\n"${j0.replaceAll('"', '""')}"\n`,
  'csv semicolon': `\uFEFFName;E-Mail;Endpoint;P256DH;Auth;Tags\r\n"Müller; Ann";ann@x.de;${e0};${p0};${a0};"news, vip"\r\n`,
  'csv headerless': `1,${e0},${p0},${a0}\n2,${e1},${p1},${a1}`,
  tsv: `endpoint\tp256dh\tauth\n${e0}\t${p0}\t${a0}\n`,
  'sep=': `sep=;\nendpoint;key;token\n${e0};${p0};${a0}`,
  'csv keys json': `endpoint,keys\n${e0},"{""p256dh"":""${p0}"",""auth"":""${a0}""}"`,
  'pg copy': `COPY public.push_subscriptions (id, endpoint, p256dh, auth, created_at) FROM stdin;\n1\t${e0}\t${p0}\t${a0}\t2026-01-02 03:04:05+00\n2\t${e1}\t${p1}\t${a1}\t\\N\n\\.\n\nSELECT 1;`,
  'pg insert json': `INSERT INTO public.users VALUES (1, 'ann');\nINSERT INTO public.subs (id, data) VALUES (1, '{"endpoint": "${e0}", "keys": {"p256dh": "${p0}", "auth": "${a0}"}}'::jsonb) ON CONFLICT DO NOTHING;`,
  'mysql no cols': `CREATE TABLE \`push\` (\n \`id\` int(11) NOT NULL,\n \`data\` text,\n PRIMARY KEY (\`id\`)\n) ENGINE=InnoDB;\nINSERT INTO \`push\` VALUES (1,'${j0.replaceAll('"', '\\"')}'),(2,'${j1.replaceAll('"', '\\"')}');\nUNLOCK TABLES;`,
  'sqlite dump': `PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE subs (id INTEGER PRIMARY KEY, endpoint TEXT, p256dh TEXT, auth TEXT);\nINSERT INTO subs VALUES(1,'${e0}','${p0}','${a0}');\nINSERT INTO subs VALUES(2,'${e1}','${p1}','${a1}');\nCOMMIT;`,
  'no names sql': `INSERT INTO subs VALUES(1,'${e0}','${p0}','${a0}');`,
  phpmyadmin: `[\n{"type":"header","version":"5.2.1","comment":"Export to JSON plugin for PHPMyAdmin"},\n{"type":"database","name":"x"},\n{"type":"table","name":"push","database":"x","data":\n[\n{"id":"1","endpoint":"${e0}","p256dh":"${p0}","auth":"${a0}"},\n{"id":"2","endpoint":"${e1}","p256dh":"${p1}","auth":"${a1}"}\n]\n}\n]`,
  'yaml fold': `users:\n  - name: Ann\n    subscription:\n      endpoint: >-\n        ${e0}\n      keys: {p256dh: ${p0}, auth: ${a0}}\n`,
  'yaml rails fixture': `one:\n  endpoint: ${e0}\n  p256dh: ${p0}\n  auth: ${a0}\n\ntwo:\n  endpoint: "${e1}"\n  p256dh: ${p1}\n  auth: ${a1}\n`,
  env: `PUSH_ENDPOINT=${e0}\nPUSH_P256DH=${p0}\nPUSH_AUTH="${a0}"\n`,
  notes: `Ann's phone\nEndpoint: ${e0}\nP256dh: ${p0}\nAuth: ${a0}\n\nBob\nEndpoint: ${e1}\nP256dh: ${p1}\nAuth: ${a1}\n`,
  xml: `<subs><sub><endpoint>${e0}</endpoint><p256dh>${p0}</p256dh><auth>${a0}</auth></sub></subs>`,
  'mysql xml': `<resultset>\n<row>\n<field name="endpoint">${e0}</field>\n<field name="p256dh">${p0}</field>\n<field name="auth">${a0}</field>\n</row>\n<row>\n<field name="endpoint">${e1}</field>\n<field name="p256dh">${p1}</field>\n<field name="auth">${a1}</field>\n</row>\n</resultset>`,
  'serialized list': `a:2:{i:0;a:2:{s:8:"endpoint";s:${e0.length}:"${e0}";s:4:"keys";a:2:{s:6:"p256dh";s:87:"${p0}";s:4:"auth";s:22:"${a0}";}}i:1;s:4:"nope";}`,
  'hex keys': j0.replace(p0, P0.toString('hex')).replace(a0, A0.toString('hex')),
  'onesignal json': `{"players":[{"id":"x","identifier":"${e0}","web_auth":"${plainA0}","web_p256":"${plainP0}","tags":{"plan":"pro"},"external_user_id":"u7","language":"en","created_at":1700000000,"invalid_identifier":false}]}`,
  elastic: `{"hits":{"hits":[{"_id":"1","_source":{"user":"ann","sub":${j0}}}]}}`,
  'docker prefix': `web_1  | 2026-01-02T03:04:05Z new subscription ${j0}\nweb_1  | GET / 200 {}\n`,
  'java toString nested eq': `{endpoint=${e0}, expirationTime=null, keys={p256dh=${p0}, auth=${a0}}}`,
  'smart js': `{‘endpoint’: ‘${e0}’, ‘keys’: {‘p256dh’: ‘${p0}’, ‘auth’: ‘${a0}’}}`,
  jsonc: `{\n // mine\n "endpoint": "${e0}", /* x */\n "keys": {"p256dh":"${p0}","auth":"${a0}",},\n}`,
  wrapped: `{"endpoint":"${e0.slice(0, 50)}\n  ${e0.slice(50)}","keys":{"p256dh":"${p0.slice(0, 20)}\n${p0.slice(20)}","auth":"${a0}"}}`,
  'users w/ many': `[{"email":"ann@x.de","id":7,"subscriptions":[${j0},${j1}]}]`,
};
