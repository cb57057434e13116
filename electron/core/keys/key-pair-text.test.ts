import { createECDH } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readKeyPairText } from './key-pair-text.ts';

const PRIVATE = 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94';
const PUBLIC = 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4';
const BOTH = { kind: 'read', privateKey: PRIVATE, publicKey: PUBLIC };
const ALONE = { kind: 'read', privateKey: PRIVATE, publicKey: null };

const PRINTED = `
=======================================

Public Key:
${PUBLIC}

Private Key:
${PRIVATE}

=======================================
`;

describe('readKeyPairText', () => {
  it.each([
    ['what web-push prints', PRINTED],
    ['the same with CR LF', PRINTED.replaceAll('\n', '\r\n')],
    ['the same as one line', PRINTED.replaceAll('\n', ' ')],
    ['JSON', JSON.stringify({ publicKey: PUBLIC, privateKey: PRIVATE })],
    ['pretty JSON', JSON.stringify({ privateKey: PRIVATE, publicKey: PUBLIC }, null, 2)],
    ['environment variables', `VAPID_PUBLIC_KEY=${PUBLIC}\nVAPID_PRIVATE_KEY="${PRIVATE}"\n`],
    ['source code', `const vapidKeys = {\n  publicKey: '${PUBLIC}',\n  privateKey: '${PRIVATE}',\n};`],
    ['the same pair twice', PRINTED + PRINTED],
    ['padded halves', `Public Key: ${PUBLIC}=\nPrivate Key: ${PRIVATE}=`],
  ])('reads %s', (_name, text) => {
    expect(readKeyPairText(text)).toEqual(BOTH);
  });

  it.each([
    ['base64url', PRIVATE],
    ['padded', `${PRIVATE}=`],
    ['base64', PRIVATE.replaceAll('-', '+').replaceAll('_', '/')],
    ['in quotes', `"${PRIVATE}"`],
    ['with a label', `Private Key:\n${PRIVATE}\n`],
    ['with an empty public half before it', `Public Key:\n\nPrivate Key:\n${PRIVATE}`],
    ['with spaces around it', `  ${PRIVATE}\r\n`],
  ])('reads a private key alone: %s', (_name, text) => {
    expect(readKeyPairText(text)).toEqual(ALONE);
  });

  it.each([
    ['', 'key-text-no-private-key'],
    ['   \n', 'key-text-no-private-key'],
    ['hello there', 'key-text-no-private-key'],
    [PUBLIC, 'key-text-no-private-key'],
    [`Public Key:\n${PUBLIC}`, 'key-text-no-private-key'],
    ['{"publicKey": 1}', 'key-text-no-private-key'],
    ['abc', 'key-text-private-key'],
    ['not*base64', 'key-text-private-key'],
    [PRIVATE.slice(0, 42), 'key-text-private-key'],
    [`${PRIVATE}AAAA`, 'key-text-private-key'],
    [`Private Key: ${PUBLIC}`, 'key-text-private-key'],
    [`Public Key: ${PRIVATE}\nPrivate Key: ${PRIVATE}`, 'key-text-public-key'],
    [`Public Key: ${PUBLIC.replace('B', 'C')}\nPrivate Key: ${PRIVATE}`, 'key-text-public-key'],
    [`${PRINTED}Private Key: ${PRIVATE.replace('q', 'r')}`, 'key-text-several'],
    [`${PRINTED}Public Key: ${PUBLIC.replace('C', 'D')}`, 'key-text-several'],
    ['-----BEGIN EC PRIVATE KEY-----\nMHcC\n-----END EC PRIVATE KEY-----', 'key-text-format'],
    ['{"kty":"EC","crv":"P-256","d":"x"}', 'key-text-format'],
  ])('refuses %j', (text, code) => {
    expect(readKeyPairText(text)).toMatchObject({ kind: 'refused', problem: { code, field: 'text' } });
  });

  it('never says what the private key is when it refuses', () => {
    const check = readKeyPairText(`${PRIVATE}AAAA`);
    expect(JSON.stringify(check)).not.toContain(PRIVATE);
  });

  it('reads every pair that Node makes, in both forms of base64', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), (urlSafe, json) => {
        const pair = createECDH('prime256v1');
        const publicBytes = pair.generateKeys();
        const privateBytes = Buffer.alloc(32);
        const secret = pair.getPrivateKey();
        secret.copy(privateBytes, 32 - secret.length);
        const form = urlSafe ? 'base64url' : 'base64';
        const halves = {
          publicKey: publicBytes.toString(form),
          privateKey: privateBytes.toString(form),
        };
        const text = json
          ? JSON.stringify(halves)
          : `Public Key:\n${halves.publicKey}\n\nPrivate Key:\n${halves.privateKey}\n`;
        expect(readKeyPairText(text)).toEqual({
          kind: 'read',
          privateKey: privateBytes.toString('base64url'),
          publicKey: publicBytes.toString('base64url'),
        });
      }),
      { numRuns: 50 },
    );
  });

  it('never throws, and reads 32 bytes or nothing', () => {
    const wild = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.string().map((text) => `Private Key: ${text}`),
      fc.base64String().map((text) => `{"privateKey":"${text}"}`),
    );
    fc.assert(
      fc.property(wild, (text) => {
        const check = readKeyPairText(text);
        if (check.kind === 'read') expect(Buffer.from(check.privateKey, 'base64url')).toHaveLength(32);
      }),
    );
  });
});
