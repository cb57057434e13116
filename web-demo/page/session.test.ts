import { describe, expect, it } from 'vitest';
import { CLOSED, KEY_A, KEY_B, REFUSED, fakeApp, fakeMemory, json, ownOf } from '../testing/fakes.ts';
import { createTellApp } from '../shared/tell-app.ts';
import type { BrowserPush, BrowserSubscription } from './browser-push.ts';
import type { PageState } from './page-state.ts';
import { createSession } from './session.ts';

const dom = (name: string) => new DOMException('', name);
const endpoint = (name: string) => json(name).endpoint;

interface Given {
  /** What the browser holds from before. */
  held?: { name: string; key: string | null } | null;
  /** The key in use in the app. */
  key?: string | null;
}

/** A browser, an app and a page between them; everything that happens is written down in `happened`. */
function world({ held = null, key = KEY_A }: Given = {}) {
  const happened: string[] = [];
  const states: PageState[] = [];
  const timers: (() => void)[] = [];
  const app = fakeApp({ key });
  const memory = fakeMemory();
  const browser = {
    permission: 'granted' as NotificationPermission,
    answer: 'granted' as NotificationPermission,
    current: null as BrowserSubscription | null,
    /** How the next subscriptions end; `null` is success. */
    failures: [] as (DOMException | null)[],
    /** Used instead of the above: lets a test decide when the browser answers. */
    pending: null as Promise<BrowserSubscription> | null,
    /** What happens elsewhere while the browser is at it. */
    meanwhile: () => undefined as unknown,
  };
  const subscription = (name: string, madeWith: string | null): BrowserSubscription => ({
    json: json(name),
    publicKey: madeWith,
    unsubscribe: () => {
      happened.push(`unsubscribe ${name}`);
      browser.current = null;
      return Promise.resolve(true);
    },
  });
  if (held !== null) browser.current = subscription(held.name, held.key);
  let made = 0;
  const push: BrowserPush = {
    permission: () => browser.permission,
    askPermission: () => {
      happened.push('ask');
      browser.permission = browser.answer;
      return Promise.resolve(browser.answer);
    },
    current: () => Promise.resolve(browser.current),
    subscribe: (publicKey) => {
      happened.push(`subscribe ${publicKey === KEY_A ? 'A' : 'B'}`);
      browser.meanwhile();
      if (browser.pending !== null) return browser.pending;
      const failure = browser.failures.shift() ?? null;
      if (failure !== null) return Promise.reject(failure);
      made += 1;
      browser.current = subscription(`new${made}`, publicKey);
      return Promise.resolve(browser.current);
    },
  };
  const session = createSession({
    browser: push,
    app: app.client,
    tell: createTellApp(app.client, memory),
    show: (state) => states.push(state),
    schedule: (run) => {
      timers.push(run);
      return () => {
        timers.splice(timers.indexOf(run), 1);
      };
    },
  });
  const last = () => states.at(-1);
  return { session, app, memory, browser, happened, states, last, timers, subscription };
}

describe('on load', () => {
  it('says that there is no subscription', async () => {
    const { session, states, app } = world();
    await session.check();
    expect(states).toEqual([{ kind: 'checking' }, { kind: 'not-subscribed', event: 'none', problem: null }]);
    expect(app.reports).toEqual([]);
  });

  it('tells the app of the one that it finds, each time', async () => {
    const { session, app, last } = world({ held: { name: 'a', key: KEY_A } });
    await session.check();
    await session.check();
    expect(app.reports).toEqual([
      { subscription: json('a'), publicKey: KEY_A, receipts: true },
      { subscription: json('a'), publicKey: KEY_A, receipts: true },
    ]);
    expect(last()).toMatchObject({ kind: 'subscribed', event: 'found', problem: null });
  });

  it('subscribes anew when the key in use has changed', async () => {
    const { session, app, happened, last } = world({ held: { name: 'a', key: KEY_B } });
    await session.check();
    expect(happened).toEqual(['unsubscribe a', 'subscribe A']);
    expect(app.reports).toEqual([
      { subscription: json('new1'), publicKey: KEY_A, receipts: true, replaces: ownOf('a') },
    ]);
    expect(last()).toMatchObject({ kind: 'subscribed', event: 'renewed', problem: null });
  });

  it('subscribes anew when the browser does not tell which key it was', async () => {
    const { session, happened } = world({ held: { name: 'a', key: null } });
    await session.check();
    expect(happened).toEqual(['unsubscribe a', 'subscribe A']);
  });

  it('asks for a press where the browser wants one, and tells the app that the old one is over', async () => {
    const { session, app, browser, last } = world({ held: { name: 'a', key: KEY_B } });
    browser.failures = [dom('NotAllowedError')];
    await session.check();
    expect(last()).toMatchObject({ kind: 'not-subscribed', problem: { code: 'press-subscribe' } });
    expect(app.cancels).toEqual([{ endpoint: endpoint('a'), auth: 'auth of a' }]);

    await session.subscribe();
    expect(last()).toMatchObject({ kind: 'subscribed', event: 'new', problem: null });
    expect(app.reports.at(-1)?.publicKey).toBe(KEY_A);
  });

  it('says why, when subscribing anew fails for another reason', async () => {
    const { session, browser, last } = world({ held: { name: 'a', key: KEY_B } });
    browser.failures = [dom('AbortError')];
    await session.check();
    expect(last()).toMatchObject({ problem: { code: 'push-service-unreachable' } });
  });

  it('keeps the subscription in view while the app is closed', async () => {
    const { session, app, last } = world({ held: { name: 'a', key: KEY_A } });
    app.problem = CLOSED;
    await session.check();
    expect(last()).toEqual({ kind: 'subscribed', event: 'found', subscription: json('a'), problem: CLOSED });
  });

  it('says what the app refused', async () => {
    const { session, app, last, browser, subscription } = world();
    browser.current = subscription('a', KEY_A);
    app.reportProblem = REFUSED;
    await session.check();
    expect(last()).toMatchObject({ kind: 'subscribed', problem: REFUSED });
    app.reportProblem = null;
    await session.subscribe();
    expect(last()).toMatchObject({ kind: 'subscribed', problem: null });
  });

  it('tells the app that a subscription was lost', async () => {
    const { session, app, memory } = world();
    memory.held = { endpoint: endpoint('lost'), auth: 'auth of lost' };
    await session.check();
    expect(app.cancels).toEqual([{ endpoint: endpoint('lost'), auth: 'auth of lost' }]);
    expect(memory.held).toBeNull();
  });

  it.each([
    ['there is no key pair', { key: null }, 'no-key-pair'],
    ['the app is closed', {}, 'app-unreachable'],
    ['notifications are blocked', {}, 'denied'],
  ])('says so when %s', async (_what, options, code) => {
    const { session, app, browser, last } = world(options);
    if (code === 'app-unreachable') app.problem = CLOSED;
    if (code === 'denied') browser.permission = 'denied';
    await session.check();
    expect(last()).toMatchObject({ kind: 'not-subscribed', problem: { code } });
  });

  it('keeps a subscription that the app has no key for any more, and says so', async () => {
    const { session, app, last, happened } = world({ held: { name: 'a', key: KEY_A }, key: null });
    await session.check();
    expect(happened).toEqual([]);
    expect(app.reports).toHaveLength(1);
    expect(last()).toMatchObject({ kind: 'subscribed', problem: { code: 'key-pair-gone' } });
  });

  it('says that the worker failed when even looking does', async () => {
    const { session, browser, last } = world();
    Object.defineProperty(browser, 'current', {
      get: () => {
        throw dom('SecurityError');
      },
    });
    await session.check();
    expect(last()).toMatchObject({ problem: { code: 'worker-failed' } });
  });
});

describe('Subscribe', () => {
  it('asks the person, then the push service, then tells the app', async () => {
    const { session, app, browser, happened, states } = world();
    browser.permission = 'default';
    await session.subscribe();
    expect(happened).toEqual(['ask', 'subscribe A']);
    expect(states.map((state) => (state.kind === 'working' ? state.task : state.kind))).toEqual([
      'asking-app',
      'asking-permission',
      'subscribing',
      'subscribed',
    ]);
    expect(app.reports).toEqual([{ subscription: json('new1'), publicKey: KEY_A, receipts: true }]);
  });

  it.each([
    ['denied', 'denied'],
    ['default', 'dismissed'],
  ] as const)('stops when the answer is %s', async (answer, code) => {
    const { session, browser, happened, last } = world();
    browser.permission = 'default';
    browser.answer = answer;
    await session.subscribe();
    expect(happened).toEqual(['ask']);
    expect(last()).toMatchObject({ kind: 'not-subscribed', problem: { code } });
  });

  it('does not ask the person while there is no key to subscribe with', async () => {
    const { session, browser, happened, last } = world({ key: null });
    browser.permission = 'default';
    await session.subscribe();
    expect(happened).toEqual([]);
    expect(last()).toMatchObject({ problem: { code: 'no-key-pair' } });
  });

  it('gives up another key’s subscription that another tab has made meanwhile', async () => {
    const { session, browser, happened, last, subscription } = world();
    browser.failures = [dom('InvalidStateError')];
    browser.meanwhile = () => (browser.current ??= subscription('other', KEY_B));
    await session.subscribe();
    expect(happened).toEqual(['subscribe A', 'unsubscribe other', 'subscribe A']);
    expect(last()?.kind).toBe('subscribed');
  });

  it('does not wait for ever, and tells the app if the browser gets there after all', async () => {
    const { session, app, browser, last, timers, subscription } = world();
    let arrive: (late: BrowserSubscription) => void = () => undefined;
    browser.pending = new Promise((resolve) => {
      arrive = resolve;
    });
    const working = session.subscribe();
    await expect.poll(() => timers.length).toBe(1);
    await expect.poll(() => last()).toMatchObject({ kind: 'working', task: 'subscribing' });
    for (const run of [...timers]) run();
    await working;
    expect(last()).toMatchObject({ kind: 'not-subscribed', problem: { code: 'timed-out' } });

    browser.current = subscription('late', KEY_A);
    arrive(browser.current);
    await expect.poll(() => app.reports).toHaveLength(1);
    await expect.poll(() => last()?.kind).toBe('subscribed');
  });

  it('does one thing at a time', async () => {
    const { session, happened } = world();
    await Promise.all([session.subscribe(), session.subscribe(), session.cancel(), session.check()]);
    expect(happened).toEqual(['subscribe A']);
  });

  it('is not lost when it is pressed while the page looks by itself', async () => {
    const { session, happened, last } = world();
    await Promise.all([session.check(), session.subscribe(), session.subscribe(), session.check()]);
    expect(happened).toEqual(['subscribe A']);
    expect(last()).toMatchObject({ kind: 'subscribed', event: 'new' });

    await Promise.all([session.check(), session.cancel()]);
    expect(happened).toEqual(['subscribe A', 'unsubscribe new1']);
    expect(last()).toMatchObject({ kind: 'not-subscribed', event: 'cancelled' });
  });
});

describe('Cancel subscription', () => {
  it('gives the subscription up and tells the app', async () => {
    const { session, app, happened, last } = world({ held: { name: 'a', key: KEY_A } });
    await session.cancel();
    expect(happened).toEqual(['unsubscribe a']);
    expect(app.cancels).toEqual([{ endpoint: endpoint('a'), auth: 'auth of a' }]);
    expect(last()).toEqual({ kind: 'not-subscribed', event: 'cancelled', problem: null });
  });

  it('goes through while the app is closed; the next load tells it', async () => {
    const { session, app, happened, last } = world({ held: { name: 'a', key: KEY_A } });
    app.problem = CLOSED;
    await session.cancel();
    expect(happened).toEqual(['unsubscribe a']);
    expect(last()).toEqual({ kind: 'not-subscribed', event: 'cancelled', problem: CLOSED });

    app.problem = null;
    await session.check();
    expect(app.cancels).toEqual([{ endpoint: endpoint('a'), auth: 'auth of a' }]);
  });

  it('keeps the subscription in view when the browser cannot give it up', async () => {
    const { session, app, browser, last, subscription } = world();
    browser.current = {
      ...subscription('a', KEY_A),
      unsubscribe: () => Promise.reject(dom('AbortError')),
    };
    await session.cancel();
    expect(last()).toMatchObject({ kind: 'subscribed', problem: { code: 'push-service-unreachable' } });
    expect(app.cancels).toEqual([]);
  });

  it('is fine when nothing is left to cancel', async () => {
    const { session, app, last } = world();
    await session.cancel();
    expect(app.cancels).toEqual([]);
    expect(last()).toEqual({ kind: 'not-subscribed', event: 'cancelled', problem: null });
  });
});
