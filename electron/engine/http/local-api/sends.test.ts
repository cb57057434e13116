import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { campaignPageSchema, campaignSchema } from '../../../contract/campaigns.ts';
import { deliveryPageSchema } from '../../../contract/deliveries.ts';
import { subscriptionPageSchema } from '../../../contract/subscriptions.ts';
import { browserSubscription } from '../../testing/browser-subscription.ts';
import { apiRig, problemIn, type ApiRig } from './testing/local-api.ts';

const MESSAGE = { title: 'Sale', body: 'Today only' };
const BODY = { message: MESSAGE, audience: { kind: 'everyone' } };

/** A key pair, and subscriptions at a port of this machine where nobody listens: nothing leaves the machine. */
async function filled(count = 1): Promise<ApiRig> {
  const rig = await apiRig();
  await rig.client.keys.generate({ name: 'Shop', subject: 'mailto:owner@example.com' });
  const rows = Array.from({ length: count }, (_, index) =>
    browserSubscription({ endpoint: `https://127.0.0.1:9/push/${index}` }),
  );
  await rig.client.subscriptions.import({ text: JSON.stringify(rows), publicKey: null });
  return rig;
}

const send = ({ call }: ApiRig, key: string | null, payload: object = BODY) =>
  call({
    method: 'POST',
    url: '/api/v1/campaigns',
    payload,
    headers: key === null ? {} : { 'idempotency-key': key },
  });

const campaignsOf = async ({ call }: ApiRig) =>
  campaignPageSchema.parse((await call({ url: '/api/v1/campaigns' })).json()).items;

describe('a send', () => {
  it('starts a campaign', async () => {
    const rig = await filled();
    const answer = await send(rig, 'sale-2026-01');
    expect(answer.statusCode).toBe(201);
    expect(campaignSchema.parse(answer.json())).toMatchObject({ kind: 'campaign', recipients: 1 });
    expect(await campaignsOf(rig)).toHaveLength(1);
  });

  it.each([
    ['a text', 'sale-2026-01', 'sale-2026-01'],
    ['a text with the quotes of the draft and without', 'sale', '"sale"'],
    ['a UUID', randomUUID(), null],
    ['a UUID in capitals', randomUUID().toUpperCase(), null],
    ['a long text', 'x'.repeat(255), null],
  ])('that is repeated with the same key starts no second one: %s', async (_name, key, again) => {
    const rig = await filled();
    const first = campaignSchema.parse((await send(rig, key)).json());
    const second = await send(rig, again ?? key);
    expect(second.statusCode).toBe(201);
    expect(campaignSchema.parse(second.json()).id).toBe(first.id);
    expect(await campaignsOf(rig)).toHaveLength(1);
  });

  it('that comes many times at once starts one campaign', async () => {
    const rig = await filled();
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(rig, 'at-once')));
    expect(new Set(answers.map((answer) => campaignSchema.parse(answer.json()).id)).size).toBe(1);
    expect(await campaignsOf(rig)).toHaveLength(1);
  });

  it('is remembered over a restart', async () => {
    const rig = await filled();
    const first = campaignSchema.parse((await send(rig, 'sale')).json());
    await rig.engine.stop();
    const later = await apiRig(rig.options);
    expect(campaignSchema.parse((await send(later, 'sale')).json()).id).toBe(first.id);
    expect(problemIn(await send(later, 'sale', { ...BODY, message: { title: 'Other' } })).status).toBe(409);
    expect(await campaignsOf(later)).toHaveLength(1);
  });

  it('with another key starts another one', async () => {
    const rig = await filled();
    await send(rig, 'one');
    await send(rig, 'two');
    expect(await campaignsOf(rig)).toHaveLength(2);
  });

  it.each([
    ['message', { ...BODY, message: { ...MESSAGE, body: 'Tomorrow too' } }],
    ['urgency', { ...BODY, message: { ...MESSAGE, urgency: 'high' } }],
    ['audience', { ...BODY, audience: { kind: 'chosen', ids: [1] } }],
    ['limit', { ...BODY, messagesPerMinute: 5 }],
  ])('of another %s is refused under a key that was used', async (_name, body) => {
    const rig = await filled();
    await send(rig, 'sale');
    const answer = await send(rig, 'sale', body);
    expect(answer.statusCode).toBe(409);
    expect(problemIn(answer).code).toBe('request-id-taken');
    expect(await campaignsOf(rig)).toHaveLength(1);
  });

  it('says the same with its defaults written out', async () => {
    const rig = await filled();
    const first = campaignSchema.parse((await send(rig, 'sale')).json());
    const spelt = { ...BODY, message: { ...MESSAGE, ttlSeconds: 86_400, urgency: 'normal', actions: [] } };
    expect(campaignSchema.parse((await send(rig, 'sale', spelt)).json()).id).toBe(first.id);
  });

  it('without a key is refused, since a repeat could not be told from a second one', async () => {
    const rig = await filled();
    const answer = await send(rig, null);
    expect(answer.statusCode).toBe(400);
    expect(problemIn(answer).code).toBe('idempotency-key-missing');
    expect(await campaignsOf(rig)).toEqual([]);
  });

  it.each(['', '""', 'a b', 'x'.repeat(256), 'ü'])('with the key %j is refused', async (key) => {
    const rig = await filled();
    const answer = await send(rig, key);
    expect(answer.statusCode).toBe(400);
    expect(problemIn(answer).code).toBe('idempotency-key-malformed');
  });

  it('may name its request in the body as the contract has it, and only one', async () => {
    const rig = await filled();
    const requestId = randomUUID();
    const first = campaignSchema.parse((await send(rig, null, { ...BODY, requestId })).json());
    expect(campaignSchema.parse((await send(rig, requestId)).json()).id).toBe(first.id);
    const twoKeys = await send(rig, 'another', { ...BODY, requestId });
    expect(problemIn(twoKeys)).toMatchObject({ status: 422, code: 'idempotency-key-differs' });
  });

  it('that nobody can get is refused with its cause, and its key is free again', async () => {
    const rig = await apiRig();
    const answer = await send(rig, 'sale');
    expect(problemIn(answer)).toMatchObject({ status: 422, code: 'no-keys' });
    expect(await campaignsOf(rig)).toEqual([]);
  });
});

describe('pages', () => {
  it('of subscriptions hold each one once, in the order of the list', async () => {
    const rig = await filled(23);
    const seen: number[] = [];
    const sizes: number[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = new URLSearchParams({ limit: '10', states: 'active', ...(cursor && { cursor }) });
      const page = subscriptionPageSchema.parse(
        (await rig.call({ url: `/api/v1/subscriptions?${query.toString()}` })).json(),
      );
      seen.push(...page.items.map(({ id }) => id));
      sizes.push(page.items.length);
      cursor = page.nextCursor;
    }
    expect(sizes).toEqual([10, 10, 3]);
    expect(seen).toEqual(Array.from({ length: 23 }, (_, index) => 23 - index));
  });

  it('of deliveries belong to their campaign', async () => {
    const rig = await filled(3);
    const { id } = campaignSchema.parse((await send(rig, 'sale')).json());
    const page = async (query = '') =>
      deliveryPageSchema.parse(
        (await rig.call({ url: `/api/v1/campaigns/${id}/deliveries${query}` })).json(),
      );
    await expect.poll(async () => (await page()).items.length).toBe(3);
    const first = await page('?limit=2');
    expect(first.items).toHaveLength(2);
    const second = await page(`?limit=2&cursor=${first.nextCursor ?? ''}`);
    expect(new Set([...first.items, ...second.items].map((delivery) => delivery.id)).size).toBe(3);
    expect((await page('?states=accepted&states=gone')).items).toEqual([]);
  });

  it.each([
    ['/api/v1/subscriptions?limit=0', 'limit'],
    ['/api/v1/subscriptions?limit=501', 'limit'],
    ['/api/v1/subscriptions?limit=ten', 'limit'],
    ['/api/v1/subscriptions?limit=1&limit=2', 'limit'],
    ['/api/v1/subscriptions?states=lost', 'states'],
    ['/api/v1/subscriptions?inBin=perhaps', 'inBin'],
    ['/api/v1/subscriptions?keyPairId=x', 'keyPairId'],
    ['/api/v1/subscriptions?state=active', 'state'],
    ['/api/v1/subscriptions?filter[states]=active', 'filter[states]'],
    ['/api/v1/subscriptions?states[]=active', 'states[]'],
    ['/api/v1/subscriptions?__proto__=x', '__proto__'],
    ['/api/v1/key-pairs?limit=1', 'limit'],
    ['/api/v1/campaigns/1/deliveries?campaignId=2', 'campaignId'],
  ])('%s is refused: a list that was not asked for helps nobody', async (url, field) => {
    const { call } = await apiRig();
    const problem = problemIn(await call({ url }));
    expect(problem).toMatchObject({ status: 422, field });
    expect(problem.detail).toContain(`"${field}"`);
  });
});

describe('an import', () => {
  const importing = ({ call }: ApiRig, text: string) =>
    call({ method: 'POST', url: '/api/v1/subscriptions/import', payload: { text, publicKey: null } });

  it('may be far larger than any other request', async () => {
    const rig = await apiRig();
    const padding = ' '.repeat(3_000_000);
    const answer = await importing(rig, JSON.stringify(browserSubscription()) + padding);
    expect(answer.json()).toMatchObject({ addedCount: 1, badCount: 0 });
  });

  it('has an end at 25 MB', async () => {
    const rig = await apiRig();
    const answer = await importing(rig, ' '.repeat(26_300_000));
    expect(answer.statusCode).toBe(413);
    expect(problemIn(answer)).toMatchObject({ code: 'body-too-large' });
    expect(problemIn(answer).cure).toContain('25 MB');
  });
});
