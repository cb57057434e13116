import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createSubscriptionTextReader,
  readSubscriptionText,
  type FoundSubscription,
} from '../../../../core/subscription/subscription-text.ts';
import { IN_DOCUMENTS } from './testing/people-in-documents.ts';
import { IN_NOTES } from './testing/people-in-notes.ts';
import { IN_PASTES } from './testing/people-in-pastes.ts';
import { IN_PROGRAMS } from './testing/people-in-programs.ts';
import { IN_TOOLS } from './testing/people-in-tools.ts';
import type { WantedPerson } from './testing/people.ts';
import { PRINTED } from './testing/printed-forms.ts';

const FORMS = { ...IN_PROGRAMS, ...IN_PASTES, ...IN_TOOLS, ...IN_DOCUMENTS, ...IN_NOTES };
const names = fc.constantFrom(...Object.keys(FORMS));
const textOf = (name: string): string => FORMS[name]?.[0] ?? '';
const part = fc.double({ min: 0, max: 1, noNaN: true });

const rowsOf = (text: string): FoundSubscription[] =>
  readSubscriptionText(text).flatMap((row) => (row.kind === 'row' ? [row] : []));
const bytes = (text: string) => Buffer.from(text, 'base64').toString('base64url');
const keysOf = ({ value: { endpoint, keys } }: FoundSubscription) => [
  endpoint,
  bytes(keys.p256dh),
  bytes(keys.auth),
];

/** What a row says, reduced to what the test asks about. */
function said({ person, left }: FoundSubscription, asked: WantedPerson) {
  return {
    ...('label' in asked ? { label: person?.label ?? null } : {}),
    ...('id' in asked ? { id: person?.externalId ?? null } : {}),
    ...('tags' in asked ? { tags: person?.tags ?? [] } : {}),
    ...('left' in asked ? { left: left !== null } : {}),
    ...(asked.attrs === undefined
      ? {}
      : {
          attrs: Object.fromEntries(Object.keys(asked.attrs).map((name) => [name, person?.attributes[name]])),
        }),
  };
}

describe('subscriptions and whose they are', () => {
  it.each(Object.entries(FORMS))('are read from %s', (_name, [text, wanted]) => {
    const rows = rowsOf(text);
    const own = wanted.map(({ i }) => PRINTED[i]);
    expect(rows.map(keysOf)).toEqual(own.map(({ endpoint, keys }) => [endpoint, keys.p256dh, keys.auth]));
    expect(readSubscriptionText(text).filter(({ kind }) => kind === 'bad')).toEqual([]);
    wanted.forEach((one, index) => {
      expect(rows[index] === undefined ? null : { i: one.i, ...said(rows[index], one) }).toEqual(one);
    });
  });

  it('are read alike, in whatever pieces they come, and behind JSON', () => {
    const before = `${JSON.stringify({ ...PRINTED[0], endpoint: `${PRINTED[0].endpoint}0` })}\n`;
    fc.assert(
      fc.property(names, fc.boolean(), fc.integer({ min: 1, max: 400 }), (name, isBehind, length) => {
        const text = (isBehind ? before : '') + textOf(name);
        const reader = createSubscriptionTextReader();
        const rows = [];
        for (let at = 0; at < text.length; at += length)
          rows.push(...reader.push(text.slice(at, at + length)));
        expect([...rows, ...reader.end()]).toEqual(readSubscriptionText(text));
      }),
      { numRuns: 400 },
    );
  });

  it('never get the keys of another, wherever the text is cut or a line is lost', () => {
    const whose = (index: 0 | 1 | 2, value: string | undefined) =>
      PRINTED.findIndex(({ endpoint, keys }) => [endpoint, keys.p256dh, keys.auth][index] === value);
    fc.assert(
      fc.property(names, part, part, part, (name, from, to, lost) => {
        const text = textOf(name);
        const lines = text.split('\n');
        lines.splice(Math.floor(lost * lines.length), 1);
        const cut = text.slice(
          Math.floor(from * text.length * 0.6),
          Math.ceil((0.6 + to * 0.4) * text.length),
        );
        for (const [endpoint, p256dh, auth] of [lines.join('\n'), cut].flatMap(rowsOf).map(keysOf)) {
          const known = [whose(0, endpoint), whose(1, p256dh), whose(2, auth)].filter(
            (owner) => owner !== -1,
          );
          expect({ name, owners: new Set(known).size }).toEqual({ name, owners: Math.min(1, known.length) });
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('survive 10,000 texts of their pieces: nothing is thrown, and lines only go on', () => {
    const pieces = Object.values(FORMS).flatMap(([text]) => text.match(/.{1,40}/gs) ?? []);
    const odd = [
      '\n',
      '<',
      '</td>',
      '<tr>',
      '[[',
      '[("',
      '=\n',
      '@@ -1 +1 @@\n',
      'VALUES (?, $1)',
      '#<',
      '%{',
      ')',
      ']',
      '}',
      '"',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces, ...odd, ...odd), { maxLength: 5 }), (parts) => {
        let line = 1;
        for (const row of readSubscriptionText(parts.join(''))) {
          if (row.kind === 'other') continue;
          expect(row.line).toBeGreaterThanOrEqual(line);
          line = row.line;
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it.each([
    ['tags that never end', '<a https://'],
    ['elements in each other', '<a>'],
    ['quotes in a tag', '<a "'],
    ['lists of names', '[["a",'],
    ['pairs', '[["endpoint",1],'],
    ['printed objects', 'Sub(a='],
    ['objects of Ruby', '#<Sub a='],
    ['statements without values', 'INSERT INTO a (endpoint) VALUES (?);\n'],
    ['statements that set', "UPDATE a SET endpoint = 'https://a' WHERE b = 1 "],
    ['statements that set and do not end', "UPDATE a SET endpoint = 'https://a"],
    ['lists in property lists', '<key>tags</key><array><string>https://a</string>'],
    ['resources', '{"data":{"type":"a","id":"1","attributes":{"b":"https://a"},"relationships":{"a":'],
    ['names', 'Ann Lee\n'],
    ['remarks', '[ // Ann\n'],
    ['headings', '## Ann\n\n- endpoint: https://a\n'],
    ['endpoints alone', 'endpoint: https://fcm.googleapis.com/fcm/send/abc\n'],
    ['lines that go on', 'https://fcm.googleapis.com/fcm/send/a=\n'],
    ['names and values', 'user=5 '],
    ['addresses in one line', 'https://x/y '],
    ['addresses in tags that never end', '<a x="https://'],
  ])('take time in proportion to the text of %s', (_what, piece) => {
    const reader = createSubscriptionTextReader();
    const rows = [
      ...reader.push(`${piece}\n`),
      ...reader.push(piece.repeat(Math.ceil(150_000 / piece.length))),
      ...reader.end(),
    ];
    expect(rows.filter(({ kind }) => kind === 'row')).toEqual([]);
  });
});

describe('what only a part of is here', () => {
  const [one] = PRINTED;
  const problems = (text: string) =>
    readSubscriptionText(text).flatMap((row) => (row.kind === 'bad' ? [row.problem.code] : []));

  it.each([
    ['Python', `[{'endpoint': '${one.endpoint}', 'keys': ${JSON.stringify(one.keys)}}, ...]`],
    [
      'Node.js',
      `[\n  { endpoint: '${one.endpoint}',\n    keys: ${JSON.stringify(one.keys)} },\n  ... 900 more items\n]`,
    ],
    [
      'Django',
      `<QuerySet [{'endpoint': '${one.endpoint}', 'keys': ${JSON.stringify(one.keys)}}, '...(remaining elements truncated)...']>`,
    ],
  ])('is said of a list that %s has shortened', (_language, text) => {
    expect(rowsOf(text)).toHaveLength(1);
    expect(problems(text)).toEqual(['list-shortened']);
  });

  it('is said of other tables behind too many subscriptions', () => {
    const values = Array.from(
      { length: 20_002 },
      (_none, id) => `(${id},'${one.endpoint}${id}','${one.keys.p256dh}','${one.keys.auth}')`,
    );
    const text = `INSERT INTO subs (id,endpoint,p256dh,auth) VALUES ${values.join(',')};\nINSERT INTO sub_tags (sub_id,tag) VALUES (1,'news'),(2,'news');`;
    expect(rowsOf(text)).toHaveLength(20_002);
    expect(problems(text)).toEqual(['table-apart']);
  });
});

describe('a long wrapper', () => {
  const [one] = PRINTED;
  const many = Array.from({ length: 1500 }, (_none, index) => `${one.endpoint}${index}`);
  const people = (text: string) => new Set(rowsOf(text).map(({ person }) => JSON.stringify(person)));

  it.each([
    [
      'Python',
      `{'user': 'Ann', 'subs': [${many.map((url) => `{'endpoint': '${url}', 'p256dh': '${one.keys.p256dh}', 'auth': '${one.keys.auth}'}`).join(', ')}]}`,
    ],
    [
      'PHP',
      `array('user' => 'Ann', 'subs' => array(${many.map((url) => `array('endpoint' => '${url}', 'p256dh' => '${one.keys.p256dh}', 'auth' => '${one.keys.auth}')`).join(', ')}))`,
    ],
  ])('of %s says of all that is in it whose it is', (_language, text) => {
    expect(text.length).toBeGreaterThan(256_000);
    expect(rowsOf(text)).toHaveLength(many.length);
    expect([...people(text)].map((person) => (JSON.parse(person) as { label: string }).label)).toEqual([
      'Ann',
    ]);
  });
});

describe('which keys belong to which endpoint', () => {
  const [{ endpoint: e0, keys: k0 }, { endpoint: e1, keys: k1 }] = PRINTED;

  it('is told to be a matter of order where it is', () => {
    const text = [e0, e1, k0.p256dh, k1.p256dh, k0.auth, k1.auth].join('\n');
    expect(rowsOf(text).map(({ remark }) => remark)).toEqual(
      Array.from(
        { length: 2 },
        () => 'Keys and endpoints are in separate places in this text and were matched by their order.',
      ),
    );
  });

  it.each([
    [
      'one pair behind two endpoints',
      `endpoint: ${e0}\nendpoint: ${e1}\np256dh: ${k0.p256dh}\nauth: ${k0.auth}`,
    ],
    [
      'two pairs behind one endpoint',
      `endpoint: ${e1}\np256dh: ${k0.p256dh}\nauth: ${k0.auth}\np256dh: ${k1.p256dh}\nauth: ${k1.auth}`,
    ],
  ])('is refused for %s', (_what, text) => {
    expect(rowsOf(text)).toEqual([]);
    expect(readSubscriptionText(text)).toContainEqual(
      expect.objectContaining({
        kind: 'bad',
        problem: expect.objectContaining({ code: 'unclear-pairs' }) as unknown,
      }),
    );
  });

  it('takes no id of a device for the secret', () => {
    const text = `endpoint: ${e0}\np256dh: ${k0.p256dh}\ndevice: dQw4w9WgXcQabcdEFGHij1`;
    expect(rowsOf(text)).toEqual([]);
  });

  it('passes over a row of placeholders', () => {
    const text = `INSERT INTO subs (endpoint, p256dh, auth) VALUES ($1, $2, $3);\n${JSON.stringify(PRINTED[0])}`;
    expect(readSubscriptionText(text).map(({ kind }) => kind)).toEqual(['other', 'row']);
  });
});
