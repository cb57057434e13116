import type { MovedIn, OwnSubscription, PagePerson, SubscriptionJson } from '../../electron/contract/http.ts';
import type { AppClient } from './app-client.ts';
import { passes } from './app-client.ts';
import type { Memory } from './memory.ts';
import type { Result } from './problem.ts';
import { identityOf } from './subscription.ts';

/** Tells the app what this browser has, and remembers what was told. */
export interface TellApp {
  /**
   * @param old the one that this one replaces. What was last told counts for more, where that is remembered: the app may not know
   *   any other.
   */
  subscribed(
    subscription: SubscriptionJson,
    publicKey: string,
    old?: OwnSubscription | null,
  ): Promise<Result<unknown>>;
  cancelled(subscription: OwnSubscription): Promise<Result<unknown>>;
  /** Before one is given up for another key: if page or worker ends in between, the next visit carries on from there. */
  moving(old: OwnSubscription): Promise<void>;
  /** The one that was given up for another key while none has taken its place; `null`: there is none. */
  left(): Promise<OwnSubscription | null>;
  /**
   * It was given up, and none could take its place. The app is told, so that it counts nobody who cannot be reached; the secret is kept, so
   * that one that takes its place on a later visit still belongs to the same person.
   */
  stuck(old: OwnSubscription): Promise<void>;
  /** The browser has no subscription: if the app was told of one, tells it that it is over. */
  nothingLeft(): Promise<void>;
}

/**
 * @param person what is said about the person; left out: nothing
 * @param movedIn how it came over from another sender; `null`: it did not, or the app knows
 */
export function createTellApp(
  app: AppClient,
  memory: Memory,
  person: () => PagePerson | undefined = () => undefined,
  movedIn: MovedIn | null = null,
): TellApp {
  const tell: TellApp = {
    async subscribed(subscription, publicKey, old = null) {
      const own = identityOf(subscription);
      // Without its secret as proof, the app changes nothing about the old one.
      const told = (await memory.read()) ?? old;
      const replaces = told && { endpoint: told.endpoint, auth: told.auth };
      const isSame = replaces === null || (replaces.endpoint === own.endpoint && replaces.auth === own.auth);
      const said = person();
      const result = await app.report({
        subscription,
        publicKey,
        receipts: true,
        ...(isSame ? {} : { replaces }),
        ...(said === undefined ? {} : { person: said }),
        // An engine of an earlier version does not know this word.
        ...(movedIn === null ? {} : { movedIn }),
      });
      if (result.kind === 'done') await memory.write(own);
      return result;
    },
    async cancelled({ endpoint, auth }) {
      // Written first: should the app be closed now, the next load of the page tells it.
      await memory.write({ endpoint, auth });
      const result = await app.cancel({ endpoint, auth });
      if (result.kind === 'done' || !passes(result.problem.code)) await memory.clear();
      return result;
    },
    async moving(old) {
      const { endpoint, auth } = (await memory.read()) ?? old;
      await memory.write({ endpoint, auth, moving: true });
    },
    async left() {
      const told = await memory.read();
      return told?.moving === true ? { endpoint: told.endpoint, auth: told.auth } : null;
    },
    async stuck(old) {
      const { endpoint, auth } = (await memory.read()) ?? old;
      await memory.write({ endpoint, auth, moving: true });
      await app.cancel({ endpoint, auth });
    },
    async nothingLeft() {
      const last = await memory.read();
      if (last !== null) await tell.cancelled(last);
    },
  };
  return tell;
}
