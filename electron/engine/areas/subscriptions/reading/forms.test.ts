import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createSubscriptionTextReader,
  readSubscriptionText,
  type FoundSubscription,
} from '../../../../core/subscription/subscription-text.ts';
import { personSchema } from '../../../../contract/people.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';
import { FORMS, SUBSCRIPTIONS } from './testing/forms.ts';

const [one, two] = SUBSCRIPTIONS;
const good = (text: string): FoundSubscription[] =>
  readSubscriptionText(text).flatMap((row) => (row.kind === 'row' ? [row] : []));
const bare = ({ value: { endpoint, keys } }: FoundSubscription) => ({
  endpoint,
  p256dh: Buffer.from(keys.p256dh, 'base64').toString('base64url'),
  auth: Buffer.from(keys.auth, 'base64').toString('base64url'),
});
const wanted = ({ endpoint, keys }: typeof one) => ({ endpoint, ...keys });

function inPieces(text: string, lengths: readonly number[]) {
  const reader = createSubscriptionTextReader();
  const rows = [];
  let at = 0;
  for (let index = 0; at < text.length; index += 1) {
    const length = Math.max(1, lengths[index % lengths.length] ?? 1);
    rows.push(...reader.push(text.slice(at, at + length)));
    at += length;
  }
  return [...rows, ...reader.end()];
}

describe('subscriptions in the forms that people have', () => {
  it.each(Object.entries(FORMS))('reads %s, and nothing in it is a bad row', (_form, text) => {
    const ends = SUBSCRIPTIONS.filter(({ endpoint }) => text.includes(endpoint.slice(-7)));
    expect(good(text).map(bare)).toEqual(ends.map(wanted));
    expect(readSubscriptionText(text).filter(({ kind }) => kind === 'bad')).toEqual([]);
  });

  it.each(['\r\n', '\r'])('reads them with lines that end in %j', (ending) => {
    for (const [form, text] of Object.entries(FORMS)) {
      const found = good(text.replaceAll(/\r?\n/g, ending)).length;
      expect({ form, found }).toEqual({ form, found: good(text).length });
    }
  });

  it('reads them alike, however they are cut', () => {
    const text = fc.array(fc.constantFrom(...Object.values(FORMS)), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        text.map((parts) => parts.join('\n\n')),
        fc.array(fc.nat(400), { minLength: 1, maxLength: 4 }),
        (some, lengths) => {
          expect(inPieces(some, lengths)).toEqual(readSubscriptionText(some));
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('what stands beside a subscription', () => {
  const beside = (text: string) =>
    good(text).map(({ person, publicKey, addedAt }) => ({ person, publicKey, addedAt }));
  const { endpoint, keys } = one;

  it('takes the person from the names of tables and exports', () => {
    const text = `id;Name;E-Mail;user_id;Endpoint;p256dh;auth;Tags;language;created_at
1;"Müller; Ann";ann@example.de;u7;${endpoint};${keys.p256dh};${keys.auth};"news, vip";de;2026-01-02 03:04:05`;
    expect(beside(text)).toEqual([
      {
        person: {
          label: 'Müller; Ann',
          externalId: 'u7',
          tags: ['news', 'vip'],
          attributes: { language: 'de', email: 'ann@example.de' },
        },
        publicKey: null,
        addedAt: Date.UTC(2026, 0, 2, 3, 4, 5),
      },
    ]);
  });

  it('takes it from what is around one, or several of one person', () => {
    const user = { id: 7, email: 'ann@example.com', customer_id: 'c1', subscriptions: [one, two] };
    const person = { label: 'ann@example.com', externalId: 'c1', tags: [], attributes: {} };
    expect(beside(JSON.stringify([user])).map((row) => row.person)).toEqual([person, person]);
  });

  it('takes ids and names of a tree by user, and the dates of MongoDB', () => {
    const tree = { subscriptions: { uid1: { '-Nabc1': one }, "Ann's phone": { subscription: two } } };
    expect(beside(JSON.stringify(tree)).map(({ person }) => [person?.externalId, person?.label])).toEqual([
      ['uid1', null],
      [null, "Ann's phone"],
    ]);
    const doc = {
      userId: { $oid: '65f0c0ffee00000000000001' },
      subscription: one,
      createdAt: { $date: '2026-01-02T03:04:05Z' },
    };
    expect(beside(JSON.stringify(doc))).toMatchObject([
      { person: { externalId: '65f0c0ffee00000000000001' }, addedAt: Date.UTC(2026, 0, 2, 3, 4, 5) },
    ]);
  });

  it('takes the key that it was made with, whatever it is called and however it is written', () => {
    const key = browserSubscription().keys.p256dh;
    const bytes = Buffer.from(key, 'base64url');
    for (const row of [
      { ...one, vapid_public_key: key },
      { ...one, options: { applicationServerKey: [...bytes] } },
      { ...one, applicationServerKey: bytes.toString('hex') },
    ]) {
      expect(beside(JSON.stringify(row))[0]?.publicKey).toBe(key);
    }
  });

  it('leaves out what cannot be kept of a person, says so, and keeps the row', () => {
    const [row] = good(JSON.stringify({ ...one, name: `a\u202Eb`, tags: ['ok', 'x'.repeat(100)] }));
    expect(row?.person).toEqual({ label: null, externalId: null, tags: ['ok'], attributes: {} });
    expect(row?.remark).toContain('label');
  });

  it.each([
    [1_798_761_600, 1_798_761_600_000],
    ['1798761600', 1_798_761_600_000],
    [1_798_761_600_000, 1_798_761_600_000],
    ['2027-01-01 00:00:00', 1_798_761_600_000],
    ['2027-01-01T01:00:00+01:00', 1_798_761_600_000],
    ['Fri, 01 Jan 2027 00:00:00 GMT', 1_798_761_600_000],
    [{ $date: { $numberLong: '1798761600000' } }, 1_798_761_600_000],
    ['', null],
    ['null', null],
    ['0000-00-00 00:00:00', null],
    [0, null],
  ])('reads the expiry %j', (expirationTime, ms) => {
    const [row] = good(JSON.stringify({ ...one, expirationTime }));
    expect(row).toMatchObject({ value: { expirationTime: ms }, remark: null });
  });
});

describe('damaged input', () => {
  const text = JSON.stringify(one);
  const known = SUBSCRIPTIONS.map(wanted);

  it('is read right, mended, or named: a part of a subscription is never taken for a whole one', () => {
    const damage = fc.oneof(
      fc.record({
        kind: fc.constant('insert' as const),
        at: fc.nat(),
        what: fc.constantFrom('\n', '\u200b', '\u00a0', ' ', '"'),
      }),
      fc.record({ kind: fc.constant('remove' as const), at: fc.nat() }),
      fc.record({ kind: fc.constant('cut' as const), at: fc.nat() }),
      fc.record({
        kind: fc.constant('quotes' as const),
        what: fc.constantFrom('“', "'", '`', '\\"', '&quot;', '„'),
      }),
    );
    fc.assert(
      fc.property(damage, (some) => {
        const damaged = ((): string => {
          switch (some.kind) {
            case 'insert': {
              const at = some.at % text.length;
              return text.slice(0, at) + some.what + text.slice(at);
            }
            case 'remove': {
              // Only one of the characters between the values: a letter missing from a value cannot be detected.
              const signs = [...text.matchAll(/["{},:]/g)]
                .map(({ index }) => index)
                .filter((index) => text.charAt(index) !== ':' || text.charAt(index - 1) === '"');
              const at = signs[some.at % signs.length] ?? 0;
              return text.slice(0, at) + text.slice(at + 1);
            }
            case 'cut':
              return text.slice(0, some.at % text.length);
            case 'quotes':
              return text.replaceAll('"', some.what);
          }
        })();
        const rows = readSubscriptionText(damaged);
        expect(rows.length).toBeGreaterThan(0);
        for (const row of good(damaged)) {
          // An address with a blank in it is refused by its check.
          if (/^https:[!-~]+$/.test(row.value.endpoint)) expect(known).toContainEqual(bare(row));
        }
        if (good(damaged).length === 0) expect(rows.some(({ kind }) => kind === 'bad')).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  it('never throws, and ends, whatever it is', () => {
    const piece = fc.oneof(
      fc
        .constantFrom(...Object.values(FORMS))
        .chain((form) =>
          fc.tuple(fc.nat(form.length), fc.nat(300)).map(([at, length]) => form.slice(at, at + length)),
        ),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        '{',
        '[',
        '(',
        '"',
        "'",
        '=>',
        'array(',
        'a:9:{',
        'INSERT INTO x VALUES ',
        'COPY x FROM stdin;\n',
        '\t',
        '\n',
        ',',
        '--endpoint ',
        '<',
        '&quot;',
        'endpoint: https://',
        '- ',
        '---\n',
        '|',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const some = pieces.join('');
        let line = 1;
        for (const row of readSubscriptionText(some)) {
          if (row.kind === 'other') continue;
          expect(row.line).toBeGreaterThanOrEqual(line);
          line = row.line;
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it('says of a form what it is and the way out, where it breaks', () => {
    const python = `{'endpoint': '${one.endpoint}', 'keys': {'p256dh' '${one.keys.p256dh}'}, 'x': None}`;
    expect(readSubscriptionText(python)).toMatchObject([
      {
        kind: 'bad',
        problem: {
          cause: expect.stringContaining('Python') as unknown,
          cure: expect.stringContaining('json.dumps') as unknown,
        },
      },
    ]);
  });

  it.each([
    ['an endpoint alone', one.endpoint, 'keys-missing'],
    ['a copy without keys', JSON.stringify({ ...one, keys: undefined }), 'keys-missing'],
    ['ArrayBuffers', JSON.stringify({ ...two, keys: { p256dh: {}, auth: {} } }), 'keys-empty'],
    ['one that its tool gave up', JSON.stringify({ ...one, invalid_identifier: 't' }), 'marked-invalid'],
  ])('names %s', (_what, some, code) => {
    expect(readSubscriptionText(some)).toMatchObject([{ kind: 'bad', problem: { code } }]);
  });
});

describe('tables', () => {
  it('is not led astray by a quote that nobody closes: the rows after it are read', () => {
    const row = ({ endpoint, keys }: typeof one, name: string) =>
      `${name},${endpoint},${keys.p256dh},${keys.auth}`;
    const text = [
      'name,endpoint,p256dh,auth',
      row(one, '"Ann'),
      ...Array.from({ length: 30 }, () => row(two, 'Bob')),
    ].join('\n');
    const found = good(text);
    expect(found.filter(({ value }) => value.endpoint === two.endpoint)).toHaveLength(30);
    expect(found.at(-1)?.line).toBe(32);
  });

  it('has the lines right where cells hold line ends', () => {
    const text = `name,endpoint,p256dh,auth\n"Ann\nSmith",${one.endpoint},${one.keys.p256dh},${one.keys.auth}\nBob,${two.endpoint},${two.keys.p256dh},${two.keys.auth}\n`;
    expect(good(text).map(({ line, person }) => [line, person?.label])).toEqual([
      [2, 'Ann Smith'],
      [4, 'Bob'],
    ]);
  });
});

it('makes nothing of a person that the store would refuse', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom('a', ' x  y ', ''),
  );
  const facts = fc.record({
    name: text,
    user_id: text,
    email: text,
    tags: fc.oneof(text, fc.array(text)),
    attributes: fc.dictionary(text, text),
  });
  fc.assert(
    fc.property(facts, (some) => {
      const [row] = good(JSON.stringify({ ...one, ...some }));
      const { person } = row ?? { person: null };
      expect(row).toBeDefined();
      if (person !== null) expect(personSchema.parse(person)).toEqual(person);
    }),
    { numRuns: 500 },
  );
});

it('keeps an attribute whose name an object cannot hold under a name that it can', () => {
  const text = JSON.stringify({ ...one, attributes: JSON.parse('{"__proto__":"a","b":"c"}') as unknown });
  expect(good(text)[0]?.person?.attributes).toEqual({ proto: 'a', b: 'c' });
});
