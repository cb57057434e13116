import { describe, expect, it } from 'vitest';
import { missingSupport } from './support.ts';
import type { Surroundings } from './support.ts';

const ALL: Surroundings = {
  origin: 'http://localhost:4830',
  isSecureContext: true,
  hasServiceWorker: true,
  hasPush: true,
  hasNotifications: true,
  isIos: false,
  isStandalone: false,
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
