import type { OwnSubscription } from '../../electron/contract/http.ts';
import type { AppClient } from '../shared/app-client.ts';
import type { Problem } from '../shared/problem.ts';
import { identityOf } from '../shared/subscription.ts';
import type { TellApp } from '../shared/tell-app.ts';
import type { BrowserPush, BrowserSubscription } from './browser-push.ts';
import type { PageState } from './page-state.ts';
import {
  DENIED,
  DISMISSED,
  KEY_PAIR_GONE,
  NO_KEY_PAIR,
  PRESS_SUBSCRIBE,
  pushProblem,
} from './push-problem.ts';
import { TimedOut, withTimeout } from './with-timeout.ts';
import type { Schedule } from './with-timeout.ts';

/**
 * What a person, or the browser, can ask of the page. One thing at a time: what comes while it works is left out. Only a press that comes
 * while it looks by itself is kept until it has looked, because the person cannot know about that.
 */
export interface Session {
  /** Compares what the browser has with what the app wants, and puts right what differs. */
  check: () => Promise<void>;
  subscribe: () => Promise<void>;
  cancel: () => Promise<void>;
}

export interface SessionOptions {
  browser: BrowserPush;
  app: AppClient;
  tell: TellApp;
  show: (state: PageState) => void;
  schedule: Schedule;
}

/** How long the browser may take to look at or drop a subscription, and to make one. */
const LOOK_MS = 10_000;
const SUBSCRIBE_MS = 20_000;

export function createSession({ browser, app, tell, show, schedule }: SessionOptions): Session {
  let acting = false;
  let looking: Promise<void> | null = null;
  let checkedOnce = false;

  const lookAlone = async (): Promise<void> => {
    if (acting || looking !== null) return;
    looking = check();
    try {
      await looking;
    } finally {
      looking = null;
    }
  };

  const actAlone = async (act: () => Promise<void>): Promise<void> => {
    if (acting) return;
    acting = true;
    try {
      // Whoever began the look deals with how it ends.
      await looking?.catch(() => undefined);
      await act();
    } finally {
      acting = false;
    }
  };

  const look = () => withTimeout(browser.current(), LOOK_MS, schedule);
  const drop = (subscription: BrowserSubscription) =>
    withTimeout(subscription.unsubscribe(), LOOK_MS, schedule);

  const request = async (publicKey: string): Promise<BrowserSubscription> => {
    const attempt = browser.subscribe(publicKey);
    try {
      return await withTimeout(attempt, SUBSCRIBE_MS, schedule);
    } catch (error) {
      // The browser may still get there after this page has given up; then the app is told after all.
      if (error instanceof TimedOut) void attempt.then(session.check, () => undefined);
      throw error;
    }
  };

  const make = async (publicKey: string): Promise<BrowserSubscription> => {
    try {
      return await request(publicKey);
    } catch (error) {
      // Another tab has subscribed meanwhile, with another key.
      const other = errorName(error) === 'InvalidStateError' ? await look() : null;
      if (other === null) throw error;
      await drop(other);
      return request(publicKey);
    }
  };

  const notSubscribed = (problem: Problem | null, event: 'none' | 'cancelled' = 'none') => {
    show({ kind: 'not-subscribed', event, problem });
  };

  /** Tells the app, and shows how that went. */
  const settle = async (
    { json, publicKey }: BrowserSubscription,
    wanted: string | null,
    event: 'found' | 'new' | 'renewed',
    old?: OwnSubscription,
  ): Promise<void> => {
    const madeWith = publicKey ?? wanted;
    const told = madeWith === null ? null : await tell.subscribed(json, madeWith, old);
    const problem = told?.kind === 'problem' ? told.problem : wanted === null ? KEY_PAIR_GONE : null;
    show({ kind: 'subscribed', event, subscription: json, problem });
  };

  /** A subscription belongs to one key for good: for another key it is given up first. */
  const renew = async (old: BrowserSubscription, publicKey: string): Promise<void> => {
    show({ kind: 'working', task: 'renewing', subscription: null });
    await tell.moving(identityOf(old.json));
    try {
      await drop(old);
    } catch (error) {
      // It may be in place all the same; the next visit looks.
      show({
        kind: 'subscribed',
        event: 'found',
        subscription: old.json,
        problem: pushProblem(error, 'subscribing'),
      });
      return;
    }
    await moveOn(identityOf(old.json), publicKey);
  };

  /** The second half of a change of key, even if the first was on an earlier visit. */
  const moveOn = async (old: OwnSubscription, publicKey: string): Promise<void> => {
    try {
      await settle(await make(publicKey), publicKey, 'renewed', old);
    } catch (error) {
      await tell.stuck(old);
      const needsPress = errorName(error) === 'NotAllowedError' && browser.permission() === 'granted';
      notSubscribed(needsPress ? PRESS_SUBSCRIBE : pushProblem(error, 'subscribing'));
    }
  };

  const check = async (): Promise<void> => {
    if (!checkedOnce) show({ kind: 'checking' });
    checkedOnce = true;
    const asked = app.publicKey();
    let current: BrowserSubscription | null;
    try {
      current = await look();
    } catch (error) {
      notSubscribed(pushProblem(error, 'looking'));
      return;
    }
    const wanted = await asked;
    const moving = current === null && browser.permission() === 'granted' ? await tell.left() : null;
    if (moving !== null && wanted.kind === 'done' && wanted.value !== null) {
      show({ kind: 'working', task: 'renewing', subscription: null });
      await moveOn(moving, wanted.value);
    } else if (current === null) {
      // What was given up for another key is still wanted, so the app is not told that it is over.
      if (moving === null) await tell.nothingLeft();
      if (browser.permission() === 'denied') notSubscribed(DENIED);
      else if (wanted.kind === 'problem') notSubscribed(wanted.problem);
      else notSubscribed(wanted.value === null ? NO_KEY_PAIR : null);
    } else if (wanted.kind === 'problem') {
      show({ kind: 'subscribed', event: 'found', subscription: current.json, problem: wanted.problem });
    } else if (
      wanted.value !== null &&
      current.publicKey !== wanted.value &&
      browser.permission() === 'granted'
    ) {
      await renew(current, wanted.value);
    } else {
      await settle(current, wanted.value, 'found');
    }
  };

  /** Asks the person, unless they have answered before. */
  const askPermission = async (): Promise<Problem | null> => {
    if (browser.permission() === 'default')
      show({ kind: 'working', task: 'asking-permission', subscription: null });
    const answer = browser.permission() === 'default' ? await browser.askPermission() : browser.permission();
    if (answer === 'granted') return null;
    return answer === 'denied' ? DENIED : DISMISSED;
  };

  const subscribe = async (): Promise<void> => {
    show({ kind: 'working', task: 'asking-app', subscription: null });
    const wanted = await app.publicKey();
    const refusal =
      wanted.kind === 'problem'
        ? wanted.problem
        : wanted.value === null
          ? NO_KEY_PAIR
          : await askPermission();
    try {
      const current = await look();
      if (refusal !== null || wanted.kind === 'problem' || wanted.value === null) {
        if (current === null) notSubscribed(refusal);
        else show({ kind: 'subscribed', event: 'found', subscription: current.json, problem: refusal });
        return;
      }
      const publicKey = wanted.value;
      if (current !== null && current.publicKey !== publicKey) {
        await renew(current, publicKey);
        return;
      }
      show({ kind: 'working', task: current === null ? 'subscribing' : 'telling', subscription: null });
      const made = current ?? (await make(publicKey));
      await settle(made, publicKey, current === null ? 'new' : 'found');
    } catch (error) {
      notSubscribed(pushProblem(error, 'subscribing'));
    }
  };

  const cancel = async (): Promise<void> => {
    let current: BrowserSubscription | null = null;
    try {
      current = await look();
      if (current === null) {
        await tell.nothingLeft();
        notSubscribed(null, 'cancelled');
        return;
      }
      show({ kind: 'working', task: 'cancelling', subscription: current.json });
      await drop(current);
    } catch (error) {
      const problem = pushProblem(error, 'cancelling');
      if (current === null) notSubscribed(problem);
      else show({ kind: 'subscribed', event: 'found', subscription: current.json, problem });
      return;
    }
    const told = await tell.cancelled(identityOf(current.json));
    notSubscribed(told.kind === 'problem' ? told.problem : null, 'cancelled');
  };

  const session: Session = {
    check: lookAlone,
    subscribe: () => actAlone(subscribe),
    cancel: () => actAlone(cancel),
  };
  return session;
}

const errorName = (error: unknown) =>
  error instanceof Error || error instanceof DOMException ? error.name : '';
