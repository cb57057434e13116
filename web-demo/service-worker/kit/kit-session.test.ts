import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { fakePushSubscription, json, KEY_A, KEY_B } from '../../testing/fakes.ts';
import { readRecord } from './record.ts';
import { rig } from './testing/rig.ts';

describe('the worker’s half of the kit', () => {
  it('asks nobody while there is nothing to tell', async () => {
    const { ask, world } = rig();
    world.engine = 'away';
    expect(await ask('check')).toMatchObject({ state: 'off', problem: null });
  });

  it('subscribes, tells with tags and attributes, and tells what was given up', async () => {
    const { ask, world } = rig();
    const on = await ask('subscribe', { attributes: { plan: 'pro' }, choice: { tags: ['news', 'offers'] } });
    expect(on).toMatchObject({ state: 'on', told: true, tags: ['news', 'offers'] });
    await ask('choose', { choice: { tags: ['offers'] } });
    await ask('check');
    expect(world.told.map(({ body }) => body['person'])).toMatchObject([
      { tags: ['news', 'offers'], attributes: { plan: 'pro' } },
      { tags: ['offers'], removeTags: ['news'] },
      { tags: ['offers'] },
    ]);
    expect(world.told[2]?.body['person']).not.toHaveProperty('removeTags');
  });

  it('takes tags in one text, and numbers among tags and attributes', async () => {
    const { ask, world } = rig();
    await ask('subscribe', { tags: 'shop, blog', attributes: { age: 42 }, choice: { tags: ['news', 7] } });
    await ask('choose', { choice: { tags: 'news', attributes: { member: true } } });
    expect(world.told.map(({ body }) => body['person'])).toMatchObject([
      { tags: ['shop', 'blog', 'news', '7'], attributes: { age: '42' } },
      { tags: ['news'], attributes: { age: '42', member: 'true' }, removeTags: ['7'] },
    ]);
  });

  describe('when the browser answers only after the page has given up waiting', () => {
    async function late(unsubscribes: boolean) {
      const { ask, world } = rig();
      let answer: () => void = () => undefined;
      world.subscribeAfter = new Promise((resolve) => {
        answer = resolve;
      });
      vi.useFakeTimers();
      onTestFinished(() => {
        vi.useRealTimers();
      });
      const asked = ask('subscribe');
      await vi.advanceTimersByTimeAsync(20_000);
      expect(await asked).toMatchObject({ state: 'off', problem: { code: 'push-service-unreachable' } });
      vi.useRealTimers();
      if (unsubscribes) await ask('unsubscribe');
      expect(world.told).toEqual([]);
      answer();
      return { ask, world };
    }

    it('tells the engine all the same, without another visit', async () => {
      const { ask, world } = await late(false);
      await expect
        .poll(() => world.told)
        .toMatchObject([{ method: 'POST', body: { subscription: json('sub-1') } }]);
      expect(await ask('hello')).toMatchObject({ state: 'on' });
    });

    it('gives it up where the visitor has declined meanwhile', async () => {
      const { ask, world } = await late(true);
      await expect.poll(() => world.givenUp).toBe(1);
      expect(world.subscription).toBeNull();
      expect(await ask('check')).toMatchObject({ state: 'off' });
      expect(world.told).toEqual([]);
    });
  });

  it.each([
    ['closed', 'off', 'site-not-allowed'],
    ['proxy', 'on', 'engine-unreachable'],
    ['away', 'on', 'engine-unreachable'],
  ] as const)('tells an engine that is %s from the others', async (engine, state, code) => {
    vi.stubGlobal('location', { origin: 'https://shop.example' });
    onTestFinished(() => {
      vi.unstubAllGlobals();
    });
    const { ask, world } = rig();
    world.engine = engine;
    expect(await ask('subscribe', { publicKey: KEY_A })).toMatchObject({ state, problem: { code } });
    world.engine = 'there';
    await ask('check');
    expect(world.told.length).toBe(state === 'on' ? 1 : 0);
  });

  it('follows a changed key, and proves with the old secret', async () => {
    const { ask, world } = rig();
    await ask('subscribe');
    world.key = KEY_B;
    expect(await ask('check')).toMatchObject({ state: 'on', told: true });
    const { endpoint, keys } = json('sub-1');
    expect(world.told.at(-1)?.body).toMatchObject({
      publicKey: KEY_B,
      replaces: { endpoint, auth: keys.auth },
    });
  });

  it('asks for a press where the browser subscribes again only then, and tries again on the next visit', async () => {
    const { ask, world } = rig();
    await ask('subscribe');
    world.key = KEY_B;
    world.subscribeError = 'NotAllowedError';
    expect(await ask('check')).toMatchObject({ state: 'off', problem: { code: 'press-subscribe' } });
    expect(world.told.at(-1)?.method).toBe('DELETE');
    world.subscribeError = null;
    expect(await ask('check')).toMatchObject({ state: 'on', told: true });
  });

  it.each<[string, 'away' | { status: number; body: string }, string]>([
    ['is away', 'away', 'engine-unreachable'],
    ['hides behind a proxy that fails', { status: 502, body: '<h1>Bad gateway</h1>' }, 'odd-answer'],
    ['refuses', { status: 400, body: '{"error":{"code":"x","cause":"C","cure":"D"}}' }, 'x'],
  ])('keeps what could not be told while the engine %s', async (_what, engine, code) => {
    const { ask, world, session } = rig();
    await ask('subscribe');
    world.told.length = 0;
    world.engine = engine;
    expect(await ask('choose', { choice: { tags: ['later'] } })).toMatchObject({
      state: 'on',
      told: false,
      problem: { code },
    });
    world.engine = 'there';
    await session.catchUp();
    expect(world.told).toMatchObject([{ method: 'POST', body: { person: { tags: ['later'] } } }]);
    await session.catchUp();
    expect(world.told).toHaveLength(1);
  });

  it('tells a cancellation later, also after a proxy answered in place of the engine', async () => {
    const { ask, world, session } = rig();
    await ask('subscribe');
    world.told.length = 0;
    world.engine = { status: 502, body: 'Bad gateway' };
    expect(await ask('unsubscribe')).toMatchObject({ state: 'off', problem: null });
    world.engine = 'there';
    await session.catchUp();
    expect(world.told).toMatchObject([{ method: 'DELETE', body: { endpoint: json('sub-1').endpoint } }]);
  });

  it('takes nothing back that the visitor gave up, when the browser drops it', async () => {
    const { ask, world, session } = rig();
    await ask('subscribe');
    await ask('unsubscribe');
    await session.follow({ oldSubscription: null, newSubscription: null });
    expect(world.subscription).toBeNull();
  });

  it('subscribes anew when the browser drops it', async () => {
    const { ask, world, session } = rig();
    await ask('subscribe');
    world.subscription = null;
    await session.follow({ oldSubscription: null, newSubscription: null });
    expect(world.told.at(-1)?.body).toMatchObject({ subscription: { endpoint: json('sub-2').endpoint } });
  });

  it('leaves another sender’s subscription alone until the visitor presses', async () => {
    const { ask, world, adopt } = rig();
    adopt(fakePushSubscription('theirs', KEY_B));
    expect(await ask('check')).toMatchObject({ state: 'off', problem: null });
    expect(world.subscription?.endpoint).toBe(json('theirs').endpoint);
    expect(await ask('subscribe')).toMatchObject({ state: 'on', told: true });
  });

  it('gives up what was allowed once, when the visitor takes it back', async () => {
    const { ask, world } = rig();
    await ask('subscribe');
    world.subscription = null;
    world.permission = 'denied';
    expect(await ask('check')).toMatchObject({ state: 'denied' });
    expect(world.told.at(-1)?.method).toBe('DELETE');
    world.permission = 'granted';
    expect(await ask('check')).toMatchObject({ state: 'off' });
  });

  it('tells nobody without an engine, and gives the text to paste', async () => {
    const { ask, world } = rig();
    const on = await ask('subscribe', { engine: null, publicKey: KEY_A, choice: { tags: ['news'] } });
    expect(on).toMatchObject({ state: 'on', told: false, problem: null });
    expect(JSON.parse(on?.json ?? '')).toMatchObject({ applicationServerKey: KEY_A, tags: ['news'] });
    expect(world.told).toEqual([]);
    expect(await ask('unsubscribe', { engine: null })).toMatchObject({ state: 'off' });
  });

  it('answers whatever a page asks, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.anything(),
        fc.constantFrom('check', 'subscribe', 'unsubscribe', 'choose', 'toString', '__proto__'),
        async (anything, pushdesk) => {
          const { session } = rig();
          await session.answer(anything);
          await session.answer({
            pushdesk,
            engine: anything,
            publicKey: anything,
            tags: anything,
            attributes: anything,
            choice: { tags: anything, attributes: anything },
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('reads whatever stands in storage, and never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        const record = readRecord(anything);
        expect(readRecord(JSON.parse(JSON.stringify(record)))).toEqual(record);
      }),
      { numRuns: 1_000 },
    );
  });
});
