import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { derOf, jwkOf, pairWithZero, pemOf, testPair, type TestPair } from './testing/key-forms.ts';
import { readKeys } from './key-text.ts';

const pair = testPair();
const other = testPair();
const zero = pairWithZero();
const both = ({ publicKey, privateKey }: Pick<TestPair, 'publicKey' | 'privateKey'>) =>
  `VAPID_PUBLIC_KEY=${publicKey}\nVAPID_PRIVATE_KEY=${privateKey}\n`;
const pem = (key: KeyObject, cipher?: string) =>
  key
    .export({ format: 'pem', type: 'pkcs8', ...(cipher !== undefined && { cipher, passphrase: 'secret' }) })
    .toString();
const keyOf = (curve: string) => generateKeyPairSync('ec', { namedCurve: curve }).privateKey;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const letters = (count: number) => randomBytes(count).toString('base64url').slice(0, count);

function damagedPem(damaged: TestPair): string {
  const der = Buffer.from(derOf(damaged));
  const at = der.indexOf(damaged.scalar) + 9;
  der.writeUInt8(der.readUInt8(at) ^ 1, at);
  return `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----`;
}

describe('several', () => {
  it('complete pairs are all found, in their order and with their lines', () => {
    const { pairs } = readKeys(`# staging\n${both(other)}\n# production\n${pemOf(zero)}\n${both(pair)}`);
    expect(pairs.map(({ publicKey, line }) => ({ publicKey, line }))).toEqual([
      { publicKey: other.publicKey, line: 2 },
      { publicKey: zero.publicKey, line: 7 },
      { publicKey: pair.publicKey, line: 12 },
    ]);
  });

  it('keys of a JWK set are all found', () => {
    const { pairs } = readKeys(
      JSON.stringify({
        keys: [jwkOf(pair), { kty: 'oct', k: 'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr8' }, jwkOf(other)],
      }),
    );
    expect(pairs.map(({ publicKey }) => publicKey)).toEqual([pair.publicKey, other.publicKey]);
  });

  it('keys of a JWK set are all found, also where a number begins like a structure', () => {
    const first = {
      kty: 'EC',
      crv: 'P-256',
      x: '-3ZgOWE2IjIH9g4OVwoK3blcLJwqy8rBqW0-ikQo1Yw',
      y: 'MChiYJWhEDTNBByaRCejLMmzXwQgGuNbFSv9QX4c2KM',
      d: '-OSvqyHcgtXZBbgdpDgeSOkrXdc-iETuQg1O6_the24',
    };
    const { pairs } = readKeys(JSON.stringify({ keys: [first, jwkOf(other)] }));
    expect(pairs.map(({ privateKey, isProven }) => ({ privateKey, isProven }))).toEqual([
      { privateKey: first.d, isProven: true },
      { privateKey: other.privateKey, isProven: true },
    ]);
  });

  it('mentions of one pair are one', () => {
    const text = [
      both(pair),
      pemOf(pair),
      JSON.stringify(jwkOf(pair)),
      pair.privateKey,
      derOf(pair).toString('hex'),
    ].join('\n');
    expect(readKeys(text).pairs).toHaveLength(1);
  });

  it('a public half more than there are private ones is mentioned', () => {
    const { pairs, remarks } = readKeys(`${both(pair)}OLD_PUBLIC_KEY=${other.publicKey}\n`);
    expect(pairs).toHaveLength(1);
    expect(remarks.join()).toContain(other.publicKey.slice(0, 6));
  });

  it('browsers with their keys are no public half', () => {
    const browser = JSON.stringify({
      endpoint: 'https://push.example.net/x',
      keys: { p256dh: other.publicKey, auth: letters(22) },
    });
    expect(readKeys(`${browser}\nprivateKey: ${pair.privateKey}`).pairs).toMatchObject([
      { privateKey: pair.privateKey },
    ]);
    expect(readKeys(`${both(pair)}\n${browser}`)).toMatchObject({ pairs: [{ isProven: true }], remarks: [] });
  });
});

const NAMED: readonly [string, string, string, RegExp][] = [
  ['nothing', '  \n', 'key-text-no-private-key', /no keys yet/],
  ['a sentence', 'hello there', 'key-text-no-private-key', /There is no key in this text/],
  ['a public half alone', pair.publicKey, 'key-text-no-private-key', /only a public key/],
  [
    'a public half with its name',
    `Public Key:\n${pair.publicKey}\n\nPrivate Key:\n`,
    'key-text-no-private-key',
    /only a public key/,
  ],
  [
    'a public half that is called private',
    `VAPID_PRIVATE_KEY=${pair.publicKey}`,
    'key-text-no-private-key',
    /labelled as the private key is a public key/,
  ],
  [
    'a private half that is called public',
    `VAPID_PUBLIC_KEY=${pair.privateKey}`,
    'key-text-public-key',
    /labelled as the public key has 32 bytes/,
  ],
  [
    'a public key in PEM',
    '-----BEGIN PUBLIC KEY-----\n' +
      Buffer.concat([
        Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex'),
        pair.point,
      ]).toString('base64') +
      '\n-----END PUBLIC KEY-----',
    'key-text-no-private-key',
    /only a public key/,
  ],
  [
    'a JWK without d',
    JSON.stringify({ ...jwkOf(pair), d: undefined }),
    'key-text-no-private-key',
    /only a public key/,
  ],
  ['halves of two pairs', both({ ...pair, publicKey: other.publicKey }), 'halves-differ', /do not match/],
  [
    'a PEM beside the public half of another',
    `${pemOf(pair)}\n${other.publicKey}`,
    'halves-differ',
    /do not match/,
  ],
  [
    'a JWK of two pairs',
    JSON.stringify({ ...jwkOf(pair), d: other.privateKey }),
    'halves-differ',
    /do not match/,
  ],
  [
    'a placeholder',
    `PUBLIC_KEY=${pair.publicKey}\nPRIVATE_KEY=<your private key>`,
    'key-text-placeholder',
    /placeholder/,
  ],
  ['a variable', 'privateKey: process.env.VAPID_PRIVATE_KEY', 'key-text-placeholder', /placeholder/],
  [
    'the path of a file',
    `VAPID_PUBLIC_KEY=${pair.publicKey}\nVAPID_PRIVATE_KEY=/run/secrets/vapid.pem`,
    'key-text-path',
    /in a file: \/run\/secrets\/vapid\.pem/,
  ],
  [
    'objects of Web Crypto',
    '{ publicKey: CryptoKey {}, privateKey: CryptoKey {} }',
    'key-text-not-printed',
    /but not the key/,
  ],
  [
    'a key of age',
    `AGE-SECRET-KEY-1${'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'.repeat(2)}`,
    'key-text-foreign',
    /a key of age/,
  ],
  [
    'a key of PuTTY on another curve',
    `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPublic-Lines: 1\n${letters(68)}\nPrivate-Lines: 1\n${letters(48)}\nPrivate-MAC: ${randomBytes(32).toString('hex')}`,
    'key-text-foreign',
    /a key of PuTTY/,
  ],
  [
    'a short private half',
    `privateKey: "${letters(38)}"`,
    'key-text-private-key',
    /38 characters \(28 bytes\) instead of 43/,
  ],
  ...[41, 45, 49].map((count): (typeof NAMED)[number] => [
    `a private half of ${count} letters`,
    `VAPID_PRIVATE_KEY=${`${pair.privateKey}${letters(6)}`.slice(0, count)}`,
    'key-text-private-key',
    new RegExp(`${count} characters \\(\\d\\d bytes\\) instead of 43`),
  ]),
  [
    'a private half in both alphabets',
    `privateKey: ${letters(20)}+${letters(20)}-_`,
    'key-text-private-key',
    /changed on its way here/,
  ],
  ['a number in decimal', `private_value=${'7'.repeat(77)}`, 'key-text-private-key', /is a decimal number/],
  ['a number of JavaScript', `d: ${'7'.repeat(77)}n`, 'key-text-private-key', /is a decimal number/],
  [
    'a private half in lower case',
    `privateKey: ${pair.privateKey.toLowerCase()}`,
    'key-text-private-key',
    /no capital letters/,
  ],
  ['a PEM whose private half is damaged', damagedPem(pair), 'key-text-damaged', /damaged/],
  ['a number that lacks a digit', `private: 0x${'7'.repeat(63)}`, 'key-text-private-key', /cut short/],
  [
    'lines of base64',
    `${letters(64)}\n${letters(64)}\n${pair.privateKey}`,
    'key-text-damaged',
    /lines of base64/,
  ],
  [
    '31 bytes alone',
    `privateKey: ${Buffer.concat([Buffer.of(0xff), randomBytes(30)]).toString('base64url')}`,
    'key-text-private-key',
    /31 bytes/,
  ],
  [
    'a private half of zeros',
    `privateKey: ${Buffer.alloc(32).toString('base64url')}`,
    'private-key-malformed',
    /not a valid P-256/,
  ],
  [
    'a private half above the order',
    `privateKey: ${Buffer.alloc(32, 255).toString('base64url')}`,
    'private-key-malformed',
    /not a valid P-256/,
  ],
  [
    'a public half of the wrong length',
    both({ ...pair, publicKey: letters(80) }),
    'key-text-public-key',
    /60 bytes instead of 65/,
  ],
  [
    'a public half in small letters',
    both({ ...pair, publicKey: pair.publicKey.toLowerCase() }),
    'key-text-public-key',
    /^The public key has the right length, but was changed on its way here/,
  ],
  ['two values without a name', `${pair.privateKey}\n${other.privateKey}`, 'key-text-ambiguous', /2 values/],
  [
    'a secret of another name',
    `SECRET_KEY_BASE=${randomBytes(32).toString('hex')}`,
    'key-text-no-private-key',
    /its name says/,
  ],
  ['an encrypted PEM', pem(pair.key, 'aes-256-cbc'), 'key-text-encrypted', /password/],
  [
    'an encrypted PEM of old',
    `-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00112233445566778899AABBCCDDEEFF\n\n${randomBytes(128).toString('base64')}\n-----END EC PRIVATE KEY-----`,
    'key-text-encrypted',
    /password/,
  ],
  [
    'an encrypted PEM with a line as long as a private half',
    `-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n${randomBytes(
      80,
    )
      .toString('base64')
      .replace(/^.{64}/, '$&\n')}\n-----END EC PRIVATE KEY-----`,
    'key-text-encrypted',
    /password/,
  ],
  [
    'an encrypted PEM with a line that begins like a public half',
    '-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\nwak+AkWScZ5N0FIH1hyKl7fc6iLlaQzl1OXX3s1DCakLWIMcdIfI+sG7rJnTLP+5\nBC6aVBvf2VjyvxoRbPrS4vEfMcS5lLf0J0nAcXC/XAk=\n-----END EC PRIVATE KEY-----',
    'key-text-encrypted',
    /password/,
  ],
  [
    'a private key that a program shortened',
    `publicKey=${pair.publicKey}\nprivateKey=${pair.privateKey.slice(0, 6)}...`,
    'key-text-private-key',
    /Only a part of the private key/,
  ],
  [
    'a private key with its middle hidden',
    `VAPID_PRIVATE_KEY: ${pair.privateKey.slice(0, 4)}****${pair.privateKey.slice(-4)}`,
    'key-text-private-key',
    /Only a part of the private key/,
  ],
  ['a PEM that is cut within the private half', pemOf(pair).slice(0, 80), 'key-text-damaged', /cut short/],
  [
    'the parameters of a curve',
    '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----',
    'key-text-damaged',
    /only the parameters/,
  ],
  [
    'a PEM of nothing',
    '-----BEGIN PRIVATE KEY-----\nhello\n-----END PRIVATE KEY-----',
    'key-text-damaged',
    /not a key that can be read/,
  ],
  ['an RSA key', pem(rsa), 'key-text-foreign', /an RSA private key, but no VAPID private key/],
  [
    'an RSA key of old',
    rsa.export({ format: 'pem', type: 'pkcs1' }).toString(),
    'key-text-foreign',
    /an RSA private key/,
  ],
  [
    'an Ed25519 key',
    pem(generateKeyPairSync('ed25519').privateKey),
    'key-text-foreign',
    /an Ed25519 private key/,
  ],
  ['a key on secp256k1', pem(keyOf('secp256k1')), 'key-text-foreign', /secp256k1/],
  [
    'a key on P-384',
    keyOf('P-384').export({ format: 'pem', type: 'sec1' }).toString(),
    'key-text-foreign',
    /on the curve P-384/,
  ],
  [
    'a JWK of Ed25519',
    JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })),
    'key-text-foreign',
    /Ed25519/,
  ],
  [
    'a JWK of secp256k1',
    JSON.stringify(keyOf('secp256k1').export({ format: 'jwk' })),
    'key-text-foreign',
    /secp256k1/,
  ],
  ['a JWK of RSA', JSON.stringify(rsa.export({ format: 'jwk' })), 'key-text-foreign', /an RSA key/],
  [
    'what openssl prints of another curve',
    `Private-Key: (256 bit)\npriv:\n    ${randomBytes(32)
      .toString('hex')
      .replaceAll(/(..)(?!$)/g, '$1:')}\nASN1 OID: secp256k1\n`,
    'key-text-foreign',
    /secp256k1/,
  ],
  [
    'a server key of FCM',
    `AAAA${letters(7)}:APA91${letters(135)}`,
    'key-text-foreign',
    /server key of the old FCM API/,
  ],
  ['a token of FCM', `${letters(22)}:APA91${letters(135)}`, 'key-text-foreign', /FCM registration token/],
  [
    'a service account',
    JSON.stringify({
      type: 'service_account',
      project_id: 'x',
      private_key_id: randomBytes(20).toString('hex'),
      private_key: pem(rsa),
    }),
    'key-text-foreign',
    /a Google service account/,
  ],
  [
    'a Firebase configuration',
    `{ apiKey: "AIza${letters(35)}", messagingSenderId: "103953800507" }`,
    'key-text-foreign',
    /Firebase web configuration/,
  ],
  ['a key of OneSignal', `ONESIGNAL_REST_API_KEY=${letters(48)}`, 'key-text-foreign', /OneSignal/],
  ['a newer key of OneSignal', `os_v2_app_${'abcdefghij234567'.repeat(6)}`, 'key-text-foreign', /OneSignal/],
  [
    'a public key of SSH',
    `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${letters(43)} me@host`,
    'key-text-foreign',
    /SSH public key/,
  ],
  [
    'a key of OpenSSH',
    `-----BEGIN OPENSSH PRIVATE KEY-----\n${randomBytes(300).toString('base64')}\n-----END OPENSSH PRIVATE KEY-----`,
    'key-text-foreign',
    /SSH private key/,
  ],
  [
    'the header of a message',
    `Authorization: vapid t=eyJ${letters(40)}.eyJ${letters(60)}.${letters(86)}, k=${pair.publicKey}`,
    'key-text-foreign',
    /Authorization header/,
  ],
  ['a token', `eyJ${letters(40)}.eyJ${letters(60)}.${letters(43)}`, 'key-text-foreign', /signed token/],
  [
    'a subscription',
    JSON.stringify({
      endpoint: 'https://push.example.net/x',
      keys: { p256dh: pair.publicKey, auth: letters(22) },
    }),
    'key-text-foreign',
    /a push subscription/,
  ],
  [
    'a value of SOPS',
    `private_key: ENC[AES256_GCM,data:${letters(60)},iv:${letters(43)}=,tag:${letters(22)}==,type:str]`,
    'key-text-foreign',
    /encrypted secret/,
  ],
  ['control characters', '\u0000\u001b[2J', 'key-text-no-private-key', /There is no key/],
  ['an HTML page', '<script>alert(1)</script>', 'key-text-no-private-key', /There is no key/],
];

describe('a text without a pair is told what it holds', () => {
  it.each(NAMED)('%s', (_name, text, code, cause) => {
    const { pairs, problem } = readKeys(text);
    expect({ pairs, problem }).toMatchObject({
      pairs: [],
      problem: { code, field: 'text', cause: expect.stringMatching(cause) as string },
    });
    expect(problem?.cure).toMatch(/^[A-Z“].*\.$/);
    expect(JSON.stringify(problem)).not.toContain(pair.privateKey);
  });
});

it('does not take a private key that lacks letters for none', () => {
  const { problem } = readKeys(both({ ...pair, privateKey: pair.privateKey.slice(0, 41) }));
  expect(problem?.cause).toMatch(/41 characters/);
});

it('asks for no public key where one is there and does not match', () => {
  const text = `private: 0x${'7'.repeat(63)}\npublic: ${pair.publicKey}`;
  expect(readKeys(text).problem).toMatchObject({
    cause: expect.stringContaining('cut short') as string,
    cure: expect.stringContaining('does not match the public key') as string,
  });
});

describe('the contact beside the keys', () => {
  it.each([
    [`VAPID_SUBJECT=mailto:me@bakery.net`, 'mailto:me@bakery.net'],
    [`"subject": "https://bakery.net/contact"`, 'https://bakery.net/contact'],
    [`VAPID_ADMIN_EMAIL = 'me@bakery.net'`, 'mailto:me@bakery.net'],
    [`"sub": "mailto:me@bakery.net"`, 'mailto:me@bakery.net'],
    [`setVapidDetails("mailto:me@bakery.net", `, 'mailto:me@bakery.net'],
    [`see https://bakery.net`, null],
    [`DB_USER=me@bakery.net`, null],
  ])('%s', (line, subject) => {
    expect(readKeys(`${line}\n${both(pair)}`).subject).toBe(subject);
  });
});
