import { describe, expect, it } from 'vitest';
import { charsetIn, textOfPage } from './page-text.ts';

const bytes = (text: string) => Uint8Array.from(text, (one) => one.charCodeAt(0));

describe('the text of a page', () => {
  it.each([
    ['UTF-8 where nothing is named', new TextEncoder().encode('é'), null, 'é'],
    ['what the header names', bytes('\xe9'), 'iso-8859-1', 'é'],
    ['what the page names', bytes('<meta charset=windows-1251>\xcf'), null, '<meta charset=windows-1251>П'],
    [
      'what the page names as a header',
      bytes('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">\x80'),
      null,
      '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">€',
    ],
    ['the header before the page', bytes('<meta charset=utf-8>\xe9'), 'latin1', '<meta charset=utf-8>é'],
    ['a mark before both', bytes('\xef\xbb\xbf\xc3\xa9'), 'latin1', 'é'],
    ['UTF-16 by its mark', bytes('\xff\xfe\xe9\x00'), null, 'é'],
    [
      'UTF-8 where a page in ASCII says UTF-16',
      bytes('<meta charset=utf-16>a'),
      null,
      '<meta charset=utf-16>a',
    ],
    ['UTF-8 where nobody knows the name', bytes('\xc3\xa9'), 'klingon', 'é'],
    ['U+FFFD for what is none', bytes('\xff'), 'utf-8', '\uFFFD'],
  ])('is %s', (_name, body, charset, wanted) => {
    expect(textOfPage(body, charset)).toBe(wanted);
  });

  it.each([
    ['text/html; charset=UTF-8', 'UTF-8'],
    ['text/html;charset="shift_jis"', 'shift_jis'],
    ['text/html', null],
    [`text/html; charset=${' '.repeat(100_000)}`, null],
  ])('takes the encoding of %s', (type, wanted) => {
    expect(charsetIn(type)).toBe(wanted);
  });
});
