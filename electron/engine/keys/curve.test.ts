import { createECDH, createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPointCheck, derivePublicKey, isPointOnCurve, makeKeyPair } from './curve.ts';

// RFC 8291 appendix A.
const PRIVATE = 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw';
const PUBLIC = 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8';
const ORDER = 'FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551';
const scalar = (hex: string) => Buffer.from(hex, 'hex').toString('base64url');

describe('makeKeyPair', () => {
  it('makes halves that belong together, in the lengths of RFC 8292', () => {
    const pair = makeKeyPair();
    expect(pair.publicKey).toMatch(/^B[\w-]{86}$/);
    expect(pair.privateKey).toMatch(/^[\w-]{43}$/);
    expect(derivePublicKey(pair.privateKey)).toBe(pair.publicKey);
    expect(makeKeyPair().privateKey).not.toBe(pair.privateKey);
  });
});

describe('derivePublicKey', () => {
  it('derives the pair of RFC 8291', () => {
    expect(derivePublicKey(PRIVATE)).toBe(PUBLIC);
  });

  it('takes the largest scalar below the order, and refuses zero and the order', () => {
    expect(derivePublicKey(scalar(ORDER.replace(/51$/, '50')))).not.toBeNull();
    expect(derivePublicKey(scalar(ORDER))).toBeNull();
    expect(derivePublicKey(scalar('00'.repeat(32)))).toBeNull();
    expect(derivePublicKey(scalar('FF'.repeat(32)))).toBeNull();
  });

  it.each(['', 'AA', PUBLIC, `${PRIVATE}AA`])('refuses what has not 32 bytes: %s', (text) => {
    expect(derivePublicKey(text)).toBeNull();
  });
});

// The deprecation warning that it causes once is known.
const { noDeprecation } = process;
beforeAll(() => {
  process.noDeprecation = true;
});
afterAll(() => {
  process.noDeprecation = noDeprecation ?? false;
});

describe.each([
  ['isPointOnCurve', isPointOnCurve],
  ['the check of many', createPointCheck()],
])('%s', (_check, isPoint) => {
  const point = Buffer.from(PUBLIC, 'base64url');

  it('takes a point', () => {
    expect(isPoint(point)).toBe(true);
    expect(isPoint(new Uint8Array(point))).toBe(true);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['the point at infinity', Buffer.from([0])],
    ['zeros', Buffer.concat([Buffer.from([4]), Buffer.alloc(64)])],
    ['the compressed form', createECDHPoint('compressed')],
    ['the hybrid form', createECDHPoint('hybrid')],
    ['one byte more', Buffer.concat([point, Buffer.from([0])])],
    ['one byte less', point.subarray(0, 64)],
  ])('refuses %s', (_name, bytes) => {
    expect(isPoint(bytes)).toBe(false);
  });

  it('agrees with the platform about any 64 bytes', () => {
    const anyPoint = fc.uint8Array({ minLength: 64, maxLength: 64 }).map((tail) => Uint8Array.of(4, ...tail));
    fc.assert(
      fc.property(anyPoint, (bytes) => {
        expect(isPoint(bytes)).toBe(isJwkPoint(bytes));
      }),
      { numRuns: 200 },
    );
  });

  it('takes every point that is made, in between those that it refuses', () => {
    const made = Array.from({ length: 50 }, () => createECDH('prime256v1').generateKeys());
    const spoiled = made.map((bytes) =>
      Buffer.concat([bytes.subarray(0, 64), Buffer.from([bytes.readUInt8(64) ^ 1])]),
    );
    expect(made.map((bytes, index) => [isPoint(spoiled[index] ?? bytes), isPoint(bytes)])).toEqual(
      made.map(() => [false, true]),
    );
  });

  it('refuses a point of which one bit was changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 65 * 8 - 1 }), (bit) => {
        const changed = Buffer.from(point);
        changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        expect(isPoint(changed)).toBe(false);
      }),
    );
  });
});

function createECDHPoint(format: 'compressed' | 'hybrid'): Buffer {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(Buffer.from(PRIVATE, 'base64url'));
  return ecdh.getPublicKey(null, format);
}

function isJwkPoint(bytes: Uint8Array): boolean {
  const half = (from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString('base64url');
  try {
    createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: half(1, 33), y: half(33, 65) }, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}
