import { describe, expect, it } from 'vitest';
import { proxyFor } from './proxy-from-env.ts';

const at = (origin: string, env: Record<string, string>) => proxyFor(new URL(origin), env)?.href ?? null;
const FCM = 'https://fcm.googleapis.com';
const PROXY = 'http://proxy.example:3128';

describe('the proxy for an origin', () => {
  it('is the one that the environment names', () => {
    expect(at(FCM, {})).toBeNull();
    expect(at(FCM, { HTTPS_PROXY: PROXY })).toBe(`${PROXY}/`);
    expect(at(FCM, { https_proxy: PROXY, HTTPS_PROXY: 'http://other:1' })).toBe(`${PROXY}/`);
    expect(at(FCM, { ALL_PROXY: 'proxy.example:3128' })).toBe(`${PROXY}/`);
    expect(at(FCM, { HTTP_PROXY: PROXY })).toBeNull();
    expect(at(FCM, { HTTPS_PROXY: '  ' })).toBeNull();
  });

  it.each([
    ['googleapis.com', null],
    ['.googleapis.com', null],
    ['*.googleapis.com', null],
    ['fcm.googleapis.com:443', null],
    ['example.com, fcm.googleapis.com', null],
    ['*', null],
    ['fcm.googleapis.com:8443', `${PROXY}/`],
    ['apis.com', `${PROXY}/`],
    ['', `${PROXY}/`],
    [',', `${PROXY}/`],
  ])('with NO_PROXY "%s" is %s', (exceptions, expected) => {
    expect(at(FCM, { HTTPS_PROXY: PROXY, NO_PROXY: exceptions })).toBe(expected);
  });

  it.each(['https://localhost:4830', 'https://127.0.0.1:9', 'https://[::1]:9'])(
    'is none for %s',
    (origin) => {
      expect(at(origin, { HTTPS_PROXY: PROXY })).toBeNull();
    },
  );

  it('is refused when it is of a kind that is not spoken here', () => {
    expect(() => at(FCM, { HTTPS_PROXY: 'socks5://proxy.example:1080' })).toThrow('http or https');
    expect(() => at(FCM, { HTTPS_PROXY: 'http://' })).toThrow('http or https');
  });
});
