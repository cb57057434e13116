import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../contract/problem.ts';
import {
  campaignRig,
  fcm,
  message,
  mozilla,
  type CampaignRig,
  type RigOptions,
} from './testing/campaign-rig.ts';
import { answer } from '../../testing/scripted-sender.ts';

function started(count: number, options: RigOptions = {}) {
  const rig = campaignRig(options);
  rig.subscribe(fcm(count));
  const { id } = rig.service.start({
    requestId: randomUUID(),
    message: message(),
    audience: { kind: 'everyone' },
  });
  return { rig, id };
}

const OPEN = { queued: 0, retrying: 0, sending: 0 };
const endpointsOf = (rig: CampaignRig) => rig.push.sent.map(({ endpoint }) => endpoint);

describe('pause', () => {
  it('sends nothing more, records what was on the wire, and goes on where it stood', async () => {
    const { rig, id } = started(100, { cap: 10, script: () => 'hold' });
    await rig.time.pass(100);
    expect(rig.service.pause({ id }).state).toBe('paused');
    rig.push.letGo(answer(201));
    await rig.time.pass(60_000);
    expect(rig.push.sent).toHaveLength(10);
    expect(rig.service.get({ id })).toMatchObject({
      state: 'paused',
      counts: { accepted: 10, queued: 90, sending: 0 },
      ratePerSecond: null,
    });
    rig.push.script = () => answer(201);
    expect(rig.service.resume({ id }).state).toBe('running');
    await rig.time.pass(2000);
    expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 100, ...OPEN } });
    expect(new Set(endpointsOf(rig)).size).toBe(100);
    expect(rig.push.sent).toHaveLength(100);
  });

  it('stops the writing of deliveries too, which then goes on', async () => {
    const { rig, id } = started(20);
    rig.service.pause({ id });
    await rig.time.pass(1000);
    expect(rig.service.get({ id })).toMatchObject({ state: 'paused', counts: { queued: 0 } });
    expect(rig.service.resume({ id }).state).toBe('preparing');
    await rig.time.pass(2000);
    expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 20 } });
  });

  it('ends a campaign of which everything was on the wire', async () => {
    const { rig, id } = started(5, { script: () => 'hold' });
    await rig.time.pass(100);
    rig.service.pause({ id });
    rig.push.letGo(answer(201));
    await rig.time.pass(100);
    expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 5 } });
  });

  it('returns what was handed over and not sent, and resumes at once without losing it', async () => {
    const { rig, id } = started(40, { cap: 40, script: () => 'hold' });
    // Everything is handed over in one step; nothing has gone out when the pause comes.
    const { sender } = rig.push;

    const send = sender.send.bind(sender);
    const begun: (() => void)[] = [];
    sender.send = async (batch, report, signal) => {
      await new Promise<void>((resolve) => begun.push(resolve));
      await send(batch, report, signal);
    };
    await rig.time.pass(50);
    expect(begun.length).toBeGreaterThan(0);
    rig.service.pause({ id });
    rig.service.resume({ id });
    rig.push.script = () => answer(201);
    sender.send = send;
    for (const begin of begun) begin();
    await rig.time.pass(2000);
    expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 40 } });
    expect(rig.push.sent).toHaveLength(40);
  });
});

describe('cancel', () => {
  it('ends all that waits, and keeps the outcome of what was on the wire', async () => {
    const { rig, id } = started(100, { cap: 10, script: () => 'hold' });
    await rig.time.pass(100);
    expect(rig.service.cancel({ id })).toMatchObject({
      state: 'cancelled',
      finishedAt: rig.time.clock.now(),
    });
    rig.push.letGo(answer(500));
    await rig.time.pass(60_000);
    expect(rig.push.sent).toHaveLength(10);
    const { state, counts } = rig.service.get({ id });
    expect(state).toBe('cancelled');
    // What would have been tried again is not tried.
    expect(counts).toMatchObject({ cancelled: 100, ...OPEN });
    const kept = rig.service.deliveries({
      campaignId: id,
      states: ['cancelled'],
      cursor: null,
      limit: 500,
    }).items;
    expect(kept.filter(({ attemptCount }) => attemptCount === 1)).toHaveLength(10);
  });

  it('works while deliveries are still being written', async () => {
    const { rig, id } = started(30);
    rig.service.cancel({ id });
    await rig.time.pass(2000);
    expect(rig.push.sent).toHaveLength(0);
    expect(rig.service.get({ id })).toMatchObject({ state: 'cancelled', counts: OPEN });
  });

  it('is finished after a restart where it was interrupted', async () => {
    const { rig, id } = started(50, { cap: 5, script: () => 'hold' });
    await rig.time.pass(100);
    rig.store.db.write(`UPDATE campaigns SET state = 'cancelled', finished_at = 1`).run({});
    const again = rig.restart();
    again.recover();
    await rig.time.pass(1000);
    expect(again.get({ id }).counts).toMatchObject({ cancelled: 45, unknown: 5, ...OPEN });
  });
});

describe('states that do not fit', () => {
  it('are refused with the cause', async () => {
    const { rig, id } = started(1);
    await rig.time.pass(1000);
    for (const wish of ['pause', 'resume', 'cancel'] as const)
      expect(() => rig.service[wish]({ id })).toThrow(Refusal);
    expect(rig.service.get({ id }).state).toBe('finished');
  });

  it('asking twice is no error', async () => {
    const { rig, id } = started(10, { script: () => 'hold' });
    await rig.time.pass(50);
    expect(rig.service.resume({ id }).state).toBe('running');
    rig.service.pause({ id });
    expect(rig.service.pause({ id }).state).toBe('paused');
    rig.service.cancel({ id });
    expect(rig.service.cancel({ id }).state).toBe('cancelled');
  });
});

describe('after the engine was killed', () => {
  it('what was on the wire is unknown, the rest goes on, and nothing is sent twice', async () => {
    const { rig, id } = started(100, { cap: 10, script: () => 'hold' });
    await rig.time.pass(100);
    const onTheWire = endpointsOf(rig);
    expect(onTheWire).toHaveLength(10);
    // The old engine is not stopped: it is simply never heard from again.
    rig.push.sent = [];
    const again = rig.restart();
    rig.push.script = () => answer(201);
    again.recover();
    await rig.time.pass(5000);
    expect(again.get({ id })).toMatchObject({
      state: 'finished',
      counts: { accepted: 90, unknown: 10, ...OPEN },
    });
    expect(endpointsOf(rig).filter((endpoint) => onTheWire.includes(endpoint))).toEqual([]);
    expect(again.get({ id }).diagnoses).toMatchObject([{ count: 10, diagnosis: { code: 'interrupted' } }]);
  });

  it('a person may send the unknown ones again', async () => {
    const { rig, id } = started(20, { cap: 4, script: () => 'hold' });
    await rig.time.pass(100);
    const again = rig.restart();
    rig.push.script = () => answer(201);
    again.recover();
    await rig.time.pass(2000);
    rig.push.sent = [];
    expect(again.sendAgain({ id, state: 'unknown' })).toMatchObject({
      state: 'running',
      counts: { unknown: 0, queued: 4 },
    });
    await rig.time.pass(2000);
    expect(again.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 20, unknown: 0 } });
    expect(rig.push.sent).toHaveLength(4);
  });

  it('the writing of deliveries goes on where it stopped, without a double', async () => {
    const { rig, id } = started(30);
    rig.store.db.write('UPDATE campaigns SET audience_cursor = 0').run({});
    const again = rig.restart();
    again.recover();
    await rig.time.pass(2000);
    expect(again.get({ id })).toMatchObject({ state: 'finished', recipients: 30, counts: { accepted: 30 } });
    expect(rig.push.sent).toHaveLength(30);
  });

  it('a paused campaign stays paused', async () => {
    const { rig, id } = started(20, { cap: 4, script: () => 'hold' });
    await rig.time.pass(100);
    rig.service.pause({ id });
    const again = rig.restart();
    again.recover();
    await rig.time.pass(5000);
    expect(again.get({ id })).toMatchObject({ state: 'paused', counts: { unknown: 4, queued: 16 } });
  });
});

describe('stop', () => {
  it('waits for what is on the wire, records it, and leaves the rest queued', async () => {
    const { rig, id } = started(30, { cap: 6, script: () => 'hold' });
    await rig.time.pass(100);
    const stopped = rig.service.stop();
    rig.push.letGo(answer(201));
    await rig.time.pass(100);
    await stopped;
    expect(rig.rows('SELECT state, count(*) AS count FROM deliveries GROUP BY 1 ORDER BY 1')).toEqual([
      { state: 'accepted', count: 6 },
      { state: 'queued', count: 24 },
    ]);
    expect(rig.service.get({ id }).state).toBe('running');
  });

  it('does not wait for ever: what stays silent is unknown at the next start', async () => {
    const { rig, id } = started(3, { script: () => 'hold' });
    await rig.time.pass(100);
    const stopped = rig.service.stop();
    await rig.time.pass(11_000);
    await stopped;
    const again = rig.restart();
    again.recover();
    expect(again.get({ id }).counts.unknown).toBe(3);
  });
});

describe('send again', () => {
  it('queues the failed ones as a new round, with attempts counted on', async () => {
    const { rig, id } = started(6, {
      script: ({ endpoint }) => answer(Number(endpoint.at(-1)) <= 2 ? 413 : 201),
    });
    await rig.time.pass(1000);
    expect(rig.service.get({ id }).counts).toMatchObject({ accepted: 4, failed: 2 });
    rig.push.script = () => answer(201);
    rig.service.sendAgain({ id, state: 'failed' });
    await rig.time.pass(1000);
    expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 6, failed: 0 } });
    const [delivery] = rig.service.deliveries({ campaignId: id, states: [], cursor: null, limit: 1 }).items;
    expect(delivery?.attemptCount).toBe(2);
    expect(rig.service.get({ id }).diagnoses).toEqual([]);
  });

  it('queues only what failed for one reason at one push service', async () => {
    const { rig, id } = started(6, {
      script: ({ endpoint }) => answer([201, 413, 413, 400, 201, 201][Number(endpoint.at(-1)) - 1] ?? 500),
    });
    await rig.time.pass(1000);
    const { diagnoses } = rig.service.get({ id });
    expect(diagnoses.map(({ count, failed }) => [count, failed])).toEqual([
      [2, 2],
      [1, 1],
    ]);
    const cause = { pushService: 'fcm', diagnosis: diagnoses[0]?.diagnosis.code ?? '' } as const;
    rig.push.script = () => answer(201);
    rig.service.sendAgain({ id, state: 'failed', cause: { ...cause, pushService: 'apple' } });
    rig.service.sendAgain({ id, state: 'failed', cause: { ...cause, diagnosis: 'no-such' } });
    await rig.time.pass(1000);
    expect(rig.service.get({ id }).counts).toMatchObject({ accepted: 3, failed: 3 });
    rig.service.sendAgain({ id, state: 'failed', cause });
    await rig.time.pass(1000);
    expect(rig.service.get({ id }).counts).toMatchObject({ accepted: 5, failed: 1 });
    expect(rig.service.get({ id }).diagnoses).toMatchObject([{ count: 1 }]);
  });

  it('counts each delivery once over all days: on that of its last end', async () => {
    const { rig, id } = started(6, {
      script: ({ endpoint }) => answer(Number(endpoint.at(-1)) <= 2 ? 413 : 201),
    });
    await rig.time.pass(1000);
    const days = () =>
      rig.rows('SELECT day, state, count FROM day_sums WHERE count <> 0 ORDER BY day, state');
    const first = days();
    expect(first).toMatchObject([
      { state: 'accepted', count: 4 },
      { state: 'failed', count: 2 },
    ]);
    await rig.time.pass(3 * 24 * 3_600_000);
    rig.push.script = () => answer(201);
    rig.service.sendAgain({ id, state: 'failed' });
    expect(days()).toEqual([first[0]]);
    await rig.time.pass(1000);
    expect(days()).toMatchObject([first[0], { state: 'accepted', count: 2 }]);
  });
});

describe('a subscription that leaves while its delivery waits', () => {
  it('gets nothing', async () => {
    const { rig, id } = started(30, { cap: 5, script: () => 'hold' });
    await rig.time.pass(50);
    rig.store.db.write(`UPDATE subscriptions SET state = 'unsubscribed' WHERE id IN (20, 21)`).run({});
    rig.store.db.write(`UPDATE subscriptions SET state = 'gone' WHERE id = 22`).run({});
    rig.store.db.write(`UPDATE subscriptions SET deleted_at = 1 WHERE id = 23`).run({});
    rig.push.script = () => answer(201);
    rig.push.letGo(answer(201));
    await rig.time.pass(2000);
    expect(rig.service.get({ id })).toMatchObject({
      state: 'finished',
      counts: { accepted: 26, cancelled: 3, gone: 1, ...OPEN },
    });
    expect(endpointsOf(rig)).not.toContain(fcm(1, 20)[0]);
  });
});

describe('two campaigns at once', () => {
  it('share what a push service takes, and both end', async () => {
    const rig = campaignRig({ cap: 10, script: () => 'hold' });
    rig.subscribe([...fcm(40), ...mozilla(10)]);
    const begin = () =>
      rig.service.start({ requestId: randomUUID(), message: message(), audience: { kind: 'everyone' } }).id;
    const [first, second] = [begin(), begin()];
    await rig.time.pass(200);
    const sending = rig.rows(
      `SELECT push_service, count(*) AS count FROM deliveries WHERE state = 'sending' GROUP BY 1`,
    );
    expect(sending).toEqual([
      { push_service: 'fcm', count: 10 },
      { push_service: 'mozilla', count: 10 },
    ]);
    rig.push.script = () => answer(201);
    rig.push.letGo(answer(201));
    await rig.time.pass(5000);
    for (const id of [first, second])
      expect(rig.service.get({ id })).toMatchObject({ state: 'finished', counts: { accepted: 50 } });
  });
});
