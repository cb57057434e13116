import { describe, expect, it } from 'vitest';
import { createRequestHeaders, requestHeaders } from './request-headers.ts';

const BASE = { pushService: 'fcm', ttlSeconds: 60, urgency: 'high', topic: '', bodyBytes: 4096 } as const;

describe('the header fields of a push message', () => {
  it('are those of RFC 8030 and RFC 8188', () => {
    expect(requestHeaders({ ...BASE, topic: 'news' })).toEqual([
      ['TTL', '60'],
      ['Urgency', 'high'],
      ['Topic', 'news'],
      ['Content-Encoding', 'aes128gcm'],
      ['Content-Type', 'application/octet-stream'],
      ['Content-Length', '4096'],
      ['Accept-Encoding', 'identity'],
    ]);
  });

  it('hold no topic when there is none', () => {
    expect(requestHeaders(BASE).map(([name]) => name)).not.toContain('Topic');
  });

  it.each([
    [60, 'cache'],
    [0, 'no-cache'],
  ])('tell WNS at a TTL of %i to %s', (ttlSeconds, policy) => {
    expect(requestHeaders({ ...BASE, pushService: 'wns', ttlSeconds })).toContainEqual([
      'X-WNS-Cache-Policy',
      policy,
    ]);
  });
});

describe('the header fields of a batch', () => {
  const here = { header: 'vapid t=aaa111, k=key', shown: 'vapid t=aaa…, k=key' };

  it('hold the whole token for the wire and a part of it for the log', () => {
    const { sent, shown } = createRequestHeaders({ ...BASE, authorization: here })(60, 4096);
    expect(sent).toEqual({ Authorization: here.header, ...Object.fromEntries(requestHeaders(BASE)) });
    expect(shown).toEqual([['Authorization', here.shown], ...requestHeaders(BASE)]);
  });

  it('are shared where they are the same, and never where TTL or size differ', () => {
    const headersOf = createRequestHeaders({ ...BASE, authorization: here });
    const first = headersOf(60, 4096);
    expect(headersOf(60, 4096)).toBe(first);
    expect(headersOf(59, 4096).sent['TTL']).toBe('59');
    expect(headersOf(60, 4095).sent['Content-Length']).toBe('4095');
    expect(first.sent).toMatchObject({ Authorization: here.header, TTL: '60', 'Content-Length': '4096' });
  });
});
