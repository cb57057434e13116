import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hiddenCharacter } from '../../contract/characters.ts';
import { factsOfPage } from './page-facts.ts';

const AT = new URL('https://shop.example/news/sale?from=mail');
const facts = (html: string) => factsOfPage(html, AT);

describe('a page', () => {
  it('is read by Open Graph first', () => {
    expect(
      facts(`<!doctype html><html><head><title>Shop | Sale</title>
        <meta name="description" content="For robots">
        <meta property="og:title" content="Sale &amp; more"><meta property='og:description' content="Half&nbsp;price
          today"><meta property="og:image" content="/img/sale.jpg?w=1&amp;h=2">
        <link rel="canonical" href="/news/sale"></head></html>`),
    ).toEqual({
      title: 'Sale & more',
      description: 'Half price today',
      imageUrl: 'https://shop.example/img/sale.jpg?w=1&h=2',
      url: 'https://shop.example/news/sale',
    });
  });

  it.each([
    ['<meta name="twitter:title" content="Card"><title>Whole</title>', 'title', 'Card'],
    ['<TITLE>\n  Only &eacute; this\n</TITLE>', 'title', 'Only é this'],
    ['<svg><title>An icon</title></svg><title>The page</title>', 'title', 'The page'],
    ['<title>One</title><title>Two</title>', 'title', 'One'],
    ['<meta property="og:title" content=" "><title>Not blank</title>', 'title', 'Not blank'],
    ['<script>"<title>no</title>"</script><title>Yes</title>', 'title', 'Yes'],
    ['<!-- <title>no</title> --><title>Yes</title>', 'title', 'Yes'],
    ['<meta name="twitter:description" content="Card">', 'description', 'Card'],
    ['<meta name=description content="Plain">', 'description', 'Plain'],
    ['<meta property="OG:IMAGE" content="//cdn.example/a.png">', 'imageUrl', 'https://cdn.example/a.png'],
    [
      '<meta property="og:image" content="http://a.example/a.png"><meta property="og:image:secure_url" content="https://a.example/a.png">',
      'imageUrl',
      'https://a.example/a.png',
    ],
    [
      '<base href="https://cdn.example/x/"><meta name="twitter:image" content="a.png">',
      'imageUrl',
      'https://cdn.example/x/a.png',
    ],
    ['<meta property="og:url" content="/short">', 'url', 'https://shop.example/short'],
    ['', 'url', AT.href],
  ] as const)('%s: the %s is %s', (html, name, wanted) => {
    expect(facts(html)[name]).toBe(wanted);
  });
});

describe('a page that means harm', () => {
  it.each([
    'javascript:alert(1)',
    'data:image/png;base64,AA',
    'file:///etc/passwd',
    'https://me:pw@a.example/',
    'http://[',
  ])('does not lead to %s', (address) => {
    const { imageUrl, url } = facts(
      `<link rel=canonical href="${address}"><meta property="og:url" content="${address}"><meta property="og:image" content="${address}">`,
    );
    expect({ imageUrl, url }).toEqual({ imageUrl: '', url: AT.href });
  });

  it('does not lead to another site', () => {
    expect(facts('<link rel=canonical href="https://evil.example/">').url).toBe(AT.href);
  });

  it('puts no variable into a message', () => {
    const found = facts(
      '<title>Hello {{{name}}} and {{ label }}</title><meta property="og:image" content="/{{name}}.png">',
    );
    expect(found.title).toBe('Hello {name} and { label }');
    expect(found.imageUrl).toBe('https://shop.example/%7B%7Bname%7D%7D.png');
  });

  it('does not turn a text round', () => {
    expect(facts('<title>gnp.\u202Eexe\u2066 x\u0000y</title>').title).toBe('gnp.exe x y');
  });

  it('says no more than fits, cut between two words', () => {
    const { title, description } = facts(
      `<title>${'word '.repeat(1000)}</title><meta name=description content="${'x'.repeat(100_000)}">`,
    );
    expect(title).toMatch(/^(word )+word…$/);
    expect(title.length).toBeLessThanOrEqual(150);
    expect(description).toHaveLength(300);
  });

  it.each([
    ['nests without end', '<div>'.repeat(200_000) + '</p>'.repeat(200_000)],
    ['never closes a tag', `<meta ${'a="b" '.repeat(200_000)}`],
    ['never closes a comment', `<!--${'-<!--'.repeat(200_000)}`],
    ['never closes a text', `<meta content="${'&amp'.repeat(250_000)}`],
    ['has many names', Array.from({ length: 20_000 }, (_, at) => `<meta name=n${at} content=x>`).join('')],
  ])('that %s is given up on', (_name, html) => {
    expect(facts(`<title>Here</title>${html}`).title).toBe('Here');
  });

  it('gives only what a message may hold, whatever it is made of', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<title>',
        '</title>',
        '<meta property="og:title" content="',
        '<meta property="og:image" content="',
        '<link rel="canonical" href="',
        '<base href="',
        '">',
        '<svg>',
        '</svg>',
        '{{',
        '}}',
        '\u202E',
        '\u200B',
        '\u2066',
        '&#x202e;',
        '&#0;',
        'javascript:',
        'https://',
        '//x',
        '<!--',
        '<![CDATA[',
      ),
      fc.string({ unit: 'binary', maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const { title, description, imageUrl, url } = facts(pieces.join(''));
        for (const text of [title, description]) {
          expect(hiddenCharacter(text, 'line')).toBeNull();
          expect(text).not.toMatch(/\{\{|\}\}/);
        }
        if (imageUrl !== '') expect(imageUrl).toMatch(/^https?:\/\/[^{}]+$/);
        expect(new URL(url).origin).toBe(AT.origin);
      }),
      { numRuns: 1500 },
    );
  });
});
