import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOfBody, UNREADABLE } from './answer-text.ts';
import { ANSWER_LIMIT_BYTES } from './reply.ts';

const WORDS = '{"code":401,"errno":109,"message":"VAPID public key mismatch"}';
const read = (bytes: Buffer, encoding?: string, type?: string) =>
  textOfBody(bytes, [
    ...(type === undefined ? [] : [['content-type', type] as const]),
    ...(encoding === undefined ? [] : [['Content-Encoding', encoding] as const]),
  ]);
const cut = (bytes: Buffer) => bytes.subarray(0, bytes.byteLength - 4);

describe('textOfBody', () => {
  it.each<[string, Buffer]>([
    ['gzip', gzipSync(WORDS)],
    ['x-gzip', gzipSync(WORDS)],
    ['GZIP, identity', gzipSync(WORDS)],
    ['br', brotliCompressSync(WORDS)],
    ['deflate', deflateSync(WORDS)],
    ['deflate', deflateRawSync(WORDS)],
    ['gzip, br', brotliCompressSync(gzipSync(WORDS))],
    ['identity', Buffer.from(WORDS)],
    ['', Buffer.from(WORDS)],
    // Decompressed on the way.
    ['gzip', Buffer.from(WORDS)],
    ['zstd', Buffer.from(WORDS)],
  ])('reads %s', (encoding, bytes) => {
    expect(read(bytes, encoding)).toBe(WORDS);
  });

  it.each<[string, Buffer]>([
    ['gzip', cut(gzipSync(WORDS))],
    ['deflate', cut(deflateSync(WORDS))],
  ])('reads what has come of %s that was cut off', (encoding, bytes) => {
    expect(read(bytes, encoding)).toBe(WORDS);
  });

  const long = Array.from({ length: 20_000 }, (_item, line) => `line ${line} of ${line ** 3}`).join('\n');
  it.each<[string, Buffer]>([
    ['gzip', gzipSync(long).subarray(0, ANSWER_LIMIT_BYTES)],
    ['br', brotliCompressSync(long).subarray(0, ANSWER_LIMIT_BYTES)],
    ['gzip, br', brotliCompressSync(gzipSync(long)).subarray(0, ANSWER_LIMIT_BYTES)],
  ])('reads the start of what is long: %s', (encoding, bytes) => {
    const text = read(bytes, encoding);
    expect(text).not.toBe(UNREADABLE);
    expect(long.startsWith(text)).toBe(true);
    expect(text.length).toBeLessThanOrEqual(ANSWER_LIMIT_BYTES);
  });

  it.each<[string, Buffer]>([
    ['gzip', gzipSync('a '.repeat(20_000_000))],
    ['br', brotliCompressSync('a '.repeat(20_000_000))],
    ['gzip, gzip', gzipSync(gzipSync('a '.repeat(20_000_000)))],
  ])('is bounded when it is a bomb: %s', (encoding, bytes) => {
    expect(read(bytes, encoding).length).toBeLessThanOrEqual(ANSWER_LIMIT_BYTES);
    expect(read(bytes, encoding)).not.toBe('');
  });

  it.each(['zstd', 'compress', 'gzip, gzip, gzip, gzip', 'aes128gcm'])(
    'says that something was there which nobody can read: %s',
    (encoding) => {
      expect(read(gzipSync(WORDS), encoding)).toBe(UNREADABLE);
    },
  );

  it('reads the charset that the answer names', () => {
    expect(read(Buffer.from('Ungültig', 'latin1'), undefined, 'text/plain; charset=iso-8859-1')).toBe(
      'Ungültig',
    );
    const utf16 = Buffer.from('\uFEFFinvalid topic', 'utf16le');
    expect(read(utf16, undefined, 'text/plain; charset="UTF-16LE"')).toBe('invalid topic');
    expect(read(Buffer.from('ü'), undefined, 'text/plain; charset=klingon')).toBe('ü');
  });

  it('never throws, whatever the bytes, and takes nothing for something only if it is nothing', () => {
    const encoding = fc.constantFrom('gzip', 'br', 'deflate', 'zstd', 'gzip, br', 'x', ',');
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), encoding, (bytes, name) => {
        expect(read(Buffer.from(bytes), name).length).toBeLessThanOrEqual(ANSWER_LIMIT_BYTES);
      }),
    );
    expect(read(Buffer.alloc(0), 'gzip')).toBe('');
  });
});
