import { describe, expect, it } from 'vitest';
import { readSubscriptionText } from '../../../../core/subscription/subscription-text.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';

const ALL = [
  browserSubscription({ host: 'fcm.googleapis.com/fcm/send' }),
  browserSubscription({ host: 'updates.push.services.mozilla.com/wpush/v2' }),
  browserSubscription({ host: 'web.push.apple.com' }),
];
const lines = ALL.map((one) => JSON.stringify(one));
const parts = ALL.map(({ endpoint, keys: { p256dh, auth } }) => ({ endpoint, p256dh, auth }));

/** As `od` prints a text, each byte in its own way. */
const dump = (text: string, shown: (byte: number) => string) =>
  `${[...Buffer.from(text)]
    .map((byte, at) => `${at % 16 === 0 ? `\n${at.toString(8).padStart(7, '0')}` : ''}${shown(byte)}`)
    .join('')
    .slice(1)}\n0000777\n`;
const letter = (byte: number) => (byte === 10 ? String.raw`  \n` : String.fromCharCode(byte).padStart(4));
const hex = (byte: number) => ` ${byte.toString(16).padStart(2, '0')}`;
const marked = (value: unknown) => [value, { s: 'arr' }];
const perl = (key: string) =>
  [...Buffer.from(key, 'base64url')].map((byte) => `\\x{${byte.toString(16)}}`).join('');

const FORMS: Readonly<Record<string, string>> = {
  'od -c': dump(lines.join('\n'), letter),
  'od -t x1': dump(lines.join('\n'), hex),
  'calls with options': ALL.map((one) =>
    JSON.stringify({ jsonrpc: '2.0', method: 'subscribe', params: [one, { topic: 'news' }], id: 1 }),
  ).join('\n'),
  'values with their kinds beside them': JSON.stringify({
    subs: marked(ALL.map(({ endpoint, keys }) => marked({ endpoint, keys: marked(keys) }))),
  }),
  'keys in a list of their own': JSON.stringify({
    subs: ALL.map(({ endpoint }, id) => ({ id, endpoint })),
    keys: ALL.map(({ keys }, id) => ({ subscription_id: id, ...keys })).toReversed(),
  }),
  'bytes of Perl': ALL.map(
    ({ endpoint, keys }) =>
      `{ 'endpoint' => '${endpoint}', 'p256dh' => "${perl(keys.p256dh)}", 'auth' => "${perl(keys.auth)}" };`,
  ).join('\n'),
  'links that are cut off': parts
    .map(({ endpoint, p256dh, auth }) => `[${endpoint}](${endpoint.slice(0, 50)}\n${p256dh}\n${auth}\n`)
    .join('\n'),
  'links with a shortened text': parts
    .map(({ endpoint, p256dh, auth }) => `[${endpoint.slice(0, 50)}...](${endpoint})\n${p256dh}\n${auth}\n`)
    .join('\n'),
};

const triples = (text: string) =>
  readSubscriptionText(text).flatMap((row) => {
    if (row.kind !== 'row') return [];
    const { endpoint, keys } = row.value;
    return [
      [endpoint, ...[keys.p256dh, keys.auth].map((key) => Buffer.from(key, 'base64').toString('base64url'))],
    ];
  });
const wanted = parts.map(({ endpoint, p256dh, auth }) => [endpoint, p256dh, auth]);

describe('a rare form', () => {
  it.each(Object.entries(FORMS))('is read, and nothing in it is a bad row: %s', (_form, text) => {
    expect(triples(text)).toEqual(wanted);
    expect(readSubscriptionText(text).filter(({ kind }) => kind === 'bad')).toEqual([]);
  });
});

it.each([
  ['near its start', 'BD_Y1', 'u8'],
  ['near its end', 'BDxY1', '_A'],
  ['near its end and another before it', 'BD_xB_x', 'AA_A'],
])('reads a table of LaTeX in which one sign is escaped, %s', (_where, start, end) => {
  const plain = (text: string) => text.replaceAll('_', 'x');
  const [one, other] = parts.map(({ endpoint, p256dh, auth }) => ({
    endpoint: plain(endpoint),
    p256dh: plain(p256dh),
    auth: plain(auth),
  }));
  if (one === undefined || other === undefined) throw new Error('There are three.');
  const odd = { ...other, p256dh: start + other.p256dh.slice(start.length, -end.length) + end };
  const line = (row: typeof one) =>
    `${Object.values(row)
      .join(' & ')
      .replaceAll('_', String.raw`\_`)} \\\\`;
  const text = ['endpoint & p256dh & auth \\\\', line(one), line(odd), ''].join('\n');
  expect(triples(text)).toEqual([one, odd].map((row) => Object.values(row)));
});

it('reads labelled values of which one has its only dash escaped', () => {
  const plain = (text: string) => text.replaceAll(/[_-]/g, 'x');
  const [one] = parts;
  if (one === undefined) throw new Error('There are three.');
  const odd = {
    endpoint: plain(one.endpoint),
    p256dh: plain(one.p256dh),
    auth: `${plain(one.auth).slice(0, 9)}-${plain(one.auth).slice(10)}`,
  };
  const text = `endpoint: ${odd.endpoint}\np256dh: ${odd.p256dh}\nauth: ${odd.auth.replace('-', String.raw`\-`)}\n`;
  expect(triples(text)).toEqual([Object.values(odd)]);
});

const WHOLE: Readonly<Record<string, string>> = {
  XML: `<subs>${parts
    .map(
      ({ endpoint, p256dh, auth }) =>
        `\n<sub><endpoint>${endpoint}</endpoint><p256dh>${p256dh}</p256dh><auth>${auth}</auth></sub>`,
    )
    .join('')}\n</subs>\n`,
  'XML with an element on each line': `<subs>\n${parts
    .map(
      ({ endpoint, p256dh, auth }) =>
        `<sub><endpoint>${endpoint}</endpoint>\n<p256dh>${p256dh}</p256dh>\n<auth>${auth}</auth>\n</sub>\n`,
    )
    .join('')}</subs>\n`,
  YAML: parts
    .map(
      ({ endpoint, p256dh, auth }) =>
        `- endpoint: ${endpoint}\n  keys:\n    p256dh: ${p256dh}\n    auth: ${auth}\n`,
    )
    .join(''),
  'a table of Markdown': `| endpoint | p256dh | auth |\n|---|---|---|\n${parts
    .map(({ endpoint, p256dh, auth }) => `| ${endpoint} | ${p256dh} | ${auth} |\n`)
    .join('')}`,
};

describe.each(Object.entries(WHOLE))('what is left of %s', (_form, text) => {
  /** Rows that are none of those that the text had. */
  const strangers = (some: string) => {
    const known = wanted.map(String);
    return triples(some).filter((row) => !known.includes(String(row)) && row[1] !== '' && isMixed(row));
  };
  const isMixed = ([endpoint = '', p256dh = '']: string[]) =>
    parts.some((one) => one.p256dh === p256dh && !one.endpoint.startsWith(endpoint));

  it('has no keys of one with the endpoint of another, wherever it is cut or a line is lost', () => {
    const all = text.split('\n');
    const some = [
      ...all.map((_, at) => all.toSpliced(at, 1).join('\n')),
      ...Array.from({ length: Math.floor(text.length / 11) }, (_, at) => text.slice(at * 11)),
      ...Array.from({ length: Math.floor(text.length / 11) }, (_, at) => text.slice(0, at * 11)),
      ...all.flatMap((_, at) =>
        [1, 2, 3, 4].map((letters) => `${all.slice(0, at).join('\n')}\n| ${'http'.slice(0, letters)}`),
      ),
    ];
    expect(some.flatMap(strangers)).toEqual([]);
  });
});

it('keeps the tags of all others where a line of YAML is lost', () => {
  const people = Array.from({ length: 50 }, () => browserSubscription());
  const items = people.map(
    ({ endpoint, keys: { p256dh, auth } }, at) =>
      `- endpoint: ${endpoint}\n  keys:\n    p256dh: ${p256dh}\n    auth: ${auth}\n  tags: [t${at}]\n`,
  );
  const rows = readSubscriptionText(items.join('').replace(`- endpoint: ${people[20]?.endpoint}\n`, ''));
  const tags = rows.flatMap((row) => (row.kind === 'row' ? [row.person?.tags] : []));
  expect(tags).toEqual(people.flatMap((_, at) => (at === 20 ? [] : [[`t${at}`]])));
  expect(rows.filter(({ kind }) => kind !== 'row')).toMatchObject([
    { kind: 'bad', line: 20 * 5 + 2, problem: { code: 'not-a-subscription' } },
  ]);
});

describe('a closing tag without its beginning', () => {
  const deep = `${'<i>'.repeat(120)}${'</i>'.repeat(120)}`;

  it.each([
    ['of a line break', '</br>'],
    ['of an element that was never opened', '</b>'],
    ['of elements deeper than are counted', deep],
  ])('takes nothing from the person around it: %s', (_which, stray) => {
    const text = parts
      .map(
        ({ endpoint, p256dh, auth }, at) =>
          `<sub><name>Ada ${at}</name><tags>news</tags>${stray}<endpoint>${endpoint}</endpoint><p256dh>${p256dh}</p256dh><auth>${auth}</auth></sub>`,
      )
      .join('\n');
    const rows = readSubscriptionText(`<subs>${text}</subs>`);
    expect(rows).toMatchObject(
      parts.map(({ endpoint }, at) => ({
        value: { endpoint },
        person: { label: `Ada ${at}`, tags: ['news'] },
      })),
    );
  });
});

describe('a call of JSON-RPC', () => {
  const [one] = ALL;
  const { keys } = browserSubscription();
  const kinds = (value: unknown) => readSubscriptionText(JSON.stringify(value)).map(({ kind }) => kind);

  it('tells of broken subscriptions beside a good one', () => {
    const torn = [{ url: null, keys }, { endpont: one?.endpoint.slice(0, 9) }, { topic: 'news' }];
    expect(kinds({ method: 'subs.export', params: [one, ...torn] })).toEqual(['row', 'bad', 'bad']);
  });

  it('leaves out nothing that is not in its parameters', () => {
    const body = { items: [one, { topic: 'news' }] };
    expect(kinds({ method: 'POST', params: [], body })).toEqual(['row', 'bad']);
    expect(kinds({ method: 'POST', params: body })).toEqual(['row', 'bad']);
  });
});

it('ends although a line that od printed has very many spaces', () => {
  const printed = FORMS['od -c'] ?? '';
  expect(triples(printed.replace(/\n\d{7}\n$/, `\n0000777${' '.repeat(2_000_000)}x\n`))).toEqual(wanted);
});

it('reads an endpoint with very many blank lines below it', () => {
  const { endpoint } = browserSubscription();
  expect(readSubscriptionText(`endpoint: ${endpoint}${'\n'.repeat(1_000_000)}x`)).toMatchObject([
    { kind: 'bad', problem: { code: 'keys-missing' } },
    { kind: 'other' },
  ]);
});
