import { describe, expect, it } from 'vitest';
import { clickTarget, clickWay, focusOrOpen } from './open-target.ts';

const SCOPE = 'http://localhost:4830/';

describe('clickTarget', () => {
  const data = { url: `${SCOPE}news`, actionUrls: { read: 'https://a.example/read' } };

  it.each([
    ['the notification itself', data, '', `${SCOPE}news`],
    ['a button with an address', data, 'read', 'https://a.example/read'],
    ['a button without one', data, 'later', `${SCOPE}news`],
    ['a button named like a method', data, 'toString', `${SCOPE}news`],
    ['no data', null, '', SCOPE],
    ['data of another kind', 'text', 'read', SCOPE],
    ['an address that may not be opened', { url: 'javascript:alert(1)' }, '', SCOPE],
    ['a button that may not be opened', { url: '/x', actionUrls: { a: 'file:///x' } }, 'a', `${SCOPE}x`],
  ])('%s', (_what, value, action, target) => {
    expect(clickTarget(value, action, SCOPE)).toBe(target);
  });
});

describe('clickWay', () => {
  const data = {
    url: '/a',
    actionUrls: { read: '/r' },
    ways: { default: 'openWindow', read: 'focusLastFocusedOrOpen' },
  };
  it.each([
    ['the notification', data, '', 'openWindow'],
    ['a button', data, 'read', 'focusLastFocusedOrOpen'],
    ['a button without an address, which is as good as the notification', data, 'later', 'openWindow'],
    ['a way that nobody knows', { ways: { default: 'explode' } }, '', undefined],
    ['a way named like a method', { ways: {} }, 'toString', undefined],
    ['no data', null, '', undefined],
  ])('%s', (_what, value, action, way) => {
    expect(clickWay(value, action, SCOPE)).toBe(way);
  });
});

describe('focusOrOpen', () => {
  const windows = (urls: string[], focus: () => Promise<unknown> = () => Promise.resolve()) => {
    const happened: string[] = [];
    return {
      happened,
      matchAll: () =>
        Promise.resolve(
          urls.map((url) => ({
            url,
            focus: () => {
              happened.push(`focus ${url}`);
              return focus();
            },
            navigate: (to: string) => {
              happened.push(`navigate ${to}`);
              return Promise.resolve();
            },
          })),
        ),
      openWindow: (url: string) => {
        happened.push(`open ${url}`);
        return Promise.resolve();
      },
    };
  };

  it.each([
    ['a place in the page', '/sale#top', '/sale'],
    ['a slash at the end', '/sale/', '/sale'],
    ['a slash that is missing', '/sale', '/sale/'],
    ['the order of the query', '/sale?b=2&a=1', '/sale?a=1&b=2'],
    ['an empty query', '/sale?', '/sale'],
    ['what counts clicks', '/sale?utm_source=push', '/sale'],
    ['the same, the other way round', '/sale?x=1', '/sale?utm_campaign=a&x=1'],
    ['capitals of the host', 'HTTPS://Site.Example/sale', 'https://site.example/sale'],
    ['the start page', 'https://site.example/', 'https://site.example'],
  ])('brings a tab to the front that differs in %s', async (_what, open, url) => {
    const at = (address: string) => (/^https/i.test(address) ? address : `http://localhost:4830${address}`);
    const tabs = windows([SCOPE, at(open)]);
    await focusOrOpen(tabs, at(url));
    expect(tabs.happened).toEqual([`focus ${at(open)}`]);
  });

  it.each([
    ['another page', '/sales'],
    ['another query', '/sale?page=2'],
    ['the same name twice in the query', '/sale?a=1&a=2'],
    ['another case', '/Sale'],
    ['another port', 'http://localhost:4831/sale'],
    ['another site', 'https://elsewhere.example/sale'],
    ['no address', 'about:blank'],
  ])('opens one beside a tab of %s', async (_what, open) => {
    const tabs = windows([new URL(open, SCOPE).href]);
    await focusOrOpen(tabs, `${SCOPE}sale`);
    expect(tabs.happened).toEqual([`open ${SCOPE}sale`]);
  });

  it('goes to the place in the page that the link names', async () => {
    const tabs = windows([`${SCOPE}news#top`]);
    await focusOrOpen(tabs, `${SCOPE}news#comments`);
    expect(tabs.happened).toEqual([`focus ${SCOPE}news#top`, `navigate ${SCOPE}news#comments`]);
  });

  it.each([
    ['openWindow', [`open ${SCOPE}news`]],
    ['focusLastFocusedOrOpen', [`focus ${SCOPE}`]],
    ['navigateLastFocusedOrOpen', [`focus ${SCOPE}`, `navigate ${SCOPE}news`]],
  ] as const)('does as the sender says: %s', async (way, happened) => {
    const tabs = windows([SCOPE, `${SCOPE}news`]);
    await focusOrOpen(tabs, `${SCOPE}news`, way);
    expect(tabs.happened).toEqual(happened);
    const none = windows([]);
    await focusOrOpen(none, `${SCOPE}news`, way);
    expect(none.happened).toEqual([`open ${SCOPE}news`]);
  });

  it('prefers the tab of exactly that address', async () => {
    const tabs = windows([SCOPE, `${SCOPE}news/`, `${SCOPE}news`, `${SCOPE}news?page=2`]);
    await focusOrOpen(tabs, `${SCOPE}news`);
    expect(tabs.happened).toEqual([`focus ${SCOPE}news`]);
  });

  it('opens one when no tab has that address', async () => {
    const tabs = windows([SCOPE, `${SCOPE}other#news`]);
    await focusOrOpen(tabs, `${SCOPE}news`);
    expect(tabs.happened).toEqual([`open ${SCOPE}news`]);
  });

  it('opens one when the tab does not come to the front', async () => {
    const tabs = windows([SCOPE], () => Promise.reject(new Error('not allowed')));
    await focusOrOpen(tabs, SCOPE);
    expect(tabs.happened).toEqual([`focus ${SCOPE}`, `open ${SCOPE}`]);
  });
});
