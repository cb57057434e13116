import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNamedSite, readSite, siteSchema } from './site-address.ts';

describe('the address of a site', () => {
  it.each([
    ['https://shop.example', 'https://shop.example'],
    ['  https://Shop.Example/  ', 'https://shop.example'],
    ['https://shop.example:443', 'https://shop.example'],
    ['https://shop.example:8443/', 'https://shop.example:8443'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['http://localhost:5173', 'http://localhost:5173'],
    ['http://shop.localhost', 'http://shop.localhost'],
    ['http://*.localhost', 'http://*.localhost'],
  ])('%s is %s', (text, site) => {
    expect(readSite(text)).toEqual({ kind: 'site', site });
    expect(siteSchema.safeParse(site).success).toBe(true);
  });

  it.each([
    ['', /^Enter an address/],
    ['shop.example', /^Begin with https:\/\//],
    ['javascript:alert(1)', /^Begin with https:\/\//],
    ['null', /^Begin with https:\/\//],
    ['https://', /^This is not an address/],
    ['ftp://shop.example', /^Only https/],
    ['http://shop.example', /^Use https/],
    ['http://127.0.0.1:5173', /^Use https/],
    ['http://localhost.evil.example', /^Use https/],
    ['https://*.shop.example', /^Name each site on its own/],
    ['*', /^Name each site on its own/],
    ['https://shop.example/news', /^Leave out everything after the name: https:\/\/shop\.example\.$/],
    ['https://shop.example/?a', /^Leave out everything/],
    ['https://shop.example/#a', /^Leave out everything/],
    ['https://me:secret@shop.example', /^Leave out the user name/],
    ['https://shop.example.', /^Leave out the dot/],
    [`https://${'a'.repeat(400)}.example`, /^This is too long/],
  ])('%s is refused in a sentence', (text, reason) => {
    const read = readSite(text);
    expect(read.kind === 'refused' && read.reason).toMatch(reason);
  });

  it('is stored in one spelling only, and the refusal says which', () => {
    const result = siteSchema.safeParse('https://Shop.example/');
    expect(result.error?.issues[0]?.message).toBe('Write it as https://shop.example.');
  });

  it('never throws, and what it reads it reads again as the same', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.webUrl().map((url) => new URL(url).origin),
        ),
        (text) => {
          const read = readSite(text);
          if (read.kind === 'site') expect(readSite(read.site)).toEqual(read);
        },
      ),
    );
  });
});

describe('whether an origin is named', () => {
  const sites = ['https://shop.example', 'http://*.localhost'];
  it.each(['https://shop.example', 'http://shop.localhost', 'http://a.b.localhost:5173'])(
    '%s is',
    (origin) => {
      expect(isNamedSite(origin, sites)).toBe(true);
    },
  );

  it.each([
    'null',
    '',
    'https://www.shop.example',
    'https://example',
    'https://shop.example.evil.example',
    'https://evil-shop.example',
    'https://shop.example:8443',
    'https://shop.example.',
    'http://shop.example',
    'https://SHOP.example',
    'http://localhost',
    'https://a.localhost',
    'http://*.localhost',
    'http://evil.example/.localhost',
    'http://evil.example#.localhost',
    'http://a.localhost:',
    'http://a.localhost.evil.example',
    'http://a.localhost\n',
  ])('%j is not', (origin) => {
    expect(isNamedSite(origin, sites)).toBe(false);
  });
});
