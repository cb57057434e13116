import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleOwnText, visibleText } from './visible-text.ts';

const wild = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    fc.constantFrom('\u001B[2J', '\u202E', '\u2066', '\r\n', '\u{E0041}', '😀', 'ש'),
    fc.string({ unit: 'binary', maxLength: 3 }),
  ),
});

const HIDDEN = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029\u200B\uFEFF]/u;

describe('a text of others', () => {
  it('has nothing in it that a terminal obeys, or that turns round what stands beside it', () => {
    fc.assert(
      fc.property(wild, (text) => {
        expect(visibleText(text)).not.toMatch(HIDDEN);
        expect(visibleText(text, true).replaceAll(/[\n\t]/g, '')).not.toMatch(HIDDEN);
        expect(visibleText(visibleText(text))).toBe(visibleText(text));
      }),
    );
  });

  it('means the same as before where it is JSON', () => {
    fc.assert(
      fc.property(fc.record({ a: wild, b: fc.array(wild) }), (value) => {
        expect(JSON.parse(visibleText(JSON.stringify(value, null, 2), true))).toEqual(value);
      }),
    );
  });

  it('shows what it hides', () => {
    expect(visibleText('ok\u202Egpj.exe\u001B[31m')).toBe('ok\\u202Egpj.exe\\u001B[31m');
    expect(visibleText('one\r\ntwo\rthree', true)).toBe('one\ntwo\\u000Dthree');
    expect(visibleText('a\u206Fb\u3164')).toBe('a\\u206Fb\\u3164');
    expect(visibleText('one\ntwo')).toBe('one\\u000Atwo');
  });

  it('is left alone where it is plain, emoji and joined letters included', () => {
    const plain = 'Łódź 東京 👨\u200D👩\u200D👧 می\u200Cخواهم {"reason":"BadJwtToken"}';
    expect(visibleText(plain)).toBe(plain);
  });
});

it('a text of the person keeps the marks that its script needs', () => {
  expect(visibleOwnText('שלום\u200E! \u2067אב\u2069')).toBe('שלום\u200E! \u2067אב\u2069');
  expect(visibleOwnText('a\u202Eb\u0000')).toBe('a\\u202Eb\\u0000');
});
