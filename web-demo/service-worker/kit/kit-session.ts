import { isObject } from '../../shared/is-object.ts';
import type { OwnSubscription, PagePerson } from '../../../electron/contract/http.ts';
import type { Answer, Ask } from '../../kit/message.ts';
import { scheduleWithTimer, TimedOut, withTimeout } from '../../page/with-timeout.ts';
import type { AppClient } from '../../shared/app-client.ts';
import { decodeBase64Url } from '../../shared/base64url.ts';
import { identityOf, keyOf, subscriptionJson } from '../../shared/subscription.ts';
import { createTellApp, type TellApp } from '../../shared/tell-app.ts';
import { renew as renewDropped, type SubscriptionChange } from '../renew.ts';
import { createEngineClient } from './engine-client.ts';
import { KitProblem, problemOf } from './problems.ts';
import { asEngine, asKey, asOwn, textsOf, wordsOf, type KitRecord, type RecordStore } from './record.ts';
import { engineProblem, wantedKey } from './wanted-key.ts';

const SUBSCRIBE_MS = 20_000;
const LOOK_MS = 10_000;
const MAX_REMOVED = 20;

export interface KitSessionOptions {
  /** The worker's registration. */
  registration: Pick<ServiceWorkerRegistration, 'pushManager'>;
  store: RecordStore;
  permission: () => NotificationPermission;
  /** What is told about the visitor. */
  person: (
    tags: readonly string[],
    attributes: Readonly<Record<string, string>>,
  ) => Required<Pick<PagePerson, 'tags' | 'attributes'>>;
  send: typeof fetch;
}

/**
 * Subscribes, gives up, and tells the engine, for all pages of a site. One thing at a time: two that resubscribe would undo each other's
 * work. None of it throws.
 */
export interface KitSession {
  /** @param ask what a page sent; it may be anything: `hello` changes nothing. `null`: it is not a question from the kit */
  answer(ask: unknown): Promise<Answer | null>;
  /** Tells the engine what could not be told before. */
  catchUp(): Promise<void>;
  /** After the browser has replaced or dropped the subscription. */
  follow(change: SubscriptionChange): Promise<void>;
}

export function createKitSession(options: KitSessionOptions): KitSession {
  const { registration, store, permission, person, send } = options;
  const { pushManager } = registration;
  let turn: Promise<unknown> = Promise.resolve();

  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };

  const limited = <Value>(work: Promise<Value>, ms: number) => withTimeout(work, ms, scheduleWithTimer);
  const current = () => limited(pushManager.getSubscription(), LOOK_MS);
  const personOf = ({ always, tags, attributes }: KitRecord) =>
    person([...new Set([...always, ...(tags ?? [])])], attributes);
  const client = ({ engine }: KitRecord) => createEngineClient(engine, send);

  async function teller(app: AppClient): Promise<TellApp> {
    const held = await store.read();
    const removeTags = held.removed.slice(0, MAX_REMOVED);
    return createTellApp(
      app,
      store.memory,
      () => ({
        ...personOf(held),
        // An engine of an earlier version does not know this word.
        ...(removeTags.length > 0 ? { removeTags } : {}),
      }),
      held.movedIn,
    );
  }

  async function answerOf(
    state: Answer['state'],
    failure: KitProblem | null = null,
    subscription: PushSubscription | null = null,
  ): Promise<Answer> {
    const held = await store.read();
    const told = personOf(held);
    const full = subscription && {
      ...subscriptionJson(subscription),
      applicationServerKey: keyOf(subscription) ?? held.key,
      ...told,
    };
    return {
      state,
      problem: failure?.problem ?? null,
      told: state === 'on' && held.engine !== null && !held.untold,
      tags: held.tags ?? [],
      attributes: held.attributes,
      json: full && JSON.stringify(full, null, 2),
    };
  }

  /** Tells the engine about a subscription. */
  async function report(subscription: PushSubscription, old?: OwnSubscription): Promise<Answer> {
    await store.write({ on: true, untold: true });
    const held = await store.read();
    const madeWith = keyOf(subscription) ?? held.key;
    if (held.engine === null || madeWith === null) return answerOf('on', null, subscription);
    const tell = await teller(client(held));
    const result = await tell.subscribed(subscriptionJson(subscription), madeWith, old);
    if (result.kind === 'problem') {
      await askForSync();
      return answerOf('on', await engineProblem(result.problem, held.engine, send), subscription);
    }
    await store.write({ untold: false, removed: [], movedIn: null });
    return answerOf('on', null, subscription);
  }

  /** The browser wakes the worker once there is a network, where it can. */
  async function askForSync(): Promise<void> {
    const { sync } = registration as { sync?: { register(tag: string): Promise<void> } };
    // Where it cannot, the next visit tells the engine.
    await sync?.register('pushdesk').catch(() => undefined);
  }

  /** A subscription that came when nobody was waiting for it any more: told all the same, or given up if the visitor has declined since. */
  const comeLate = (subscription: PushSubscription, about: Partial<KitRecord>) =>
    inTurn(async () => {
      const { declined } = await store.read();
      if ((await current())?.endpoint !== subscription.endpoint) return;
      if (declined) {
        await limited(subscription.unsubscribe(), LOOK_MS);
        return;
      }
      await store.write(about);
      await report(subscription);
    }).catch(() => undefined);

  /** @param about what is known about it, in case it comes late */
  async function make(key: string, about: Partial<KitRecord> = {}): Promise<PushSubscription> {
    const made = pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: decodeBase64Url(key) });
    try {
      return await limited(made, SUBSCRIBE_MS);
    } catch (error) {
      if (error instanceof TimedOut) {
        made.then(
          (subscription) => comeLate(subscription, about),
          () => undefined,
        );
      }
      throw error;
    }
  }

  /** A subscription belongs to one key for good: for another one it is given up first. */
  async function replace(old: PushSubscription | null, key: string): Promise<Answer> {
    const identity = old === null ? undefined : identityOf(subscriptionJson(old));
    // Written first: should the worker end after the old one is gone, it is still wanted, and it is known whose it was.
    const held = await store.read();
    await store.write({ on: true, untold: true, told: held.told ?? identity ?? null });
    await askForSync();
    try {
      if (old !== null) await limited(old.unsubscribe(), LOOK_MS);
      return await report(await make(key), identity);
    } catch (error) {
      // It stays wanted, so that the next visit tries again. The engine counts nobody whom it cannot reach.
      const { told } = await store.read();
      if (told !== null && (await current().catch(() => old)) === null) {
        await (await teller(client(held))).stuck(told);
      }
      return answerOf('off', problemOf(error, permission()));
    }
  }

  /** @throws KitProblem if neither engine nor page gives one */
  async function bestKey({ engine, key }: KitRecord, fallback: string | null): Promise<string> {
    if (engine !== null) {
      try {
        const wanted = await wantedKey(client({ ...NO_RECORD, engine }), engine, send);
        await store.write({ key: wanted });
        return wanted;
      } catch (error) {
        const known = key ?? fallback;
        if (problemOf(error, permission()).code !== 'engine-unreachable' || known === null) throw error;
        return known;
      }
    }
    if (fallback === null) throw new KitProblem('no-key');
    await store.write({ key: fallback });
    return fallback;
  }

  /** Whether what is told is another sender's, still in use: the worker ended before its own was in place. */
  const isHalfway = ({ on, declined, movedIn }: KitRecord) =>
    movedIn !== null && !on && !declined && permission() === 'granted';

  async function none(held: KitRecord, fallback: string | null): Promise<Answer> {
    // It was the browser that lost it: the visitor has not withdrawn what they allowed.
    if (held.on && permission() === 'granted') return replace(null, await bestKey(held, fallback));
    if (permission() !== 'granted') await store.write({ on: false });
    if (held.told !== null && !isHalfway(held)) await (await teller(client(held))).nothingLeft();
    return permission() === 'denied' ? answerOf('denied', new KitProblem('denied')) : answerOf('off');
  }

  /** The other sender's stays until this one is in place, and what is known about its person is kept. */
  async function makeInPlaceOf(theirs: OwnSubscription, key: string): Promise<Answer> {
    const { told } = await store.read();
    const about = { told: theirs, movedIn: 'renewed' } as const;
    await store.write(about);
    try {
      return await report(await make(key, about));
    } catch (error) {
      // Theirs is not touched: the next visit tries again.
      await store.write({ told, movedIn: null });
      throw error;
    }
  }

  /** @param over what a page lets the worker bring over from another sender; `null`: nothing without a press */
  async function check(
    fallback: string | null,
    over: { from: OwnSubscription | null } | null,
  ): Promise<Answer> {
    const held = await store.read();
    const subscription = await current();
    if (subscription === null) {
      const { from = null } = over ?? {};
      const isLeft = held.on || held.declined || permission() !== 'granted';
      if (from === null || isLeft) return none(held, fallback);
      return makeInPlaceOf(from, await bestKey(held, fallback));
    }
    if (over !== null && held.declined && !held.on) return answerOf('off');
    const madeWith = keyOf(subscription);
    let wanted = fallback;
    if (held.engine !== null) {
      try {
        wanted = await wantedKey(client(held), held.engine, send);
        await store.write({ key: wanted });
      } catch (error) {
        // The engine keeps what it was told: not answering takes nothing back.
        return held.on ? answerOf('on', problemOf(error, permission()), subscription) : answerOf('off');
      }
    }
    // Without permission no other one could take its place.
    const isStuck = held.on && permission() !== 'granted';
    const isOver = over !== null && !held.on;
    if (wanted === null || madeWith === null || madeWith === wanted || isStuck) {
      if (isOver) await store.write({ movedIn: 'kept' });
      return report(subscription);
    }
    if (isOver) {
      await store.write({ movedIn: 'renewed' });
      return replace(subscription, wanted);
    }
    // Another sender's, on the site's own worker: theirs until the visitor presses.
    return held.on ? replace(subscription, wanted) : answerOf('off');
  }

  async function subscribe(fallback: string | null, theirs: OwnSubscription | null): Promise<Answer> {
    const key = await bestKey(await store.read(), fallback);
    const subscription = await current();
    await store.write({ declined: false });
    if (subscription === null) return theirs ? makeInPlaceOf(theirs, key) : report(await make(key));
    return keyOf(subscription) === key ? report(subscription) : replace(subscription, key);
  }

  async function choose(): Promise<Answer> {
    const subscription = await current();
    const { on } = await store.read();
    return subscription === null || !on ? answerOf('off') : report(subscription);
  }

  async function unsubscribe(theirs: OwnSubscription | null): Promise<Answer> {
    const subscription = await current();
    if (subscription !== null) await limited(subscription.unsubscribe(), LOOK_MS);
    await store.write({ on: false, declined: true, untold: false });
    const held = await store.read();
    const own = held.told ?? (subscription ? identityOf(subscriptionJson(subscription)) : theirs);
    if (own !== null && held.engine !== null) await (await teller(client(held))).cancelled(own);
    return answerOf('off');
  }

  async function remember({ choice, engine, tags, attributes }: Partial<Record<keyof Ask, unknown>>) {
    const held = await store.read();
    const chosen = choice as { tags?: unknown; attributes?: unknown } | null | undefined;
    const now = chosen?.tags === undefined ? held.tags : textsOf(chosen.tags);
    const gone = [...held.removed, ...(held.tags ?? [])].filter((tag) => now?.includes(tag) !== true);
    await store.write({
      engine: asEngine(engine),
      always: textsOf(tags),
      tags: now,
      removed: now === held.tags ? held.removed : [...new Set(gone)].slice(-MAX_REMOVED),
      attributes: { ...held.attributes, ...wordsOf(attributes), ...wordsOf(chosen?.attributes) },
    });
  }

  return {
    answer(ask) {
      const { pushdesk, ...said } = Object(ask) as Partial<Record<keyof Ask, unknown>>;
      const fallback = asKey(said.publicKey);
      const over = overOf(said.over);
      const theirs = over?.from ?? null;
      const acts = {
        check: () => check(fallback, over),
        subscribe: () => subscribe(fallback, theirs),
        unsubscribe: () => unsubscribe(theirs),
        choose,
      };
      // Done out of turn: the page that asks waits for less time than an engine may take to answer.
      if (pushdesk === 'hello') return store.read().then(({ on }) => answerOf(on ? 'on' : 'off'));
      if (typeof pushdesk !== 'string' || !Object.hasOwn(acts, pushdesk)) return Promise.resolve(null);
      const act = acts[pushdesk as keyof typeof acts];
      return inTurn(async () => {
        try {
          await remember(said);
          return await act();
        } catch (error) {
          const subscription = await current().catch(() => null);
          const { on } = await store.read();
          return answerOf(
            on && subscription !== null ? 'on' : 'off',
            problemOf(error, permission()),
            subscription,
          );
        }
      });
    },
    catchUp: () =>
      inTurn(async () => {
        const held = await store.read();
        const { untold, on, told, engine } = held;
        if (engine === null) return;
        const subscription = await current();
        // A change of key that was cut short is continued.
        if (on && subscription === null && permission() === 'granted') {
          await replace(null, await bestKey(held, null));
        } else if ((!untold && (on || told === null)) || isHalfway(held)) return;
        else if (subscription !== null && on) await report(subscription);
        else await (await teller(client(await store.read()))).nothingLeft();
      }).catch(() => undefined),
    follow: (change) =>
      inTurn(async () => {
        const held = await store.read();
        const app = client(held);
        const tell = await teller(app);
        // The visitor has given it up: nothing takes its place.
        if (!held.on) return tell.nothingLeft();
        await store.write({ untold: true });
        // Without an answer from the engine, its last known key is the one to go on with.
        const publicKey: AppClient['publicKey'] = async () => {
          const asked = await app.publicKey();
          return asked.kind === 'done' ? asked : { kind: 'done', value: held.key };
        };
        await renewDropped(change, { pushManager, app: { ...app, publicKey }, tell });
        const endpoint = (await current())?.endpoint;
        const { told } = await store.read();
        if (endpoint !== undefined && told?.endpoint === endpoint) await store.write({ untold: false });
      }).catch(() => undefined),
  };
}

/** Anything that a page sends, as what it may let the worker bring over. */
function overOf(value: unknown): { from: OwnSubscription | null } | null {
  return isObject(value) && 'from' in value ? { from: asOwn(value['from']) } : null;
}

const NO_RECORD: KitRecord = {
  engine: null,
  key: null,
  told: null,
  on: false,
  declined: false,
  untold: false,
  movedIn: null,
  always: [],
  tags: null,
  removed: [],
  attributes: {},
};
