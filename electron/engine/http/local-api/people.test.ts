import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { problemIn } from './testing/local-api.ts';
import { MESSAGE, subscriptionAt, shop, key } from './testing/shop.ts';

it('lets a backend keep its people, and send to them or remove them by its own names', async () => {
  const { post, get, call } = await shop();
  const [phone, laptop, other] = ['phone', 'laptop', 'other'].map(subscriptionAt);
  const first = await post('/subscriptions', {
    subscription: phone,
    externalId: 'u-1',
    label: "Anna's phone",
    tags: ['News', 'vip'],
    attributes: { plan: 'pro' },
  });
  expect(first.json()).toEqual({ id: 1, stored: 'new' });
  expect((await post('/subscriptions', { subscription: laptop, externalId: 'u-1' })).json()).toEqual({
    id: 2,
    stored: 'new',
  });
  expect((await post('/subscriptions', { subscription: other, tags: ['news'] })).json()).toEqual({
    id: 3,
    stored: 'new',
  });
  expect((await post('/subscriptions', { subscription: phone, tags: ['extra'] })).json()).toEqual({
    id: 1,
    stored: 'updated',
  });

  const patched = await call({
    method: 'PATCH',
    url: '/api/v1/subscriptions/1',
    payload: { removeTags: ['VIP'], attributes: { plan: null, city: 'Oslo' } },
  });
  expect(patched.json()).toMatchObject({
    id: 1,
    externalId: 'u-1',
    label: "Anna's phone",
    attributes: { city: 'Oslo' },
  });
  expect(patched.json<{ tags: string[] }>().tags.toSorted()).toEqual(['News', 'extra']);
  expect(await get('/subscriptions?externalIds=u-1&attributes=city%3DOslo')).toMatchObject({
    items: [{ id: 1 }],
  });
  expect(await get('/subscriptions/counts?tagsAnyOf=NEWS')).toMatchObject({ matching: 2 });

  const send = async (audience: object) => {
    const answer = await post('/campaigns', { message: MESSAGE, audience }, key());
    expect(answer.statusCode).toBe(201);
    const { id, recipients } = answer.json<{ id: number; recipients: number }>();
    for (;;) {
      const { items } = (await get(`/campaigns/${id}/deliveries`)) as { items: { subscriptionId: number }[] };
      if (items.length >= recipients)
        return items.map(({ subscriptionId }) => subscriptionId).toSorted((a, b) => a - b);
      await pause(5);
    }
  };
  const matching = (...anyOf: object[]) => ({ kind: 'matching', anyOf });
  expect(await send(matching({ kind: 'externalIds', externalIds: ['u-1', 'nobody'] }))).toEqual([1, 2]);
  expect(await send(matching({ kind: 'tag', tag: 'news' }))).toEqual([1, 3]);
  expect(await send(matching({ kind: 'endpoints', endpoints: [laptop?.endpoint] }))).toEqual([2]);
  expect(await send({ kind: 'everyone', leaveOut: [{ kind: 'externalIds', externalIds: ['u-1'] }] })).toEqual(
    [3],
  );

  expect((await post('/subscriptions/remove', { externalIds: ['u-1'] })).json()).toEqual({
    count: 2,
    ids: [1, 2],
  });
  expect(
    (await post('/subscriptions/restore', { endpoints: [phone?.endpoint, 'https://no'] })).json(),
  ).toEqual({
    count: 1,
    ids: [1],
  });
});

it('keeps to the first answer when a send is repeated, also after its segment is gone', async () => {
  const { post, get, call } = await shop();
  await post('/subscriptions', { subscription: subscriptionAt('a'), tags: ['x'] });
  const segment = (await post('/segments', { name: 'Fans of x', filter: { tagsAllOf: ['x'] } })).json<{
    id: number;
  }>();
  const body = {
    message: MESSAGE,
    audience: { kind: 'matching', anyOf: [{ kind: 'segment', id: segment.id }] },
  };
  const first = await post('/campaigns', body, { 'idempotency-key': 'once' });
  expect(first.statusCode).toBe(201);
  await call({ method: 'PATCH', url: `/api/v1/segments/${segment.id}`, payload: { name: 'Others' } });
  await call({ method: 'DELETE', url: `/api/v1/segments/${segment.id}` });
  const again = await post('/campaigns', body, { 'idempotency-key': 'once' });
  expect([again.statusCode, again.json<{ id: number }>().id]).toEqual([201, first.json<{ id: number }>().id]);
  const campaign = await get(`/campaigns/${first.json<{ id: number }>().id}`);
  expect(JSON.stringify(campaign)).toContain('Fans of x');
  const other = await post('/campaigns', body, { 'idempotency-key': 'other' });
  expect(other.statusCode).toBe(422);
  expect(problemIn(other).detail).toContain('no longer exists');
});

it('leaves no word of a person who is erased, wherever it was said', async () => {
  const { client, post, get, call, options, captured } = await shop();
  const words = [
    'Annabella Quizzlethorpe',
    'customer-77812-xk',
    'only-her-own-tag',
    'Quibbletown on the Hill',
    'Second label of hers',
    'Third label by an act',
  ];
  const [label = '', externalId = '', tag = '', city = '', second = '', third = ''] = words;
  await post('/subscriptions', {
    subscription: subscriptionAt('gone'),
    label,
    externalId,
    tags: [tag, 'news'],
    attributes: { city },
  });
  await post('/subscriptions', {
    subscription: subscriptionAt('stays'),
    label: 'Somebody else',
    tags: ['news'],
  });
  await client.subscriptions.update({ id: 1, label: second });
  await post('/subscriptions/acts', { target: { ids: [1] }, act: { kind: 'label', label: third } });
  await post('/subscriptions/acts', { target: { ids: [1] }, act: { kind: 'untag', tags: [tag] } });
  await post('/subscriptions/acts', { target: { ids: [1, 2] }, act: { kind: 'untag', tags: ['news'] } });
  const sent = await post(
    '/campaigns',
    {
      message: MESSAGE,
      audience: {
        kind: 'matching',
        anyOf: [
          { kind: 'externalIds', externalIds: [externalId] },
          { kind: 'filter', filter: { externalIds: [externalId] } },
          { kind: 'endpoints', endpoints: ['https://127.0.0.1:9/push/gone'] },
        ],
        leaveOut: [{ kind: 'externalIds', externalIds: ['nobody'] }],
      },
    },
    key(),
  );
  expect(sent.statusCode).toBe(201);
  // The original request of a scheduled campaign stays with it when it is edited.
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
  const scheduled = await post(
    '/campaigns',
    {
      message: MESSAGE,
      audience: {
        kind: 'matching',
        anyOf: [
          { kind: 'externalIds', externalIds: [externalId] },
          { kind: 'endpoints', endpoints: ['https://127.0.0.1:9/push/gone'] },
        ],
      },
      schedule: { at: tomorrow, timeZone: 'UTC' },
    },
    key(),
  );
  const edited = await call({
    method: 'PATCH',
    url: `/api/v1/campaigns/${String(scheduled.json<{ id: number }>().id)}`,
    payload: { audience: { kind: 'everyone' } },
  });
  expect([edited.statusCode, edited.json()]).toMatchObject([200, { state: 'scheduled' }]);
  await post('/segments', { name: 'Some', filter: { externalIds: [externalId, 'u-2'] } });
  await client.drafts.create({
    message: {},
    audience: { kind: 'matching', anyOf: [{ kind: 'externalIds', externalIds: [externalId] }] },
  });
  const answer = await post('/subscriptions/erase', { ids: [1] });
  expect(answer.json()).toMatchObject({ count: 1, traces: 'gone' });
  const bytes = readdirSync(options.dataDir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
  const left = [...words, '/push/gone'].filter(
    (word) => bytes.includes(word) || captured.text().includes(word),
  );
  expect(left).toEqual([]);
  expect(bytes).toContain('Somebody else');
  expect(await get('/tags')).toEqual({ items: [] });
  expect(await get('/segments')).toMatchObject({ items: [{ name: 'Some', count: 0 }] });
});

it('finds who was shown nothing lately, and acts on those who cannot report, by filter', async () => {
  const { post, get, call } = await shop();
  for (const name of ['a', 'b']) await post('/subscriptions', { subscription: subscriptionAt(name) });
  const idsOf = async (query: string) =>
    ((await get(`/subscriptions?${query}`))['items'] as { id: number }[]).map(({ id }) => id);
  expect(await idsOf('canReport=false')).toEqual([2, 1]);
  for (const query of ['canReport=true', 'neverShown=true', 'shownWithinDays=30', 'clickedWithinDays=7'])
    expect([query, await idsOf(query)]).toEqual([query, []]);
  for (const days of ['0', '-1', '1.5', '3651', 'x']) {
    const answer = await call({ url: `/api/v1/subscriptions?shownWithinDays=${days}` });
    expect([days, answer.statusCode]).toEqual([days, 422]);
  }
  const filter = { shownWithinDays: 30 };
  expect((await post('/segments', { name: 'Lately', filter })).json()).toMatchObject({ count: 0, filter });
  const act = await post('/subscriptions/acts', {
    target: { filter: { canReport: false } },
    act: { kind: 'tag', tags: ['quiet'] },
  });
  expect(act.statusCode).toBeLessThan(300);
  await expect.poll(() => idsOf('tagsAnyOf=quiet')).toEqual([2, 1]);
});
