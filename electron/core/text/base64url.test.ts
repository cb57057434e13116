import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, encodeBase64Url } from './base64url.ts';

describe('base64url', () => {
  it('writes what Buffer writes, and reads it back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = encodeBase64Url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(decodeBase64(text)).toEqual(bytes);
      }),
    );
  });

  it('reads base64, padded or not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const padded = Buffer.from(bytes).toString('base64');
        expect(decodeBase64(padded)).toEqual(bytes);
        expect(decodeBase64(padded.replaceAll('=', ''))).toEqual(bytes);
        expect(decodeBase64(padded.replaceAll('+', '-').replaceAll('/', '_'))).toEqual(bytes);
      }),
    );
  });

  it('never throws, and never gives bytes that stand for another text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const bytes = decodeBase64(text);
        if (bytes !== null) expect(bytes).toEqual(new Uint8Array(Buffer.from(text, 'base64')));
      }),
    );
  });

  it('refuses foreign characters, and both alphabets in one text, wherever they are', () => {
    const text = fc.string({
      unit: fc.constantFrom('A', 'z', '9', '+', '/', '-', '_', '=', ' ', '\u0141', '\u00e9'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(text, (some) => {
        const digits = some.replace(/={1,2}$/, '');
        const isOneAlphabet = /^[A-Za-z0-9+/]*$/.test(digits) || /^[A-Za-z0-9_-]*$/.test(digits);
        const isWhole = digits.length % 4 !== 1 && (digits === some || some.length % 4 === 0);
        expect(decodeBase64(some) !== null).toBe(isOneAlphabet && isWhole);
      }),
      { numRuns: 3000 },
    );
  });

  it.each(['A', 'AAAAA', 'AA=', 'AAA==', 'A===', 'AA AA', 'AA\n', '+-AA', 'ÄÄÄÄ', '=', '====', 'AA==AA=='])(
    'refuses %j',
    (text) => {
      expect(decodeBase64(text)).toBeNull();
    },
  );

  it('reads nothing as no bytes', () => {
    expect(decodeBase64('')).toEqual(new Uint8Array());
    expect(encodeBase64Url(new Uint8Array())).toBe('');
  });
});
