import { describe, expect, it } from 'vitest';
import { clickTarget, focusOrOpen } from './open-target.ts';

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
          })),
        ),
      openWindow: (url: string) => {
        happened.push(`open ${url}`);
        return Promise.resolve();
      },
    };
  };

  it('focuses the tab of exactly that address', async () => {
    const tabs = windows([SCOPE, `${SCOPE}news`, `${SCOPE}news?page=2`]);
    await focusOrOpen(tabs, `${SCOPE}news`);
    expect(tabs.happened).toEqual([`focus ${SCOPE}news`]);
  });

  it('opens one when no tab has that address', async () => {
    const tabs = windows([SCOPE, `${SCOPE}news#top`]);
    await focusOrOpen(tabs, `${SCOPE}news`);
    expect(tabs.happened).toEqual([`open ${SCOPE}news`]);
  });

  it('opens one when the tab does not come to the front', async () => {
    const tabs = windows([SCOPE], () => Promise.reject(new Error('not allowed')));
    await focusOrOpen(tabs, SCOPE);
    expect(tabs.happened).toEqual([`focus ${SCOPE}`, `open ${SCOPE}`]);
  });
});
