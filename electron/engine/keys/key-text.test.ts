import { describe, expect, it } from 'vitest';
import { PAIR_FORMS, PRIVATE_FORMS, testPair } from './testing/key-forms.ts';
import { readKeys } from './key-text.ts';

const ROUNDS = 4;

describe('a key pair', () => {
  it.each(Object.entries(PAIR_FORMS))('is read from %s', (_form, write) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const pair = testPair();
      const text = write(pair);
      const { pairs, problem } = readKeys(text);
      expect({
        text,
        problem,
        found: pairs.map(({ publicKey, privateKey }) => ({ publicKey, privateKey })),
      }).toEqual({
        text,
        problem: null,
        found: [{ publicKey: pair.publicKey, privateKey: pair.privateKey }],
      });
      expect(pairs[0]?.isProven).toBe(true);
    }
  });
});

it('a key pair is read from a dump whose letters look like an escape', () => {
  const write = PAIR_FORMS['DER in a dump of hexdump -C'] ?? String;
  const isMet = (text: string) => /\\[nrt"'/]|%2B/.test(text);
  let pair = testPair();
  while (!isMet(write(pair))) pair = testPair();
  expect(readKeys(write(pair)).pairs).toMatchObject([
    { publicKey: pair.publicKey, privateKey: pair.privateKey, isProven: true },
  ]);
});

describe('a private half alone', () => {
  it.each(Object.entries(PRIVATE_FORMS))('is read from %s', (_form, write) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { publicKey, privateKey, ...rest } = testPair();
      const text = write({ publicKey, privateKey, ...rest });
      const { pairs, problem } = readKeys(text);
      expect({ text, problem, pairs }).toMatchObject({
        problem: null,
        pairs: [{ publicKey, privateKey, isProven: false }],
      });
      expect(pairs).toHaveLength(1);
    }
  });
});
