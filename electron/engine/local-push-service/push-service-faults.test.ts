import { connect } from 'node:http2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoppableDelays } from './delays.ts';
import type { FaultRuleInput } from './faults/fault.ts';
import type { VirtualDevice } from './device-push-service.ts';
import { createPushService, type PushService } from './push-service.ts';
import { overHttp1, overHttp2, sendOverSession, type RawSend } from './testing/raw-client.ts';
import { createTestSender } from './testing/sender.ts';

const sender = createTestSender();
const NOW = Date.now();

/** Delays that end when the test says so. */
function createHandDelays(): StoppableDelays & { readonly waiting: number[]; pass(): void } {
  let queue: { milliseconds: number; run: () => void }[] = [];
  return {
    get waiting() {
      return queue.map(({ milliseconds }) => milliseconds);
    },
    after(milliseconds, run) {
      const entry = { milliseconds, run };
      queue.push(entry);
      return () => {
        queue = queue.filter((other) => other !== entry);
      };
    },
    pass() {
      const due = queue;
      queue = [];
      for (const { run } of due) run();
    },
    stop() {
      queue = [];
    },
  };
}

describe.each<[string, (certificatePem: string) => RawSend]>([
  ['HTTP/1.1', overHttp1],
  ['HTTP/2', overHttp2],
])('a fault over %s', (name, over) => {
  let delays: ReturnType<typeof createHandDelays>;
  let service: PushService;
  let device: VirtualDevice;

  beforeEach(async () => {
    delays = createHandDelays();
    service = await createPushService({ clock: { now: () => NOW }, delays });
    device = service.registerDevice({ applicationServerKey: sender.publicKey });
  });
  afterEach(() => service.close());

  const attempt = () => over(service.certificatePem)(sender.request(device.subscription));
  const seen = () =>
    new Promise<void>((resolve) => {
      service.requests.observe(() => {
        resolve();
      });
    });

  it.each<[string, FaultRuleInput['effect'], object]>([
    ['a 404', { kind: 'answer', status: 404 }, { status: 404 }],
    ['a 410', { kind: 'answer', status: 410 }, { status: 410 }],
    ['a 413', { kind: 'answer', status: 413 }, { status: 413 }],
    ['a 406', { kind: 'answer', status: 406 }, { status: 406 }],
    ['a 500', { kind: 'answer', status: 500, body: 'out of order' }, { status: 500, body: 'out of order' }],
    ['a 204', { kind: 'answer', status: 204, body: 'none is sent' }, { status: 204, body: '' }],
    [
      'a redirect',
      { kind: 'answer', status: 307, headers: { Location: 'https://127.0.0.1:1/' } },
      { status: 307, headers: { location: 'https://127.0.0.1:1/' } },
    ],
    [
      'a 429 with seconds',
      { kind: 'answer', status: 429, retryAfter: { seconds: 30, form: 'seconds' } },
      { status: 429, headers: { 'retry-after': '30' } },
    ],
    [
      'a 429 with a date',
      { kind: 'refuse', refusal: 'throttled', retryAfter: { seconds: 30, form: 'date' } },
      { status: 429, headers: { 'retry-after': new Date(NOW + 30_000).toUTCString() } },
    ],
    [
      'a refusal in the words of the service',
      { kind: 'refuse', refusal: 'key-mismatch' },
      { status: 401, body: /VAPID public key mismatch/ },
    ],
    [
      'a 503 in the words of the service',
      { kind: 'answer', status: 503 },
      { status: 503, body: /"code":503/ },
    ],
  ])('answers with %s and takes nothing on', async (_what, effect, expected) => {
    service.faults.add({ effect });
    const outcome = await attempt();
    const { body, ...rest } = expected as { body?: RegExp | string };
    expect(outcome).toMatchObject({ kind: 'answer', ...rest });
    if (body !== undefined && outcome.kind === 'answer') expect(outcome.body).toMatch(body);
    expect(service.requests.entries()).toMatchObject([{ accepted: false, fault: effect.kind }]);
    expect(device.acceptedCount()).toBe(0);
  });

  it('holds the right answer back', async () => {
    service.faults.add({ effect: { kind: 'delay', milliseconds: 50 } });
    let isAnswered = false;
    const outcome = attempt().finally(() => (isAnswered = true));
    await seen();
    expect(delays.waiting).toEqual([50]);
    expect(isAnswered).toBe(false);
    expect(service.requests.entries()).toMatchObject([{ accepted: true, fault: null }]);
    delays.pass();
    expect(await outcome).toMatchObject({ status: 201 });
  });

  it('holds a wrong answer back too', async () => {
    service.faults.add({ effect: { kind: 'delay', milliseconds: 50 } });
    service.faults.add({ effect: { kind: 'answer', status: 503 } });
    const outcome = attempt();
    await seen();
    delays.pass();
    expect(await outcome).toMatchObject({ status: 503 });
  });

  it('leaves a sender without answer, whether or not it took the message on', async () => {
    service.faults.add({ effect: { kind: 'stall' }, times: 1 });
    service.faults.add({ effect: { kind: 'stall', accepts: true }, times: 1 });
    for (const accepted of [false, true]) {
      const before = service.requests.entries().length;
      const arrived = seen();
      const outcome = attempt();
      await arrived;
      expect(service.requests.entries().slice(before)).toMatchObject([
        { accepted, status: null, fault: 'stall' },
      ]);
      expect(delays.waiting).toEqual([]);
      await expect(Promise.race([outcome, Promise.resolve('nothing yet')])).resolves.toBe('nothing yet');
    }
    expect(device.shownCount()).toBe(1);
  });

  it.each([false, true])('drops the line before a word is said (taken on: %s)', async (accepts) => {
    service.faults.add({ effect: { kind: 'drop', accepts } });
    expect(await attempt()).toEqual({ kind: 'cut', status: null });
    expect(service.requests.entries()).toMatchObject([{ accepted: accepts, status: null, fault: 'drop' }]);
    expect(device.shownCount()).toBe(accepts ? 1 : 0);
  });

  it.each(['connection', 'stream'] as const)('drops the %s in mid-answer', async (cut) => {
    service.faults.add({ effect: { kind: 'drop-in-answer', cut } });
    expect(await attempt()).toEqual({ kind: 'cut', status: 201 });
    expect(service.requests.entries()).toMatchObject([
      { accepted: true, status: 201, fault: 'drop-in-answer' },
    ]);
  });

  it('drips its answer', async () => {
    service.faults.add({ effect: { kind: 'drip', bytes: 5, everyMilliseconds: 1000 } });
    let isWhole = false;
    const outcome = attempt().finally(() => (isWhole = true));
    await seen();
    for (let left = 5; left > 0; left -= 1) {
      expect(isWhole).toBe(false);
      expect(delays.waiting).toEqual([1000]);
      delays.pass();
    }
    expect(await outcome).toMatchObject({ kind: 'answer', status: 201, body: '.....' });
  });

  it('stops dripping when the sender is gone', async () => {
    service.faults.add({ effect: { kind: 'drip', bytes: 1000, everyMilliseconds: 1000 } });
    const session = connect(service.origin, { ca: service.certificatePem });
    session.on('error', () => undefined);
    const arrived = seen();
    const outcome = sendOverSession(session, sender.request(device.subscription));
    await arrived;
    session.destroy();
    await outcome;
    await expect
      .poll(() => {
        delays.pass();
        return delays.waiting.length;
      })
      .toBe(0);
  });

  it('answers with megabytes', async () => {
    service.faults.add({ effect: { kind: 'oversize', bytes: 3_000_000 } });
    const outcome = await attempt();
    expect(outcome).toMatchObject({ kind: 'answer', status: 201, headers: { 'content-length': '3000000' } });
    expect(outcome.kind === 'answer' ? outcome.body.length : 0).toBe(3_000_000);
  });

  it('talks, in other words each time or in the same', async () => {
    const bodies = async (varied: boolean) => {
      service.faults.clear();
      service.faults.add({ effect: { kind: 'talk', bodyBytes: 5000, headerBytes: 900, varied } });
      const outcomes = [await attempt(), await attempt()];
      for (const outcome of outcomes) expect(outcome).toMatchObject({ kind: 'answer', status: 201 });
      return outcomes.map((outcome) => (outcome.kind === 'answer' ? outcome.body : ''));
    };
    const [one, other] = await bodies(true);
    expect(one).toHaveLength(5000);
    expect(other).not.toBe(one);
    const [same, again] = await bodies(false);
    expect(again).toBe(same);
  });

  it('shows the time of a wrong clock, also to Retry-After', async () => {
    const hourAgo = NOW - 3_600_000;
    service.faults.add({ effect: { kind: 'clock', offsetMilliseconds: -3_600_000 } });
    expect(await attempt()).toMatchObject({
      status: 201,
      headers: { date: new Date(hourAgo).toUTCString() },
    });
    service.faults.add({
      effect: { kind: 'answer', status: 429, retryAfter: { seconds: 60, form: 'date' } },
    });
    expect(await attempt()).toMatchObject({
      headers: { 'retry-after': new Date(hourAgo + 60_000).toUTCString() },
    });
  });

  it('does not change what is refused anyway', async () => {
    device.unsubscribe();
    service.faults.add({ effect: { kind: 'oversize', bytes: 10 } });
    expect(await attempt()).toMatchObject({ status: 410, body: 'xxxxxxxxxx' });
    expect(service.requests.entries()).toMatchObject([{ refusal: 'unsubscribed', accepted: false }]);
  });

  it(`has the right time of day without one (${name})`, async () => {
    expect(await attempt()).toMatchObject({ headers: { date: new Date(NOW).toUTCString() } });
  });
});

describe('a dropped line of HTTP/2', () => {
  it('takes all its requests with it, a dropped stream only itself', async () => {
    const service = await createPushService({ delays: createHandDelays() });
    const device = service.registerDevice({ applicationServerKey: sender.publicKey });
    const session = connect(service.origin, { ca: service.certificatePem });
    session.on('error', () => undefined);
    const send = () => sendOverSession(session, sender.request(device.subscription));
    service.faults.add({ effect: { kind: 'stall', accepts: true }, times: 1 });
    service.faults.add({ effect: { kind: 'drop', cut: 'stream' }, times: 1 });
    service.faults.add({ effect: { kind: 'drop' }, skip: 1, times: 1 });
    const stalled = send();
    expect(await send()).toEqual({ kind: 'cut', status: null });
    expect(await send()).toMatchObject({ kind: 'answer', status: 201 });
    expect(await send()).toEqual({ kind: 'cut', status: null });
    expect(await stalled).toEqual({ kind: 'cut', status: null });
    expect(session.destroyed).toBe(true);
    await service.close();
  });
});
