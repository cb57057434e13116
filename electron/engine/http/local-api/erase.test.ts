import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { browserSubscription } from '../../testing/browser-subscription.ts';
import { apiRig } from './testing/local-api.ts';

it('erases a person over HTTP, and leaves nothing of them in the data folder', async () => {
  const { call, options, captured } = await apiRig();
  const [gone, stays] = [browserSubscription(), browserSubscription()];
  await call({
    method: 'POST',
    url: '/api/v1/subscriptions/import',
    payload: { text: JSON.stringify([gone, stays]), publicKey: null },
  });
  const list = (await call({ url: '/api/v1/subscriptions' })).json<{
    items: { id: number; endpoint: string }[];
  }>();
  const id = list.items.find(({ endpoint }) => endpoint === gone.endpoint)?.id;
  const preview = await call({
    method: 'POST',
    url: '/api/v1/subscriptions/erase/preview',
    payload: { ids: [id] },
  });
  expect(preview.json()).toMatchObject({ subscriptions: 1, deliveries: 0 });

  const answer = await call({ method: 'POST', url: '/api/v1/subscriptions/erase', payload: { ids: [id] } });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({ count: 1, deliveries: 0, traces: 'gone' });
  const bytes = readdirSync(options.dataDir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
  for (const secret of [gone.endpoint, gone.keys.p256dh, gone.keys.auth]) {
    expect(bytes).not.toContain(secret);
    expect(captured.text()).not.toContain(secret);
  }
  expect(bytes).toContain(stays.endpoint);
  expect((await call({ url: `/api/v1/subscriptions/${id}` })).statusCode).toBe(404);
});

it('does not take everything for nothing said', async () => {
  const { call } = await apiRig();
  for (const payload of [{}, { ids: [] }]) {
    const answer = await call({ method: 'POST', url: '/api/v1/subscriptions/erase', payload });
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  }
});
