import { describe, expect, it } from 'vitest';
import { isInApp, missingSupport } from './support.ts';
import type { Surroundings } from './support.ts';

const ALL: Surroundings = {
  origin: 'http://localhost:4830',
  isSecureContext: true,
  hasServiceWorker: true,
  hasPush: true,
  hasNotifications: true,
  isIos: false,
  isStandalone: false,
  isInApp: false,
};

describe('missingSupport', () => {
  it('misses nothing in a current browser', () => {
    expect(missingSupport(ALL)).toBeNull();
  });

  it('names the address when it is not a secure one, even though much else is missing then', () => {
    const problem = missingSupport({
      ...ALL,
      origin: 'http://192.168.1.5:4830',
      isSecureContext: false,
      hasServiceWorker: false,
      hasPush: false,
    });
    expect(problem?.code).toBe('insecure-address');
    expect(problem?.cause).toContain('http://192.168.1.5:4830');
    expect(problem?.cure).toContain('http://localhost');
  });

  it('sends an iPhone to the Home Screen, and leaves one that started there alone', () => {
    const iphone = { ...ALL, isIos: true, hasPush: false, hasNotifications: false };
    expect(missingSupport(iphone)?.code).toBe('needs-home-screen');
    expect(missingSupport({ ...ALL, isIos: true, isStandalone: true })).toBeNull();
  });

  it('sends whom another app shows the page to a browser, and on an iPhone to Safari before the Home Screen', () => {
    const inApp = { ...ALL, isInApp: true, hasPush: false, hasServiceWorker: false };
    expect(missingSupport(inApp)).toMatchObject({ code: 'in-app-browser' });
    expect(missingSupport({ ...inApp, isIos: true })?.cure).toContain('in Safari');
    expect(missingSupport({ ...ALL, isInApp: true }), 'where it works after all').toBeNull();
  });

  it.each([
    [{ hasPush: false }, 'push'],
    [{ hasServiceWorker: false, hasPush: false }, 'service workers and push'],
    [{ hasNotifications: false }, 'notifications'],
  ])('says what is missing: %j', (without, words) => {
    const problem = missingSupport({ ...ALL, ...without });
    expect(problem?.code).toBe('not-supported');
    expect(problem?.cause).toBe(`This browser does not offer ${words} here.`);
  });
});

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const ANDROID = 'Mozilla/5.0 (Linux; Android 15; Pixel 9';

it.each([
  [`${IPHONE} Mobile/15E148 Instagram 385.0.0 (iPhone16,1; iOS 18_5; en_US)`, true],
  [`${IPHONE} Mobile/22F76 [FBAN/FBIOS;FBAV/516.0;FBDV/iPhone16,1]`, true],
  [
    `${ANDROID}; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/138.0 Mobile Safari/537.36`,
    true,
  ],
  [`${IPHONE} GSA/375.0 Mobile/15E148 Safari/604.1`, true],
  [`${IPHONE} Version/18.5 Mobile/15E148 Safari/604.1`, false],
  [`${IPHONE} CriOS/138.0 Mobile/15E148 Safari/604.1`, false],
  [`${ANDROID}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0 Mobile Safari/537.36`, false],
  ['Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', false],
])('knows the views of other apps: %s', (userAgent, expected) => {
  expect(isInApp(userAgent)).toBe(expected);
});
