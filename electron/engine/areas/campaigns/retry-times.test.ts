import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { DeliveryId } from '../../../contract/ids.ts';
import { answer, fault, type Script } from '../../testing/scripted-sender.ts';
import { campaignRig, fcm, hosted, message, mozilla, type RigOptions } from './testing/campaign-rig.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** A step of the dispatcher, and the answer of the scripted service. */
const STEP = 250;

function started(endpoints: string[], options: RigOptions & { ttlSeconds?: number } = {}) {
  const rig = campaignRig(options);
  rig.subscribe(endpoints);
  const { ttlSeconds = 86_400 } = options;
  const { id } = rig.service.start({
    requestId: randomUUID(),
    message: message({ ttlSeconds }),
    audience: { kind: 'everyone' },
  });
  const planned = () =>
    rig.rows("SELECT id, next_attempt_at AS at FROM deliveries WHERE state = 'retrying' ORDER BY id") as {
      id: DeliveryId;
      at: number;
    }[];
  const shown = () =>
    rig.service
      .deliveries({ campaignId: id, states: ['retrying'], cursor: null, limit: 100 })
      .items.map(({ nextAttemptAt }) => nextAttemptAt);
  return { rig, id, planned, shown, now: () => rig.time.clock.now() };
}

/** The first answer to an endpoint, then a different one. */
const firstly =
  (first: Script, then: Script): Script =>
  (job, batch) => {
    const isFirst = !asked.get(first)?.has(job.endpoint);
    asked.set(first, (asked.get(first) ?? new Set()).add(job.endpoint));
    return (isFirst ? first : then)(job, batch);
  };
const asked = new WeakMap<Script, Set<string>>();

describe('the time that is stored for a retry is the time at which it goes out', () => {
  it.each<[string, number | null, Script]>([
    ['a service error', null, () => answer(500)],
    ['a 429 that does not say for how long', null, () => answer(429)],
    ['a 429 that asks for a minute', null, () => answer(429, '', [['Retry-After', '60']])],
    ['a 503 that asks for two', null, () => answer(503, '', [['Retry-After', '120']])],
    [
      'a 429 of which a date tells',
      null,
      () => answer(429, '', [['Retry-After', 'Fri, 31 Dec 9999 23:59:59 GMT']]),
    ],
    ['no connection', null, () => fault('connection-refused')],
    ['a slow pace', 6, () => answer(500)],
    ['a slow pace and a 429', 6, () => answer(429, '', [['Retry-After', '45']])],
  ])('after %s', async (_name, messagesPerMinute, first) => {
    const { rig, planned } = started(fcm(1), {
      script: firstly(first, () => answer(201)),
      messagesPerMinute,
    });
    await rig.time.pass(STEP);
    const [plan] = planned();
    // It may have been tried again within the step.
    if (plan !== undefined) await rig.time.pass(plan.at - rig.time.clock.now() + STEP);
    const detail = rig.service.delivery({ id: 1 as DeliveryId });
    if (plan !== undefined && detail.attempts[1] !== undefined)
      expect(Math.abs(detail.attempts[1].startedAt - plan.at)).toBeLessThanOrEqual(STEP);
    else expect(detail.state).toMatch(/failed|accepted/);
  });

  it('those that waited already are put off when the gate closes behind them', async () => {
    const { rig, planned, shown, now } = started(mozilla(40), {
      random: () => 0.9,
      script: ({ endpoint }) =>
        endpoint.endsWith('/40') ? answer(429, '', [['Retry-After', '600']]) : answer(500),
    });
    await rig.time.pass(30 * SECOND);
    const closed = planned().filter(({ at }) => at - now() > 5 * MINUTE);
    expect(closed.length).toBe(planned().length);
    expect(shown()).toEqual(planned().map(({ at }) => at));
    const before = rig.push.sent.length;
    await rig.time.pass(Math.min(...planned().map(({ at }) => at)) - now() - SECOND);
    expect(rig.push.sent).toHaveLength(before);
    rig.push.script = () => answer(201);
    await rig.time.pass(10 * MINUTE);
    expect(rig.service.get({ id: 1 as never }).counts.accepted).toBe(40);
  });

  it('of one host do not move those of another', async () => {
    const { rig, planned, now } = started([...hosted('a.example', 2), ...hosted('b.example', 1)], {
      script: ({ endpoint }) =>
        endpoint.includes('a.example') ? answer(429, '', [['Retry-After', '900']]) : answer(500),
    });
    await rig.time.pass(STEP);
    const waits = planned().map(({ at }) => at - now());
    expect(waits.filter((wait) => wait > 10 * MINUTE)).toHaveLength(2);
    expect(waits.filter((wait) => wait < MINUTE)).toHaveLength(1);
  });

  it('there is none for a retry that would come too late for the message', async () => {
    const { rig, id } = started(mozilla(20), {
      ttlSeconds: 60,
      script: ({ endpoint }) =>
        endpoint.endsWith('/1') ? answer(429, '', [['Retry-After', '600']]) : answer(500),
    });
    await rig.time.pass(20 * MINUTE);
    expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { failed: 20, retrying: 0 } });
  });
});

describe('while nothing goes out', () => {
  it('no time is shown for a retry of a paused campaign, and one is once it goes on', async () => {
    const { rig, id, shown } = started(fcm(2), { script: () => answer(503) });
    await rig.time.pass(STEP);
    expect(shown().every((at) => at !== null)).toBe(true);
    rig.service.pause({ id });
    expect(shown()).toEqual([null, null]);
    expect(rig.service.delivery({ id: 1 as DeliveryId }).nextAttemptAt).toBeNull();
    rig.service.resume({ id });
    expect(shown().every((at) => at !== null)).toBe(true);
  });
});
