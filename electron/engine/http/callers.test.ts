import { describe, expect, it } from 'vitest';
import { HERE, PORT } from './testing/http-app.ts';
import { identifyCaller, kindOfCaller } from './callers.ts';

const kindOf = (headers: Record<string, string>, method = 'GET') =>
  kindOfCaller({ method, headers }, { ...HERE, sites: ['https://shop.example'] }, 'local');
const meta = (site: string, mode: string, dest: string) => ({
  'sec-fetch-site': site,
  'sec-fetch-mode': mode,
  'sec-fetch-dest': dest,
});

describe('who a request comes from', () => {
  it.each([
    ['a typed address', meta('none', 'navigate', 'document'), 'own'],
    ["the page's own script", meta('same-origin', 'cors', 'empty'), 'own'],
    ['the service worker', { ...meta('same-origin', 'same-origin', 'serviceworker') }, 'own'],
    ['a link on another site', meta('cross-site', 'navigate', 'document'), 'link'],
    ['a link on another port of this machine', meta('same-site', 'navigate', 'document'), 'link'],
    ['a picture on another site', meta('cross-site', 'no-cors', 'image'), 'foreign'],
    ['a picture on another port of this machine', meta('same-site', 'no-cors', 'image'), 'foreign'],
    ['a script on another site', meta('cross-site', 'no-cors', 'script'), 'foreign'],
    [
      'a fetch of another site',
      { ...meta('cross-site', 'cors', 'empty'), origin: 'https://a.example' },
      'foreign',
    ],
    ['a frame on another site', meta('cross-site', 'navigate', 'iframe'), 'foreign'],
    ['an object on another site', meta('cross-site', 'navigate', 'object'), 'foreign'],
    [
      'a page fetched ahead',
      { ...meta('cross-site', 'navigate', 'document'), 'sec-purpose': 'prefetch' },
      'foreign',
    ],
    ['a word for a site that is not known', meta('elsewhere', 'no-cors', 'image'), 'foreign'],
    ['a named site', { ...meta('cross-site', 'cors', 'empty'), origin: 'https://shop.example' }, 'site'],
    ['a site with a name that looks like it', { origin: 'https://shop.example.evil.example' }, 'foreign'],
    ['a browser that only names the origin', { origin: 'https://a.example' }, 'foreign'],
    ['an origin that is none', { origin: 'null' }, 'foreign'],
    ['the own origin', { origin: `http://127.0.0.1:${PORT}` }, 'program'],
    ['nothing that tells', {}, 'program'],
  ])('%s', (_what, headers, kind) => {
    expect(kindOf(headers)).toBe(kind);
  });

  it('takes a form that another site sends for foreign, although it leads a tab here', () => {
    expect(kindOf(meta('cross-site', 'navigate', 'document'), 'POST')).toBe('foreign');
  });
});

describe('whose requests are counted together', () => {
  const from = (remoteAddress: string | undefined) =>
    identifyCaller({ headers: {}, socket: { remoteAddress } }, HERE).address;

  it.each(['127.0.0.1', '127.0.0.2', '127.255.255.254', '::1', '::ffff:127.0.0.1', '::ffff:127.9.9.9'])(
    '%s is this machine',
    (ip) => {
      expect(from(ip)).toBe('loopback');
    },
  );

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    [undefined, 'gone'],
    ['', 'gone'],
  ])('%s → %s', (ip, caller) => {
    expect(from(ip)).toBe(caller);
  });
});
