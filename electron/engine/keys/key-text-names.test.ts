import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readKeys } from './key-text.ts';
import { testPair } from './testing/key-forms.ts';

const pair = testPair();
const secret = randomBytes(32).toString('base64url');
/** Far enough for the name to be out of reach. */
const MORE_SETTINGS = 'LOG_LEVEL=info\n'.repeat(20);

const STAND_INS: Readonly<Record<string, RegExp>> = {
  '': /nothing follows/,
  '""': /nothing follows/,
  '***': /placeholder/,
  undefined: /placeholder/,
  null: /placeholder/,
  '${VAPID_PRIVATE_KEY}': /placeholder/,
  'process.env.VAPID_PRIVATE_KEY': /placeholder/,
  '<your private key>': /placeholder/,
  'your-private-key': /placeholder/,
  '/run/secrets/vapid.pem': /in a file: \/run\/secrets\/vapid\.pem/,
  './keys/private.pem': /in a file: \.\/keys\/private\.pem/,
};

describe('a private key that is named, and is not there', () => {
  it.each(Object.entries(STAND_INS))('%j makes no other value the private key', (standIn, cause) => {
    for (const name of ['JWT_SECRET=', 'STRIPE_KEY=', 'other: ', '# old\nKEY=']) {
      for (const between of ['', MORE_SETTINGS]) {
        const text = `VAPID_PRIVATE_KEY=${standIn}\n${between}${name}${secret}\n`;
        const { pairs, problem } = readKeys(text);
        expect({ text, pairs, cause: problem?.cause }).toMatchObject({
          pairs: [],
          cause: expect.stringMatching(cause) as string,
        });
      }
    }
  });

  it.each(Object.entries(STAND_INS))(
    '%j beside the public key is no pair that does not match',
    (standIn, cause) => {
      const text = `VAPID_PUBLIC_KEY=${pair.publicKey}\nVAPID_PRIVATE_KEY=${standIn}\nAPP_KEY=base64:${randomBytes(32).toString('base64')}\n`;
      expect(readKeys(text).problem).toMatchObject({ cause: expect.stringMatching(cause) as string });
    },
  );
});

describe('a name is none for what has a name of its own', () => {
  const hash = randomBytes(32).toString('hex');
  it.each([
    `{"name":"repo","private":true,"sha256":"${hash}"}`,
    `docker pull private.registry.io/app@sha256:${hash}`,
    `private repository at commit ${hash}`,
    `VAPID_PRIVATE_KEY="" STRIPE_KEY=${secret}`,
    `<privateKey></privateKey><pepper>${secret}</pepper>`,
    `# private settings\nCOOKIE_SECRET=${secret}`,
  ])('%s', (text) => {
    expect(readKeys(text).pairs).toEqual([]);
  });

  it.each([
    `Private Key:\n\n${secret}\n`,
    `Private key (keep it secret):\n${secret}`,
    `# private key\nVAPID_KEY=${secret}`,
    `- name: VAPID_PRIVATE_KEY\n  value: ${secret}`,
    `vapid_private_key:\n  value: ${secret}`,
    `private_key: >-\n  ${secret}`,
    `const privateKey =\n  "${secret}"`,
    `{"privateKey":{"id":"a","value":"${secret}"}}`,
    `variable "vapid_private_key" {\n  type = string\n  default = "${secret}"\n}`,
    `<key>VAPID_PRIVATE_KEY</key>\n<string>${secret}</string>`,
  ])('but reaches %s', (text) => {
    expect(readKeys(text)).toMatchObject({ pairs: [{ privateKey: secret }], remarks: [] });
  });
});

it.each(['COOKIE_SECRET', 'STRIPE_KEY'])('takes the private key that is on two lines, and not %s', (name) => {
  const { privateKey, publicKey } = pair;
  const text = `Private Key:\n${privateKey.slice(0, 20)}\n${privateKey.slice(20)}\n\n${name}=${secret}\n`;
  expect(readKeys(text).pairs).toMatchObject([{ privateKey, publicKey, isProven: false }]);
});

it.each(['COOKIE_SECRET', 'STRIPE_KEY'])('takes no %s for a private key that is too short', (name) => {
  const text = `VAPID_PRIVATE_KEY=7${pair.privateKey.slice(0, 37)}\n${name}=${secret}\n`;
  const { pairs, problem } = readKeys(text);
  expect(pairs).toEqual([]);
  expect(problem?.cause).toMatch(/38 characters/);
});

it.each([
  ['WzpwNBkbvTOpfiNyewHp', 'fJVygOAKEJsBqEDVvKcgOPk', 1],
  ['ThisSentenceHasWords', 'AndNothingThatWasSecret', 0],
])('tells a private key on two lines without digits from words: %s', (first, second, count) => {
  expect(readKeys(`${first}\n${second}`).pairs).toHaveLength(count);
});

// Their last letters before the padding read like a name without a value, or with one.
it.each(['+Ia4nhbG+fGNKr+GijtX9PrvZw4NavJqh9Z1rWGBAmk=', '+Ia4nhbG+fGNKr+GijtX9PrvZw4NavJqh9ZxrWGBAmk='])(
  'takes no letters of a key for a name: %s',
  (key) => {
    const privateKey = key.replace('=', '').replaceAll('+', '-');
    for (const text of [key, `key: ${key}`, `VAPID_KEY=${key}`, `${key}\n`, `${key} # your key`])
      expect(readKeys(text)).toMatchObject({ pairs: [{ privateKey }], problem: null });
  },
);
