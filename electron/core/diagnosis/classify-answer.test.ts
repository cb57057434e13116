import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pushServiceSchema } from '../../contract/push-service.ts';
import type { PushServiceId } from '../../contract/push-service.ts';
import type { Answer, ConnectionFault, Outcome } from './answer.ts';
import { classifyAnswer, classifyFault, ruleOf, rulesOf } from './classify-answer.ts';
import { DIAGNOSIS_WORDS } from './diagnosis-words.ts';

const NOW = Date.UTC(2024, 0, 1, 12);
const services = pushServiceSchema.options;

interface Row {
  /** The rule of the table that has to apply. */
  rule: string | null;
  service: PushServiceId;
  status: number;
  body?: string;
  headers?: [string, string][];
  outcome: Outcome;
}

const accepted: Outcome = { kind: 'accepted' };
const gone: Outcome = { kind: 'gone', diagnosis: 'subscription-gone' };
const mismatched: Outcome = { kind: 'mismatched', diagnosis: 'made-with-another-key' };
const failed = (diagnosis: string): Outcome => ({ kind: 'failed', diagnosis, pausesPart: false });
const pauses = (diagnosis: string): Outcome => ({ kind: 'failed', diagnosis, pausesPart: true });
const retry = (diagnosis: string, retryAfterMs: number | null = null): Outcome => ({
  kind: 'retry',
  diagnosis,
  retryAfterMs,
  throttled: false,
});
const throttled = (retryAfterMs: number | null = null): Outcome => ({
  kind: 'retry',
  diagnosis: 'rate-limited',
  retryAfterMs,
  throttled: true,
});

const mozilla = (code: number, errno: number, message: string) =>
  JSON.stringify({ code, errno, error: 'Unauthorized', message, more_info: 'http://example.com' });
const apple = (reason: string) => JSON.stringify({ reason });
const FCM_MISMATCH =
  'the VAPID credentials in the authorization header do not correspond to the credentials used to create the subscriptions.\n';
const WNS_CONFLICT: [string, string] = [
  'x-wns-error-description',
  'Ttl value conflicts with X-WNS-Cache-Policy.',
];

/** What a push service answers, and what has to come of it. Every rule of the table stands here at least once. */
const ROWS: Row[] = [
  { rule: 'accepted', service: 'mozilla', status: 201, outcome: accepted },
  { rule: 'accepted', service: 'fcm', status: 200, outcome: accepted },
  { rule: 'accepted', service: 'apple', status: 201, outcome: accepted },
  { rule: 'accepted', service: 'wns', status: 202, outcome: accepted },
  { rule: 'accepted', service: 'other', status: 204, outcome: accepted },
  {
    rule: 'moved',
    service: 'mozilla',
    status: 301,
    headers: [['location', 'https://x/']],
    outcome: failed('moved'),
  },
  { rule: 'moved', service: 'other', status: 308, outcome: failed('moved') },
  { rule: 'bad-request', service: 'fcm', status: 400, body: 'nonsense', outcome: pauses('bad-request') },
  { rule: 'bad-request', service: 'other', status: 400, outcome: pauses('bad-request') },
  { rule: 'auth-refused', service: 'other', status: 401, outcome: pauses('auth-refused') },
  { rule: 'auth-refused', service: 'other', status: 403, outcome: pauses('auth-refused') },
  { rule: 'auth-refused', service: 'mozilla', status: 403, outcome: pauses('auth-refused') },
  { rule: 'auth-refused', service: 'fcm', status: 403, body: 'no', outcome: pauses('auth-refused') },
  { rule: 'gone', service: 'mozilla', status: 404, outcome: gone },
  {
    rule: 'gone',
    service: 'mozilla',
    status: 410,
    body: mozilla(410, 106, 'No such subscription'),
    outcome: gone,
  },
  { rule: 'gone', service: 'other', status: 404, outcome: gone },
  { rule: 'gone', service: 'apple', status: 404, outcome: gone },
  { rule: 'too-slow', service: 'other', status: 408, outcome: retry('service-timed-out') },
  { rule: 'too-large', service: 'mozilla', status: 413, outcome: failed('payload-too-large') },
  {
    rule: 'too-large',
    service: 'apple',
    status: 413,
    body: apple('PayloadTooLarge'),
    outcome: failed('payload-too-large'),
  },
  { rule: 'rate-limited', service: 'fcm', status: 429, outcome: throttled() },
  {
    rule: 'rate-limited',
    service: 'fcm',
    status: 429,
    headers: [['Retry-After', '120']],
    outcome: throttled(120_000),
  },
  {
    rule: 'rate-limited',
    service: 'apple',
    status: 429,
    headers: [['retry-after', 'Mon, 01 Jan 2024 12:01:00 GMT']],
    outcome: throttled(60_000),
  },
  { rule: 'service-error', service: 'fcm', status: 500, outcome: retry('service-error') },
  { rule: 'service-error', service: 'other', status: 599, outcome: retry('service-error') },
  {
    rule: 'service-unavailable',
    service: 'fcm',
    status: 503,
    headers: [['retry-after', '7']],
    outcome: retry('service-unavailable', 7000),
  },
  { rule: 'service-unavailable', service: 'wns', status: 502, outcome: retry('service-unavailable') },
  { rule: null, service: 'mozilla', status: 418, outcome: failed('not-recognised') },
  { rule: null, service: 'fcm', status: 406, outcome: failed('not-recognised') },
  { rule: null, service: 'other', status: 101, outcome: failed('not-recognised') },

  {
    rule: 'mozilla-key-mismatch',
    service: 'mozilla',
    status: 401,
    body: mozilla(401, 109, 'VAPID public key mismatch'),
    outcome: mismatched,
  },
  {
    rule: 'mozilla-key-mismatch',
    service: 'other',
    status: 401,
    body: mozilla(401, 109, 'VAPID public key mismatch'),
    outcome: mismatched,
  },
  {
    rule: 'mozilla-token',
    service: 'mozilla',
    status: 401,
    body: mozilla(401, 109, 'Invalid VAPID expiry'),
    outcome: pauses('token-refused'),
  },
  {
    rule: 'mozilla-token',
    service: 'mozilla',
    status: 401,
    body: mozilla(401, 109, 'InvalidSignature'),
    outcome: pauses('token-refused'),
  },
  ...[108, 110, 111, 114].map((errno): Row => ({
    rule: 'mozilla-headers',
    service: 'mozilla',
    status: 400,
    body: mozilla(400, errno, 'x'),
    outcome: pauses('header-refused'),
  })),
  {
    rule: 'mozilla-topic',
    service: 'mozilla',
    status: 400,
    body: mozilla(400, 113, 'x'),
    outcome: pauses('topic-refused'),
  },
  {
    rule: 'bad-request',
    service: 'mozilla',
    status: 400,
    body: mozilla(400, 1109, 'x'),
    outcome: pauses('bad-request'),
  },
  { rule: 'mozilla-bridge-or-store', service: 'mozilla', status: 502, outcome: retry('service-unavailable') },
  {
    rule: 'mozilla-bridge-or-store',
    service: 'mozilla',
    status: 503,
    headers: [['Retry-After', '120']],
    outcome: retry('service-unavailable', 120_000),
  },

  { rule: 'fcm-key-mismatch', service: 'fcm', status: 403, body: FCM_MISMATCH, outcome: mismatched },
  {
    rule: 'fcm-token',
    service: 'fcm',
    status: 403,
    body: 'invalid JWT provided\n',
    outcome: pauses('token-refused'),
  },
  {
    rule: 'fcm-token',
    service: 'fcm',
    status: 403,
    body: 'aud claim in the JWT does not match the push service.',
    outcome: pauses('token-refused'),
  },
  { rule: 'fcm-401', service: 'fcm', status: 401, outcome: pauses('token-refused') },
  {
    rule: 'fcm-unauthorized-registration',
    service: 'fcm',
    status: 400,
    body: '<TITLE>UnauthorizedRegistration</TITLE>',
    outcome: pauses('registration-refused'),
  },
  {
    rule: 'fcm-unsubscribed',
    service: 'fcm',
    status: 410,
    body: 'push subscription has unsubscribed or expired.\n',
    outcome: gone,
  },
  {
    rule: 'fcm-unsubscribed',
    service: 'fcm',
    status: 404,
    body: 'push subscription has unsubscribed or expired.\n',
    outcome: gone,
  },
  {
    rule: 'gone',
    service: 'fcm',
    status: 404,
    body: 'A valid push subscription endpoint should be specified',
    outcome: gone,
  },

  {
    rule: 'apple-key-mismatch',
    service: 'apple',
    status: 400,
    body: apple('VapidPkHashMismatch'),
    outcome: mismatched,
  },
  {
    rule: 'apple-key-mismatch',
    service: 'apple',
    status: 403,
    body: apple('VapidPkHashMismatch'),
    outcome: mismatched,
  },
  {
    rule: 'apple-token',
    service: 'apple',
    status: 403,
    body: apple('BadJwtToken'),
    outcome: pauses('apple-token-refused'),
  },
  {
    rule: 'apple-topic',
    service: 'apple',
    status: 400,
    body: apple('BadWebPushTopic'),
    outcome: pauses('topic-refused'),
  },
  { rule: 'apple-ttl', service: 'apple', status: 400, body: apple('BadTtl'), outcome: pauses('ttl-refused') },
  {
    rule: 'apple-urgency',
    service: 'apple',
    status: 400,
    body: apple('BadUrgency'),
    outcome: pauses('urgency-refused'),
  },
  { rule: 'apple-gone', service: 'apple', status: 410, body: apple('Unregistered'), outcome: gone },

  {
    rule: 'wns-cache-policy',
    service: 'wns',
    status: 400,
    headers: [WNS_CONFLICT],
    outcome: pauses('cache-policy-refused'),
  },
  {
    rule: 'bad-request',
    service: 'wns',
    status: 400,
    headers: [['x-wns-error-description', 'Topic']],
    outcome: pauses('bad-request'),
  },
  { rule: 'wns-throttled', service: 'wns', status: 406, outcome: throttled() },
  {
    rule: 'wns-throttled',
    service: 'wns',
    status: 406,
    headers: [['Retry-After', '30']],
    outcome: throttled(30_000),
  },
  { rule: 'wns-auth', service: 'wns', status: 401, outcome: pauses('token-refused') },
  { rule: 'wns-auth', service: 'wns', status: 403, outcome: pauses('token-refused') },
  { rule: 'wns-gone', service: 'wns', status: 404, outcome: gone },
  { rule: 'wns-gone', service: 'wns', status: 410, outcome: gone },
];

function answerOf({ status, body = '', headers = [] }: Pick<Row, 'status' | 'body' | 'headers'>): Answer {
  return { status, headers, body };
}

describe('classifyAnswer', () => {
  it.each(ROWS)('$service $status $body by rule $rule', (row) => {
    const answer = answerOf(row);
    expect(ruleOf(row.service, answer)?.id ?? null).toBe(row.rule);
    expect(classifyAnswer({ service: row.service, answer, now: NOW })).toEqual(row.outcome);
  });

  it('has a test for every rule, and no two rules of one name', () => {
    const ids = [...new Set(services.flatMap((service) => rulesOf(service)))].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !ROWS.some(({ rule }) => rule === id))).toEqual([]);
  });

  it('does not take the words of one service from another', () => {
    const answer = answerOf({ status: 403, body: apple('VapidPkHashMismatch') });
    expect(classifyAnswer({ service: 'fcm', answer, now: NOW }).kind).toBe('failed');
    expect(classifyAnswer({ service: 'other', answer, now: NOW }).kind).toBe('failed');
  });

  it('measures a date of Retry-After by the clock of the service', () => {
    const headers: [string, string][] = [
      ['Date', 'Mon, 01 Jan 2024 11:00:00 GMT'],
      ['Retry-After', 'Mon, 01 Jan 2024 11:00:30 GMT'],
    ];
    const answer = answerOf({ status: 429, headers });
    expect(classifyAnswer({ service: 'fcm', answer, now: NOW })).toEqual(throttled(30_000));
  });

  it('blames the clock for a refused token when it is wrong, and only then', () => {
    const body = apple('BadJwtToken');
    const dated = (date: string) =>
      classifyAnswer({
        service: 'apple',
        answer: answerOf({ status: 403, body, headers: [['date', date]] }),
        now: NOW,
      });
    expect(dated('Mon, 01 Jan 2024 12:00:03 GMT')).toEqual(pauses('apple-token-refused'));
    expect(dated('Mon, 01 Jan 2024 10:00:00 GMT')).toEqual(pauses('clock-wrong'));
    expect(dated('Tue, 02 Jan 2024 12:00:00 GMT')).toEqual(pauses('clock-wrong'));
    expect(dated('nonsense')).toEqual(pauses('apple-token-refused'));
  });

  it('blames the clock neither for a wrong key nor for success', () => {
    const headers: [string, string][] = [['date', 'Mon, 01 Jan 2001 00:00:00 GMT']];
    const mismatch = answerOf({ status: 403, body: FCM_MISMATCH, headers });
    expect(classifyAnswer({ service: 'fcm', answer: mismatch, now: NOW })).toEqual(mismatched);
    expect(classifyAnswer({ service: 'fcm', answer: answerOf({ status: 201, headers }), now: NOW })).toEqual(
      accepted,
    );
  });
});

const wildAnswer = fc.record({
  status: fc.oneof(fc.integer({ min: 100, max: 599 }), fc.integer()),
  headers: fc.array(
    fc.tuple(fc.constantFrom('Date', 'retry-after', 'X-WNS-Error-Description', 'x'), fc.string()),
  ),
  body: fc.oneof(fc.string(), fc.json(), fc.constantFrom('key mismatch', '{"errno":109}', 'BadJwtToken')),
});

describe('a long answer', () => {
  const deep = (words: string) => `${'talk '.repeat(12_000)}${words}`;

  it('is judged by all of it, not by its start', () => {
    const answer = { status: 400, headers: [], body: deep('{"reason":"VapidPkHashMismatch"}') };
    expect(classifyAnswer({ service: 'apple', answer, now: NOW })).toEqual(mismatched);
    const mozilla = { status: 401, headers: [], body: deep('key mismatch, "errno": 109') };
    expect(classifyAnswer({ service: 'mozilla', answer: mozilla, now: NOW })).toEqual(mismatched);
  });

  it('that is made to keep the rules busy is judged at once', () => {
    const hostile = ['key mismatch ', '"errno": 109 ', 'claim ', 'aud ', '"errno"   '];
    for (const words of hostile)
      for (const service of services)
        for (const status of [400, 401, 403]) {
          const body = words.repeat(Math.ceil(65_536 / words.length));
          expect(classifyAnswer({ service, answer: { status, headers: [], body }, now: NOW }).kind).not.toBe(
            'accepted',
          );
        }
  });
});

describe('the rules that protect a list', () => {
  it('retire a subscription for 404 and 410 only', () => {
    fc.assert(
      fc.property(wildAnswer, fc.constantFrom(...services), (answer, service) => {
        const outcome = classifyAnswer({ service, answer, now: NOW });
        expect(outcome.kind === 'gone').toBe(answer.status === 404 || answer.status === 410);
      }),
    );
  });

  it('call every 2xx accepted, and nothing else', () => {
    fc.assert(
      fc.property(wildAnswer, fc.constantFrom(...services), (answer, service) => {
        const outcome = classifyAnswer({ service, answer, now: NOW });
        expect(outcome.kind === 'accepted').toBe(answer.status >= 200 && answer.status <= 299);
      }),
    );
  });

  it('need the words of the service for a mismatch', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.constantFrom(...services), (status, service) => {
        expect(classifyAnswer({ service, answer: answerOf({ status }), now: NOW }).kind).not.toBe(
          'mismatched',
        );
      }),
    );
  });

  it('never try a 4xx again, but for 408, 429 and the 406 of WNS', () => {
    fc.assert(
      fc.property(wildAnswer, fc.constantFrom(...services), (answer, service) => {
        if (answer.status < 400 || answer.status > 499) return;
        const passing = [408, 429].includes(answer.status) || (answer.status === 406 && service === 'wns');
        expect(classifyAnswer({ service, answer, now: NOW }).kind === 'retry').toBe(passing);
      }),
    );
  });

  it('always give a diagnosis that there are words for', () => {
    fc.assert(
      fc.property(wildAnswer, fc.constantFrom(...services), (answer, service) => {
        const outcome = classifyAnswer({ service, answer, now: NOW });
        if (outcome.kind !== 'accepted') expect(DIAGNOSIS_WORDS).toHaveProperty([outcome.diagnosis]);
      }),
    );
  });
});

describe('classifyFault', () => {
  it.each<[ConnectionFault, Outcome]>([
    ['connection-refused', retry('connection-refused')],
    ['dns', retry('name-not-found')],
    ['tls', retry('tls-failed')],
    ['reset', retry('connection-reset')],
    ['timeout', retry('timed-out')],
    ['proxy-auth', retry('proxy-wants-password')],
    ['proxy-refused', retry('proxy-refused')],
    ['proxy-unreachable', retry('proxy-unreachable')],
    ['proxy-silent', retry('proxy-silent')],
    ['proxy-unsupported', retry('proxy-unsupported')],
    ['other', retry('connection-failed')],
    ['private-address', failed('private-address')],
    ['invalid-endpoint', failed('invalid-endpoint')],
    ['answer-too-large', failed('answer-too-large')],
    ['encryption', failed('encryption-failed')],
  ])('%s', (fault, outcome) => {
    expect(classifyFault(fault)).toEqual(outcome);
    if (outcome.kind !== 'accepted') expect(DIAGNOSIS_WORDS).toHaveProperty([outcome.diagnosis]);
  });
});
