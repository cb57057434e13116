import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readKeys } from './key-text.ts';
import { jwkOf, testPair } from './testing/key-forms.ts';

const url = () => randomBytes(32).toString('base64url');
const standard = () => randomBytes(32).toString('base64');
const hex = () => randomBytes(32).toString('hex');

const FILES: readonly [string, string, RegExp][] = [
  [
    'WireGuard',
    `[Interface]\nPrivateKey = ${standard()}\nAddress = 10.0.0.2/32\n\n[Peer]\nPublicKey = ${standard()}\nEndpoint = vpn.example.com:51820\n`,
    /a key of WireGuard/,
  ],
  [
    'DNSSEC',
    `Private-key-format: v1.3\nAlgorithm: 15 (ED25519)\nPrivateKey: ${standard()}\n`,
    /a key of DNSSEC/,
  ],
  ['Tailscale', `{"PrivateNodeKey":"privkey:${hex()}"}`, /a key of Tailscale/],
];

const JWKS: readonly [string, string, RegExp][] = [
  ['JWK in YAML', `key:\n  kty: OKP\n  crv: Ed25519\n  x: ${url()}\n  d: ${url()}\n`, /Ed25519/],
  ['JWK in a list of YAML', `- d: ${url()}\n  crv: secp256k1\n  kty: EC\n`, /secp256k1/],
  ['JWK of Ruby', `{:kty=>"EC", :crv=>"secp256k1", :d=>"${url()}"}`, /secp256k1/],
  ['JWK of Python', `{'kty': 'OKP', 'crv': 'X25519', 'd': '${url()}'}`, /X25519/],
  ['JWK of Go', `map[crv:Ed25519 d:${url()} kty:OKP x:${url()}]`, /Ed25519/],
  [
    'JWK of PHP',
    `array(2) {\n  ["crv"]=>\n  string(7) "Ed25519"\n  ["d"]=>\n  string(43) "${url()}"\n}`,
    /Ed25519/,
  ],
  [
    'JWK with an object in it',
    JSON.stringify({ d: url(), meta: { a: 1 }, x: url(), kty: 'OKP', crv: 'Ed25519' }),
    /Ed25519/,
  ],
  ['a symmetric key in YAML', `kty: oct\nk: ${url()}\n`, /a symmetric key/],
];

/** Each half has 32 bytes. */
const OF_LIBSODIUM: readonly string[] = [
  JSON.stringify({ publicKey: standard(), privateKey: standard() }),
  JSON.stringify({ privateKey: url(), publicKey: url() }, null, 2),
  JSON.stringify({ publicKey: hex(), privateKey: hex() }),
  `PRIVATE_KEY=${standard()}\nPUBLIC_KEY=${standard()}\n`,
  `APP_PUBLIC_KEY="${url()}"\nAPP_PRIVATE_KEY="${url()}"\n`,
  `Public key: ${standard()}\nPrivate key: ${standard()}\n`,
  `box:\n  public: ${url()}\n  private: ${url()}\n`,
];

describe('a key that is not of P-256', () => {
  it.each(OF_LIBSODIUM)('is refused where its public half is too short for P-256: %s', (text) => {
    expect(readKeys(text)).toMatchObject({
      pairs: [],
      problem: { code: 'key-text-foreign', cause: expect.stringMatching(/X25519 or Ed25519/) as string },
    });
  });

  it('is not seen in another public value, nor in what is left of the public half', () => {
    const pair = testPair();
    const own = `VAPID_PRIVATE_KEY=${pair.privateKey}`;
    for (const beside of [
      `NEXT_PUBLIC_STATS_KEY=${url()}`,
      `VAPID_PUBLIC_KEY_SHA256=${hex()}`,
      `VAPID_PUBLIC_KEY=${pair.publicKey.slice(0, 43)}`,
    ])
      expect(readKeys(`${beside}\n${own}\n`).pairs.map(({ privateKey }) => privateKey)).toEqual([
        pair.privateKey,
      ]);
    expect(readKeys(`VAPID_PUBLIC_KEY=${url()}\n${own}`)).toMatchObject({
      pairs: [],
      problem: { cause: 'The public key has 32 bytes instead of 65, and does not match the private key.' },
    });
  });

  it.each([...FILES, ...JWKS])('is refused by name: %s', (_name, text, cause) => {
    expect(readKeys(text)).toMatchObject({
      pairs: [],
      problem: { code: 'key-text-foreign', cause: expect.stringMatching(cause) as string },
    });
  });

  it.each([
    `ED25519_PRIVATE_KEY=${standard()}`,
    `ETH_PRIVATE_KEY=0x${hex()}`,
    `NOSTR_PRIVATE_KEY=${hex()}`,
    `JWT_PRIVATE_KEY=${url()}`,
    `jwtPrivateKey: "${url()}"`,
    `WireGuard private key: ${standard()}`,
    `ED25519_PUBLIC_KEY=${standard()}\nED25519_PRIVATE_KEY=${standard()}`,
  ])('is refused where its name tells: %s', (text) => {
    expect(readKeys(text)).toMatchObject({
      pairs: [],
      problem: { cause: expect.stringContaining('its name says') as string },
    });
  });

  it('keeps no pair beside it from being read', () => {
    const { publicKey, privateKey, ...rest } = testPair();
    const jwk = jwkOf({ publicKey, privateKey, ...rest });
    for (const [, text] of [...FILES, ...JWKS]) {
      const env = `${text}\nVAPID_PUBLIC_KEY=${publicKey}\nVAPID_PRIVATE_KEY=${privateKey}`;
      const set = `${text}\n${JSON.stringify({ keys: [jwk, { crv: 'Ed25519', d: url() }] })}`;
      for (const each of [env, set])
        expect(readKeys(each).pairs).toMatchObject([{ publicKey, privateKey, isProven: true }]);
    }
  });

  it.each(['VAPID_JWT_PRIVATE_KEY', 'WEBPUSH_JWT_PRIVATE_KEY', 'METHOD_PRIVATE_KEY', 'privateKey'])(
    'is not what %s says',
    (name) => {
      const { privateKey } = testPair();
      expect(readKeys(`${name}=${privateKey}`)).toMatchObject({ pairs: [{ privateKey }], remarks: [] });
    },
  );

  it.each([
    '{"jwt_secret":"abc","privateKey":"KEY"}',
    'JWT_SECRET=x PRIVATE_KEY=KEY',
    'docker run -e JWT_SECRET=x -e PRIVATE_KEY=KEY',
    'Noise: ignore. Private key: KEY',
    'saml.enabled=false;app.privateKey=KEY',
    "ssh host 'echo PRIVATE_KEY=KEY'",
    'ssh host echo PRIVATE_KEY=KEY',
    'The JWT is signed with this private key: KEY',
    'Use ssh to fetch the private key: KEY',
    'const privateKey = jwt.decode("KEY")',
    'JWT_TTL=60; privateKey: KEY # for ssh',
  ])('is not what other words of the line say: %s', (line) => {
    const { privateKey } = testPair();
    expect(readKeys(line.replace(/\bKEY\b/, privateKey))).toMatchObject({
      pairs: [{ privateKey }],
      remarks: [],
    });
  });

  it.each([
    "{ jwt:{ kty:'oct', k:'abc' }, vapid:{ publicKey:'PUBLIC', privateKey:'PRIVATE' } }",
    '{"kty":"RSA","vapid":{"publicKey":"PUBLIC","privateKey":"PRIVATE"}}',
    '{"vapid":{"privateKey":"PRIVATE"},"kty":"RSA","n":"abc","e":"AQAB"}',
    "['kty' => 'oct', 'vapid' => ['public' => 'PUBLIC', 'private' => 'PRIVATE'], 'k' => 'abc']",
  ])('takes no VAPID key beside or in it along: %s', (text) => {
    const { publicKey, privateKey } = testPair();
    expect(readKeys(text.replace('PUBLIC', publicKey).replace('PRIVATE', privateKey)).pairs).toMatchObject([
      { publicKey, privateKey },
    ]);
  });
});

describe('what lets a program in somewhere', () => {
  it.each([
    `DATABASE_URL=postgres://u:${hex()}@h/db`,
    `REDIS_URL="rediss://:${url()}@cache.example:6379"`,
    `amqp://push:${standard()}@queue.example/`,
    `Cookie: sid=${url()}`,
    `Set-Cookie: theme=dark; connect.sid=${url()}; Path=/`,
    `"Cookie": "a=1; key=${url()}"`,
    `curl -b 'key=${url()}' x`,
    `sid=${url()}`,
    `PHPSESSID=${url()}`,
    `Bearer ${url()}`,
    `Authorization: Bearer ${url()}`,
    `Authorization: Token ${url()}`,
  ])('is never offered as a private key: %s', (text) => {
    expect(readKeys(text).pairs).toEqual([]);
  });

  it('does not hide a key pair beside it', () => {
    const pair = testPair();
    const text = `DATABASE_URL=postgres://u:${hex()}@h/db\nCookie: sid=${url()}; privateKey=${pair.privateKey}\n`;
    expect(readKeys(text).pairs.map(({ privateKey }) => privateKey)).toEqual([pair.privateKey]);
  });
});

it('reads the variables of a process, which zero bytes end', () => {
  const { publicKey, privateKey } = testPair();
  const text = `HOME=/root\0VAPID_PUBLIC_KEY=${publicKey}\0VAPID_PRIVATE_KEY=${privateKey}\0A=1\0`;
  expect(readKeys(text)).toMatchObject({
    remarks: [],
    pairs: [{ publicKey, privateKey, isProven: true, mended: [] }],
  });
});
