import { describe, expect, it } from 'vitest';
import { requestHeaders } from './request-headers.ts';

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
