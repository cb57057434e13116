import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createSubscriptionTextReader,
  readSubscriptionText,
  type FoundSubscription,
} from '../../../../core/subscription/subscription-text.ts';
import { createValuesReader } from '../../../../core/subscription/values-reader.ts';
import { FORMS_ON_THE_WAY } from './testing/forms-on-the-way.ts';
import { FORMS_RECORDED } from './testing/forms-recorded.ts';
import { PRINTED, PRINTED_FORMS as AS_PRINTED } from './testing/printed-forms.ts';

const PRINTED_FORMS: Readonly<Record<string, string>> = {
  ...AS_PRINTED,
  ...FORMS_ON_THE_WAY,
  ...FORMS_RECORDED,
};

const good = (text: string): FoundSubscription[] =>
  readSubscriptionText(text).flatMap((row) => (row.kind === 'row' ? [row] : []));
const bytes = (text: string) => Buffer.from(text, 'base64').toString('base64url');
const bare = ({ value: { endpoint, keys } }: FoundSubscription) => [
  endpoint,
  bytes(keys.p256dh),
  bytes(keys.auth),
];
const [[, p0, a0], [, p1, a1]] = PRINTED.map(({ endpoint, keys }) => [endpoint, keys.p256dh, keys.auth]) as [
  [string, string, string],
  [string, string, string],
];
const form = fc.constantFrom(...Object.keys(PRINTED_FORMS));
/** Raw lines that are cut right before a name show none of it. */
const cutForm = fc.constantFrom(...Object.keys(PRINTED_FORMS).filter((name) => !name.includes('raw')));
const part = fc.double({ min: 0, max: 1, noNaN: true });

describe('subscriptions as consoles and programs print them', () => {
  it.each(Object.entries(PRINTED_FORMS))('reads %s', (name, text) => {
    const wanted = name.endsWith('(1)') ? PRINTED.slice(0, 1) : PRINTED;
    expect(good(text).map(bare)).toEqual(
      wanted.map(({ endpoint, keys }) => [endpoint, keys.p256dh, keys.auth]),
    );
    expect(readSubscriptionText(text).filter(({ kind }) => kind === 'bad')).toEqual([]);
  });

  it('reads them alike, in whatever pieces they come', () => {
    fc.assert(
      fc.property(form, fc.integer({ min: 1, max: 400 }), (name, length) => {
        const text = PRINTED_FORMS[name] ?? '';
        const reader = createSubscriptionTextReader();
        const rows = [];
        for (let at = 0; at < text.length; at += length)
          rows.push(...reader.push(text.slice(at, at + length)));
        expect([...rows, ...reader.end()]).toEqual(readSubscriptionText(text));
      }),
      { numRuns: 200 },
    );
  });

  it('never puts the keys of one to the endpoint of another, wherever a text is cut or a line is lost', () => {
    fc.assert(
      fc.property(cutForm, part, part, part, (name, from, to, lost) => {
        const text = PRINTED_FORMS[name] ?? '';
        const lines = text.split('\n');
        lines.splice(Math.floor(lost * lines.length), 1);
        const texts = [
          lines.join('\n'),
          text.slice(Math.floor(from * text.length * 0.6), Math.ceil((0.6 + to * 0.4) * text.length)),
        ];
        for (const row of texts.flatMap(good).map(bare)) {
          if (row[1] === p0 && (row[2] ?? '').length === a0.length)
            expect({ name, auth: row[2] }).toEqual({ name, auth: a0 });
          if (row[1] === p1 && (row[2] ?? '').length === a1.length)
            expect({ name, auth: row[2] }).toEqual({ name, auth: a1 });
          const own = PRINTED.find(({ endpoint }) => endpoint === row[0])?.keys.p256dh;
          if (own !== undefined && [p0, p1].includes(row[1] ?? ''))
            expect({ name, key: row[1] }).toEqual({ name, key: own });
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('survives 10,000 texts of such pieces', () => {
    const pieces = Object.values(PRINTED_FORMS).flatMap((text) => text.match(/.{1,30}/gs) ?? []);
    const odd = [
      '\n',
      '|',
      '│',
      '{',
      '}',
      '[',
      ']',
      '(',
      ')',
      '1) ',
      '"',
      ' +\n',
      '…',
      '\u0000',
      '----\n',
      'https://',
      '=>',
    ];
    const any = fc.array(fc.constantFrom(...pieces, ...odd, ...odd), { maxLength: 12 });
    fc.assert(
      fc.property(any, (parts) => {
        const text = parts.join('');
        readSubscriptionText(text);
        const reader = createValuesReader();
        reader.push(text);
        reader.end();
      }),
      {
        numRuns: 10_000,
        examples: [
          [['{"endpoint":"https:/x","keys":{"', 'a"}}\nmap[string]string{"b']],
          [['{"endpoint":"https:/x","keys":[{"a":1}]}']],
        ],
      },
    );
  });

  it('takes time in proportion to the text', () => {
    const reader = createValuesReader();
    for (const bad of [
      '{'.repeat(200_000),
      `${'('.repeat(100_000)}${')'.repeat(100_000)}`,
      'a'.repeat(400_000),
      ' '.repeat(400_000),
    ])
      reader.push(bad);
    expect(reader.end().every(({ kind }) => kind !== 'row')).toBe(true);
  });
});

describe('what was done to a subscription on its way', () => {
  const [{ endpoint, keys }] = PRINTED;
  const problems = (text: string) =>
    readSubscriptionText(text).flatMap((row) => (row.kind === 'bad' ? [row.problem.code] : []));

  it.each(['q3Zh_CckSnHOMphztF', 'rwZh_CckSnHOMphztF', 'PmRlNoKQcoGwibUlcK'])(
    'leaves no part of an endpoint that goes on in the next line with %s',
    (rest) => {
      const text = `${'-'.repeat(120)} remarks\n${endpoint.slice(0, 50)}\n${rest}\n${keys.p256dh}\n${keys.auth}\n`;
      expect(good(text)).toEqual([]);
      expect(problems(text)).toHaveLength(1);
      const reader = createValuesReader();
      expect([...reader.push(text), ...reader.end()]).toContainEqual(
        expect.objectContaining({ problem: expect.objectContaining({ code: 'endpoint-broken' }) as unknown }),
      );
    },
  );

  it('is told of keys that the console shows folded, where they follow nowhere', () => {
    expect(problems(`{endpoint: '${endpoint}', expirationTime: null, keys: {…}}`)).toEqual(['keys-folded']);
  });

  it('is told of an endpoint without keys where another one follows', () => {
    expect(problems(`{"endpoint":"${endpoint}"}\n${JSON.stringify(PRINTED[1])}`)).toEqual(['keys-missing']);
    expect(problems(`{"endpoint":"${endpoint}"}\n${JSON.stringify(PRINTED[0])}`)).toEqual([]);
  });

  it('is taken back where a batch file doubles each percent sign, and refused where only some are doubled', () => {
    const whole = `${endpoint}%2f%3d`;
    const lines = (text: string) =>
      `set ENDPOINT=${text}\nset P256DH=${keys.p256dh}\nset AUTH=${keys.auth}\n`;
    expect(good(lines(whole.replaceAll('%', '%%'))).map(bare)).toEqual([[whole, keys.p256dh, keys.auth]]);
    expect(problems(lines(`${endpoint}%2f%%3d`))).toEqual(['endpoint-malformed']);
  });

  it('leaves no remark on a value that is empty', () => {
    const text = `endpoint       : ${endpoint}\nexpirationTime : \nkeys           : @{p256dh=${keys.p256dh}; auth=${keys.auth}}\n`;
    expect(good(text).map(({ remark }) => remark)).toEqual([null]);
  });

  it('gives nobody the name of the program that recorded it', () => {
    const postData = { mimeType: 'application/json', text: JSON.stringify(PRINTED[0]) };
    const har = {
      log: { creator: { name: 'Firefox', version: '130' }, entries: [{ request: { postData } }] },
    };
    expect(good(JSON.stringify(har)).map(({ person }) => person)).toEqual([null]);
  });

  it('takes the null of DynamoDB for no expiry', () => {
    const item = {
      endpoint: { S: endpoint },
      expirationTime: { NULL: true },
      keys: { M: { p256dh: { S: keys.p256dh }, auth: { S: keys.auth } } },
    };
    expect(good(JSON.stringify({ Items: [item] })).map(({ remark }) => remark)).toEqual([null]);
  });
});
