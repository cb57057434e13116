import { describe, expect, it } from 'vitest';
import { createMemory } from '../shared/memory.ts';
import { keyOf, subscriptionJson } from '../shared/subscription.ts';
import { createTellApp } from '../shared/tell-app.ts';
import { json, KEY_A, KEY_B } from '../testing/fakes.ts';
import { EVERYWHERE, rotationWorld } from '../testing/rotation-world.ts';
import type { BrowserPush, BrowserSubscription } from './browser-push.ts';
import type { PageState } from './page-state.ts';
import { createSession } from './session.ts';

/** The subscribe page in a browser that outlives it. */
function page() {
  const rig = rotationWorld();
  const { world, app, pushManager } = rig;
  let kept: string | undefined;
  const storage = {
    open: () =>
      Promise.resolve({
        match: () => Promise.resolve(kept === undefined ? undefined : new Response(kept)),
        put: async (_place: string, response: Response) => {
          kept = await response.text();
        },
        delete: () => {
          kept = undefined;
          return Promise.resolve(true);
        },
      }),
  } as unknown as CacheStorage;
  const wrap = (subscription: PushSubscription): BrowserSubscription => ({
    json: subscriptionJson(subscription),
    publicKey: keyOf(subscription),
    unsubscribe: () => subscription.unsubscribe(),
  });
  const browser: BrowserPush = {
    permission: () => world.permission,
    askPermission: () => Promise.resolve(world.permission),
    current: async () => {
      const held = await pushManager.getSubscription();
      return held === null ? null : wrap(held);
    },
    subscribe: async (key) =>
      wrap(
        await pushManager.subscribe({
          userVisibleOnly: true,
          applicationServerKey: Uint8Array.from(key === KEY_A ? [4, 0] : [4, 1]),
        }),
      ),
  };
  const visit = async () => {
    const states: PageState[] = [];
    const session = createSession({
      browser,
      app,
      tell: createTellApp(app, createMemory(storage)),
      show: (state) => states.push(state),
      schedule: () => () => undefined,
    });
    await session.check();
    return { session, last: states.at(-1) };
  };
  return { ...rig, visit };
}

async function subscribed() {
  const rig = page();
  await rig.visit();
  rig.world.key = KEY_B;
  return rig;
}

describe('a change of key on the subscribe page', () => {
  it.each(EVERYWHERE)('loses nobody when the page is $how $cut', async ({ cut, how }) => {
    const rig = await subscribed();
    Object.assign(rig.world, { cut, how });
    await rig.cutShort(rig.visit());
    const { last } = await rig.visit();
    expect(last).toMatchObject({ kind: 'subscribed', problem: null });
    expect(rig.active()).toMatchObject([{ key: KEY_B, person: 'Ann' }]);
  });

  it('keeps what it has where permission is gone', async () => {
    const rig = await subscribed();
    rig.world.permission = 'default';
    await rig.visit();
    expect(rig.world.held?.endpoint).toBe(json('old').endpoint);
    expect(rig.active()).toMatchObject([{ key: KEY_A, person: 'Ann' }]);
  });

  it('tells the app that nobody is there while no other can take its place, and who it is once one does', async () => {
    const rig = await subscribed();
    rig.world.isServiceAway = true;
    expect(await rig.visit()).toMatchObject({ last: { problem: { code: 'push-service-unreachable' } } });
    expect(rig.active()).toEqual([]);
    rig.world.isServiceAway = false;
    await rig.visit();
    expect(rig.active()).toMatchObject([{ key: KEY_B, person: 'Ann' }]);
  });

  it('says that it is over once permission is gone while none had taken its place', async () => {
    const rig = await subscribed();
    Object.assign(rig.world, { cut: 'after unsubscribe', how: 'killed' });
    await rig.cutShort(rig.visit());
    rig.world.permission = 'denied';
    await rig.visit();
    expect(rig.active()).toEqual([]);
  });
});
