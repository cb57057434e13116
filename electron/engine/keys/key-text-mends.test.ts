import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isPointOnCurve } from './curve.ts';
import { readKeys } from './key-text.ts';
import { pairWithZero, pemOf, testPair, type TestPair } from './testing/key-forms.ts';

const pair = testPair();
const other = testPair();
const zero = pairWithZero();
const dashed = pairWithDash();
const both = ({ publicKey, privateKey }: Pick<TestPair, 'publicKey' | 'privateKey'>) =>
  `VAPID_PUBLIC_KEY=${publicKey}\nVAPID_PRIVATE_KEY=${privateKey}\n`;
const letters = (count: number) => randomBytes(count).toString('base64url').slice(0, count);
const std = (text: string) => Buffer.from(text, 'base64url').toString('base64');

/** A pair whose private half has one `-`, a `_` and a digit. */
function pairWithDash(): TestPair {
  const found = testPair();
  return /^(?=.*_)(?=.*\d)[^-]+-[^-]+$/.test(found.privateKey) ? found : pairWithDash();
}

/** With a wrong letter, so that it is no point. */
function offCurve(publicKey: string): string {
  const changed = [...Array(40).keys()].map((at) => wrongAt(publicKey, at + 20));
  return changed.find((text) => !isPointOnCurve(Buffer.from(text, 'base64url'))) ?? '';
}

/** Puts a different letter in that place. */
const wrongAt = (text: string, at: number) =>
  `${text.slice(0, at)}${text[at] === 'Q' ? 'R' : 'Q'}${text.slice(at + 1)}`;

describe('damage that the public half proves is mended, and said', () => {
  it.each<[string, string, RegExp]>([
    [
      'a lost zero byte',
      both({ ...zero, privateKey: zero.scalar.subarray(1).toString('base64url') }),
      /zero byte/,
    ],
    ['the same in hex', `priv ${zero.scalar.subarray(1).toString('hex')} pub ${zero.publicKey}`, /zero byte/],
    ['swapped halves', both({ publicKey: zero.privateKey, privateKey: zero.publicKey }), /labelled public/],
    [
      'a public half without 04',
      both({ ...zero, publicKey: zero.point.subarray(1).toString('base64url') }),
      /first byte, 04/,
    ],
    [
      'a private half on two lines',
      both({ ...zero, privateKey: `${zero.privateKey.slice(0, 30)}\n${zero.privateKey.slice(30)}` }),
      /joined/,
    ],
    [
      'a public half on three lines',
      both({ ...zero, publicKey: zero.publicKey.replaceAll(/(.{30})/g, '$1\r\n  ') }),
      /joined/,
    ],
    [
      'a blank within',
      both({ ...zero, publicKey: `${zero.publicKey.slice(0, 9)} ${zero.publicKey.slice(9)}` }),
      /joined/,
    ],
    ['a wrong letter', both({ ...zero, privateKey: wrongAt(zero.privateKey, 20) }), /One character/],
    [
      'a lost letter',
      both({ ...zero, privateKey: zero.privateKey.slice(0, 17) + zero.privateKey.slice(18) }),
      /One character/,
    ],
    [
      'a letter too many',
      both({ ...zero, privateKey: `${zero.privateKey.slice(0, 17)}x${zero.privateKey.slice(17)}` }),
      /One character/,
    ],
    [
      'a public half that is cut',
      both({ ...zero, publicKey: zero.publicKey.slice(0, 60) }),
      /public key was damaged/,
    ],
    [
      'a public half with a wrong letter',
      both({ ...zero, publicKey: wrongAt(zero.publicKey, 40) }),
      /public key was damaged/,
    ],
    [
      'a public half with letters lost from its end',
      both({ ...zero, publicKey: zero.publicKey.slice(0, 85) }),
      /public key was damaged/,
    ],
    [
      'a minus that became a plus',
      both({ ...dashed, privateKey: dashed.privateKey.replace('-', '+') }),
      /One character/,
    ],
    [
      'a plus that became a blank',
      `public=${std(dashed.publicKey)}&private=${std(dashed.privateKey).replace('+', ' ')}`,
      /plus sign/,
    ],
    ['a PEM that is cut', pemOf(zero).split('\n').slice(0, 3).join('\n'), /end of the private key file/],
  ])('%s', (_name, text, words) => {
    const { pairs, problem } = readKeys(text);
    expect(problem).toBeNull();
    const { publicKey, privateKey } = pairs[0]?.publicKey === dashed.publicKey ? dashed : zero;
    expect(pairs).toMatchObject([{ publicKey, privateKey, isProven: true }]);
    expect(pairs[0]?.mended.join(' ')).toMatch(words);
  });

  it.each([
    [
      'curly quotes',
      both({ publicKey: `“${pair.publicKey}”`, privateKey: `‘${pair.privateKey}’` }),
      /Curly quotes/,
    ],
    ['odd spaces', both(pair).replaceAll('=', ' =\u00a0'), /spaces/],
    ['what cannot be seen', both(pair).replaceAll('=', '=\u200b'), /Invisible/],
    ['entities', both(pair).replaceAll('=', '&#61;&quot;'), /HTML/],
    ['a BEGIN line with a dash too few', pemOf(pair).slice(1), /BEGIN line/],
  ])('%s', (_name, text, words) => {
    const { pairs, remarks } = readKeys(text);
    expect(pairs).toMatchObject([{ publicKey: pair.publicKey, privateKey: pair.privateKey }]);
    expect(remarks.join(' ')).toMatch(words);
  });
});

it('mentions no private half beside a pair for which it was mended', () => {
  expect(readKeys(both({ ...zero, privateKey: wrongAt(zero.privateKey, 20) })).remarks).toEqual([]);
});

describe('a public half that belongs to another', () => {
  const wrong = offCurve(other.publicKey);
  it.each([
    ...[39, 60, 85, 86].map((length) => other.publicKey.slice(0, length)),
    `${other.publicKey}A`,
    `${other.publicKey}AB`,
    wrong,
  ])('is not passed over although it is broken: %s', (publicKey) => {
    expect(readKeys(both({ ...pair, publicKey }))).toMatchObject({
      pairs: [],
      problem: { code: 'key-text-public-key' },
    });
  });

  it.each([
    `setVapidDetails('mailto:me@bakery.net', '${wrong}', '${pair.privateKey}')`,
    `public: ${Buffer.from(wrong, 'base64url').toString('hex')}\nprivate: ${pair.privateKey}`,
  ])('needs no name for that: %s', (text) => {
    expect(readKeys(text)).toMatchObject({ pairs: [], problem: { code: 'key-text-public-key' } });
  });

  it('is no other value with “public” in its name', () => {
    const text = `NEXT_PUBLIC_API_KEY=AIzaSyD3f${letters(30)}\nVAPID_PRIVATE_KEY=${pair.privateKey}`;
    expect(readKeys(text).pairs).toMatchObject([{ privateKey: pair.privateKey }]);
  });
});
