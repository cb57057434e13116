import { describe, expect, it } from 'vitest';
import { pageErrorSchema } from '../../contract/http.ts';
import { tempSubscriptions } from '../testing/temp-subscriptions.ts';
import { OWN, PUBLIC_KEY, REPORT, SUBSCRIPTION, makeApp } from './testing/http-app.ts';
import { HOSTILE_REQUESTS, UNACCEPTABLE_REPORTS } from './testing/hostile-requests.ts';

const API = '/api/subscriptions';

/** The routes over the real subscriptions on a real store. */
async function makeWhole() {
  const { service, all, captured } = tempSubscriptions();
  const { app, served } = await makeApp({ subscriptions: service });
  const post = (payload: object) => app.inject({ method: 'POST', url: API, headers: OWN, payload });
  const remove = (payload: object) => app.inject({ method: 'DELETE', url: API, headers: OWN, payload });
  return { app, served, all, captured, post, remove };
}

describe('a browser', () => {
  it('subscribes, comes back, changes its subscription and cancels', async () => {
    const { post, remove, all } = await makeWhole();
    const { endpoint, keys } = SUBSCRIPTION;

    expect((await post(REPORT)).json()).toEqual({ stored: 'known' });
    expect((await post(REPORT)).json()).toEqual({ stored: 'known' });
    expect(all()).toEqual([
      expect.objectContaining({ endpoint, state: 'active', source: 'page', publicKey: PUBLIC_KEY }),
    ]);

    const moved = { ...SUBSCRIPTION, endpoint: `${endpoint}-moved` };
    const replaces = { endpoint, auth: keys.auth };
    expect((await post({ ...REPORT, subscription: moved, replaces })).statusCode).toBe(200);
    expect(all().map(({ endpoint: where, state }) => [where, state])).toEqual([
      [moved.endpoint, 'active'],
      [endpoint, 'unsubscribed'],
    ]);

    expect((await remove({ endpoint: moved.endpoint, auth: keys.auth })).json()).toEqual({ known: true });
    expect(all().map(({ state }) => state)).toEqual(['unsubscribed', 'unsubscribed']);
    expect((await post({ ...REPORT, subscription: moved })).statusCode).toBe(200);
    expect(all()[0]?.state).toBe('active');
  });

  it('cannot cancel the subscription of another', async () => {
    const { post, remove, all } = await makeWhole();
    await post(REPORT);
    const answer = await remove({ endpoint: SUBSCRIPTION.endpoint, auth: 'AAAAAAAAAAAAAAAAAAAAAA' });
    expect(answer.json()).toEqual({ known: false });
    expect(all()[0]?.state).toBe('active');
  });
});

describe('nothing hostile is stored', () => {
  it.each(UNACCEPTABLE_REPORTS)('$name', async ({ report }) => {
    const { post, all, served, captured } = await makeWhole();
    const answer = await post(report);
    expect(answer.statusCode).toBe(422);
    const { error } = pageErrorSchema.parse(answer.json());
    expect(error.cause).toMatch(/\.$/);
    expect(error.cure).toMatch(/\.$/);
    expect(served[0]?.note).toBe(error.cause);
    expect(all()).toEqual([]);
    expect(captured.text()).not.toContain('"level":50');
    expect((await post(REPORT)).statusCode).toBe(200);
  });

  it('by any hostile request, one after the other', async () => {
    const { app, all, post } = await makeWhole();
    await post(REPORT);
    const before = all();
    for (const { request, status } of HOSTILE_REQUESTS) {
      expect((await app.inject(request)).statusCode).toBe(status);
    }
    expect(all()).toEqual(before);
  });
});
