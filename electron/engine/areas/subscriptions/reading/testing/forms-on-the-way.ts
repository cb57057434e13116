import { PRINTED } from './printed-forms.ts';

const [{ endpoint: e0, keys: k0 }, { endpoint: e1, keys: k1 }] = PRINTED;
const [p0, a0, p1, a1] = [k0.p256dh, k0.auth, k1.p256dh, k1.auth];
const rows = [
  [e0, p0, a0],
  [e1, p1, a1],
] as const;
const json = PRINTED.map((one) => JSON.stringify(one));
const wrapped = (text: string, width: number) =>
  (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join('\n');
const signs = (text: string) => text.replaceAll(/[_%&]/g, String.raw`\$&`);
/** As Chrome escapes a command for Windows. */
const forWindows = (text: string) =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]/g, '^$&')
    .replaceAll(/%(?=[a-zA-Z0-9_])/g, '%^');

/** Subscriptions that were escaped, folded, wrapped or taken apart on their way from where they were printed. */
export const FORMS_ON_THE_WAY: Readonly<Record<string, string>> = {
  'curl for Windows, as Chrome copies it': json
    .map(
      (one) =>
        `curl ^"https://site.example/subscribe^" ^\n  -H ^"content-type: application/json^" ^\n  --data-raw ^"${forWindows(one)}^"`,
    )
    .join(' &\n'),
  'the log of a web server': json
    .map(
      (one) =>
        `203.0.113.7 - - [06/May/2024:10:11:12 +0000] "POST /subscribe HTTP/1.1" 201 "${one.replaceAll('"', String.raw`\x22`)}"`,
    )
    .join('\n'),
  'signs escaped by Markdown': rows
    .map(([e, p, a]) => `endpoint: ${signs(e)}\np256dh: ${signs(p)}\nauth: ${signs(a)}\n`)
    .join('\n'),
  'a table of LaTeX': `\\begin{tabular}{lll}\nendpoint & p256dh & auth \\\\ \\hline\n${rows.map((row) => `${row.map(signs).join(' & ')} \\\\`).join('\n')}\n\\end{tabular}`,
  'var_dump of Xdebug': `array (size=2)\n${rows
    .map(
      ([e, p, a], index) =>
        `  ${index} => \n    array (size=2)\n      'endpoint' => string '${e}' (length=${e.length})\n      'keys' => \n        array (size=2)\n          'p256dh' => string '${p}' (length=87)\n          'auth' => string '${a}' (length=22)`,
    )
    .join('\n')}`,
  'the old shell of MongoDB, with bytes': rows
    .map(
      ([e, p, a]) =>
        `{ "_id" : ObjectId("65f0a1b2c3d4e5f6a7b8c9d0"), "endpoint" : "${e}", "p256dh" : BinData(0,"${p}"), "auth" : BinData(0,"${a}") }`,
    )
    .join('\n'),
  'events with bodies in base64': JSON.stringify(
    json.map((one) => ({
      httpMethod: 'POST',
      body: Buffer.from(one).toString('base64'),
      isBase64Encoded: true,
    })),
  ),
  'a console that shows objects folded first': rows
    .map(
      ([e, p, a]) =>
        `{endpoint: '${e.slice(0, 45)}…${e.slice(-20)}', expirationTime: null, keys: {…}}\n  endpoint: "${e}"\n  expirationTime: null\n  keys: \n    auth: "${a}"\n    p256dh: "${p}"\n    [[Prototype]]: Object\n  [[Prototype]]: Object`,
    )
    .join('\n'),
  'the console of Firefox, which shows them folded first': rows
    .map(
      ([e, p, a]) =>
        `Object { endpoint: "${e}", expirationTime: null, keys: {…} }\n​\nendpoint: "${e}"\n​\nexpirationTime: null\n​\nkeys: Object { p256dh: "${p}", auth: "${a}" }\n​\n<prototype>: Object { … }`,
    )
    .join('\n'),
  'a paragraph for each value': rows.map((row) => `${row.join('\n\n')}\n\n`).join(''),
  'labels in paragraphs': rows
    .map(([e, p, a]) => `Endpoint:\n${e}\n\nKey (p256dh):\n${p}\n\nAuth secret:\n${a}\n\n`)
    .join(''),
  'values that were wrapped': rows
    .map(([e, p, a]) => `${wrapped(e, 60)}\n${wrapped(p, 60)}\n${a}\n`)
    .join('\n'),
  'tables put together': rows.map((row) => `endpoint,p256dh,auth\n${row.join(',')}\n`).join(''),
  'tables put together, in another order, with a sum below': `endpoint,p256dh,auth\n${e0},${p0},${a0}\nauth,endpoint,p256dh\n${a1},${e1},${p1}\n\nTotal: 2\n`,
  'hstore of PostgreSQL': rows
    .map(([e, p, a]) => `"endpoint"=>"${e}", "p256dh"=>"${p}", "auth"=>"${a}"`)
    .join('\n'),
  'json_agg of PostgreSQL': ` json_agg \n----------\n [${json.join(', +\n  ')}]\n(1 row)\n`,
  'JSON of PowerShell, which is cut at its depth': JSON.stringify(
    rows.map(([endpoint, p, a]) => ({ endpoint, keys: `@{p256dh=${p}; auth=${a}}` })),
  ),
  'a list of PowerShell with an empty value': rows
    .map(
      ([e, p, a]) =>
        `\nendpoint       : ${e}\nexpirationTime : \nkeys           : @{p256dh=${p}; auth=${a}}\n`,
    )
    .join(''),
  'keys in a list, each with its name': JSON.stringify(
    rows.map(([endpoint, p, a]) => ({
      endpoint,
      keys: [
        { name: 'p256dh', value: p },
        { name: 'auth', value: a },
      ],
    })),
  ),
  'columns of JSON': JSON.stringify({ endpoints: [e0, e1], p256dh: [p0, p1], auth: [a0, a1] }),
  'documents for Elasticsearch': json
    .map((one, index) => `{"index":{"_index":"subs","_id":"u${index}"}}\n${one}`)
    .join('\n'),
  'code in a ticket of Jira': `{code:json}\n${JSON.stringify(PRINTED, null, 2)}\n{code}\n`,
};
