import fc from 'fast-check';
import { isIP } from 'node:net';
import { describe, expect, it } from 'vitest';
import { LOOPBACK_PROXIES } from '../../contract/public-address.ts';
import { countedAddress, trueAddress } from './true-address.ts';

const xff = (text: string) => ({ 'x-forwarded-for': text });
const from = (headers: Record<string, string>, peer = '127.0.0.1', trusted: string[] = LOOPBACK_PROXIES) =>
  trueAddress(peer, headers, trusted);

describe('the true address of a caller', () => {
  it.each([
    ['no header', {}, '127.0.0.1'],
    ['one hop', xff('192.0.2.1'), '192.0.2.1'],
    ['what the caller made up, and then the truth', xff('127.0.0.1, 198.51.100.7, 192.0.2.1'), '192.0.2.1'],
    ['a trusted proxy after the caller', xff('192.0.2.1, 127.0.0.2'), '192.0.2.1'],
    ['only trusted ones', xff('127.0.0.3, 127.0.0.2'), '127.0.0.3'],
    ['a port', xff('192.0.2.1:4711'), '192.0.2.1'],
    ['IPv6 in brackets, with a port', xff('[2001:db8::1]:4711'), '2001:db8::1'],
    ['an unknown hop behind a proxy', xff('192.0.2.1, unknown'), '127.0.0.1'],
    ['an empty hop', xff('192.0.2.1,'), '127.0.0.1'],
    ['an address with a zone', xff('fe80::1%eth0'), '127.0.0.1'],
    ['a number that some take for an address', xff('2130706433'), '127.0.0.1'],
    ['Forwarded', { forwarded: 'for=192.0.2.1;proto=https' }, '192.0.2.1'],
    ['Forwarded with IPv6', { forwarded: 'for="[2001:db8::1]:4711"' }, '2001:db8::1'],
    ['several of them', { forwarded: 'for=198.51.100.7, For=192.0.2.1' }, '192.0.2.1'],
    ['two in one element', { forwarded: 'for=198.51.100.7;for=192.0.2.1' }, '127.0.0.1'],
    ['a hidden one', { forwarded: 'for=_hidden' }, '127.0.0.1'],
    ['both that agree', { ...xff('192.0.2.1'), forwarded: 'for=192.0.2.1' }, '192.0.2.1'],
    ['both that do not', { ...xff('192.0.2.1'), forwarded: 'for=198.51.100.7' }, null],
  ])('%s', (_what, headers, address) => {
    expect(from(headers)).toBe(address);
  });

  it('is that of the connection where whoever is at its end is not trusted', () => {
    expect(from(xff('192.0.2.1'), '198.51.100.7')).toBe('198.51.100.7');
    expect(from(xff('192.0.2.1'), '198.51.100.7', ['198.51.100.0/24'])).toBe('192.0.2.1');
    expect(from(xff('192.0.2.1'), '127.0.0.1', [])).toBe('127.0.0.1');
  });

  it('never throws, and is an address or nothing, whatever the headers hold', () => {
    const hop = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', 'for=', 'for="', '[', '[::', '1.2.3.4:', '"', '\\', '::ffff:1.2.3.4', '127.0.0.1'),
    );
    const header = fc
      .array(hop, { maxLength: 60 })
      .chain((hops) => fc.constantFrom(',', ', ', ';for=', ' ').map((between) => hops.join(between)));
    fc.assert(
      fc.property(header, header, fc.boolean(), (one, other, both) => {
        const headers = both ? { ...xff(one), forwarded: `for=${other}` } : xff(one);
        const address = from(headers);
        if (address === null) return;
        expect(isIP(address)).not.toBe(0);
        expect(countedAddress(address).length).toBeLessThan(50);
      }),
      { numRuns: 10_000 },
    );
  });

  it('cannot be chosen by whoever stands left of the last hop', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.ipV4().filter((ip) => !ip.startsWith('127.')),
        (made, true_) => {
          expect(from(xff(`${made}, ${true_}`))).toBe(true_);
        },
      ),
    );
  });
});

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::ffff:c000:201', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:1:2::', '2001:db8:1:2::/64'],
  ['2001:db8::5', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('counts %s as %s', (address, counted) => {
  expect(countedAddress(address)).toBe(counted);
});
