import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pushServiceSchema } from '../../contract/push-service.ts';
import { wordsOf } from './answer-words.ts';
import { classifyAnswer } from './classify-answer.ts';
import { describeDiagnosis } from './diagnosis.ts';
import { DIAGNOSIS_WORDS } from './diagnosis-words.ts';

const NOW = Date.UTC(2024, 0, 1, 12);
const RUNS = 10_000;

const WORDS = ['MismatchSenderId', 'NotRegistered', 'InvalidRegistration', 'key mismatch', '"errno":109', '"errno":104', 'BadJwtToken', 'VapidPkHashMismatch', 'expired', 'invalid push subscription endpoint', '<html><title>x</title>', '"success":false', 'limited to 3070 bytes'] as const; // oxfmt-ignore
const NAMES = ['Date', 'Retry-After', 'retry-after', 'X-WNS-Status', 'X-WNS-NotificationStatus', 'X-WNS-DeviceConnectionStatus', 'X-WNS-Error-Description', 'X-WNS-Continue-After', 'Location', 'WWW-Authenticate', 'apns-id', 'x'] as const; // oxfmt-ignore

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.constantFrom(...WORDS),
  fc
    .array(fc.oneof(fc.constantFrom(...WORDS), fc.string()), { maxLength: 6 })
    .map((parts) => parts.join(' ')),
  fc
    .record({
      code: fc.nat(600),
      errno: fc.integer({ min: 100, max: 205 }),
      message: fc.string(),
      error: fc.string(),
    })
    .map((body) => JSON.stringify(body)),
  fc.string().map((reason) => JSON.stringify({ reason })),
);
const anyAnswer = fc.record({
  status: fc.oneof(
    fc.integer({ min: 100, max: 599 }),
    fc.constantFrom(200, 201, 400, 401, 403, 404, 410, 413, 429, 503),
    fc.integer(),
  ),
  headers: fc.array(
    fc.tuple(
      fc.constantFrom(...NAMES),
      fc.oneof(
        fc.string(),
        fc.constantFrom('dropped', 'channelthrottled', 'received', '5', 'Mon, 01 Jan 2024 12:00:09 GMT'),
      ),
    ),
    { maxLength: 5 },
  ),
  body: text,
});
const anyService = fc.constantFrom(...pushServiceSchema.options);

it('any answer is judged, never accepted without a 2xx, and told in whole sentences', () => {
  fc.assert(
    fc.property(anyAnswer, anyService, (answer, service) => {
      const outcome = classifyAnswer({ service, answer, now: NOW });
      if (outcome.kind === 'accepted') {
        // Its own headers; at an unknown host they may be Microsoft's.
        expect(answer.status >= 200 && answer.status <= 299).toBe(true);
        const isDropped = answer.headers.some(
          ([name, value]) => /^X-WNS-\w*Status$/.test(name) && /^(?:dropped|channelthrottled)$/.test(value),
        );
        if (service === 'wns' || service === 'other') expect(isDropped).toBe(false);
        return;
      }
      expect(DIAGNOSIS_WORDS).toHaveProperty([outcome.diagnosis]);
      const said = wordsOf(answer);
      const { cause, cure } = describeDiagnosis(outcome.diagnosis, { service, status: answer.status, said });
      for (const sentence of [cause, cure]) {
        expect(sentence).toMatch(/^[A-Z]/);
        expect(sentence.trim().length).toBeGreaterThan(10);
        expect(sentence).not.toMatch(/\{service\}|\{status\}|undefined/);
      }
      if (said !== null) expect(cause).toContain(said);
      if (outcome.kind === 'retry' && outcome.retryAfterMs !== null)
        expect(outcome.retryAfterMs).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: RUNS },
  );
});

it('quotes one visible line of any body, whatever its bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), anyAnswer, (bytes, answer) => {
      for (const body of [new TextDecoder().decode(bytes), answer.body]) {
        const said = wordsOf({ ...answer, body });
        if (said === null) continue;
        expect(said.length).toBeLessThanOrEqual(160);
        expect(said).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u200B]/u);
        expect(said).not.toMatch(/\p{Cs}/u);
      }
    }),
    { numRuns: RUNS },
  );
});
