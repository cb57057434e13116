import { describe, expect, it } from 'vitest';
import { diagnosisSchema } from '../../contract/diagnosis.ts';
import { pushServiceSchema } from '../../contract/push-service.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import { wordsOf } from './answer-words.ts';
import { classifyAnswer } from './classify-answer.ts';
import { describeDiagnosis } from './diagnosis.ts';
import { DIAGNOSIS_WORDS } from './diagnosis-words.ts';

const codes = Object.keys(DIAGNOSIS_WORDS);

describe('describeDiagnosis', () => {
  it.each(codes)('has plain words for %s, with every gap filled', (code) => {
    for (const service of pushServiceSchema.options) {
      for (const status of [403, null]) {
        const diagnosis = describeDiagnosis(code, { service, status });
        expect(diagnosisSchema.parse(diagnosis)).toEqual(diagnosis);
        expect(diagnosis.code).toBe(code);
        for (const text of [diagnosis.cause, diagnosis.cure]) {
          expect(text).toMatch(/^[A-Z][^]*\.$/);
          expect(text).not.toMatch(/[{}!]|undefined|null/);
          expect(text).not.toMatch(/\bshown to\b|\bdelivered\b/);
        }
      }
    }
  });

  it('names the service and the status', () => {
    const diagnosis = describeDiagnosis('auth-refused', { service: 'fcm', status: 403 });
    expect(diagnosis.cause).toMatch(/^Google \(FCM\) rejected this sender \(HTTP 403\)/);
  });

  it('quotes what the service said, says when it said nothing, and is silent where nobody knows', () => {
    const causeOf = (said?: string | null) =>
      describeDiagnosis('bad-request', { service: 'fcm', status: 400, said }).cause;
    expect(causeOf('no such thing')).toBe(
      'Google (FCM) rejected the request (HTTP 400). Google (FCM) says: “no such thing”.',
    );
    expect(causeOf('Enough.')).toMatch(/says: “Enough\.”$/);
    expect(causeOf(null)).toMatch(/\(HTTP 400\)\. It gave no reason\.$/);
    expect(causeOf()).toBe('Google (FCM) rejected the request (HTTP 400).');
  });

  it.each(codes)('never denies a reason that was given: %s', (code) => {
    const said = 'the moon is in the wrong phase';
    for (const service of pushServiceSchema.options) {
      const { cause } = describeDiagnosis(code, { service, status: 400, said });
      expect(cause).toContain(`“${said}”.`);
      expect(cause).not.toMatch(/no reason|without a reason|did not say|does not know/i);
    }
  });

  it.each([
    [
      'This message is intended for a constrained device and is limited to 3070 bytes. Converted buffer too long by 1366 bytes',
      '3,070',
    ],
    ['Data payload too large, limit is 2048 bytes, current is 3070 bytes', '2,048'],
  ])('names the limit that a service tells: %s', (said, bytes) => {
    const { cause } = describeDiagnosis('payload-too-large', { service: 'other', status: 413, said });
    expect(cause).toContain(`It accepts at most ${bytes} bytes for this device.`);
  });

  it('lays the words of a proxy or a network on no push service: nothing reached it', () => {
    const causeOf = (status: number, title: string) => {
      const answer = {
        status,
        headers: [] as [string, string][],
        body: `<html><title>${title}</title></html>`,
      };
      const outcome = classifyAnswer({ service: 'apple', answer, now: 0 });
      const code = 'diagnosis' in outcome ? outcome.diagnosis : '';
      return describeDiagnosis(code, { service: 'apple', status, said: wordsOf(answer) }).cause;
    };
    expect(causeOf(407, 'Sign in')).toMatch(/Nothing reached Apple\. The proxy says: “Sign in”\.$/);
    expect(causeOf(511, 'Log in')).toMatch(/\(HTTP 511\)\. The network says: “Log in”\.$/);
  });

  it('names the status that came, and claims no redirect or dead subscription that nobody spoke of', () => {
    const causeOf = (status: number, body: string, service: PushServiceId = 'apple') => {
      const answer = { status, headers: [], body };
      const outcome = classifyAnswer({ service, answer, now: 0 });
      const code = outcome.kind === 'accepted' ? '' : outcome.diagnosis;
      return describeDiagnosis(code, { service, status, said: wordsOf(answer) }).cause;
    };
    expect(causeOf(400, '{"reason":"IdleTimeout"}')).toMatch(/\(HTTP 400\)\. Apple says: “IdleTimeout”\.$/);
    for (const status of [300, 301, 304]) {
      const cause = causeOf(status, 'Not like that');
      expect(cause).not.toMatch(/redirect|points to/i);
      expect(cause).toMatch(/Apple says: “Not like that”\.$/);
    }
    for (const body of ['{"reason":"BadPath"}', '{"errno":102,"message":"Invalid URL endpoint"}'])
      expect(causeOf(404, body)).toMatch(/^Apple does not recognize this endpoint \(HTTP 404\)\./);
    expect(causeOf(404, '404 page not found', 'other')).toMatch(
      /^A web server or router .*The answer says: “404 page not found”\.$/,
    );
  });

  it.each([
    [4_000_000, '67 minutes'],
    [30_000, '30 seconds'],
    [1, '1 second'],
    [3 * 3600_000, '3 hours'],
    [24 * 3600_000, 'a day or longer'],
  ])('names a wait of %i ms that was asked for, in cause and cure', (waitMs, wait) => {
    const described = (code: string, status: number) =>
      describeDiagnosis(code, { service: 'fcm', status, said: null, waitMs });
    const unavailable = described('service-unavailable', 503);
    expect(unavailable.cause).toMatch(new RegExp(`\\. Google \\(FCM\\) asks to wait ${wait}\\.$`));
    expect(unavailable.cure).toContain(`Wait ${wait}, then try again.`);
    expect(described('rate-limited', 429).cure).toContain(`Wait ${wait},`);
    expect(described('wait-too-long', 429).cause).toContain(`asked to wait ${wait}. By then the message`);
    expect(described('auth-refused', 403).cause).not.toContain('wait');
  });

  it('leads to the cure', () => {
    const actionOf = (code: string) => describeDiagnosis(code, { service: 'other', status: 400 }).action;
    expect(actionOf('apple-token-refused')).toBe('fix-subject');
    expect(actionOf('made-with-another-key')).toBe('choose-key');
    expect(actionOf('clock-wrong')).toBe('check-clock');
    expect(actionOf('payload-too-large')).toBe('shorten-payload');
    expect(actionOf('subscription-gone')).toBe('ask-to-resubscribe');
    expect(actionOf('name-not-found')).toBe('check-network');
    expect(actionOf('private-address')).toBe('allow-private-endpoints');
  });

  it('blames the contact for a token that Apple refused, if it deserves that', () => {
    const causeWith = (subject: string | null) =>
      describeDiagnosis('apple-token-refused', { service: 'apple', status: 403, subject }).cause;
    expect(causeWith('mailto:me@localhost')).toMatch(/^The contact address ends in @localhost/);
    expect(causeWith('mailto: me@example.com')).toMatch(/^The contact has spaces or brackets/);
    expect(causeWith('mailto:me@example.com')).toMatch(/^Apple rejected the VAPID token/);
    for (const subject of [
      'mailto:a@gateway.invalid',
      'https://dummy.devhost',
      'mailto:mailto:a@example.com',
      'mailto:a@example.com',
    ])
      expect(causeWith(subject)).toContain(`The contact in use is ${subject}.`);
    expect(causeWith('mailto:mailto:a@example.com')).toMatch(/^The contact is not written/);
    expect(causeWith(null)).toMatch(/^Apple rejected the VAPID token/);
  });

  it.each(['never-heard-of', '', 'constructor', '__proto__', 'toString'])(
    'says that %j is not recognised',
    (code) => {
      const diagnosis = describeDiagnosis(code, { service: 'wns', status: 418 });
      expect(diagnosis).toMatchObject({ code, action: 'none' });
      expect(diagnosis.cause).toBe(
        "Windows (WNS) gave an answer that push services do not normally give (HTTP 418 I'm a teapot).",
      );
    },
  );
});
