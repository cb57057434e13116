import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakePushSubscription, ownOf } from '../testing/fakes.ts';
import type { makeRegistration } from './registration.ts';
import { takeOver } from './take-over.ts';

const SITE = 'https://shop.example';
const PLACE = {
  url: `${SITE}/pushdesk/pushdesk-worker.js`,
  scope: `${SITE}/pushdesk/`,
  exists: false,
};
const THEIRS = '/OneSignalSDKWorker.js';

interface FakeWorker {
  scope?: string;
  file?: string;
  /** What it says to a greeting; left out: nothing. */
  says?: unknown;
  subscription?: PushSubscription | null;
  /** Runs when its file is looked for again. */
  onUpdate?: (registration: Fake) => void;
}
type Fake = ServiceWorkerRegistration & { ended: string[] };

/** The parts of a registration that this code looks at. */
function fake({
  scope = `${SITE}/`,
  file = THEIRS,
  says,
  subscription = null,
  onUpdate,
}: FakeWorker = {}): Fake {
  const ended: string[] = [];
  const held = subscription && {
    toJSON: () => subscription.toJSON(),
    unsubscribe: () => Promise.resolve(ended.push('subscription') > 0),
  };
  const registration = {
    scope,
    ended,
    installing: null,
    waiting: null,
    active: {
      scriptURL: SITE + file,
      postMessage(message: unknown, [port]: MessagePort[]) {
        expect(message).toEqual({ pushdesk: 'hello' });
        if (says !== undefined) port?.postMessage(says);
      },
    },
    update: () => Promise.resolve(onUpdate?.(registration)),
    unregister: () => Promise.resolve(ended.push('worker') > 0),
    pushManager: { getSubscription: () => Promise.resolve(held) },
  } as unknown as Fake;
  return registration;
}

let registered: ServiceWorkerRegistration[] = [];
let permission: NotificationPermission = 'granted';
const made = fake({ scope: PLACE.scope, file: '/pushdesk/pushdesk-worker.js' });
const make = vi.fn<typeof makeRegistration>();

beforeEach(() => {
  permission = 'granted';
  make.mockReset().mockResolvedValue(made);
  vi.stubGlobal('navigator', {
    serviceWorker: { getRegistrations: () => Promise.resolve(registered) },
  });
  vi.stubGlobal('Notification', {
    get permission() {
      return permission;
    },
  });
  // A worker that is silent is not waited for.
  vi.useFakeTimers({ toFake: ['setTimeout'], shouldAdvanceTime: true, advanceTimeDelta: 2000 });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const look = (own?: Fake) => takeOver(PLACE, [THEIRS], own, make);
const ownWorker = (more: FakeWorker = {}) =>
  fake({ scope: PLACE.scope, file: '/pushdesk/pushdesk-worker.js', ...more });

describe('taking over from another sender, on the page', () => {
  it('leaves alone what nobody named, and makes nothing', async () => {
    const caching = fake({ file: '/cache.js', subscription: fakePushSubscription('caching') });
    registered = [caching];
    expect(await look()).toEqual({ registration: undefined });
    expect(caching.ended).toEqual([]);
    expect(make).not.toHaveBeenCalled();
  });

  it('goes on with their worker where its file runs the kit, subscription and all', async () => {
    const theirs = fake({ says: { told: true }, subscription: fakePushSubscription('theirs') });
    registered = [theirs];
    expect(await look()).toEqual({ registration: theirs, over: { from: null } });
    expect(theirs.ended).toEqual([]);
  });

  it('waits for the newer file of theirs, which may be the kit', async () => {
    let begin = () => undefined as unknown;
    const next = {
      state: 'installing',
      addEventListener: (_type: string, listener: () => void) => {
        begin = listener;
      },
    };
    const theirs = fake({
      says: { told: false },
      onUpdate: (registration) => {
        Object.assign(registration, { installing: next });
        queueMicrotask(() => {
          next.state = 'activated';
          begin();
        });
      },
    });
    registered = [theirs];
    expect(await look()).toMatchObject({ over: { from: null } });
  });

  it('makes its own beside theirs, in place of their subscription, which stays for now', async () => {
    const theirs = fake({ subscription: fakePushSubscription('theirs') });
    registered = [theirs];
    expect(await look()).toEqual({ registration: made, over: { from: ownOf('theirs') } });
    expect(theirs.ended).toEqual([]);
  });

  it.each<[string, NotificationPermission, PushSubscription | null]>([
    ['holds no subscription', 'granted', null],
    ['has no permission any more', 'default', fakePushSubscription('theirs')],
    ['was blocked', 'denied', fakePushSubscription('theirs')],
  ])('asks for nothing where theirs %s', async (_how, answer, subscription) => {
    permission = answer;
    registered = [fake({ subscription })];
    expect(await look()).toEqual({ registration: undefined });
    expect(make).not.toHaveBeenCalled();
  });

  it('says nothing of theirs where its own worker cannot be made', async () => {
    make.mockResolvedValue({ code: 'worker-not-found', cause: 'C', cure: 'D' });
    registered = [fake({ subscription: fakePushSubscription('theirs') })];
    expect(await look()).toEqual({ registration: undefined });
  });

  it('ends theirs once the engine knows its own, and not before', async () => {
    const theirs = fake({ subscription: fakePushSubscription('theirs') });
    const untold = ownWorker({ says: { told: false }, subscription: fakePushSubscription('own') });
    registered = [theirs, untold];
    expect(await look(untold)).toEqual({ registration: untold });
    expect(theirs.ended).toEqual([]);

    const silent = ownWorker({ subscription: fakePushSubscription('own') });
    expect(await look(silent)).toEqual({ registration: silent });
    expect(theirs.ended).toEqual([]);

    const told = ownWorker({ says: { told: true }, subscription: fakePushSubscription('own') });
    expect(await look(told)).toEqual({ registration: told });
    expect(theirs.ended).toEqual(['subscription', 'worker']);
    expect(told.ended).toEqual([]);
  });

  it('keeps theirs whose file is gone from the site', async () => {
    const theirs = fake({
      subscription: fakePushSubscription('theirs'),
      onUpdate: () => {
        throw new TypeError('404');
      },
    });
    registered = [theirs];
    expect(await look()).toMatchObject({ registration: made, over: { from: ownOf('theirs') } });
    expect(theirs.ended).toEqual([]);
  });
});
