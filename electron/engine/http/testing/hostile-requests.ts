import type { InjectOptions } from 'fastify';
import { OWN, PORT, PUBLIC_KEY, REPORT, SUBSCRIPTION } from './http-app.ts';

export interface HostileRequest {
  name: string;
  request: InjectOptions;
  /** The expected status. */
  status: number;
}

const API = '/api/subscriptions';
const JSON_TYPE = { 'content-type': 'application/json' };
const { endpoint, keys } = SUBSCRIPTION;
const CANCEL = { endpoint, auth: keys.auth };

type Method = 'POST' | 'DELETE';

const raw = (
  name: string,
  status: number,
  payload: string | Buffer,
  method: Method = 'POST',
): HostileRequest => ({
  name: `${method}: ${name}`,
  status,
  request: { method, url: API, payload, headers: { ...OWN, ...JSON_TYPE } },
});
const body = (name: string, value: unknown, method: Method = 'POST') =>
  raw(name, 422, JSON.stringify(value), method);
const with_ = (change: object) => ({ ...REPORT, subscription: { ...SUBSCRIPTION, ...change } });
const withKeys = (change: object) => with_({ keys: { ...keys, ...change } });

const bothWays = (name: string, status: number, payload: string | Buffer) =>
  (['POST', 'DELETE'] as const).map((method) => raw(name, status, payload, method));

/** Bodies that no schema accepts. */
const BROKEN_BODIES: HostileRequest[] = [
  ...bothWays('empty', 400, ''),
  ...bothWays('only spaces', 400, '   '),
  ...bothWays('a brace', 400, '{'),
  ...bothWays('cut off', 400, JSON.stringify(REPORT).slice(0, -5)),
  ...bothWays('two objects', 400, '{}{}'),
  ...bothWays('single quotes', 400, "{'endpoint':'x'}"),
  ...bothWays('a comment', 400, '{/* */}'),
  ...bothWays('NaN', 400, '{"a":NaN}'),
  ...bothWays('a raw NUL', 400, '{"endpoint":"a\u0000b"}'),
  ...bothWays('bytes that are not UTF-8', 400, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])),
  ...bothWays('an overlong UTF-8 slash', 400, Buffer.from([0x22, 0xc0, 0xaf, 0x22])),
  ...bothWays('UTF-16', 400, Buffer.from(JSON.stringify(REPORT), 'utf16le')),
  ...bothWays('a key __proto__', 400, `{"__proto__":{"polluted":true},"endpoint":"x","auth":"y"}`),
  ...bothWays('an escaped key __proto__', 400, `{"\\u005f_proto__":{"polluted":true}}`),
  ...bothWays('a key constructor.prototype', 400, `{"constructor":{"prototype":{"polluted":true}}}`),
  ...bothWays('30,000 open brackets', 400, '['.repeat(30_000)),
  ...bothWays('15,000 brackets, balanced', 422, '['.repeat(15_000) + ']'.repeat(15_000)),
  ...bothWays('4,000 nested objects', 422, '{"a":'.repeat(4_000) + '1' + '}'.repeat(4_000)),
  ...bothWays('a megabyte', 413, JSON.stringify({ ...REPORT, padding: 'x'.repeat(1_000_000) })),
  ...bothWays('null', 422, 'null'),
  ...bothWays('true', 422, 'true'),
  ...bothWays('a number', 422, '42'),
  ...bothWays('a string', 422, '"subscription"'),
  ...bothWays('an array', 422, JSON.stringify([REPORT])),
  ...bothWays('an empty object', 422, '{}'),
];

const BROKEN_FIELDS: HostileRequest[] = [
  body('the subscription alone', SUBSCRIPTION),
  body('no public key', { subscription: SUBSCRIPTION }),
  body('subscription null', { ...REPORT, subscription: null }),
  body('subscription as text', { ...REPORT, subscription: JSON.stringify(SUBSCRIPTION) }),
  body('subscription as an array', { ...REPORT, subscription: [SUBSCRIPTION] }),
  body('no endpoint', with_({ endpoint: undefined })),
  body('endpoint null', with_({ endpoint: null })),
  body('endpoint a number', with_({ endpoint: 1 })),
  body('endpoint an object', with_({ endpoint: { toString: 'x' } })),
  body('endpoint empty', with_({ endpoint: '' })),
  body('endpoint of 5,000 characters', with_({ endpoint: `https://a.example/${'x'.repeat(5_000)}` })),
  body('expirationTime as text', with_({ expirationTime: 'tomorrow' })),
  body('keys missing', with_({ keys: undefined })),
  body('keys null', with_({ keys: null })),
  body('keys as an array', with_({ keys: [keys.p256dh, keys.auth] })),
  body('p256dh missing', withKeys({ p256dh: undefined })),
  body('p256dh a number', withKeys({ p256dh: 65 })),
  body('p256dh empty', withKeys({ p256dh: '' })),
  body('p256dh of 300 characters', withKeys({ p256dh: 'A'.repeat(300) })),
  body('auth missing', withKeys({ auth: undefined })),
  body('auth an array', withKeys({ auth: [1, 2, 3] })),
  body('auth of 300 characters', withKeys({ auth: 'A'.repeat(300) })),
  body('public key null', { ...REPORT, publicKey: null }),
  body('public key too short', { ...REPORT, publicKey: PUBLIC_KEY.slice(0, 80) }),
  body('public key too long', { ...REPORT, publicKey: `${PUBLIC_KEY}A` }),
  body('public key of a compressed point', { ...REPORT, publicKey: `A${PUBLIC_KEY.slice(1)}` }),
  body('public key with a line break', { ...REPORT, publicKey: `${PUBLIC_KEY}\n` }),
  body('public key in plain base64', { ...REPORT, publicKey: PUBLIC_KEY.replace(/[-_]/g, '+') }),
  body('replaces a number', { ...REPORT, replaces: 7 }),
  body('replaces too long', { ...REPORT, replaces: 'x'.repeat(5_000) }),
  body('replaces without proof', { ...REPORT, replaces: { endpoint } }),
  body('replaces with more than a proof', { ...REPORT, replaces: { ...CANCEL, publicKey: PUBLIC_KEY } }),
  body('an unknown name', { ...REPORT, admin: true }),
  body('an unknown name in the subscription', { ...REPORT, subscription: { ...SUBSCRIPTION, id: 1 } }),
  body('an unknown name in the keys', withKeys({ private: 'x' })),
  body('an unknown name', { ...CANCEL, id: 1 }, 'DELETE'),
  body('no endpoint', { auth: keys.auth }, 'DELETE'),
  body('no auth', { endpoint }, 'DELETE'),
  body('endpoint an array', { ...CANCEL, endpoint: [endpoint] }, 'DELETE'),
  body('auth a number', { ...CANCEL, auth: 0 }, 'DELETE'),
  body('auth empty', { ...CANCEL, auth: '' }, 'DELETE'),
  body('auth null', { ...CANCEL, auth: null }, 'DELETE'),
  body('endpoint too long', { ...CANCEL, endpoint: 'x'.repeat(5_000) }, 'DELETE'),
];

const typed = (type: string): HostileRequest[] =>
  (['POST', 'DELETE'] as const).map((method) => ({
    name: `${method} as ${type}`,
    status: 415,
    request: {
      method,
      url: API,
      payload: JSON.stringify(method === 'POST' ? REPORT : CANCEL),
      headers: { ...OWN, 'content-type': type },
    },
  }));

/** The types that an HTML form can send across sites without a preflight, and others. */
const WRONG_TYPES: HostileRequest[] = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/html',
  'application/jsonp',
  'application/json, text/plain',
  'application/octet-stream',
  'nonsense',
].flatMap(typed);

const read = (name: string, status: number, url: string, headers: object = {}): HostileRequest => ({
  name: `GET ${name}`,
  status,
  request: { method: 'GET', url, headers: { ...OWN, ...headers } },
});

const WRONG_PATHS: HostileRequest[] = [
  read('/../../etc/passwd', 404, '/../../etc/passwd'),
  read('/%2e%2e/%2e%2e/etc/passwd', 404, '/%2e%2e/%2e%2e/etc/passwd'),
  read('/..%2f..%2fetc%2fpasswd', 404, '/..%2f..%2fetc%2fpasswd'),
  read('/%252e%252e/etc/passwd', 404, '/%252e%252e/etc/passwd'),
  read('/..\\..\\etc\\passwd', 404, '/..%5c..%5cetc%5cpasswd'),
  read('/sw.js/../../package.json', 404, '/sw.js/%2e%2e/%2e%2e/package.json'),
  read('/index.html', 404, '/index.html'),
  read('/.env', 404, '/.env'),
  read('/%00', 404, '/%00'),
  read('/sw.js%00.png', 404, '/sw.js%00.png'),
  read('/%', 400, '/%'),
  read('/%zz', 400, '/%zz'),
  read('/%E0%A4%A', 400, '/%E0%A4%A'),
  read('a path of 8,000 characters', 404, `/${'a'.repeat(8_000)}`),
  read('/api', 404, '/api'),
  read('/api/subscriptions/1', 404, '/api/subscriptions/1'),
  read('/API/SUBSCRIPTIONS', 404, '/API/SUBSCRIPTIONS'),
  read('/__proto__', 404, '/__proto__'),
  read('/constructor', 404, '/constructor'),
  read('/*', 404, '/*'),
  read('/*/', 404, '/*/'),
  read('/:any', 404, '/:any'),
  read('/((', 404, '/(('),
];

const method = (name: InjectOptions['method'] & string, url: string): HostileRequest => ({
  name: `${name} ${url}`,
  status: 405,
  request: { method: name, url, headers: OWN },
});

const PAGES = ['/', '/sw.js', '/config.json', '/healthz'];
const WRONG_METHODS: HostileRequest[] = [
  ...PAGES.flatMap((url) => [
    method('POST', url),
    method('PUT', url),
    method('DELETE', url),
    method('OPTIONS', url),
  ]),
  method('GET', API),
  method('PUT', API),
  method('PATCH', API),
  method('OPTIONS', API),
  method('TRACE', API),
];

const FOREIGN_HOSTS = [
  'evil.example',
  `evil.example:${PORT}`,
  'localhost',
  `localhost:${PORT + 1}`,
  `localhost.evil.example:${PORT}`,
  `localhost:${PORT}@evil.example`,
  `evil.example#localhost:${PORT}`,
  `0.0.0.0:${PORT}`,
  `192.168.1.5:${PORT}`,
  `127.0.0.1.nip.io:${PORT}`,
  `localhost.:${PORT}`,
  '',
].flatMap((host): HostileRequest[] => [
  ...PAGES.map((url) => read(`${url} with host "${host}"`, 421, url, { host })),
  {
    name: `POST with host "${host}"`,
    status: 421,
    request: { method: 'POST', url: API, payload: REPORT, headers: { ...OWN, host } },
  },
]);

const write = (name: string, headers: object): HostileRequest[] =>
  (['POST', 'DELETE'] as const).map((way) => ({
    name: `${way} with ${name}`,
    status: 403,
    request: {
      method: way,
      url: API,
      payload: way === 'POST' ? REPORT : CANCEL,
      headers: { host: OWN.host, ...headers },
    },
  }));

const FOREIGN_ORIGINS: HostileRequest[] = [
  'null',
  'https://evil.example',
  `http://localhost:${PORT + 1}`,
  'http://localhost',
  `https://localhost:${PORT}`,
  `http://localhost:${PORT}.evil.example`,
  `http://localhost:${PORT}/`,
  '',
]
  .flatMap((origin) => write(`origin "${origin}"`, { origin }))
  .concat(write('sec-fetch-site cross-site', { 'sec-fetch-site': 'cross-site' }))
  .concat(write('sec-fetch-site same-site', { 'sec-fetch-site': 'same-site', origin: OWN.origin }));

const asked = (site: string, mode: string, dest: string) => ({
  'sec-fetch-site': site,
  'sec-fetch-mode': mode,
  'sec-fetch-dest': dest,
});

/** What a page of another site can make a browser ask for behind the person's back. */
const FOREIGN_READS: HostileRequest[] = [...PAGES, '/icon-192.png', '/nope', API].flatMap((url) =>
  ['cross-site', 'same-site'].flatMap((site) => [
    read(`${url} as a picture, ${site}`, 403, url, asked(site, 'no-cors', 'image')),
    read(`${url} as a frame, ${site}`, 403, url, asked(site, 'navigate', 'iframe')),
    read(`${url} by a script, ${site}`, 403, url, {
      ...asked(site, 'cors', 'empty'),
      origin: `http://localhost:${PORT + 1}`,
    }),
  ]),
);

/** Requests that the server itself refuses, before anything looks at the subscription. */
export const HOSTILE_REQUESTS: readonly HostileRequest[] = [
  ...BROKEN_BODIES,
  ...BROKEN_FIELDS,
  ...WRONG_TYPES,
  ...WRONG_PATHS,
  ...WRONG_METHODS,
  ...FOREIGN_HOSTS,
  ...FOREIGN_ORIGINS,
  ...FOREIGN_READS,
];

/** Well-formed reports of subscriptions that cannot be real or must not be reached: refused with 422. */
export const UNACCEPTABLE_REPORTS: readonly { name: string; report: object }[] = [
  ...[
    'http://updates.push.services.mozilla.com/wpush/v2/abc',
    'ftp://updates.push.services.mozilla.com/a',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/plain,x',
    'not an address',
    '/wpush/v2/abc',
    '//updates.push.services.mozilla.com/a',
    'https://',
    'https://user:password@updates.push.services.mozilla.com/a',
    'https://127.0.0.1/a',
    'https://127.1/a',
    'https://2130706433/a',
    'https://0x7f000001/a',
    'https://0177.0.0.1/a',
    'https://0.0.0.0/a',
    'https://localhost/a',
    'https://localhost./a',
    'https://app.localhost/a',
    'https://10.0.0.1/a',
    'https://172.16.0.1/a',
    'https://192.168.1.1/a',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/a',
    'https://[::1]/a',
    'https://[::]/a',
    'https://[fe80::1]/a',
    'https://[fc00::1]/a',
    'https://[::ffff:127.0.0.1]/a',
    'https://[::ffff:10.0.0.1]/a',
    'https://printer.local/a',
  ].map((address) => ({ name: `endpoint ${address}`, report: with_({ endpoint: address }) })),
  { name: 'a point that is not on the curve', report: withKeys({ p256dh: `BA${'A'.repeat(85)}` }) },
  { name: 'p256dh of 64 bytes', report: withKeys({ p256dh: keys.p256dh.slice(0, 86) }) },
  { name: 'p256dh with a stray character', report: withKeys({ p256dh: `${keys.p256dh.slice(0, 86)}!` }) },
  { name: 'p256dh with a NUL', report: withKeys({ p256dh: `${keys.p256dh.slice(0, 86)}\u0000` }) },
  { name: 'auth of 15 bytes', report: withKeys({ auth: 'A'.repeat(20) }) },
  { name: 'auth that is not base64', report: withKeys({ auth: '######################' }) },
  { name: 'an emoji for auth', report: withKeys({ auth: '🔔'.repeat(10) }) },
];
