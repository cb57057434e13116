import { describe, expect, it } from 'vitest';
import {
  CLOSED,
  KEY_A,
  KEY_B,
  fakeApp,
  fakeMemory,
  fakePushSubscription,
  json,
  ownOf,
} from '../testing/fakes.ts';
import { encodeBase64Url } from '../shared/base64url.ts';
import { createTellApp } from '../shared/tell-app.ts';
import { renew } from './renew.ts';

function world({ key = KEY_A }: { key?: string | null } = {}) {
  const app = fakeApp({ key });
  const memory = fakeMemory();
  const asked: string[] = [];
  const held = { current: null as PushSubscription | null };
  const pushManager = {
    getSubscription: () => Promise.resolve(held.current),
    subscribe: (options: PushSubscriptionOptionsInit) => {
      const made = encodeBase64Url((options.applicationServerKey as Uint8Array<ArrayBuffer>).buffer);
      asked.push(made);
      held.current = fakePushSubscription('anew', made);
      return Promise.resolve(held.current);
    },
  } as unknown as PushManager;
  const around = { pushManager, app: app.client, tell: createTellApp(app.client, memory) };
  return { app, memory, asked, around };
}

const old = fakePushSubscription('old', KEY_A);

/** A subscription that no longer gives its keys. */
const MUTE: PushSubscription = Object.assign(fakePushSubscription('old', KEY_A), {
  toJSON: () => ({ endpoint: old.endpoint, expirationTime: null }),
});

describe('renew', () => {
  it('tells the app of the new one that the browser made, and which one it replaces', async () => {
    const { app, asked, around } = world();
    await renew({ oldSubscription: old, newSubscription: fakePushSubscription('new') }, around);
    expect(asked).toEqual([]);
    expect(app.reports).toEqual([
      { subscription: json('new'), publicKey: KEY_A, receipts: true, replaces: ownOf('old') },
    ]);
  });

  it('subscribes anew with the key in use when the browser made none', async () => {
    const { app, asked, around } = world({ key: KEY_B });
    await renew({ oldSubscription: old, newSubscription: null }, around);
    expect(asked).toEqual([KEY_B]);
    expect(app.reports).toEqual([
      { subscription: json('anew'), publicKey: KEY_B, receipts: true, replaces: ownOf('old') },
    ]);
  });

  it('subscribes with the old key while the app is closed; the next load of the page tells it', async () => {
    const { app, asked, memory, around } = world();
    app.problem = CLOSED;
    memory.held = ownOf('old');
    await renew({ oldSubscription: old, newSubscription: null }, around);
    expect(asked).toEqual([KEY_A]);
    expect(memory.held.endpoint).toBe(json('old').endpoint);
  });

  it('says that nothing is left when there is no key to subscribe with', async () => {
    const { app, memory, asked, around } = world({ key: null });
    memory.held = { endpoint: 'https://push.example/told', auth: 'x' };
    await renew({}, around);
    expect(asked).toEqual([]);
    expect(app.cancels).toEqual([{ endpoint: 'https://push.example/told', auth: 'x' }]);
  });

  it('replaces what was told last when the browser does not say what is over', async () => {
    const { app, memory, around } = world();
    memory.held = { endpoint: 'https://push.example/told', auth: 'x' };
    await renew({ oldSubscription: null, newSubscription: null }, around);
    expect(app.reports[0]?.replaces).toEqual({ endpoint: 'https://push.example/told', auth: 'x' });
  });

  it('proves what was told last, when the browser does not give the keys of the old one', async () => {
    const { app, memory, around } = world();
    memory.held = ownOf('old');
    await renew({ oldSubscription: MUTE, newSubscription: null }, around);
    expect(app.reports[0]?.replaces).toEqual(ownOf('old'));
  });

  it('names nothing that it cannot prove', async () => {
    const { app, around } = world();
    await renew({ oldSubscription: MUTE, newSubscription: null }, around);
    expect(app.reports[0]).not.toHaveProperty('replaces');
  });

  it('makes one subscription when it runs twice', async () => {
    const { app, asked, around } = world();
    const change = { oldSubscription: old, newSubscription: null };
    await renew(change, around);
    await renew(change, around);
    expect(asked).toHaveLength(1);
    expect(new Set(app.reports.map(({ subscription }) => subscription.endpoint)).size).toBe(1);
  });
});
