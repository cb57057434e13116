import { describe, expect, it } from 'vitest';
import { readProxyAnswer } from './proxy-answer.ts';

const read = (answer: string) => {
  const choice = readProxyAnswer(answer);
  return choice.kind === 'proxy'
    ? choice.url.href
    : choice.kind === 'unsupported'
      ? choice.scheme
      : choice.kind;
};

describe('what the system says about proxies', () => {
  it.each([
    ['DIRECT', 'direct'],
    ['', 'direct'],
    ['PROXY proxy.example:3128', 'http://proxy.example:3128/'],
    ['HTTP proxy.example:3128', 'http://proxy.example:3128/'],
    ['HTTPS proxy.example:8443', 'https://proxy.example:8443/'],
    ['PROXY [fd00::1]:3128', 'http://[fd00::1]:3128/'],
    ['PROXY proxy.example:3128;DIRECT', 'http://proxy.example:3128/'],
    ['PROXY one.example:1; PROXY two.example:2', 'http://one.example:1/'],
    ['DIRECT; PROXY proxy.example:3128', 'direct'],
    ['proxy proxy.example:3128', 'http://proxy.example:3128/'],
    ['SOCKS5 proxy.example:1080', 'SOCKS5'],
    ['SOCKS proxy.example:1080; DIRECT', 'SOCKS'],
    ['SOCKS5 socks.example:1080; PROXY proxy.example:3128', 'http://proxy.example:3128/'],
    ['PROXY', 'direct'],
    ['PROXY not a host', 'direct'],
    ['NONSENSE x:1; PROXY proxy.example:3128', 'http://proxy.example:3128/'],
  ])('"%s" is %s', (answer, expected) => {
    expect(read(answer)).toBe(expected);
  });
});
