import { describe, it } from 'vitest';
import type { Effect } from './fault-rig.ts';
import { eight, meet, type Expected, type Trouble } from './one-device.ts';

const answer = (status: number, more: Partial<Extract<Effect, { kind: 'answer' }>> = {}): Effect => ({
  kind: 'answer',
  status,
  ...more,
});
const refuse = (refusal: Extract<Effect, { kind: 'refuse' }>['refusal']): Effect => ({
  kind: 'refuse',
  refusal,
});
const dropped = answer(200, {
  body: '',
  headers: { 'x-wns-status': 'dropped', 'x-wns-deviceconnectionstatus': 'disconnected' },
});
const later = (seconds: number, form: 'seconds' | 'date') => ({ retryAfter: { seconds, form } });

const accepted = (...attempts: Expected['attempts']): Expected => ({
  state: 'accepted',
  diagnosis: null,
  attempts,
});
const gone = (status: number): Expected => ({
  state: 'gone',
  diagnosis: 'subscription-gone',
  attempts: [status],
  subscription: 'gone',
});
const failed = (diagnosis: string, ...attempts: Expected['attempts']): Expected => ({
  state: 'failed',
  diagnosis,
  attempts,
});

const leave: Trouble['arrange'] = (_rig, device) => {
  device.unsubscribe();
};

describe('an answer', () => {
  it.each<[string, Trouble, Expected]>([
    ['404', { effect: answer(404) }, gone(404)],
    ['410', { effect: answer(410) }, gone(410)],
    ['410 of Mozilla', { arrange: leave }, gone(410)],
    ['410 of Google', { at: 'fcm', arrange: leave }, gone(410)],
    ['410 of Apple', { at: 'apple', arrange: leave }, gone(410)],
    ['410 of Microsoft', { at: 'wns', arrange: leave }, gone(410)],
    ['413', { effect: answer(413) }, failed('payload-too-large', 413)],
    ['418', { effect: answer(418) }, failed('not-recognised', 418)],
    ['405', { effect: answer(405) }, failed('not-a-push-endpoint', 405)],
    ['507', { effect: answer(507) }, failed('service-full', 507)],
    [
      'a page in its place',
      { effect: answer(200, { body: '<!doctype html><title>Login</title>' }) },
      failed('web-page-answered', 200),
    ],
    [
      'a refusal under 200',
      { effect: answer(200, { body: '{"success":false}' }) },
      failed('dropped-by-service', 200),
    ],
    ['200 of Microsoft that drops it', { at: 'wns', effect: dropped }, failed('dropped-by-service', 200)],
    [
      'a refusal of the endpoint by Google',
      { at: 'fcm', effect: answer(403, { body: 'invalid push subscription endpoint' }) },
      failed('endpoint-refused', 403),
    ],
    ['NotRegistered of Google', { at: 'fcm', effect: answer(400, { body: 'NotRegistered' }) }, gone(400)],
  ])('%s is final', (_name, trouble, expected) => meet(trouble, expected));

  it.each([301, 302, 303, 307, 308])('%i is not followed', async (status) => {
    let elsewhere: { acceptedCount(): number } | undefined;
    await meet(
      {
        arrange(rig, { endpoint }) {
          const other = rig.push.registerDevice({ applicationServerKey: rig.mainPair.publicKey });
          const effect = answer(status, { headers: { location: other.endpoint } });
          rig.push.faults.add({ endpoint, effect });
          elsewhere = other;
        },
      },
      failed('moved', status),
    );
    if (elsewhere?.acceptedCount() !== 0) throw new Error('The redirect was followed.');
  });

  it.each<[string, Trouble, Expected]>([
    [
      '429 with Retry-After in seconds',
      { effect: answer(429, later(30, 'seconds')), times: 1 },
      { ...accepted(429, 201), waitsAtLeast: 30 },
    ],
    [
      '429 with Retry-After as a date',
      { effect: answer(429, later(30, 'date')), times: 1 },
      // A date has whole seconds, so up to one of them is lost.
      { ...accepted(429, 201), waitsAtLeast: 29 },
    ],
    ['429 without', { effect: answer(429), times: 1 }, accepted(429, 201)],
    ['406 of Microsoft', { at: 'wns', effect: refuse('throttled'), times: 2 }, accepted(406, 406, 201)],
    [
      '406 of Microsoft with Retry-After',
      { at: 'wns', effect: { ...refuse('throttled'), ...later(45, 'seconds') }, times: 1 },
      { ...accepted(406, 201), waitsAtLeast: 45 },
    ],
    [
      '200 of Microsoft that holds the channel back',
      {
        at: 'wns',
        effect: answer(200, {
          body: '',
          headers: { 'x-wns-status': 'channelthrottled', 'x-wns-continue-after': '50' },
        }),
        times: 1,
      },
      { ...accepted(200, 201), waitsAtLeast: 50 },
    ],
    ['408', { effect: answer(408), times: 1 }, accepted(408, 201)],
    ['500', { effect: answer(500), times: 3 }, accepted(500, 500, 500, 201)],
    ['502', { effect: answer(502), times: 1 }, accepted(502, 201)],
    [
      '503 of Mozilla, which asks for two minutes',
      { effect: answer(503), times: 1 },
      { ...accepted(503, 201), waitsAtLeast: 120 },
    ],
    [
      '503 of Google, which asks for nothing',
      { at: 'fcm', effect: answer(503), times: 7 },
      accepted(...eight(503).slice(1), 201),
    ],
    ['504', { effect: answer(504), times: 1 }, accepted(504, 201)],
  ])('%s passes', (_name, trouble, expected) => meet(trouble, expected));

  it.each<[string, Trouble, Expected]>([
    ['429', { effect: answer(429, later(5, 'seconds')) }, failed('rate-limited', ...eight(429))],
    ['406 of Microsoft', { at: 'wns', effect: refuse('throttled') }, failed('rate-limited', ...eight(406))],
    ['500', { effect: answer(500) }, failed('service-error', ...eight(500))],
    ['503', { at: 'fcm', effect: answer(503) }, failed('service-unavailable', ...eight(503))],
    ['408', { effect: answer(408) }, failed('service-timed-out', ...eight(408))],
    [
      '429 until after the message is worthless',
      { effect: answer(429, later(7200, 'seconds')), message: { ttlSeconds: 3600 } },
      failed('wait-too-long', 429),
    ],
    [
      '500 to a message for now or never',
      { effect: answer(500), message: { ttlSeconds: 0 } },
      failed('service-error', 500),
    ],
  ])('%s that does not pass is given up', (_name, trouble, expected) => meet(trouble, expected));

  it.each<[string, Trouble, string, number]>([
    ['topic by Mozilla', { effect: refuse('topic-invalid') }, 'topic-refused', 400],
    ['topic by Apple', { at: 'apple', effect: refuse('topic-invalid') }, 'topic-refused', 400],
    ['TTL by Apple', { at: 'apple', effect: refuse('ttl-invalid') }, 'ttl-refused', 400],
    ['urgency by Apple', { at: 'apple', effect: refuse('urgency-invalid') }, 'urgency-refused', 400],
    ['headers by Mozilla', { effect: refuse('ttl-missing') }, 'header-lost', 400],
    [
      'cache policy by Microsoft',
      { at: 'wns', effect: refuse('cache-policy-conflict') },
      'cache-policy-refused',
      400,
    ],
    [
      'registration by Google',
      { at: 'fcm', effect: refuse('authorization-missing') },
      'registration-refused',
      400,
    ],
    ['token by Mozilla', { effect: refuse('token-invalid') }, 'token-refused', 401],
    ['token by Google', { at: 'fcm', effect: refuse('token-invalid') }, 'token-refused', 403],
    ['token by Microsoft', { at: 'wns', effect: refuse('token-invalid') }, 'token-refused', 401],
    ['token by Apple', { at: 'apple', effect: refuse('token-invalid') }, 'apple-token-refused', 403],
    ['sender with 401 and without a word', { effect: answer(401, { body: '' }) }, 'auth-refused', 401],
    ['sender with 403 and without a word', { effect: answer(403, { body: '' }) }, 'auth-refused', 403],
    ['request without a word', { effect: answer(400, { body: '' }) }, 'bad-request', 400],
    ['request with words that say nothing', { effect: answer(400, { body: '{}' }) }, 'bad-request', 400],
  ])('that refuses the %s fails, and the subscription stays', (_name, trouble, diagnosis, status) =>
    meet(trouble, failed(diagnosis, status)),
  );

  it('of Apple to a contact at localhost names the contact', () =>
    meet(
      { at: 'apple', rig: { subject: 'mailto:me@localhost' } },
      { ...failed('apple-token-refused', 403), cause: /localhost/ },
    ));
});

describe('a subscription that was made with another key', () => {
  it.each<[string, Trouble['at'], number]>([
    ['Mozilla', 'mozilla', 401],
    ['Google', 'fcm', 403],
    ['Apple', 'apple', 403],
    ['Microsoft', 'wns', 403],
  ])('is told apart by %s and marked', (_name, at, status) =>
    meet(
      { at, madeWithAnotherKey: true },
      { ...failed('made-with-another-key', status), subscription: 'mismatched' },
    ),
  );
});
