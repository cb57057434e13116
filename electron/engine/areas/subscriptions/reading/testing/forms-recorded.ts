import { PRINTED } from './printed-forms.ts';

const [{ endpoint: e0, keys: k0 }, { endpoint: e1, keys: k1 }] = PRINTED;
const rows = [
  [e0, k0.p256dh, k0.auth],
  [e1, k1.p256dh, k1.auth],
] as const;
const json = PRINTED.map((one) => JSON.stringify(one));
const literal = ([e, p, a]: (typeof rows)[number]) =>
  `{ endpoint: '${e}', keys: { p256dh: '${p}', auth: '${a}' } }`;

/** As `hexdump -C` prints a text. */
function hexDump(text: string): string {
  const bytes = Buffer.from(text);
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const part = bytes.subarray(at, at + 16);
    const hex = part.toString('hex').replaceAll(/../g, '$& ').padEnd(48);
    const shown = part.toString('latin1').replaceAll(/[^ -~]/g, '.');
    lines.push(`${at.toString(16).padStart(8, '0')}  ${hex} |${shown}|`);
  }
  return `${lines.join('\n')}\n`;
}

/** Subscriptions as requests, logs, notebooks and caches hold them. */
export const FORMS_RECORDED: Readonly<Record<string, string>> = {
  'commands with their answers': json
    .map((one) => `$ curl -X POST -d '${one}' https://site.example/subscribe\n{}\n`)
    .join(''),
  'requests and answers as HTTPie prints them': json
    .map(
      (one) =>
        `POST /subscribe HTTP/1.1\nHost: localhost:3000\n\n${one}\n\n\nHTTP/1.1 201 Created\n\n{"ok":true}\n`,
    )
    .join('\n'),
  'events with their name before them': json.map((one) => `42["subscribe",${one}]`).join('\n'),
  'a list of texts in Python': `[${json.map((one) => `'${one}'`).join(', ')}]`,
  'a list of bytes in Python': `[${json.map((one) => `b'${one}'`).join(', ')}]`,
  'cells of a notebook': `In [3]: subs\nOut[3]: \n[${rows.map(([e, p, a]) => `{'endpoint': '${e}',\n  'keys': {'p256dh': '${p}', 'auth': '${a}'}}`).join(',\n ')}]\n\nIn [4]: `,
  'a cookie (1)': `Cookie: theme=dark; sub=${encodeURIComponent(json[0] ?? '')}; sid=7`,
  'bodies as Node.js prints their bytes': json
    .map((one) => JSON.stringify({ url: '/subscribe', body: Buffer.from(one) }))
    .join('\n'),
  'JSON of a script, with its quotes escaped': json
    .map((one) => one.replaceAll('"', String.raw`\u0022`))
    .join('\n'),
  'bytes in hexadecimal': hexDump(json.join('\n')),
  'a mail in base64': `Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n${(
    Buffer.from(json.join('\n'))
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\n')}\n`,
  'the payload in the tools of Chrome (1)': `{endpoint: "${e0}", expirationTime: null,…}\nendpoint\n: \n"${e0}"\nexpirationTime\n: \nnull\nkeys\n: \n{p256dh: "${k0.p256dh}", auth: "${k0.auth}"}\nauth\n: \n"${k0.auth}"\np256dh\n: \n"${k0.p256dh}"\nuserId\n: \n"7"`,
  'log messages in JSON that hold literals': JSON.stringify({
    events: rows.map((row) => ({ timestamp: 1, message: `10:11:12\tINFO\t${literal(row)}\n` })),
  }),
  'links as Slack writes them': rows
    .map(([e, p, a]) => JSON.stringify({ endpoint: `<${e}|${e}>`, keys: { p256dh: p, auth: a } }))
    .join('\n'),
  'a cache of Apollo': JSON.stringify({
    ROOT_QUERY: { subs: rows.map((_row, index) => ({ __ref: `Sub:${index}` })) },
    ...Object.fromEntries(
      rows.flatMap(([endpoint, p256dh, auth], index) => [
        [`Sub:${index}`, { __typename: 'Sub', endpoint, keys: { __ref: `Keys:${index}` } }],
        [`Keys:${index}`, { __typename: 'Keys', p256dh, auth }],
      ]),
    ),
  }),
  'data of SvelteKit, in which numbers are places': JSON.stringify({
    type: 'data',
    nodes: [
      null,
      {
        type: 'data',
        data: [
          { subs: 1 },
          [2, 7],
          { endpoint: 3, keys: 4 },
          e0,
          { p256dh: 5, auth: 6 },
          k0.p256dh,
          k0.auth,
          { endpoint: 8, keys: 9 },
          e1,
          { p256dh: 10, auth: 11 },
          k1.p256dh,
          k1.auth,
        ],
      },
    ],
  }),
  'pages of Notion': JSON.stringify({
    results: rows.map((row) => ({
      object: 'page',
      properties: Object.fromEntries(
        ['endpoint', 'p256dh', 'auth'].map((name, index) => [
          name,
          {
            id: name,
            type: 'rich_text',
            rich_text: [{ type: 'text', text: { content: row[index], link: null }, plain_text: row[index] }],
          },
        ]),
      ),
    })),
  }),
  'columns with carets between them': `endpoint^p256dh^auth\n${rows.map((row) => row.join('^')).join('\n')}\n`,
  'names in Portuguese': JSON.stringify(
    rows.map(([url, chave_publica, segredo]) => ({ url, chave_publica, segredo })),
  ),
};
