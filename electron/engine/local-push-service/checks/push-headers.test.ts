import { describe, expect, it } from 'vitest';
import { checkPushHeaders } from './push-headers.ts';
import type { ServiceRefusal } from '../../../core/push-services/dialects/refusal.ts';

const GOOD = { ttl: '60', 'content-encoding': 'aes128gcm' };

describe('the header fields of a push message', () => {
  it('are read when they are good', () => {
    expect(
      checkPushHeaders({ ...GOOD, urgency: 'very-low', topic: 'a-Topic_32-characters-long-12345' }, 200),
    ).toEqual({
      kind: 'good',
      headers: {
        ttlSeconds: 60,
        urgency: 'very-low',
        topic: 'a-Topic_32-characters-long-12345',
        hasBody: true,
      },
    });
  });

  it('need no more than a TTL where there is no payload', () => {
    expect(checkPushHeaders({ ttl: '0' }, 0)).toEqual({
      kind: 'good',
      headers: { ttlSeconds: 0, urgency: 'normal', topic: null, hasBody: false },
    });
  });

  it.each<[ServiceRefusal, string, Record<string, string>, number]>([
    ['ttl-missing', 'no TTL', { 'content-encoding': 'aes128gcm' }, 200],
    ['ttl-invalid', 'a TTL in words', { ...GOOD, ttl: 'NaN' }, 200],
    ['ttl-invalid', 'a negative TTL', { ...GOOD, ttl: '-1' }, 200],
    ['ttl-invalid', 'a broken TTL', { ...GOOD, ttl: '1.5' }, 200],
    ['ttl-invalid', 'an empty TTL', { ...GOOD, ttl: '' }, 200],
    ['ttl-invalid', 'two TTLs', { ...GOOD, ttl: '60, 60' }, 200],
    ['urgency-invalid', 'an unknown urgency', { ...GOOD, urgency: 'urgent' }, 200],
    ['urgency-invalid', 'an urgency in capitals', { ...GOOD, urgency: 'High' }, 200],
    ['topic-invalid', 'a topic of 33 characters', { ...GOOD, topic: 'x'.repeat(33) }, 200],
    ['topic-invalid', 'a topic outside base64url', { ...GOOD, topic: 'news+' }, 200],
    ['topic-invalid', 'an empty topic', { ...GOOD, topic: '' }, 200],
    ['encoding-missing', 'a payload without encoding', { ttl: '60' }, 200],
    ['encoding-unsupported', 'the old encoding', { ttl: '60', 'content-encoding': 'aesgcm' }, 200],
    ['body-malformed', 'an encoding without payload', GOOD, 0],
    ['encryption-header-unexpected', 'a salt header', { ...GOOD, encryption: 'salt=abc' }, 200],
    ['encryption-header-unexpected', 'a dh header', { ...GOOD, 'crypto-key': 'dh=abc' }, 200],
  ])('get %s for %s', (refusal, _what, headers, bytes) => {
    expect(checkPushHeaders(headers, bytes)).toEqual({ kind: 'refused', refusal });
  });

  it('may hold the key of VAPID as older senders write it', () => {
    expect(checkPushHeaders({ ...GOOD, 'crypto-key': 'p256ecdsa=abc' }, 200).kind).toBe('good');
  });
});
