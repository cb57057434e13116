import { describe, expect, it } from 'vitest';
import { causeOf } from './causes.mjs';

describe('the cause in what a failed step printed', () => {
  it.each([
    [
      'npm error code ENOSPC\nnpm error syscall write\nnpm error nospc ENOSPC: no space left on device, write',
      'disk',
      /disk is full/,
    ],
    ['npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write', 'disk', /disk is full/],
    ['/usr/bin/ld: final link failed: No space left on device', 'disk', /disk is full/],
    ['Error: EDQUOT: disk quota exceeded, write', 'disk', /quota/],
    ["EROFS: read-only file system, mkdir '/a b/.tools'", 'disk', /read-only/],
    ["ENAMETOOLONG: name too long, open '/very/long'", 'disk', /too long/],
    [
      'npm error code EACCES\nnpm error syscall mkdir\nnpm error path /cache/_cacache',
      'permission',
      /cannot be read or written/,
    ],
    [
      'npm error code EACCES\nnpm error Your cache folder contains root-owned files, due to a bug',
      'permission',
      /files of another user/,
    ],
    [
      'npm ERR! code ENOTFOUND\nnpm ERR! request to https://registry.example/react failed, reason: getaddrinfo ENOTFOUND registry.example',
      'network',
      /the name registry\.example cannot be found/,
    ],
    [
      'npm error code ECONNREFUSED\nnpm error FetchError: request to http://127.0.0.1:9/react failed, reason: connect ECONNREFUSED 127.0.0.1:9',
      'network',
      /127\.0\.0\.1:9 refuses/,
    ],
    [
      'npm error code ETIMEDOUT\nnpm error network request to https://registry.npmjs.org/react failed',
      'network',
      /registry\.npmjs\.org does not answer/,
    ],
    [
      'npm error code EINTEGRITY\nnpm error sha512-… integrity checksum failed',
      'damaged',
      /damaged or was changed/,
    ],
    [
      'npm error code E404\nnpm error 404 Not Found - GET https://mirror.example/react',
      'registry',
      /mirror\.example does not have/,
    ],
    ['npm error code E401\nnpm error Unable to authenticate', 'registry', /refuses this user/],
    [
      'npm error code E503\nnpm error 503 Service Unavailable - GET https://mirror.example/react',
      'registry',
      /cannot answer/,
    ],
    [
      'npm error code SELF_SIGNED_CERT_IN_CHAIN\nnpm error request to https://registry.npmjs.org/react failed, reason: self-signed certificate in certificate chain',
      'trust',
      /not trusted here/,
    ],
    ['npm error code CERT_HAS_EXPIRED\nnpm error certificate has expired', 'trust', /not valid today/],
    ['npm error tunneling socket could not be established, statusCode=407', 'proxy', /proxy/],
    ['npm error 407 Proxy Authentication Required - GET https://registry.npmjs.org/react', 'proxy', /proxy/],
  ])('is found: %s', (output, kind, what) => {
    expect(causeOf(output)).toEqual({
      kind,
      what: expect.stringMatching(what),
      cure: expect.stringMatching(/^[A-Z].*[^.]$/),
    });
  });

  it('names the proxy that refuses, not the server behind it', () => {
    const output =
      'npm error code ECONNREFUSED\nnpm error FetchError: request to https://registry.npmjs.org/react failed, reason: connect ECONNREFUSED 127.0.0.1:3128';
    expect(causeOf(output).what).toBe('127.0.0.1:3128 refuses the connection');
  });

  it('names the path', () => {
    expect(causeOf("EROFS: read-only file system, mkdir '/a b/.tools'").cure).toContain('(/a b/.tools)');
    expect(causeOf('npm error code EACCES\nnpm error path /cache/_cacache\n').cure).toContain(
      '(/cache/_cacache)',
    );
  });

  it.each(['', 'npm error could not resolve', 'TypeError: x is not a function', 'E2E tests failed'])(
    'is not guessed: %s',
    (output) => {
      expect(causeOf(output)).toBeUndefined();
    },
  );
});
