import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalEndpoint, isSameEndpoint } from './canonical-endpoint.ts';

const CANONICAL = 'https://push.example.net/send/a~B-c_1.2/x%2Fy?t=%3D1';

describe('canonicalEndpoint', () => {
  it.each([
    ['the same', CANONICAL],
    ['a host in capitals', 'https://PUSH.example.NET/send/a~B-c_1.2/x%2Fy?t=%3D1'],
    ['a scheme in capitals', 'HTTPS://push.example.net/send/a~B-c_1.2/x%2Fy?t=%3D1'],
    ['the dot that ends a full name', 'https://push.example.net./send/a~B-c_1.2/x%2Fy?t=%3D1'],
    ['the port of https', 'https://push.example.net:443/send/a~B-c_1.2/x%2Fy?t=%3D1'],
    ['both', 'https://push.example.net.:443/send/a~B-c_1.2/x%2Fy?t=%3D1'],
    ['escapes in lower case', 'https://push.example.net/send/a~B-c_1.2/x%2fy?t=%3d1'],
    ['escapes of unreserved characters', 'https://push.example.net/s%65nd/a%7EB%2dc%5f1%2E2/x%2Fy?%74=%3D1'],
    ['an escape in the host', 'https://push.ex%61mple.net/send/a~B-c_1.2/x%2Fy?t=%3D1'],
    ['dot segments', 'https://push.example.net/./send/u/../a~B-c_1.2/x%2Fy?t=%3D1'],
    ['dot segments that are escaped', 'https://push.example.net/send/%2e/a~B-c_1.2/x%2Fy?t=%3D1'],
  ])('knows an endpoint again: %s', (_, spelling) => {
    expect(canonicalEndpoint(spelling)).toBe(CANONICAL);
  });

  it.each([
    ['another case in the path', 'https://push.example.net/A', 'https://push.example.net/a'],
    ['a reserved character and its escape', 'https://push.example.net/a%2Fb', 'https://push.example.net/a/b'],
    ['a slash at the end', 'https://push.example.net/a/', 'https://push.example.net/a'],
    ['an escaped percent sign', 'https://push.example.net/a%2541', 'https://push.example.net/a%41'],
    ['another port', 'https://push.example.net:8443/a', 'https://push.example.net/a'],
    ['a query', 'https://push.example.net/a?b', 'https://push.example.net/a'],
    ['a plus sign and a space', 'https://push.example.net/a?b+c', 'https://push.example.net/a?b%20c'],
  ])('tells two endpoints apart: %s', (_, one, other) => {
    expect(isSameEndpoint(one, other)).toBe(false);
  });

  it('gives back what is no address', () => {
    expect(canonicalEndpoint('not an address')).toBe('not an address');
    expect(canonicalEndpoint('')).toBe('');
  });

  it('is what it comes to itself, whatever it is given', () => {
    const path = fc.string({
      unit: fc.constantFrom('a', 'Z', '.', '/', '%2e', '%41', '%e4', '%2F', '~', '?', ':', 'ü', '+'),
    });
    const host = fc.constantFrom(
      'push.example.net',
      'A.b',
      'x.y.',
      '[::1]',
      '127.1',
      'a.b:443',
      'a.b.:8443',
      'a.0x7f',
    );
    fc.assert(
      fc.property(host, path, (at, rest) => {
        const once = canonicalEndpoint(`https://${at}/${rest}`);
        expect(canonicalEndpoint(once)).toBe(once);
      }),
    );
  });
});
