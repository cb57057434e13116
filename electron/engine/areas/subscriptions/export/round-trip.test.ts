import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExportFormat } from '../../../../contract/export.ts';
import { attributeNameSchema, labelSchema, tagSchema } from '../../../../contract/people.ts';
import { exportRow, frameOf } from '../../../../core/subscription/export-rows.ts';
import { readSubscriptionText } from '../../../../core/subscription/subscription-text.ts';
import { makeKeyPair } from '../../../keys/curve.ts';
import type { Subscription } from '../../../../contract/subscriptions.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';
import { tempSubscriptions } from '../../../testing/temp-subscriptions.ts';

const { publicKey: PUBLIC_KEY } = makeKeyPair();
const FORMATS: ExportFormat[] = ['json', 'jsonl', 'csv'];
const { signal } = new AbortController();

/** What breaks tables, spreadsheets, JSON and lines of text. */
const piece = fc.constantFrom(
  ...['=', '+', '-', '@', "'", '"', '""', ',', ';', '|', '#', '{', '}', '[', ']', '\\', '/', ':', '%', '&'],
  ...['=1+1', '=HYPERLINK("x")', '{"a":1}', 'https://x', '-1', '007', '1e5', 'true', 'a b', 'a  b', '<b>'],
  ...['Zoë', 'שלום', 'مرحبا', '日本', '👩', '\\n', '\\0', '$id', '__proto__', 'NULL x', "it's"],
);
const text = fc.oneof(
  fc.array(piece, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
  // What would say something itself if it stood elsewhere.
  fc.constantFrom(
    ...['-', 'none', 'NULL', '\\N', '{}', '[]', '{"tags":["a"]}', '{"user":{"id":7}}', '{"label":"x"}'],
    ...['{"endpoint":"https://x/y"}', '[{"endpoint":"https://web.push.apple.com/Qabcdefghijklmnopqrst"}]'],
    ...['https://web.push.apple.com/Qabcdefghijklmnopqrst', 'endpoint: https://x/y', 'INSERT INTO x', '> x'],
    ...[
      '\\x22{\\x22a',
      'curl ^"x',
      '=3D',
      '-[ RECORD 1 ]',
      '@@ -1 +1 @@',
      '[FILTERED]',
      'unsubscribed',
      'x…',
      '=""',
      '="x"',
      'a\u00a0: "\u00a0b',
    ],
    ...['NaN', 'undefined', '#N/A', '#REF!', '<NA>', 'NaT', '(null)', '1.7E+11', '="0017"', '<%= name %>'],
    PUBLIC_KEY,
  ),
);
const label = text
  .filter((some) => labelSchema.safeParse(some).success)
  .map((some) => labelSchema.parse(some));
const tag = text.filter((some) => tagSchema.safeParse(some).success).map((some) => tagSchema.parse(some));
const name = fc
  .constantFrom(
    'plan',
    '_x',
    'x_',
    'a.b',
    'a-b',
    'größe',
    'tags',
    'label',
    'endpoint',
    'auth',
    'id',
    'email',
    'url',
    'token',
    'api_key',
    'status',
  )
  .filter((some) => attributeNameSchema.safeParse(some).success);
/** From the first to the last time that there is, with those that could be taken for seconds or microseconds. */
const expiry = fc.oneof(
  fc.constant(null),
  fc.constantFrom(
    0,
    1,
    3600,
    20_270_101,
    1_830_000_000,
    253_402_300_799,
    1e15,
    1_830_000_000_000_000,
    8.64e15,
  ),
  fc.integer({ min: 0, max: 8.64e15 }),
);
const person = fc.record({
  label: fc.option(label),
  externalId: fc.option(label),
  tags: fc.uniqueArray(tag, { maxLength: 3, selector: (some) => some.normalize('NFC').toLowerCase() }),
  attributes: fc.dictionary(name, label, { maxKeys: 3 }),
});

/** A row without its number and its times. */
const told = (row: Subscription) => ({
  endpoint: row.endpoint,
  expirationTime: row.expirationTime,
  publicKey: row.publicKey,
  label: row.label,
  externalId: row.externalId,
  tags: row.tags.toSorted(),
  attributes: row.attributes,
});
const keys = ({ db }: ReturnType<typeof tempSubscriptions>) =>
  db.read<object, object>('SELECT endpoint, p256dh, auth FROM subscriptions ORDER BY endpoint').all({});

async function exported(from: ReturnType<typeof tempSubscriptions>, format: ExportFormat, whole: boolean) {
  const { count, pieces } = await from.service.openExport(
    { target: { filter: from.filter(), except: [] }, format, whole },
    signal,
  );
  let all = '';
  for await (const one of pieces) all += one.text;
  return { count, text: all };
}

const NOBODY = { label: null, externalId: null, tags: [], attributes: {} };
const WITH_BACKSLASH = { label: 'a\\_b', externalId: '007\\&', tags: ['50\\%'], attributes: {} };
/** Texts that stand for objects in other programs, or for a value that was never filled in, are only texts here. */
const LIKE_TEMPLATES = {
  label: '<%= name %>',
  externalId: '#<User:0x00007f>',
  tags: ['<%= tag %>'],
  attributes: { first: '<User object at 0x7f>' },
};
const LIKE_JSON = { label: '{"a":1}', externalId: '{"b":"c"}', tags: [], attributes: {} };
const LIKE_OBJECTS = {
  label: '[object Object]',
  externalId: '@{id=7; name=Ada}',
  tags: ['@{a=b}', '{"a":1}'],
  attributes: { first: '@{"a":1}=', second: '{"a":1}' },
};

/** What becomes of a file on its way. */
const ON_THE_WAY: Readonly<Record<string, (file: string) => string>> = {
  nothing: (file) => file,
  'line ends of Windows': (file) => file.replaceAll(/\r?\n/g, '\r\n'),
  'line ends of Unix': (file) => file.replaceAll('\r\n', '\n'),
  'a byte order mark': (file) => `\uFEFF${file.replace(/^\uFEFF/, '')}`,
  'no byte order mark': (file) => file.replace(/^\uFEFF/, ''),
};

const byEndpoint = (rows: Subscription[]) =>
  rows.map(told).toSorted((one, other) => (one.endpoint < other.endpoint ? -1 : 1));

it('an export that is whole reads as it was, in each form', () => {
  fc.assert(
    fc.property(
      fc.array(person, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(...FORMATS),
      fc.array(expiry, { minLength: 8, maxLength: 8 }),
      fc.constantFrom(...Object.keys(ON_THE_WAY)),
      (people, format, expiries, way) => {
        const known = people.map((one, index) => ({
          ...one,
          endpoint: `https://push.example/${index}`,
          ...browserSubscription().keys,
          expirationTime: expiries[index] ?? null,
          publicKey: index % 2 === 0 ? PUBLIC_KEY : null,
        }));
        const rows = known.map((one, index) => ({
          ...one,
          state: 'active',
          addedAt: 1_700_000_000_000 + index,
        }));
        const { before, between, after } = frameOf(format);
        const file = before + rows.map((row) => exportRow(row, format, true)).join(between) + after;
        const read = readSubscriptionText(ON_THE_WAY[way]?.(file) ?? file).map((row) =>
          row.kind === 'row'
            ? {
                ...(row.person ?? NOBODY),
                endpoint: row.value.endpoint,
                ...row.value.keys,
                expirationTime: row.value.expirationTime,
                publicKey: row.publicKey,
              }
            : row,
        );
        expect(read).toEqual(known);
      },
    ),
    {
      numRuns: 150,
      examples: FORMATS.flatMap((format) =>
        [LIKE_OBJECTS, LIKE_TEMPLATES, LIKE_JSON, WITH_BACKSLASH].map(
          (one): [(typeof one)[], ExportFormat, (number | null)[], string] => [
            [one],
            format,
            [1e15],
            'nothing',
          ],
        ),
      ),
    },
  );
});

describe('a row of another program with the same names', () => {
  const { endpoint, keys: ownKeys } = browserSubscription();
  const read = (beside: object) =>
    readSubscriptionText(
      JSON.stringify({ endpoint, keys: ownKeys, state: 'active', addedAt: 1_760_000_000_000, ...beside }),
    );
  it.each([
    ['seconds', { expirationTime: 1_798_761_600, addedAt: 1_760_000_000 }],
    ['ISO', { expirationTime: '2027-01-01T00:00:00Z' }],
    ['MongoDB', { expirationTime: { $date: '2027-01-01T00:00:00Z' } }],
    ['a spreadsheet', { expirationTime: '1.7987616E+12' }],
  ])('has its expiry in %s', (_name, beside) => {
    expect(read(beside)).toMatchObject([
      { kind: 'row', value: { expirationTime: Date.UTC(2027, 0) }, remark: null },
    ]);
  });

  it('has its attributes as JSON in a text', () => {
    expect(read({ attributes: '{"plan":"pro"}' })).toMatchObject([
      { kind: 'row', person: { attributes: { plan: 'pro' } } },
    ]);
  });
});

it('what the API gives out page by page reads as it was, as pages and row by row', () => {
  fc.assert(
    fc.property(
      fc.array(person, { minLength: 1, maxLength: 4 }),
      fc.array(expiry, { minLength: 4 }),
      (people, expiries) => {
        const rows = people.map((one, index) => {
          const { keys: ownKeys } = browserSubscription();
          const endpoint = `https://push.example/${index}`;
          const times = { expirationTime: expiries[index] ?? null, addedAt: 1_700_000_000_000 + index };
          return {
            id: index + 1,
            endpoint,
            ...times,
            keys: ownKeys,
            applicationServerKey: null,
            state: 'active',
            ...one,
          };
        });
        const texts = [
          JSON.stringify({ items: rows, nextCursor: null }),
          JSON.stringify(rows, null, 2),
          rows.map((row) => JSON.stringify(row)).join('\r\n'),
        ];
        for (const text of texts)
          expect(
            readSubscriptionText(text).map((row) =>
              row.kind === 'row' ? { ...row.value, ...(row.person ?? NOBODY), left: row.left } : row,
            ),
          ).toEqual(
            rows.map(({ endpoint, expirationTime, keys: ownKeys, label, externalId, tags, attributes }) => ({
              ...{ endpoint, expirationTime, keys: ownKeys, label, externalId, tags, attributes },
              left: null,
            })),
          );
      },
    ),
    {
      numRuns: 100,
      examples: [LIKE_OBJECTS, LIKE_TEMPLATES, LIKE_JSON].map((one): [(typeof one)[], (number | null)[]] => [
        [one],
        [0, 1e15, 8.64e15, null],
      ]),
    },
  );
});

it('an export that is whole is imported as it was, in each form', async () => {
  const from = tempSubscriptions();
  const pair = from.addKeyPair('One');
  fc.sample(person, { numRuns: 25, seed: 1 }).forEach((one, index) => {
    from.service.upsert({
      subscription: { ...browserSubscription(), expirationTime: index % 3 === 0 ? 4_102_444_800_123 : null },
      publicKey: index % 2 === 0 ? pair.publicKey : null,
      ...one,
    });
  });
  for (const format of FORMATS) {
    const { text: file } = await exported(from, format, true);
    const to = tempSubscriptions();
    const result = await to.service.import({ text: file, publicKey: null });
    expect(result).toMatchObject({ addedCount: 25, updatedCount: 0, badCount: 0, unsubscribedCount: 0 });
    expect({ format, rows: byEndpoint(to.all()) }).toEqual({ format, rows: byEndpoint(from.all()) });
    expect(keys(to)).toEqual(keys(from));
  }
});

it('a shortened export tells nothing that one could send with, and the import says what it is', async () => {
  const from = tempSubscriptions();
  const rows = [browserSubscription(), browserSubscription()];
  for (const subscription of rows) from.service.upsert({ subscription, publicKey: null, label: 'Anna' });
  for (const format of FORMATS) {
    const { count, text: file } = await exported(from, format, false);
    expect(count).toBe(2);
    for (const {
      endpoint,
      keys: { p256dh, auth },
    } of rows) {
      expect(file).not.toContain(endpoint.slice(-12));
      expect(file).not.toContain(p256dh);
      expect(file).not.toContain(auth);
    }
    const to = tempSubscriptions();
    const { bad, badCount } = await to.service.previewImport({ text: file, publicKey: null });
    expect({ format, badCount }).toEqual({ format, badCount: 2 });
    for (const { problem } of bad) expect(problem.cause).toMatch(/shortened/);
    expect(await to.service.import({ text: file, publicKey: null })).toMatchObject({ addedCount: 0 });
  }
});

it('a table has no cell that a spreadsheet takes for a formula', async () => {
  const from = tempSubscriptions();
  for (const start of ['=', '+', '-', '@', "'="])
    from.service.upsert({
      subscription: browserSubscription(),
      publicKey: null,
      label: `${start}1+1`,
      externalId: `${start}cmd`,
      tags: [`${start}x`],
    });
  const { text: file } = await exported(from, 'csv', true);
  expect(file).not.toMatch(/(?:^|[,"\n])[=+@-]/m);
});

it('an export of nothing is a file of no rows', async () => {
  const from = tempSubscriptions();
  const texts = await Promise.all(FORMATS.map(async (format) => (await exported(from, format, true)).text));
  expect(JSON.parse(texts[0] ?? '')).toEqual([]);
  expect(texts[1]).toBe('');
  expect(texts[2]?.trim().split('\r\n')).toHaveLength(1);
});
