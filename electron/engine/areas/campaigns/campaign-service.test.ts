import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SubscriptionId } from '../../../contract/ids.ts';
import { Refusal } from '../../../contract/problem.ts';
import { apple, campaignRig, fcm, message, mozilla } from './testing/campaign-rig.ts';
import { answer, fault } from '../../testing/scripted-sender.ts';
import { start, sendAll } from './testing/send-all.ts';

describe('a campaign', () => {
  it('reaches everyone once and ends', async () => {
    const rig = campaignRig();
    rig.subscribe([...fcm(30), ...mozilla(20)]);
    const started = start(rig);
    expect(started).toMatchObject({ kind: 'campaign', state: 'preparing', recipients: 50, finishedAt: null });
    await rig.time.pass(1000);
    const campaign = rig.service.get({ id: started.id });
    expect(campaign).toMatchObject({
      state: 'finished',
      recipients: 50,
      counts: { accepted: 50, queued: 0 },
    });
    expect(campaign.finishedAt).not.toBeNull();
    expect(new Set(rig.push.sent.map(({ endpoint }) => endpoint)).size).toBe(50);
    expect(rig.push.sent).toHaveLength(50);
    expect(campaign.parts.map(({ pushService, counts }) => [pushService, counts.accepted])).toEqual([
      ['fcm', 30],
      ['mozilla', 20],
    ]);
  });

  it('has every delivery in the store before the first request', async () => {
    const rig = campaignRig();
    rig.subscribe(fcm(40));
    const seen: unknown[] = [];
    rig.push.script = () => {
      seen.push(
        rig.rows(`SELECT count(*) AS count, sum(state = 'sending') > 0 AS leased FROM deliveries`)[0],
      );
      return answer(201);
    };
    await sendAll(rig);
    expect(seen[0]).toEqual({ count: 40, leased: 1 });
    expect(seen).toHaveLength(40);
  });

  it('is started once by one request, however often that is sent', async () => {
    const rig = campaignRig();
    rig.subscribe(fcm(3));
    const requestId = randomUUID();
    const first = start(rig, { requestId });
    const again = start(rig, { requestId });
    await rig.time.pass(1000);
    expect(again.id).toBe(first.id);
    expect(start(rig, { requestId }).id).toBe(first.id);
    expect(rig.push.sent).toHaveLength(3);
    // The same id with another message is a mistake of the caller, not a repeat.
    expect(() => start(rig, { requestId, title: 'Another' })).toThrow(Refusal);
  });

  it('leaves out who subscribes after it has begun', async () => {
    const rig = campaignRig();
    rig.subscribe(fcm(2));
    const { id } = start(rig);
    rig.subscribe(fcm(5, 100));
    await rig.time.pass(1000);
    expect(rig.service.get({ id }).recipients).toBe(2);
    expect(rig.push.sent).toHaveLength(2);
  });

  it('is a test where that is said, whoever gets it, and its pace predicts nothing', async () => {
    const rig = campaignRig();
    rig.subscribe(fcm(300));
    const asked = { requestId: randomUUID(), message: message(), audience: { kind: 'everyone' } as const };
    expect(rig.service.start({ ...asked, test: true }).kind).toBe('test');
    expect(() => rig.service.start({ ...asked, test: false })).toThrow(/request with this id/);
    await rig.time.pass(30_000);
    expect(rig.push.sent).toHaveLength(300);
    const { audience } = asked;
    expect(rig.service.preflight({ message: message(), audience }).timeNeededMs).toBeNull();
    // Nor is it counted in the results of messages to people.
    expect(rig.rows('SELECT * FROM day_sums')).toEqual([]);
    expect(rig.rows('SELECT * FROM age_sums')).toEqual([]);
    start(rig, { audience });
    await rig.time.pass(30_000);
    expect(rig.rows('SELECT state, count FROM day_sums')).toEqual([{ state: 'accepted', count: 300 }]);
    expect(rig.rows('SELECT state, count FROM age_sums')).toEqual([{ state: 'accepted', count: 300 }]);
  });

  it('to one chosen person is a test', async () => {
    const rig = campaignRig();
    const [first, , third] = rig.subscribe(fcm(3)) as [SubscriptionId, SubscriptionId, SubscriptionId];
    const { id, kind } = start(rig, { audience: { kind: 'chosen', ids: [third] } });
    await rig.time.pass(1000);
    expect(kind).toBe('test');
    expect(rig.push.sent.map(({ endpoint }) => endpoint)).toEqual(fcm(1, 3));
    expect(rig.service.get({ id }).counts.accepted).toBe(1);
    expect(start(rig, { audience: { kind: 'chosen', ids: [first, third] } }).kind).toBe('campaign');
  });

  it('never has more in flight to one service than the cap', async () => {
    const rig = campaignRig({ cap: 7, script: () => 'hold' });
    rig.subscribe(fcm(100));
    const { id } = start(rig);
    await rig.time.pass(200);
    expect(rig.service.get({ id }).counts.sending).toBe(7);
    expect(rig.push.letGo(answer(201))).toBe(7);
    await rig.time.pass(200);
    expect(rig.service.get({ id }).counts).toMatchObject({ sending: 7, accepted: 7 });
  });
});

describe('what answers do', () => {
  it('404 and 410 retire the subscription, and nothing else does', async () => {
    const statuses = [201, 404, 410, 400, 401, 403, 413, 302, 418, 500, 429];
    const rig = campaignRig({
      script: ({ endpoint }) => answer(statuses[Number(endpoint.split('/').at(-1)) - 1] ?? 0),
    });
    rig.subscribe(fcm(statuses.length));
    const campaign = await sendAll(rig);
    expect(rig.rows('SELECT state FROM subscriptions ORDER BY id')).toEqual(
      statuses.map((status) => ({ state: status === 404 || status === 410 ? 'gone' : 'active' })),
    );
    expect(campaign.counts).toMatchObject({ accepted: 1, gone: 2, failed: 6, retrying: 2 });
  });

  it('a proven mismatch marks the subscription as made with another key', async () => {
    const words =
      'the VAPID credentials in the authorization header do not correspond to the credentials used to create the subscriptions.';
    const rig = campaignRig({ script: () => answer(403, words) });
    rig.subscribe(fcm(1));
    const campaign = await sendAll(rig);
    expect(rig.rows('SELECT state, last_delivery_state FROM subscriptions')).toEqual([
      { state: 'mismatched', last_delivery_state: 'failed' },
    ]);
    expect(campaign.diagnoses).toMatchObject([
      { pushService: 'fcm', count: 1, diagnosis: { code: 'made-with-another-key', action: 'choose-key' } },
    ]);
  });

  it('are kept whole, with cause and cure', async () => {
    const rig = campaignRig({ script: () => answer(403, '{"reason":"BadJwtToken"}', [['x-apns-id', '7']]) });
    rig.subscribe(apple(1));
    const { id } = await sendAll(rig);
    const [delivery] = rig.service.deliveries({
      campaignId: id,
      states: ['failed'],
      cursor: null,
      limit: 10,
    }).items;
    expect(delivery).toMatchObject({
      pushService: 'apple',
      attemptCount: 1,
      lastStatus: 403,
      endpoint: apple(1)[0],
    });
    const detail = rig.service.delivery({ id: delivery?.id ?? (0 as never) });
    expect(detail.attempts).toMatchObject([
      {
        number: 1,
        durationMs: 5,
        request: { method: 'POST', url: apple(1)[0], bodyBytes: 200 },
        answer: { status: 403, headers: [['x-apns-id', '7']], body: '{"reason":"BadJwtToken"}' },
        error: null,
        diagnosis: { code: 'apple-token-refused', action: 'fix-subject' },
      },
    ]);
    expect(detail.diagnosis?.cure).toContain('Keys');
  });

  it('that never come are faults with a diagnosis', async () => {
    const rig = campaignRig({ script: () => fault('private-address') });
    rig.subscribe(fcm(1));
    const campaign = await sendAll(rig);
    expect(campaign).toMatchObject({ state: 'finished', counts: { failed: 1 } });
    expect(campaign.diagnoses[0]?.diagnosis.action).toBe('allow-private-endpoints');
  });

  it('count for the overview and at the subscription', async () => {
    const rig = campaignRig({ script: ({ endpoint }) => answer(endpoint.endsWith('/1') ? 410 : 201) });
    rig.subscribe(fcm(3));
    await sendAll(rig);
    expect(rig.rows('SELECT push_service, state, count FROM day_sums ORDER BY state')).toEqual([
      { push_service: 'fcm', state: 'accepted', count: 2 },
      { push_service: 'fcm', state: 'gone', count: 1 },
    ]);
    expect(rig.rows('SELECT last_delivery_state AS state FROM subscriptions ORDER BY id')).toEqual([
      { state: 'gone' },
      { state: 'accepted' },
      { state: 'accepted' },
    ]);
  });
});

describe('the sums', () => {
  it('are those of the rows, whatever happens', async () => {
    const statuses = [201, 404, 400, 429, 500, 201, 201];
    const rig = campaignRig({
      script: ({ endpoint }) => answer(statuses[Number(endpoint.split('/').at(-1)) % statuses.length] ?? 201),
    });
    rig.subscribe([...fcm(60), ...mozilla(45)]);
    const { id } = start(rig);
    await rig.time.pass(30);
    rig.service.pause({ id });
    await rig.time.pass(500);
    rig.service.resume({ id });
    await rig.time.pass(2000);
    rig.service.cancel({ id });
    await rig.time.pass(2000);
    const counted = rig.rows(
      `SELECT push_service, key_pair_id, state, ifnull(diagnosis, '') AS diagnosis, count(*) AS count FROM deliveries
       GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    );
    const kept = rig.rows(
      `SELECT push_service, key_pair_id, state, diagnosis, count FROM campaign_sums WHERE count <> 0 ORDER BY 1, 2, 3, 4`,
    );
    expect(kept).toEqual(counted);
    expect(rig.service.get({ id }).counts).toMatchObject({ queued: 0, retrying: 0, sending: 0 });
  });
});

describe('the log', () => {
  it.each([
    ['oldest', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['newest', [9, 8, 7, 6, 5, 4, 3, 2, 1]],
  ] as const)(
    'pages deliveries by key, the %s first, of the states that were asked for',
    async (order, ids) => {
      const rig = campaignRig({
        script: ({ endpoint }) => answer(Number(endpoint.at(-1)) % 2 === 0 ? 201 : 400),
      });
      rig.subscribe(fcm(9));
      const { id } = await sendAll(rig);
      const found: number[] = [];
      let cursor: string | null = null;
      do {
        const page = rig.service.deliveries({
          campaignId: id,
          states: ['accepted', 'failed'],
          order,
          cursor,
          limit: 4,
        });
        found.push(...page.items.map((item) => item.id));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(found).toEqual(ids);
      expect(
        rig.service.deliveries({ campaignId: id, states: ['failed'], cursor: null, limit: 50 }).items,
      ).toHaveLength(5);
      expect(
        rig.service.deliveries({ campaignId: id, states: [], cursor: null, limit: 50 }).items,
      ).toHaveLength(9);
    },
  );

  it('lists campaigns newest first', async () => {
    const rig = campaignRig();
    rig.subscribe(fcm(1));
    for (const title of ['one', 'two', 'three']) start(rig, { title });
    await rig.time.pass(1000);
    const first = rig.service.list({ cursor: null, limit: 2 });
    expect(first.items.map((item) => item.message.title)).toEqual(['three', 'two']);
    const rest = rig.service.list({ cursor: first.nextCursor, limit: 2 });
    expect(rest.items.map((item) => [item.message.title, item.counts.accepted])).toEqual([['one', 1]]);
  });

  it.each(['', '0', 'x', '-1', '1.5', '9'.repeat(17)])('refuses %j for a place in a list', (cursor) => {
    const rig = campaignRig();
    rig.subscribe(fcm(1));
    const { id } = start(rig);
    const page = { cursor, limit: 2 };
    const causeOf = (read: () => unknown) => {
      try {
        return read();
      } catch (error) {
        return error instanceof Refusal ? error.problem.code : error;
      }
    };
    expect(causeOf(() => rig.service.list(page))).toBe('cursor-unknown');
    const deliveries = () => rig.service.deliveries({ ...page, campaignId: id, states: [] });
    expect(causeOf(deliveries)).toBe('cursor-unknown');
  });

  it('knows nothing of what is not there', () => {
    const rig = campaignRig();
    expect(() => rig.service.get({ id: 77 as never })).toThrow(Refusal);
    expect(() => rig.service.delivery({ id: 77 as never })).toThrow(Refusal);
  });
});
