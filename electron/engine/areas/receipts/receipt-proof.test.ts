import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isReceiptProof } from './receipt-proof.ts';

const ID = '11111111-1111-4111-8111-111111111111';
const AUTH = 'AAECAwQFBgcICQoLDA0ODw';
/** As the service worker makes it: its test has the same values. */
const PROOF = 'PlWmsX2scyMrP9xAqEcIgpk5LbF-ihy7ayw30D2RjKI';

it('takes what the service worker makes, however the secret is written', () => {
  for (const auth of [AUTH, `${AUTH}==`]) expect(isReceiptProof(ID, PROOF, auth)).toBe(true);
});

it.each([
  ['of another message', '11111111-1111-4111-8111-111111111112', PROOF, AUTH],
  ['of another browser', ID, PROOF, 'AAECAwQFBgcICQoLDA0ODg'],
  ['that is empty', ID, '', AUTH],
  ['that is no base64url', ID, '!'.repeat(43), AUTH],
  ['that is cut', ID, PROOF.slice(0, 20), AUTH],
  ['for a secret that is none', ID, PROOF, '%'],
])('refuses one %s', (_name, id, proof, auth) => {
  expect(isReceiptProof(id, proof, auth)).toBe(false);
});

it('is HMAC-SHA-256, whatever the secret and the id', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.string(), (secret, id) => {
      const proof = createHmac('sha256', secret).update(`receipt ${id}`).digest('base64url');
      expect(isReceiptProof(id, proof, Buffer.from(secret).toString('base64url'))).toBe(true);
    }),
  );
});
