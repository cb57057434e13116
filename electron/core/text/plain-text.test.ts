import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText, withoutOuterQuotes } from './plain-text.ts';

describe('plainText', () => {
  it.each([
    ['typographic quotes', '“a” ‘b’ «c»', `"a" 'b' "c"`, ['quotes']],
    ['odd spaces', 'a\u00a0b\u3000c\u2028d', 'a b c\nd', ['spaces']],
    ['what cannot be seen', '\ufeffa\u200bb\u00adc\u2060\u001b[32md\u001b[0m', 'abcd', ['invisible']],
    ['UTF-16 that was read as bytes', 'k\0e\0y\0', 'key', ['invisible']],
    ['dashes', 'a–b\u2011c—d', 'a-b-c--d', ['dashes']],
    ['letters of a PDF and of full width', 'ﬁ ＡＢ＝', 'fi AB=', ['letters']],
    ['entities, twice too', '&quot;a&#43;b&#x2F;&amp;quot;', '"a+b/"', ['entities']],
    ['what is plain already', 'a-b_c+d/e= "f"', 'a-b_c+d/e= "f"', []],
    ['entities that are none', '&nope; &#0; &#xD800;', '&nope; &#0; &#xD800;', []],
  ])('puts right %s', (_name, text, plain, mended) => {
    expect(plainText(text)).toEqual({ text: plain, mended });
  });

  it('leaves every plain text as it is, and is done after one go', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: 'binary' }), (ascii, wild) => {
        const plain = ascii.replaceAll('&', '');
        expect(plainText(plain)).toEqual({ text: plain, mended: [] });
        expect(() => plainText(wild)).not.toThrow();
      }),
    );
  });
});

describe('withoutOuterQuotes', () => {
  it.each([
    ['"a"', 'a'],
    [" 'a' \n", 'a'],
    ['“a”', 'a'],
    [`"'a'"`, 'a'],
    ['a "b" c', 'a "b" c'],
    [`"a'`, `"a'`],
    ['"', '"'],
    ['""', ''],
    ['', ''],
  ])('makes %j to %j', (text, inner) => {
    expect(withoutOuterQuotes(text)).toBe(inner);
  });
});
