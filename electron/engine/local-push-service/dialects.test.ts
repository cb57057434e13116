import { describe, expect, it } from 'vitest';
import { classifyAnswer } from '../../core/diagnosis/classify-answer.ts';
import { SERVICE_REFUSALS, type ServiceRefusal } from '../../core/push-services/dialects/refusal.ts';
import type { CheckedRequest, DialectName } from '../../core/push-services/dialects/dialect.ts';
import { DIALECTS } from './dialects.ts';

const NAMES: readonly DialectName[] = ['mozilla', 'fcm', 'apple', 'wns'];

function request(change: {
  ttlSeconds?: number;
  topic?: string;
  subject?: string | null;
  cachePolicy?: string;
}): CheckedRequest {
  const { ttlSeconds = 60, topic = null, subject = 'mailto:sender@example.com', cachePolicy } = change;
  return {
    headers: cachePolicy === undefined ? {} : { 'x-wns-cache-policy': cachePolicy },
    push: { ttlSeconds, urgency: 'normal', topic, hasBody: true },
    subject,
  };
}

describe('an imitated push service', () => {
  it.each(NAMES)('%s has an answer of its own for every refusal', (name) => {
    for (const refusal of SERVICE_REFUSALS) {
      const { status } = DIALECTS[name].refused(refusal);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
    }
  });

  it.each(NAMES)(
    '%s says 404 or 410 for a subscription that is gone, and for nothing else of a good path',
    (name) => {
      const gone = SERVICE_REFUSALS.filter((refusal) =>
        [404, 410].includes(DIALECTS[name].refused(refusal).status),
      );
      expect(gone).toEqual(['unknown-path', 'unknown-subscription', 'unsubscribed']);
    },
  );

  it.each(NAMES)(
    '%s has odd answers that the engine reads as they are meant, and that pause nothing',
    (name) => {
      for (const { status, headers, body } of DIALECTS[name].oddities) {
        const answer = { status, headers: Object.entries(headers), body };
        const outcome = classifyAnswer({ service: name, answer, now: 0 });
        expect(['failed', 'retry']).toContain(outcome.kind);
        if (outcome.kind === 'failed') expect(outcome.pausesPart).toBe(false);
      }
    },
  );

  it.each(NAMES)('%s accepts with 201 and the place of the message', (name) => {
    const answer = DIALECTS[name].accepted({
      messageId: 'm1',
      location: 'https://127.0.0.1:1/m/m1',
      ttlSeconds: 60,
    });
    expect(answer.status).toBe(201);
    expect(answer.headers['location']).toBe('https://127.0.0.1:1/m/m1');
  });

  it.each<[ServiceRefusal, number, number | null]>([
    ['key-mismatch', 401, 109],
    ['token-invalid', 401, 109],
    ['token-expired', 401, 109],
    ['token-audience', 401, 109],
    ['ttl-missing', 400, 111],
    ['ttl-invalid', 400, 114],
    ['topic-invalid', 400, 113],
    ['encoding-missing', 400, 110],
    ['body-too-large', 413, 104],
    ['unknown-subscription', 404, 102],
    ['unsubscribed', 410, 106],
  ])('Mozilla says %s with %i and errno %s', (refusal, status, errno) => {
    const answer = DIALECTS.mozilla.refused(refusal);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(JSON.parse(answer.body)).toMatchObject({ code: status, errno });
  });

  it('Mozilla tells a wrong key from a wrong token by the message alone', () => {
    const messageOf = (refusal: ServiceRefusal) => DIALECTS.mozilla.refused(refusal).body;
    expect(messageOf('key-mismatch')).toContain('key mismatch');
    expect(messageOf('token-invalid')).not.toContain('mismatch');
  });

  it('Mozilla asks to come back in two minutes when it is out of order', () => {
    expect(DIALECTS.mozilla.failed(503).headers['retry-after']).toBe('120');
  });

  it.each<[ServiceRefusal, number, string]>([
    ['key-mismatch', 403, 'do not correspond to the credentials used to create the subscriptions'],
    ['token-invalid', 403, 'invalid JWT provided'],
    ['token-audience', 403, 'aud claim'],
    ['authorization-missing', 400, 'UnauthorizedRegistration'],
    ['authorization-malformed', 401, 'authorization header'],
    ['unsubscribed', 410, 'push subscription has unsubscribed or expired.'],
    ['unknown-subscription', 404, 'push subscription has unsubscribed or expired.'],
    ['throttled', 429, 'Too Many Requests'],
  ])('FCM says %s with %i and plain words', (refusal, status, words) => {
    const answer = DIALECTS.fcm.refused(refusal);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^text\/plain/);
    expect(answer.body).toContain(words);
  });

  it.each<[ServiceRefusal, number, string]>([
    ['token-invalid', 403, 'BadJwtToken'],
    ['subject-invalid', 403, 'BadJwtToken'],
    ['key-mismatch', 403, 'VapidPkHashMismatch'],
    ['topic-invalid', 400, 'BadWebPushTopic'],
    ['ttl-invalid', 400, 'BadTtl'],
    ['urgency-invalid', 400, 'BadUrgency'],
    ['unsubscribed', 410, 'Unregistered'],
    ['body-too-large', 413, 'PayloadTooLarge'],
  ])('Apple says %s with %i and the reason %s', (refusal, status, reason) => {
    const answer = DIALECTS.apple.refused(refusal);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual({ reason });
    expect(answer.headers['apns-id']).toMatch(/^[0-9A-F-]{36}$/);
  });

  it.each<[ServiceRefusal | null, string, Parameters<typeof request>[0]]>([
    [null, 'what is in order', {}],
    ['ttl-invalid', 'a TTL of 0', { ttlSeconds: 0 }],
    ['topic-invalid', 'a topic of 5 characters', { topic: 'news1' }],
    [null, 'a topic of 6 characters', { topic: 'news12' }],
    ['subject-invalid', 'a contact at localhost', { subject: 'mailto:me@localhost' }],
    ['subject-invalid', 'an address of localhost', { subject: 'https://localhost:3000/contact' }],
    ['subject-invalid', 'a contact with a space', { subject: 'mailto: me@example.com' }],
    ['subject-invalid', 'a contact in brackets', { subject: 'mailto:<me@example.com>' }],
    ['subject-invalid', 'a contact without address', { subject: 'mailto:' }],
    [null, 'an https contact', { subject: 'https://example.com/contact' }],
    [null, 'no token where none is needed', { subject: null }],
  ])('Apple objects with %s to %s', (refusal, _what, change) => {
    expect(DIALECTS.apple.objection(request(change))).toBe(refusal);
  });

  it.each<[ServiceRefusal | null, number, string | undefined]>([
    [null, 60, undefined],
    [null, 60, 'cache'],
    ['cache-policy-conflict', 60, 'no-cache'],
    ['cache-policy-conflict', 0, undefined],
    ['cache-policy-conflict', 0, 'cache'],
    [null, 0, 'no-cache'],
  ])('WNS objects with %s to a TTL of %i with the cache policy %s', (refusal, ttlSeconds, cachePolicy) => {
    const change = cachePolicy === undefined ? { ttlSeconds } : { ttlSeconds, cachePolicy };
    expect(DIALECTS.wns.objection(request(change))).toBe(refusal);
  });

  it('WNS gives its reasons in headers and leaves the body empty', () => {
    const answer = DIALECTS.wns.refused('cache-policy-conflict');
    expect(answer).toMatchObject({
      status: 400,
      body: '',
      headers: {
        'x-wns-error-description': 'Ttl value conflicts with X-WNS-Cache-Policy.',
        'x-wns-status': 'dropped',
        'x-wns-notificationstatus': 'dropped',
      },
    });
    expect(DIALECTS.wns.refused('throttled')).toMatchObject({
      status: 406,
      headers: { 'x-wns-status': 'channelthrottled' },
    });
    expect(DIALECTS.wns.refused('token-invalid').status).toBe(401);
    expect(DIALECTS.wns.refused('key-mismatch').status).toBe(403);
  });

  it('others than Apple and WNS take a TTL of 0 and any contact', () => {
    const odd = request({ ttlSeconds: 0, topic: 'news1', subject: 'mailto:me@localhost' });
    expect(DIALECTS.mozilla.objection(odd)).toBeNull();
    expect(DIALECTS.fcm.objection(odd)).toBeNull();
  });
});
