import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readServerAddress } from './server-address.ts';

describe('the address of a server', () => {
  it.each([
    ['push.example.org', 'https://push.example.org', 'wss://push.example.org/workspace'],
    ['  https://push.example.org/  ', 'https://push.example.org', 'wss://push.example.org/workspace'],
    ['https://shop.example/push/', 'https://shop.example/push', 'wss://shop.example/push/workspace'],
    ['https://shop.example/push/workspace', 'https://shop.example/push', 'wss://shop.example/push/workspace'],
    ['wss://push.example.org:8443', 'https://push.example.org:8443', 'wss://push.example.org:8443/workspace'],
    ['HTTPS://PUSH.example.org?utm=1#x', 'https://push.example.org', 'wss://push.example.org/workspace'],
    ['http://localhost:4830', 'http://localhost:4830', 'ws://localhost:4830/workspace'],
    ['ws://127.0.0.1:4830/', 'http://127.0.0.1:4830', 'ws://127.0.0.1:4830/workspace'],
    ['https://bücher.example', 'https://xn--bcher-kva.example', 'wss://xn--bcher-kva.example/workspace'],
  ])('%j leads to %s', (text, address, socket) => {
    expect(readServerAddress(text)).toMatchObject({ address, socket });
  });

  it.each([
    '',
    ' ',
    'https://',
    'http://push.example.org',
    'ws://10.0.0.1',
    'http://127.0.0.1.evil.example',
    'ftp://push.example.org',
    'file:///etc/passwd',
    'javascript://x',
    'https://owner:secret@push.example.org',
    'two words',
  ])('refuses %j with words', (text) => {
    const read = readServerAddress(text);
    expect(read).toMatchObject({ problem: { code: 'server-address', field: 'address' } });
    expect(JSON.stringify(read)).not.toContain('secret');
  });

  it('takes anything without throwing, and never leads to an open line beyond this machine', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => {
        const read = readServerAddress(text);
        if ('problem' in read) return;
        const { protocol, hostname } = new URL(read.socket);
        expect(protocol === 'wss:' || /^(localhost|.*\.localhost|\[::1\]|127\..*)$/.test(hostname)).toBe(
          true,
        );
        expect(readServerAddress(read.address)).toEqual(read);
      }),
      { numRuns: 1000 },
    );
  });
});
