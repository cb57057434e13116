import { describe, expect, it } from 'vitest';
import { diagnosisSchema } from '../../contract/diagnosis.ts';
import { pushServiceSchema } from '../../contract/push-service.ts';
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
    expect(causeWith(null)).toMatch(/^Apple rejected the VAPID token/);
  });

  it.each(['never-heard-of', '', 'constructor', '__proto__', 'toString'])(
    'says that %j is not recognised',
    (code) => {
      const diagnosis = describeDiagnosis(code, { service: 'wns', status: 418 });
      expect(diagnosis).toMatchObject({ code, action: 'none' });
      expect(diagnosis.cause).toBe('Pushdesk does not recognise this answer from Windows (WNS) (HTTP 418).');
    },
  );
});
