import { expect, it } from 'vitest';
import type { SubscriptionJson } from '../contract/http.ts';
import { browserSubscription } from './testing/browser-subscription.ts';
import { tempEngine } from './testing/temp-engine.ts';

const subject = 'mailto:me@example.com';

it('leads each browser from one key to the next on its visit, and a campaign to everyone to each person once', async () => {
  const { client, engine } = await tempEngine();
  const { url } = await engine.start();
  const wanted = async () => {
    const config = await fetch(new URL('config.json', url ?? ''));
    return ((await config.json()) as { publicKey: string }).publicKey;
  };
  const report = async (subscription: SubscriptionJson, old?: SubscriptionJson) => {
    const replaces = old && { endpoint: old.endpoint, auth: old.keys.auth };
    const answer = await fetch(new URL('api/subscriptions', url ?? ''), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ subscription, publicKey: await wanted(), ...(replaces && { replaces }) }),
    });
    expect(answer.status).toBe(200);
    return subscription;
  };
  const recipients = async () => {
    const audience = { kind: 'everyone' } as const;
    const preflight = await client.campaigns.preflight({ message: { title: 'Hello' }, audience });
    const pairs = await client.keys.list();
    return [preflight.recipients, ...pairs.map(({ subscriptions }) => subscriptions.active)];
  };

  const before = await client.keys.generate({ name: 'Before', subject });
  const browsers = [await report(browserSubscription()), await report(browserSubscription())] as const;
  const after = await client.keys.generate({ name: 'After', subject });
  expect(await client.keys.rotations()).toEqual([]);
  await client.keys.use({ id: after.id });
  expect(await wanted()).toBe(after.publicKey);
  await report(browserSubscription(), browsers[0]);

  expect(await client.keys.rotations()).toMatchObject([
    {
      from: { id: before.id, name: 'Before', publicKey: before.publicKey },
      to: { id: after.id, name: 'After' },
      state: 'moving',
      startedWith: 2,
      moved: 1,
      left: 1,
      leftSeen: { inWeek: 1, inMonth: 0 },
    },
  ]);
  expect(await recipients()).toEqual([2, 1, 1]);
  await expect(client.keys.remove({ id: before.id })).rejects.toMatchObject({ code: 'CONFLICT' });

  await report(browserSubscription(), browsers[1]);
  expect(await client.keys.rotations()).toMatchObject([{ state: 'finished', moved: 2, left: 0 }]);
  expect(await recipients()).toEqual([2, 0, 2]);
  await client.keys.remove({ id: before.id });
  expect(await client.keys.rotations()).toMatchObject([{ from: { id: null, name: null } }]);
});
