import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageSchema, type Message } from '../../../contract/message.ts';
import { newMessageSchema } from '../../../contract/message-checks.ts';
import { buildPayload } from '../payload.ts';
import { personalOf } from '../variables/personal.ts';
import { ownSitesOf, trackedLink, withUtm } from './utm.ts';

const SITES = ['https://shop.example', 'http://*.localhost'];
const utm = { source: 'pushdesk', medium: 'web-push', campaign: 'spring sale' };
const ALL = 'utm_source=pushdesk&utm_medium=web-push&utm_campaign=spring+sale';
const message = (change: Partial<Message> = {}) => messageSchema.parse({ title: 'Hi', utm, ...change });

describe('UTM parameters', () => {
  it.each([
    ['/news', `/news?${ALL}`],
    ['/news?', `/news?${ALL}`],
    ['/news?a=1', `/news?a=1&${ALL}`],
    ['/news?a=1&', `/news?a=1&${ALL}`],
    ['/news?a=%20é+b#part?x', `/news?a=%20é+b&${ALL}#part?x`],
    ['/#top', `/?${ALL}#top`],
    ['https://shop.example', `https://shop.example?${ALL}`],
    ['HTTPS://Shop.Example:443/A', `HTTPS://Shop.Example:443/A?${ALL}`],
    ['http://shop.example/a', `http://shop.example/a?${ALL}`],
    ['http://me.localhost/a', `http://me.localhost/a?${ALL}`],
    ['/a?utm_source=mine', '/a?utm_source=mine&utm_medium=web-push&utm_campaign=spring+sale'],
    ['/a?UTM_Source=&x', '/a?UTM_Source=&x&utm_medium=web-push&utm_campaign=spring+sale'],
    ['/a?utm%5Fsource=1', '/a?utm%5Fsource=1&utm_medium=web-push&utm_campaign=spring+sale'],
    ['/a?utm_\tsource=1', '/a?utm_\tsource=1&utm_medium=web-push&utm_campaign=spring+sale'],
    [' /a\u0000 ', `/a?${ALL}`],
    ['/a\u0085', `/a\u0085?${ALL}`],
    ['/a#?utm_source=1', `/a?${ALL}#?utm_source=1`],
  ])('turn %s into %s', (link, expected) => {
    expect(trackedLink(link, utm, SITES)).toBe(expected);
  });

  it.each([
    '',
    'https://',
    'https://other.example/a',
    'https://shop.example.other.example/',
    'https://shop.example@other.example/',
    'https://shop.example:8443/',
    'https://www.shop.example/',
    '//other.example/a',
    '/\\other.example/a',
    '/\t/other.example/a',
    'javascript:alert(1)',
    'shop.example/a',
  ])('leave %j alone', (link) => {
    expect(trackedLink(link, utm, SITES)).toBe(link);
  });

  it('encode what they hold', () => {
    const odd = { source: 'a&b=c#d?e', medium: '', campaign: 'Ürün %41 "x"' };
    const tracked = new URL(trackedLink('/a?b=1#c', odd, []), 'https://a.example');
    expect([...tracked.searchParams]).toEqual([
      ['b', '1'],
      ['utm_source', odd.source],
      ['utm_campaign', odd.campaign],
    ]);
    expect(tracked.hash).toBe('#c');
  });

  it('are added once, and change neither host, path, fragment nor parameters, whatever the link is', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '?',
      '#',
      '&',
      '=',
      '%',
      'utm_source',
      'utm_',
      'source',
      '@',
      ':',
      'a',
      '{{x}}',
      '\t',
    );
    const start = fc.constantFrom(
      '/',
      'https://shop.example',
      'https://other.example',
      'http://a.localhost',
      '',
    );
    const link = fc
      .tuple(start, fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 12 }))
      .map(([first, rest]) => first + rest.join(''));
    const value = fc.string({ unit: 'binary', maxLength: 8 });
    fc.assert(
      fc.property(link, fc.record({ source: value, medium: value, campaign: value }), (given, words) => {
        const tracked = trackedLink(given, words, SITES);
        expect(trackedLink(tracked, words, SITES)).toBe(tracked);
        if (!URL.canParse(given, 'https://page.example')) {
          expect(tracked).toBe(given);
          return;
        }
        const before = new URL(given, 'https://page.example');
        const after = new URL(tracked, 'https://page.example');
        expect([after.origin, after.pathname, after.hash]).toEqual([
          before.origin,
          before.pathname,
          before.hash,
        ]);
        const own = [...before.searchParams];
        expect([...after.searchParams].slice(0, own.length)).toEqual(own);
        if (before.origin === 'https://other.example') expect(tracked).toBe(given);
        for (const name of ['utm_source', 'utm_medium', 'utm_campaign'])
          expect(after.searchParams.getAll(name).length).toBeLessThanOrEqual(
            Math.max(1, before.searchParams.getAll(name).length),
          );
      }),
      { numRuns: 1000 },
    );
  });

  it('are on the link and on those of buttons, never on pictures', () => {
    const tracked = withUtm(
      message({
        url: '/a',
        iconUrl: '/i.png',
        badgeUrl: '/b.png',
        imageUrl: 'https://shop.example/p.png',
        actions: [
          { title: 'One', url: '/one' },
          { title: 'Two', url: '' },
          { title: 'Three', url: 'https://other.example/' },
        ],
      }),
      SITES,
    );
    expect(tracked).toMatchObject({
      url: `/a?${ALL}`,
      iconUrl: '/i.png',
      badgeUrl: '/b.png',
      imageUrl: 'https://shop.example/p.png',
    });
    expect(tracked.actions.map(({ url }) => url)).toEqual([`/one?${ALL}`, '', 'https://other.example/']);
    expect(withUtm(tracked, SITES)).toEqual(tracked);
  });

  it('are in every payload format, and are no part of the payload themselves', () => {
    const url = 'https://shop.example/a';
    for (const format of ['pushdesk', 'declarative', 'angular', 'fcm', 'own'] as const) {
      const own = format === 'own' ? { ownFormat: '{"to":"{{url}}"}' } : {};
      const payload = JSON.stringify(buildPayload(message({ url, format, ...own }), 'i', false, SITES));
      expect(payload).toContain(`${url}?${ALL}`);
      expect(payload).not.toContain('"utm"');
    }
    const plain = messageSchema.parse({ title: 'Hi', url });
    expect(buildPayload(plain, 'i', false, SITES)).toEqual({ id: 'i', title: 'Hi', url });
  });

  it('come after variables and in every language', () => {
    const texts = { de: { title: '', body: '', url: '/de/{{city|x}}', actions: [] } };
    const made = personalOf({
      message: message({ url: '/{{city|x}}?{{key|k}}=1', texts }),
      id: 'i',
      receipts: false,
      sites: SITES,
    });
    const urlOf = (language: string, values: Record<string, string>) =>
      (JSON.parse(made.payload({ language, values })) as { url: string }).url;
    expect(urlOf('', { city: 'a b' })).toBe(`/a%20b?k=1&${ALL}`);
    expect(urlOf('', { key: 'utm_source' })).toBe(
      '/x?utm_source=1&utm_medium=web-push&utm_campaign=spring+sale',
    );
    expect(urlOf('de', { city: 'Köln' })).toBe(`/de/K%C3%B6ln?${ALL}`);
  });

  it('are refused where they could not be read', () => {
    const faultOf = (source: string) =>
      newMessageSchema
        .safeParse({ title: 'Hi', utm: { source } })
        .error?.issues.map(({ path, message: text }) => [path.join('.'), text]);
    expect(faultOf('x'.repeat(101))).toEqual([['utm.source', 'Use at most 100 characters.']]);
    expect(faultOf('{{city}}')).toEqual([['utm.source', 'Use plain text: variables don’t work here.']]);
    expect(faultOf('a\u202eb')?.[0]?.[1]).toMatch(/hidden character U\+202E/);
    expect(faultOf('news')).toBeUndefined();
  });

  it('know the sites and the public address as the person’s own', () => {
    const sites = ['https://shop.example'];
    expect(ownSitesOf({ sites, publicUrl: null })).toEqual(sites);
    expect(ownSitesOf({ sites, publicUrl: 'https://push.example.org/desk' })).toEqual([
      'https://shop.example',
      'https://push.example.org',
    ]);
  });
});
