import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesInText, fromHex } from './bytes-in-text.ts';

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const pairs = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));

/** How people and programs write bytes. */
const FORMS: Readonly<Record<string, (bytes: Uint8Array) => string>> = {
  'hex in one piece': hexOf,
  'hex in capitals after 0x': (bytes) => `0x${hexOf(bytes).toUpperCase()}`,
  'what openssl prints': (bytes) =>
    `priv:\n    ${pairs(bytes)
      .join(':')
      .replaceAll(/((?:..:){15})/g, '$1\n    ')}\npub:`,
  'what a Buffer prints': (bytes) => `<Buffer ${pairs(bytes).join(' ')}>`,
  'what xxd -p prints': (bytes) => hexOf(bytes).replaceAll(/(.{60})/g, '$1\n'),
  'an array of C': (bytes) =>
    `{ ${pairs(bytes)
      .map((pair) => `0x${pair}`)
      .join(', ')} };`,
  'an array of JSON': (bytes) => JSON.stringify([...bytes], null, 1),
  'an object of bytes': (bytes) => JSON.stringify(bytes),
  'what PHP prints': (bytes) => [...bytes].map((byte, at) => `[${at}] => ${byte}`).join('\n'),
  'bytes of Java': (bytes) => [...new Int8Array(bytes)].map((byte) => `(byte)${byte}`).join(', '),
  'a string with escapes': (bytes) =>
    `b"${pairs(bytes)
      .map((pair) => `\\x${pair}`)
      .join('')}"`,
  'a string of Perl': (bytes) => `"${[...bytes].map((byte) => `\\x{${byte.toString(16)}}`).join('')}"`,
  'a string with octal escapes': (bytes) =>
    `"${[...bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')}"`,
};

describe('bytesInText', () => {
  it.each(Object.entries(FORMS))('finds %s', (_form, write) => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 65 }), (bytes) => {
        const text = `key = ${write(bytes)}\nnext`;
        const found = bytesInText(text).map((run) => hexOf(run.bytes));
        expect(found).toContain(hexOf(bytes));
      }),
      { numRuns: 50 },
    );
  });

  it('finds a long number, and the letters among escapes', () => {
    const number = BigInt(`0x${'5a'.repeat(31)}`).toString();
    expect(bytesInText(`d=${number}`).map((run) => hexOf(run.bytes))).toContain(`00${'5a'.repeat(31)}`);
    const mixed = bytesInText(
      String.raw`b'\x04\x01\x02\x03\x04\x05\x06\x07\x08abcdefghijklmnopqrst\\\n\x00'`,
    );
    expect(mixed.map((run) => hexOf(run.bytes))).toEqual([
      '0401020304050607086162636465666768696a6b6c6d6e6f70717273745c0a00',
    ]);
  });

  it('says where they stand', () => {
    const [run] = bytesInText(`a: ${'0f'.repeat(32)} b`);
    expect(run).toMatchObject({ start: 3, end: 67 });
  });

  it('gives the first zero back to a number of an odd length', () => {
    expect([...fromHex('f01')]).toEqual([0x0f, 0x01]);
  });

  it('throws never, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9a-f ,:x-]*$/)),
        (text) => {
          expect(() => bytesInText(text)).not.toThrow();
        },
      ),
    );
  });
});
