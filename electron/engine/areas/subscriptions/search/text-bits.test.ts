import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BIT_COUNT, textBits } from './text-bits.ts';

const ascii = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
});

it('are what is stored: they may never change without a migration', () => {
  expect(BIT_COUNT).toBe(1119);
  expect(textBits('')).toEqual([]);
  expect(textBits('a')).toEqual([1089]);
  expect(textBits('fcm')).toEqual([1094, 1091, 1101, 312]);
  expect(textBits('x-Yz~')).toEqual([1112, 1037, 1113, 590, 1114, 12, 1118, 847]);
});

it('ignore case as LIKE does', () => {
  expect(textBits('AbCdZ')).toEqual(textBits('aBcDz'));
});

it.each(['é', 'a\n', '\u0000', '🔑', '\u007f', '\u212a'])('tell that no endpoint holds %j', (text) => {
  expect(textBits(text)).toBeNull();
});

it('of a part are among those of the whole, and in range', () => {
  fc.assert(
    fc.property(ascii, ascii, ascii, (before, part, after) => {
      const whole = new Set(textBits(before + part.toUpperCase() + after));
      for (const bit of textBits(part) ?? [-1]) {
        expect(whole.has(bit)).toBe(true);
        expect(bit).toBeLessThan(BIT_COUNT);
        expect(bit).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
