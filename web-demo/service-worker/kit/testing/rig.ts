import { fakePushSubscription, KEY_A } from '../../../testing/fakes.ts';
import { createKitSession } from '../kit-session.ts';
import { createRecordStore } from '../record.ts';
import { fakeWorkerStore } from '../../testing/fake-worker-store.ts';

const ENGINE = 'https://push.example/';

/** A browser, an engine and what the two remember, all plain objects. */
export function rig() {
  const world = {
    key: KEY_A as string | null,
    /**
     * What the engine answers in place of its own; `away`: nothing; `closed`: nothing that this site may read; `proxy`: a proxy answers
     * that there is none.
     */
    engine: 'there' as 'there' | 'away' | 'closed' | 'proxy' | { status: number; body: string },
    /** The answer that it takes its time for. */
    waitFor: null as Promise<Response> | null,
    permission: 'granted' as NotificationPermission,
    subscription: null as PushSubscription | null,
    made: 0,
    givenUp: 0,
    subscribeError: null as string | null,
    /** What the browser waits for before it gives a subscription. */
    subscribeAfter: Promise.resolve(),
    told: [] as { method: string; body: Record<string, unknown> }[],
  };
  const adopt = (subscription: PushSubscription) => {
    world.subscription = Object.assign(subscription, {
      unsubscribe() {
        world.subscription = null;
        world.givenUp += 1;
        return Promise.resolve(true);
      },
    });
    return world.subscription;
  };
  const pushManager = {
    getSubscription: () => Promise.resolve(world.subscription),
    async subscribe() {
      if (world.subscribeError !== null) throw new DOMException('', world.subscribeError);
      world.made += 1;
      const made = fakePushSubscription(`sub-${world.made}`, world.key);
      await world.subscribeAfter;
      return adopt(made);
    },
  } as unknown as PushManager;
  const send = (path: string, request: RequestInit) => {
    if (world.waitFor !== null) return world.waitFor;
    const isLoaded =
      request.mode === 'no-cors' &&
      (world.engine === 'proxy' || (world.engine === 'closed' && path.endsWith('.js')));
    if (isLoaded) return Promise.resolve(Response.error());
    if (typeof world.engine === 'string' && world.engine !== 'there')
      return Promise.reject(new TypeError('Failed to fetch'));
    const answer = (body: unknown, status = 200) =>
      Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }));
    if (typeof world.engine === 'object') return answer(world.engine.body, world.engine.status);
    if (path.endsWith('config.json')) return answer({ publicKey: world.key });
    const method = request.method ?? 'GET';
    if (method !== 'HEAD')
      world.told.push({ method, body: JSON.parse(request.body as string) as Record<string, unknown> });
    return answer(method === 'DELETE' ? { known: true } : { stored: 'known' });
  };
  const kept = new Map<string, unknown>();
  const store = createRecordStore(fakeWorkerStore(kept), 'https://shop.example/pushdesk/state');
  const session = createKitSession({
    registration: { pushManager },
    store,
    permission: () => world.permission,
    person: (tags, attributes) => ({ tags: [...tags], attributes: { ...attributes } }),
    send: send as typeof fetch,
  });
  const ask = (pushdesk: string, more: object = {}) =>
    session.answer({ pushdesk, engine: ENGINE, publicKey: null, tags: [], attributes: {}, ...more });
  return { world, session, ask, store, kept, adopt };
}
