import { expect, it } from 'vitest';
import { exportPieceSchema } from '../../../contract/campaign-exports.ts';
import { browserSubscription } from '../../testing/browser-subscription.ts';
import { apiRig } from './testing/local-api.ts';

/** Campaigns to subscriptions at a port of this machine where nobody listens: nothing leaves the machine. */
async function sent(titles: readonly string[]) {
  const rig = await apiRig();
  await rig.client.keys.generate({ name: 'Shop', subject: 'mailto:owner@example.com' });
  const rows = [1, 2, 3].map((index) =>
    browserSubscription({ endpoint: `https://127.0.0.1:9/push/secret-of-${index}` }),
  );
  await rig.client.subscriptions.import({ text: JSON.stringify(rows), publicKey: null });
  for (const [index, title] of titles.entries()) {
    await rig.client.campaigns.start({
      requestId: `6f1c2a54-0f0e-4a51-8c43-00000000000${index}`,
      message: { title },
      audience: { kind: 'everyone' },
    });
  }
  return rig;
}

it('gives campaigns piece by piece, and only those that were asked for', async () => {
  const { call } = await sent(['One', 'Two', 'Three']);
  const piece = async (query: string) =>
    exportPieceSchema.parse((await call({ url: `/api/v1/campaigns/export?format=csv&${query}` })).json());
  const first = await piece('limit=2');
  expect(first).toMatchObject({ rows: 2 });
  const second = await piece(`limit=2&cursor=${first.nextCursor}`);
  expect(second).toMatchObject({ rows: 1, nextCursor: null });
  expect(
    (first.text + second.text)
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(',')[1]),
  ).toEqual(['title', 'Three', 'Two', 'One']);
  expect((await piece('search=two')).rows).toBe(1);
  const other = await call({ url: '/api/v1/campaigns?states=finished&states=cancelled&from=0&to=1' });
  expect(other.json()).toMatchObject({ items: [], total: 0 });
});

it('gives deliveries with endpoints that are whole only when asked', async () => {
  const { call } = await sent(['One']);
  const url = '/api/v1/campaigns/1/deliveries/export';
  await expect.poll(async () => (await call({ url })).json<{ rows: number }>().rows).toBe(3);
  expect((await call({ url })).body).not.toContain('secret-of');
  expect((await call({ url: `${url}?whole=true` })).body).toContain('secret-of-2');
  expect((await call({ url: '/api/v1/campaigns/77/deliveries/export' })).statusCode).toBe(404);
});

it('gives a report as JSON, and as a page that can do nothing to whoever asks for one', async () => {
  const { call } = await sent(['<script>alert(1)</script>']);
  const url = '/api/v1/campaigns/1/report';
  const asJson = await call({ url });
  expect(asJson.headers['content-type']).toContain('application/json');
  const page = await call({ url, headers: { accept: 'text/html,application/xhtml+xml' } });
  expect(page.statusCode).toBe(200);
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(page.headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/);
  expect(page.body).toMatch(/^<!doctype html>/);
  expect(page.body).toContain('&#60;script&#62;');
  expect(page.body).not.toContain('<script');
  const missing = await call({ url: '/api/v1/campaigns/77/report', headers: { accept: 'text/html' } });
  expect(missing.statusCode).toBe(404);
});
