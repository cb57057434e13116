import { describe, expect, it } from 'vitest';
import { json, KEY_A, KEY_B } from '../../testing/fakes.ts';
import { EVERYWHERE, rotationWorld } from '../../testing/rotation-world.ts';
import { createKitSession } from './kit-session.ts';
import { createRecordStore } from './record.ts';
import { fakeWorkerStore } from '../testing/fake-worker-store.ts';

const ENGINE = 'https://push.example/';

/** The kit's worker in a browser that outlives it. */
function kit() {
  const rig = rotationWorld();
  const { world, app, pushManager } = rig;
  const kept = fakeWorkerStore();
  const send = async (url: string, request: RequestInit): Promise<Response> => {
    const body = JSON.parse((request.body as string | undefined) ?? 'null') as never;
    const asked = url.endsWith('config.json')
      ? await app.publicKey()
      : request.method === 'DELETE'
        ? await app.cancel(body)
        : await app.report(body);
    if (asked.kind === 'problem') throw new TypeError('Failed to fetch');
    const { value } = asked;
    return new Response(
      JSON.stringify(
        typeof value === 'boolean'
          ? { known: true }
          : value === 'known'
            ? { stored: 'known' }
            : { publicKey: value },
      ),
    );
  };
  const start = () =>
    createKitSession({
      registration: { pushManager },
      store: createRecordStore(kept, 'https://shop.example/pushdesk/state'),
      permission: () => world.permission,
      person: (tags, attributes) => ({ tags: [...tags], attributes: { ...attributes } }),
      send: send as typeof fetch,
    });
  const visit = (session = start()) => session.answer({ pushdesk: 'check', engine: ENGINE, publicKey: null });
  return { ...rig, start, visit };
}

/** Ann has visited with the first key; then the key is changed. */
async function subscribed() {
  const rig = kit();
  await rig.visit();
  rig.world.key = KEY_B;
  return rig;
}

describe('a change of key on a site', () => {
  it.each(EVERYWHERE)('loses nobody when the worker is $how $cut', async ({ cut, how }) => {
    const rig = await subscribed();
    Object.assign(rig.world, { cut, how });
    await rig.cutShort(rig.visit());
    expect(await rig.visit()).toMatchObject({ state: 'on', told: true });
    expect(rig.active()).toMatchObject([{ key: KEY_B, person: 'Ann' }]);
    expect(rig.world.held?.endpoint).toBe([...rig.world.rows.keys()].at(-1));
  });

  it.each(EVERYWHERE)(
    'goes on without a visit where the browser wakes the worker: $how $cut',
    async (given) => {
      const rig = await subscribed();
      Object.assign(rig.world, given);
      await rig.cutShort(rig.visit());
      const isOver = given.cut !== 'before unsubscribe';
      await rig.start().catchUp();
      expect(rig.active()).toMatchObject([{ key: isOver ? KEY_B : KEY_A, person: 'Ann' }]);
    },
  );

  it('tells the engine that nobody is there while no other can take its place, and who it is once one does', async () => {
    const rig = await subscribed();
    rig.world.isServiceAway = true;
    expect(await rig.visit()).toMatchObject({ problem: { code: 'push-service-unreachable' } });
    expect(rig.active()).toEqual([]);
    rig.world.isServiceAway = false;
    await rig.visit();
    expect(rig.active()).toMatchObject([{ key: KEY_B, person: 'Ann' }]);
  });

  it('keeps what it has where permission is gone', async () => {
    const rig = await subscribed();
    rig.world.permission = 'default';
    expect(await rig.visit()).toMatchObject({ state: 'on' });
    expect(rig.world.held?.endpoint).toBe(json('old').endpoint);
    expect(rig.active()).toMatchObject([{ key: KEY_A, person: 'Ann' }]);
  });

  it('follows two in a row at once, and the way back', async () => {
    const rig = await subscribed();
    await rig.visit();
    rig.world.key = KEY_A;
    await rig.visit();
    expect(rig.active()).toMatchObject([{ key: KEY_A, person: 'Ann' }]);
    expect(rig.world.made).toBe(2);
  });
});
