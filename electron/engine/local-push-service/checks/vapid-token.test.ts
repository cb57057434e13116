import { SignJWT, exportJWK, generateKeyPair, type JWTPayload } from 'jose';
import type { webcrypto } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import webpush from 'web-push';
import type { ServiceRefusal } from '../../../core/push-services/dialects/refusal.ts';
import { createVapidVerifier } from './vapid-token.ts';

const ORIGIN = 'https://127.0.0.1:4431';
const NOW = Date.parse('2026-03-01T12:00:00Z');
const SECONDS = NOW / 1000;
const HOUR = 3600;
const GOOD: JWTPayload = { aud: ORIGIN, exp: SECONDS + HOUR, sub: 'mailto:sender@example.com' };

let privateKey: webcrypto.CryptoKey;
let publicKey = '';
let otherPublicKey = '';

async function makeKey(): Promise<{ privateKey: webcrypto.CryptoKey; text: string }> {
  const pair = await generateKeyPair('ES256', { extractable: true });
  const { x = '', y = '' } = await exportJWK(pair.publicKey);
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return { privateKey: pair.privateKey, text: point.toString('base64url') };
}

beforeAll(async () => {
  const made = await makeKey();
  privateKey = made.privateKey;
  publicKey = made.text;
  otherPublicKey = (await makeKey()).text;
});

const sign = (claims: JWTPayload, header: Record<string, string> = { typ: 'JWT' }) =>
  new SignJWT(claims).setProtectedHeader({ ...header, alg: 'ES256' }).sign(privateKey);

function refusalOf(authorization: string, now = NOW): ServiceRefusal | 'none' {
  const check = createVapidVerifier({ clock: { now: () => now } }).verify(authorization, ORIGIN);
  return check.kind === 'refused' ? check.refusal : 'none';
}

describe('a VAPID token', () => {
  it('made by web-push is valid, and names key and contact', () => {
    const keys = webpush.generateVAPIDKeys();
    const { Authorization } = webpush.getVapidHeaders(
      ORIGIN,
      'https://example.com/contact',
      keys.publicKey,
      keys.privateKey,
      'aes128gcm',
    );
    const verifier = createVapidVerifier({ clock: { now: () => Date.now() } });
    expect(verifier.verify(Authorization, ORIGIN)).toEqual({
      kind: 'valid',
      publicKey: keys.publicKey,
      subject: 'https://example.com/contact',
    });
  });

  it('is taken in every form that RFC 9110 allows for the header', async () => {
    const token = await sign(GOOD);
    for (const header of [
      `vapid t=${token}, k=${publicKey}`,
      `VAPID k=${publicKey},t=${token}`,
      `vapid t="${token}" , k="${publicKey}"`,
      `vapid t=${token}, k=${publicKey}=`,
    ]) {
      expect(refusalOf(header)).toBe('none');
    }
  });

  it.each<[ServiceRefusal | 'none', string, JWTPayload]>([
    ['token-audience', 'is for another origin', { ...GOOD, aud: 'https://fcm.googleapis.com' }],
    ['token-audience', 'names the origin with a slash', { ...GOOD, aud: `${ORIGIN}/` }],
    ['token-audience', 'is for nobody', { exp: SECONDS + HOUR, sub: 'mailto:sender@example.com' }],
    ['token-expired', 'ends now', { ...GOOD, exp: SECONDS }],
    ['none', 'ends in a second', { ...GOOD, exp: SECONDS + 1 }],
    ['none', 'ends in 24 hours', { ...GOOD, exp: SECONDS + 24 * HOUR }],
    ['token-too-long', 'ends a second later', { ...GOOD, exp: SECONDS + 24 * HOUR + 1 }],
    ['token-expired', 'never ends', { aud: ORIGIN, sub: 'mailto:sender@example.com' }],
    ['subject-invalid', 'has no contact', { aud: ORIGIN, exp: SECONDS + HOUR }],
    ['subject-invalid', 'has a bare address as contact', { ...GOOD, sub: 'sender@example.com' }],
    ['subject-invalid', 'has a plain http contact', { ...GOOD, sub: 'http://example.com' }],
  ])('gets %s when it %s', async (refusal, _what, claims) => {
    expect(refusalOf(`vapid t=${await sign(claims)}, k=${publicKey}`)).toBe(refusal);
  });

  it('is invalid with the key of somebody else, a changed claim or no signature', async () => {
    const token = await sign(GOOD);
    const [header = '', , signature = ''] = token.split('.');
    const forged = Buffer.from(JSON.stringify({ ...GOOD, sub: 'mailto:other@example.com' })).toString(
      'base64url',
    );
    expect(refusalOf(`vapid t=${token}, k=${otherPublicKey}`)).toBe('token-invalid');
    expect(refusalOf(`vapid t=${header}.${forged}.${signature}, k=${publicKey}`)).toBe('token-invalid');
    expect(refusalOf(`vapid t=${header}.${forged}., k=${publicKey}`)).toBe('token-invalid');
    expect(refusalOf(`vapid t=${token}.more, k=${publicKey}`)).toBe('token-invalid');
    expect(refusalOf(`vapid t=not-a-token, k=${publicKey}`)).toBe('token-invalid');
    expect(refusalOf(`vapid t=${await sign(GOOD, { typ: 'other' })}, k=${publicKey}`)).toBe('token-invalid');
  });

  it('that says it is unsigned is invalid', () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'none' })}.${part(GOOD)}.`;
    expect(refusalOf(`vapid t=${token}, k=${publicKey}`)).toBe('token-invalid');
  });

  it('must come in a header of the vapid scheme with a key on the curve', async () => {
    const token = await sign(GOOD);
    const offCurve = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 7)]).toString('base64url');
    for (const header of [
      '',
      'vapid',
      `Bearer ${token}`,
      `WebPush ${token}`,
      `vapid t=${token}`,
      `vapid k=${publicKey}`,
      `vapid t=${token}, k=${publicKey.slice(1)}`,
      `vapid t=${token}, k=${offCurve}`,
    ]) {
      expect(refusalOf(header)).toBe('authorization-malformed');
    }
  });

  it('that was good before is refused once its time is over', async () => {
    let now = NOW;
    const verifier = createVapidVerifier({ clock: { now: () => now } });
    const header = `vapid t=${await sign(GOOD)}, k=${publicKey}`;
    expect(verifier.verify(header, ORIGIN).kind).toBe('valid');
    now += HOUR * 1000;
    expect(verifier.verify(header, ORIGIN)).toEqual({ kind: 'refused', refusal: 'token-expired' });
    expect(verifier.verify(header, 'https://localhost:4431')).toEqual({
      kind: 'refused',
      refusal: 'token-audience',
    });
  });

  it('is judged right however many others came in between', async () => {
    const verifier = createVapidVerifier({ clock: { now: () => NOW }, remembered: 2 });
    const headers = await Promise.all(
      [1, 2, 3, 4].map(
        async (hours) => `vapid t=${await sign({ ...GOOD, exp: SECONDS + hours * HOUR })}, k=${publicKey}`,
      ),
    );
    for (const header of [...headers, ...headers]) expect(verifier.verify(header, ORIGIN).kind).toBe('valid');
  });
});
