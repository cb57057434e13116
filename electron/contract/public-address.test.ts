import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicUrlSchema, readPublicAddress, trustedProxySchema } from './public-address.ts';

describe('a public address', () => {
  it.each([
    ['https://push.example.org', 'https://push.example.org/', ''],
    [' https://Push.Example.org/ ', 'https://push.example.org/', ''],
    ['https://shop.example/push', 'https://shop.example/push/', '/push'],
    ['https://shop.example/push/', 'https://shop.example/push/', '/push'],
    ['https://shop.example/a/b-c//', 'https://shop.example/a/b-c/', '/a/b-c'],
    ['https://shop.example/x/../push', 'https://shop.example/push/', '/push'],
    ['https://push.example.org:8443', 'https://push.example.org:8443/', ''],
    ['http://push.localhost:8080', 'http://push.localhost:8080/', ''],
  ])('%s', (text, url, prefix) => {
    const read = readPublicAddress(text);
    expect(read).toMatchObject({ kind: 'address', address: { url, prefix } });
    expect(publicUrlSchema.safeParse(url).success).toBe(true);
  });

  it.each([
    ['', /^Enter an address/],
    ['push.example.org', /^Begin with https/],
    ['http://push.example.org', /^Use https/],
    ['https://push.example.org/?a', /^Leave out everything from the \?/],
    ['https://shop.example/a b', /^In the path/],
    ['https://shop.example/a%2fb', /^In the path/],
    ['https://shop.example//push', /^In the path/],
    ['https://shop.example/api/', /^Use another path/],
    ['https://shop.example/Kit', /^Use another path/],
  ])('%s is refused in a sentence', (text, reason) => {
    const read = readPublicAddress(text);
    expect(read.kind === 'refused' && read.reason).toMatch(reason);
  });

  it('never throws, and reads again what it read', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => {
        const read = readPublicAddress(text);
        if (read.kind === 'address') expect(readPublicAddress(read.address.url)).toEqual(read);
      }),
    );
  });
});

describe('a trusted proxy', () => {
  it.each(['127.0.0.1', '10.0.0.0/8', '::1', '2001:db8::/32', '0.0.0.0/0'])('may be %s', (text) => {
    expect(trustedProxySchema.safeParse(text).success).toBe(true);
  });
  it.each(['', 'proxy', '10.0.0.0/33', '::1/129', '10.0.0', '1.2.3.4/', '1.2.3.4/8/8', '999.1.1.1'])(
    'cannot be %j',
    (text) => {
      expect(trustedProxySchema.safeParse(text).success).toBe(false);
    },
  );
});
