import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readKeyText } from '../../core/keys/reading/read-key-text.ts';
import { repeatedText } from '../../core/text/testing/repeated-text.ts';
import { keyProofs } from './key-proofs.ts';
import { readKeys } from './key-text.ts';
import { PAIR_FORMS, PRIVATE_FORMS, testPair } from './testing/key-forms.ts';

/** What can happen to a text between two programs; `at` and `seed` are from 0 to 1. */
const DAMAGES: Readonly<Record<string, (text: string, at: number, seed: number) => string>> = {
  'curly quotes': (text) => text.replaceAll('"', '”').replaceAll("'", '’'),
  'odd spaces': (text) => text.replaceAll(' ', '\u00a0'),
  'what cannot be seen': (text, at) => insert(text, at, '\u200b'),
  'a byte order mark and CRLF': (text) => `\ufeff${text.replaceAll('\n', '\r\n')}`,
  'a line break': (text, at) => insert(text, at, '\n'),
  'a blank': (text, at) => insert(text, at, ' '),
  'lines of 40': (text) => text.replaceAll(/(.{40})/g, '$1\n'),
  'outer quotes': (text) => `"${text}"`,
  'a mark of quotation': (text) => text.replaceAll(/^/gm, '> '),
  'a wrong character': (text, at, seed) =>
    replaceAt(text, at, CHARACTERS.charAt(Math.floor(seed * CHARACTERS.length))),
  'a lost character': (text, at) => replaceAt(text, at, ''),
  'a character twice': (text, at) => insert(text, at, text.charAt(Math.floor(at * text.length))),
  'two swapped': (text, at) =>
    text.replace(new RegExp(`^([^]{${Math.floor(at * text.length)}})(.)(.)`), '$1$3$2'),
  'swapped names': (text) =>
    text.replaceAll(/public|private/gi, (word) => (/pub/i.test(word) ? 'private' : 'public')),
  'lower case': (text) => text.toLowerCase(),
};
/** The remains of one half may look like a different one to any reader: such texts only must not make it throw. */
const CUTS: typeof DAMAGES = {
  'an end that is cut': (text, at) => text.slice(0, Math.floor(at * text.length)),
  'a beginning that is cut': (text, at) => text.slice(Math.floor(at * text.length)),
};
const CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/= "\n';

const insert = (text: string, at: number, more: string) => {
  const place = Math.floor(at * text.length);
  return text.slice(0, place) + more + text.slice(place);
};
const replaceAt = (text: string, at: number, by: string) => {
  const place = Math.floor(at * text.length);
  return text.slice(0, place) + by + text.slice(place + 1);
};

const strawPoint = (scalar: Uint8Array) => Buffer.concat([Buffer.of(4), scalar, scalar]);

const part = fc.double({ min: 0, max: 0.999_999, noNaN: true });
const formOf = (forms: object) => fc.constantFrom(...Object.keys(forms));

describe('a good text that is damaged', () => {
  it('is read as what it was, or its fault is named: never as another pair', () => {
    fc.assert(
      fc.property(formOf(PAIR_FORMS), formOf(DAMAGES), part, part, (form, damage, at, seed) => {
        const pair = testPair();
        const text = DAMAGES[damage]?.(PAIR_FORMS[form]?.(pair) ?? '', at, seed) ?? '';
        const { pairs, problem } = readKeys(text);
        const found = pairs.map(({ publicKey, privateKey }) => ({ publicKey, privateKey }));
        const isRight =
          found.length === 1 &&
          found[0]?.privateKey === pair.privateKey &&
          found[0].publicKey === pair.publicKey;
        const isNamed = found.length === 0 && problem !== null && problem.cause !== '';
        expect({ text, found, problem, isGood: isRight || isNamed }).toMatchObject({ isGood: true });
        expect(JSON.stringify(problem)).not.toContain(pair.privateKey);
      }),
      { numRuns: 300 },
    );
  });

  it.each(['curly quotes', 'odd spaces', 'a byte order mark and CRLF', 'outer quotes', 'swapped names'])(
    'is read in every form despite %s',
    (damage) => {
      for (const write of Object.values(PAIR_FORMS)) {
        const pair = testPair();
        const text = DAMAGES[damage]?.(write(pair), 0, 0) ?? '';
        expect({ text, found: readKeys(text).pairs.map(({ publicKey }) => publicKey) }).toEqual({
          text,
          found: [pair.publicKey],
        });
      }
    },
  );
});

describe('a good text that is cut', () => {
  it('is read as at most one pair, or its fault is named', () => {
    fc.assert(
      fc.property(formOf(PAIR_FORMS), formOf(CUTS), part, (form, cutAt, at) => {
        const { pairs, problem } = readKeys(CUTS[cutAt]?.(PAIR_FORMS[form]?.(testPair()) ?? '', at, 0) ?? '');
        expect(pairs.length === 1).toBe(problem === null);
      }),
      { numRuns: 300 },
    );
  });
});

describe('any text', () => {
  const fragments = fc.constantFrom(
    ...Object.values({ ...PAIR_FORMS, ...PRIVATE_FORMS }).map((write) => write(testPair())),
    '-----BEGIN PRIVATE KEY-----',
    '-----END',
    '{"kty":"EC",',
    '"d":"',
    'MIGH',
    'MHcC',
    '\\n',
    '=3D',
    '%2B',
    '&quot;',
    '0x',
    'priv:',
    'AAAA',
    ':APA91',
    'eyJ',
    '[1,2,',
    "'\\x04",
  );
  const cut = fc.tuple(fragments, part, part).map(([text, one, two]) => {
    const [from, to] = [one, two].sort((a, b) => a - b);
    return text.slice(Math.floor((from ?? 0) * text.length), Math.ceil((to ?? 1) * text.length));
  });
  const wild = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme', maxLength: 400 }),
    fc.json(),
    fc.array(fc.oneof(cut, fragments, fc.string()), { maxLength: 3 }).map((parts) => parts.join('')),
    fc
      .tuple(
        fc.constantFrom('M', 'A', '0', 'aa ', '0x1,', '1,', '"', '\\', '-', '{', 'eyJ', '=\n', 'ab\n'),
        fc.integer({ min: 1, max: 600 }),
      )
      .map(([unit, times]) => unit.repeat(times)),
    repeatedText,
  );

  it.each(['M', 'MHcC ', 'eyJ-', '""', '{"kty":', '0', 'ab\n', '-----BEGIN PRIVATE KEY-----', 'private'])(
    'ends although 100,000 characters are nothing but %j',
    (unit) => {
      expect(readKeys(unit.repeat(100_000 / unit.length)).pairs).toEqual([]);
    },
  );

  it.each([
    ['words without a digit', `VAPID_PRIVATE_KEY=${'abcdefgh'.repeat(10)}/Key`],
    // 27 of them before the last, which is none, are as many as are looked for.
    ['numbers in columns, with a word behind them', `key = ${' 7  42'.repeat(14)}x`],
    [
      'a token above 40,000 words',
      `token=yzlOegUR4Fmku12iHmKNTz4CrxQcGvmr3es0FJBlfklPcquR9gtqG2EU391V${'new  '.repeat(40_000)}?`,
    ],
    ['a list of PHP that was cut', `${'    [0] => 42\n'.repeat(27)}    [27] => 42x`],
  ])('ends at %s', (_, text) => {
    expect(readKeys(text).pairs).toEqual([]);
  });

  it('throws nothing, ends soon, and is right where it finds a pair: 10,000 of them', () => {
    fc.assert(
      fc.property(wild, (text) => {
        let calls = 0;
        const count = <Value>(value: Value): Value => {
          calls += 1;
          return value;
        };
        const { pairs, problem } = readKeyText(text, {
          ...keyProofs,
          // A fake curve: it is asked the same things as the real one, which takes a hundred times as long.
          derivePublicKey: (scalar) => count(strawPoint(scalar)),
          isPointOnCurve: (point) => count(point.length === 65 && point[0] === 4),
        });
        expect(calls).toBeLessThan(25_000);
        expect(pairs.length === 0).toBe(problem !== null);
        for (const { publicKey, privateKey } of pairs) {
          expect(Buffer.from(publicKey, 'base64url')).toEqual(
            strawPoint(Buffer.from(privateKey, 'base64url')),
          );
        }
      }),
      { numRuns: 10_000 },
    );
  });
});
