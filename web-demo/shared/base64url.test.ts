import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeBase64Url, encodeBase64Url } from './base64url.ts';

it('writes base64url without padding', () => {
  expect(encodeBase64Url(new Uint8Array([255, 239, 190, 1]).buffer)).toBe('_---AQ');
});

it('reads what it wrote, whatever the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const copy = new Uint8Array(bytes);
      expect(decodeBase64Url(encodeBase64Url(copy.buffer))).toEqual(copy);
    }),
  );
});

it('refuses what is not base64url', () => {
  expect(() => decodeBase64Url('a!b')).toThrow();
});
