import { describe, expect, it } from 'vitest';
import { causeIn } from './cause.mjs';

describe('why electron-builder failed', () => {
  it.each([
    [
      '  ⨯ failed to build AppImage  error=getaddrinfo ENOTFOUND github.com\nRequestError: getaddrinfo ENOTFOUND github.com\n    at a (b:1:1)',
      'github.com, from which electron-builder fetches a tool for it, cannot be reached',
    ],
    [
      'Error: connect ECONNREFUSED 127.0.0.1:3128\n    at a (b:1:1)',
      '127.0.0.1, from which electron-builder fetches a tool for it, cannot be reached',
    ],
    [
      'Error: read ECONNRESET',
      'the network, from which electron-builder fetches a tool for it, cannot be reached',
    ],
    ["Need executable 'rpmbuild' to convert dir to rpm", 'the program rpmbuild is missing'],
    ['Error: spawn fpm ENOENT', 'the program fpm is missing'],
    ['Error: ENOSPC: no space left on device, write', 'the disk is full'],
    ['TypeError: it broke.\n    at a (b:1:1)\n    at c (d:2:2)', 'it broke'],
    ['', 'it printed nothing'],
  ])('is found in %j', (output, cause) => {
    expect(causeIn(output)).toBe(cause);
  });
});
