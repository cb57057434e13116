import { describe, expect, it } from 'vitest';
import { ownOf, fakePushSubscription, KEY_A, KEY_B } from '../../testing/fakes.ts';
import { rig } from './testing/rig.ts';

describe('taking over from another sender', () => {
  it('keeps a subscription with the same key where its worker runs the kit, and says so once', async () => {
    const { ask, world, adopt } = rig();
    adopt(fakePushSubscription('theirs', KEY_A));
    expect(await ask('check', { over: { from: null } })).toMatchObject({ state: 'on', told: true });
    await ask('check', { over: { from: null } });
    expect(world.told.map(({ body }) => body['movedIn'])).toEqual(['kept', undefined]);
    expect(world.made).toBe(0);
  });

  it('renews one with another key without a press, and shows its secret', async () => {
    const { ask, world, adopt } = rig();
    adopt(fakePushSubscription('theirs', KEY_B));
    expect(await ask('check', { over: { from: null } })).toMatchObject({ state: 'on', told: true });
    expect(world.told).toMatchObject([{ body: { movedIn: 'renewed', replaces: ownOf('theirs') } }]);
  });

  it('subscribes beside one that another worker holds, in its place', async () => {
    const { ask, world } = rig();
    expect(await ask('check', { over: { from: ownOf('theirs') } })).toMatchObject({
      state: 'on',
      told: true,
    });
    expect(world.told).toMatchObject([{ body: { movedIn: 'renewed', replaces: ownOf('theirs') } }]);
  });

  it('tells later whose place it took, where the engine does not answer', async () => {
    const { ask, world, session } = rig();
    world.engine = 'away';
    const over = { from: ownOf('theirs') };
    expect(await ask('check', { over, publicKey: KEY_A })).toMatchObject({ state: 'on', told: false });
    world.engine = 'there';
    await session.catchUp();
    expect(world.told).toMatchObject([{ body: { movedIn: 'renewed', replaces: ownOf('theirs') } }]);
  });

  it('waits for a press where the browser demands one, and takes it over then', async () => {
    const { ask, world } = rig();
    const over = { from: ownOf('theirs') };
    world.subscribeError = 'NotAllowedError';
    expect(await ask('check', { over })).toMatchObject({ problem: { code: 'press-subscribe' } });
    world.subscribeError = null;
    expect(await ask('subscribe', { over })).toMatchObject({ state: 'on', told: true });
    expect(world.told.at(-1)).toMatchObject({ body: { movedIn: 'renewed', replaces: ownOf('theirs') } });
  });

  it('leaves the other one alone where its own cannot be made, and tries again on the next visit', async () => {
    const { ask, world } = rig();
    const over = { from: ownOf('theirs') };
    world.subscribeError = 'AbortError';
    expect(await ask('check', { over })).toMatchObject({ state: 'off' });
    expect(world.told).toEqual([]);
    world.subscribeError = null;
    expect(await ask('check', { over })).toMatchObject({ state: 'on', told: true });
    expect(world.told).toMatchObject([{ body: { movedIn: 'renewed', replaces: ownOf('theirs') } }]);
  });

  it('brings over nobody who has unsubscribed, until they subscribe again, and tells of the other one', async () => {
    const { ask, world } = rig();
    const over = { from: ownOf('theirs') };
    expect(await ask('unsubscribe', { over })).toMatchObject({ state: 'off' });
    expect(world.told).toMatchObject([{ method: 'DELETE', body: ownOf('theirs') }]);
    expect(await ask('check', { over })).toMatchObject({ state: 'off' });
    expect(await ask('check', { over: { from: null } })).toMatchObject({ state: 'off' });
    expect(world.made).toBe(0);
    expect(await ask('subscribe', { over })).toMatchObject({ state: 'on', told: true });
    expect(await ask('check', { over })).toMatchObject({ state: 'on' });
    expect(world.made).toBe(1);
  });

  it('leaves off who has unsubscribed where the replaced worker holds one with the same key', async () => {
    const { ask, world, adopt } = rig();
    await ask('unsubscribe', { over: { from: null } });
    adopt(fakePushSubscription('theirs', KEY_A));
    expect(await ask('check', { over: { from: null } })).toMatchObject({ state: 'off' });
    expect(world.told).toEqual([]);
    expect(await ask('subscribe', { over: { from: null } })).toMatchObject({ state: 'on', told: true });
  });

  it('does not end the other one where the worker ended before its own stood', async () => {
    const { ask, world, store, session } = rig();
    await store.write({ engine: 'https://push.example/', told: ownOf('theirs'), movedIn: 'renewed' });
    await session.catchUp();
    await ask('check');
    expect(world.told).toEqual([]);
    const over = { from: ownOf('theirs') };
    expect(await ask('check', { over })).toMatchObject({ state: 'on', told: true });
    expect(world.told).toMatchObject([{ body: { movedIn: 'renewed', replaces: ownOf('theirs') } }]);
  });

  it.each(['declined', 'denied'])(
    'ends the other one later where the visitor has %s meanwhile',
    async (by) => {
      const { ask, world, store, session } = rig();
      await store.write({ engine: 'https://push.example/', told: ownOf('theirs'), movedIn: 'renewed' });
      world.engine = 'away';
      if (by === 'declined') await ask('unsubscribe');
      else world.permission = 'denied';
      world.engine = 'there';
      await session.catchUp();
      expect(world.told).toMatchObject([{ method: 'DELETE', body: ownOf('theirs') }]);
    },
  );

  it('answers a greeting while it waits for the engine', async () => {
    const { ask, world, session, adopt } = rig();
    adopt(fakePushSubscription('theirs', KEY_A));
    let resolve: (response: Response) => void = () => undefined;
    world.waitFor = new Promise((done) => {
      resolve = done;
    });
    const checked = ask('check', { over: { from: null } });
    expect(await session.answer({ pushdesk: 'hello' })).toMatchObject({ state: 'off', told: false });
    resolve(new Response('{}'));
    world.waitFor = null;
    expect(await checked).not.toBeNull();
  });

  it('says to whoever greets it whether the engine knows, and changes nothing', async () => {
    const { ask, world, session, store } = rig();
    const greet = () => session.answer({ pushdesk: 'hello' });
    expect(await greet()).toMatchObject({ state: 'off', told: false });
    world.engine = 'away';
    await ask('check', { over: { from: ownOf('theirs') }, publicKey: KEY_A });
    const before = await store.read();
    expect(await greet()).toMatchObject({ state: 'on', told: false });
    expect(await store.read()).toEqual(before);
    world.engine = 'there';
    await session.catchUp();
    expect(await greet()).toMatchObject({ state: 'on', told: true });
  });

  it.each([undefined, null, 7, {}, { from: 3 }])(
    'brings nothing over for a page that says %o',
    async (over) => {
      const { ask, world, adopt } = rig();
      if (typeof over !== 'object' || over === null || !('from' in over))
        adopt(fakePushSubscription('t', KEY_B));
      expect(await ask('check', { over })).toMatchObject({ state: 'off' });
      expect(world.made).toBe(0);
    },
  );

  it('leaves a visitor alone who has not allowed notifications', async () => {
    const { ask, world } = rig();
    world.permission = 'default';
    expect(await ask('check', { over: { from: ownOf('theirs') } })).toMatchObject({ state: 'off' });
    expect(world.told).toEqual([]);
  });
});
