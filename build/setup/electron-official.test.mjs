import { describe, expect, it } from 'vitest';
import { reasonIn } from './electron-official.mjs';

describe('why a download of Electron failed', () => {
  it.each([
    ['TypeError: fetch failed\n    at node:internal', 'no connection'],
    [
      'HTTPError: Response code 404 (Not Found) for http://mirror/electron.zip\n    at fetch',
      'Response code 404 (Not Found) for http://mirror/electron.zip',
    ],
    ['Error: read ECONNRESET\n    at TCP', 'read ECONNRESET'],
    ['Error: self-signed certificate in certificate chain', 'self-signed certificate in certificate chain'],
  ])('is the network: %s', (output, cause) => {
    expect(reasonIn(output)).toEqual({ unreachable: true, cause });
  });

  it.each([
    [
      'Error: Generated checksum for "electron-v45.4.1-linux-x64.zip" did not match expected checksum.',
      'Generated checksum for "electron-v45.4.1-linux-x64.zip" did not match expected checksum',
    ],
  ])('is not the network, so nothing stands in: %s', (output, cause) => {
    expect(reasonIn(output)).toEqual({ unreachable: false, cause });
  });

  it('is the disk, with what to do about it', () => {
    expect(reasonIn('Error: ENOSPC: no space left on device, write\n    at fs')).toEqual({
      unreachable: false,
      cause: 'the disk is full',
      cure: 'Make room on the disk',
    });
    expect(reasonIn("Error: EACCES: permission denied, mkdir '/a'")).toEqual({
      unreachable: false,
      cause: 'a file or folder cannot be read or written',
      cure: 'Give your user access to it (/a)',
    });
  });
});
