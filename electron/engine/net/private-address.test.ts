import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPrivateAddress, isPrivateHost } from './private-address.ts';

describe('isPrivateHost', () => {
  it.each([
    'localhost',
    'LOCALHOST',
    'localhost.',
    'push.localhost',
    'printer.local',
    'vault.internal',
    'router.home.arpa',
    'nas.lan',
    'intranet',
    '127.0.0.1',
    '127.8.9.10',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '192.0.2.7',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '[::1]',
    '[::]',
    '::1',
    '[fe80::1]',
    '[fc00::1]',
    '[fd12:3456::1]',
    '[ff02::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::a00:1]',
    '[2002:7f00:1::]',
    '[2001:0:4136:e378:8000:63bf:80ff:fffe]',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
  ])('refuses %s', (host) => {
    expect(isPrivateHost(host)).toBe(true);
  });

  it.each([
    'fcm.googleapis.com',
    'updates.push.services.mozilla.com',
    'web.push.apple.com',
    'db5p.notify.windows.com',
    'localhost.example.com',
    'notlocal.example',
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '[2606:4700::1111]',
    '[::ffff:8.8.8.8]',
    '[64:ff9b::808:808]',
  ])('lets %s through', (host) => {
    expect(isPrivateHost(host)).toBe(false);
  });

  it('sees a private address in every way that a URL can spell it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), fc.constantFrom(10, 127), (rest, first) => {
        const value = first * 2 ** 24 + rest;
        const spellings = [
          `http://${value}/`,
          `http://0x${value.toString(16)}/`,
          `http://0${value.toString(8)}/`,
        ];
        return spellings.every((text) => isPrivateHost(new URL(text).hostname));
      }),
    );
  });
});

describe('isPrivateAddress', () => {
  it('looks past the zone of a link-local address and refuses what is no address', () => {
    expect(isPrivateAddress('fe80::1%eth0')).toBe(true);
    expect(isPrivateAddress('not an address')).toBe(true);
    expect(isPrivateAddress('')).toBe(true);
  });

  it('agrees with the host check on every IPv4 address', () => {
    fc.assert(fc.property(fc.ipV4(), (address) => isPrivateAddress(address) === isPrivateHost(address)));
  });
});
