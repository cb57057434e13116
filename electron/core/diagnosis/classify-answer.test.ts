import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pushServiceSchema } from '../../contract/push-service.ts';
import type { Answer, ConnectionFault, Outcome } from './answer.ts';
import { classifyAnswer, classifyFault, ruleOf, rulesOf } from './classify-answer.ts';
import { saysWords } from './answer-rules.ts';
import { DIAGNOSIS_WORDS } from './diagnosis-words.ts';
import {
  NOW,
  accepted,
  mismatched,
  failed,
  pauses,
  retry,
  throttled,
  apple,
  FCM_MISMATCH,
  type Row,
} from './testing/answer-row.ts';
import { WORD_ROWS } from './testing/answers-in-words.ts';
import { GOOGLE_PAGE_ROWS } from './testing/google-pages.ts';
import { STAND_IN_ROWS } from './testing/stand-in-answers.ts';
import { PLAIN_ROWS } from './testing/plain-answers.ts';

const services = pushServiceSchema.options;
const ROWS = [...PLAIN_ROWS, ...WORD_ROWS, ...GOOGLE_PAGE_ROWS, ...STAND_IN_ROWS];

function isByWords(id: string | null): boolean {
  return services.some((service) =>
    rulesOf(service).some((rule) => rule.id === id && saysWords(rule) && rule.onlyAtItsOwnHost !== true),
  );
}

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

  it('does not take the words of one known service from another', () => {
    const answer = answerOf({ status: 403, body: apple('VapidPkHashMismatch') });
    expect(classifyAnswer({ service: 'fcm', answer, now: NOW }).kind).toBe('failed');
  });

  it.each(
    ROWS.filter(
      ({ rule, service, body, headers }) =>
        service !== 'other' &&
        rule !== 'gone' &&
        (body !== undefined || (headers ?? []).some(([name]) => /x-wns-(?:status|error)/i.test(name))) &&
        isByWords(rule),
    ),
  )('knows a service at a host of its own by its words: $service $status $body', (row) => {
    const answer = answerOf(row);
    expect(classifyAnswer({ service: 'other', answer, now: NOW })).toEqual(row.outcome);
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

const saysNo = ({ headers, body }: Answer) =>
  /error|errno|success|fail|code|status|ok|accepted|<|Registered|Sender/i.test(body) || headers.length > 0;

const wildAnswer = fc.record({
  status: fc.oneof(fc.integer({ min: 100, max: 599 }), fc.integer()),
  headers: fc.array(
    fc.tuple(fc.constantFrom('Date', 'retry-after', 'X-WNS-Error-Description', 'x'), fc.string()),
  ),
  body: fc.oneof(
    fc.string(),
    fc.json(),
    fc.constantFrom('key mismatch', '{"errno":109}', 'BadJwtToken', '<html>'),
  ),
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
    const hostile = [
      'key mismatch ',
      '"errno": 109 ',
      'claim ',
      'aud ',
      '"errno"   ',
      'push ',
      'user ',
      'no user ',
    ];
    for (const words of hostile)
      for (const service of services)
        for (const status of [400, 401, 403, 404]) {
          const body = words.repeat(Math.ceil(65_536 / words.length));
          expect(classifyAnswer({ service, answer: { status, headers: [], body }, now: NOW }).kind).not.toBe(
            'accepted',
          );
        }
  });
});

const everyStatus = Array.from({ length: 500 }, (_, at) => 100 + at);

describe('the rules that protect a list', () => {
  it('retire a subscription for 410, and for nothing but 404 and 410', () => {
    for (const status of everyStatus)
      fc.assert(
        fc.property(wildAnswer, fc.constantFrom(...services), (answer, service) => {
          const isGone = classifyAnswer({ service, answer: { ...answer, status }, now: NOW }).kind === 'gone';
          if (status === 410) expect(isGone).toBe(true);
          else if (status !== 404) expect(isGone).toBe(false);
        }),
        { numRuns: 20 },
      );
  });

  it('retire it for a 404 without words, from any service and of any type', () => {
    const headers: [string, string][] = [['Content-Type', 'text/html']];
    for (const service of services)
      for (const status of [404, 410])
        expect(classifyAnswer({ service, answer: { status, headers, body: '' }, now: NOW })).toMatchObject({
          kind: 'gone',
        });
  });

  it('call a plain 2xx accepted, and nothing else', () => {
    fc.assert(
      fc.property(wildAnswer, fc.constantFrom(...services), (answer, service) => {
        const outcome = classifyAnswer({ service, answer, now: NOW });
        if (answer.status < 200 || answer.status > 299) expect(outcome.kind).not.toBe('accepted');
        else if (!saysNo(answer)) expect(outcome.kind).toBe('accepted');
      }),
    );
  });

  it('need the words of the service for a mismatch', () => {
    for (const status of everyStatus)
      for (const service of services)
        expect(classifyAnswer({ service, answer: answerOf({ status }), now: NOW }).kind).not.toBe(
          'mismatched',
        );
  });

  it('never try a 4xx again, but for 408, 421, 425, 429, the 407 of a proxy and the 406 of WNS', () => {
    for (const status of everyStatus.filter((each) => each >= 400 && each <= 499))
      fc.assert(
        fc.property(wildAnswer, fc.constantFrom(...services), (answer, service) => {
          const passing = [407, 408, 421, 425, 429].includes(status) || (status === 406 && service === 'wns');
          expect(classifyAnswer({ service, answer: { ...answer, status }, now: NOW }).kind === 'retry').toBe(
            passing,
          );
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
    ['bad-answer', failed('answer-not-http')],
    ['encryption', failed('encryption-failed')],
  ])('%s', (fault, outcome) => {
    expect(classifyFault(fault)).toEqual(outcome);
    if (outcome.kind !== 'accepted') expect(DIAGNOSIS_WORDS).toHaveProperty([outcome.diagnosis]);
  });
});
