import type { SubscriptionJson } from '../../electron/contract/http.ts';
import type { AppClient } from './app-client.ts';
import { UNREACHABLE } from './app-client.ts';
import type { Memory } from './memory.ts';
import type { Result } from './problem.ts';

/** Tells the app what this browser has, and remembers what was told. */
export interface TellApp {
  /** @param replaces the endpoint that this one takes the place of; else what was last told, where that differs */
  subscribed(subscription: SubscriptionJson, publicKey: string, replaces?: string): Promise<Result<unknown>>;
  cancelled(subscription: { endpoint: string; auth: string }): Promise<Result<unknown>>;
  /** The browser has no subscription: if the app was told of one, tells it that this one is over. */
  nothingLeft(): Promise<void>;
}

export function createTellApp(app: AppClient, memory: Memory): TellApp {
  const tell: TellApp = {
    async subscribed(subscription, publicKey, replaces) {
      const { endpoint } = subscription;
      const old = replaces ?? (await memory.read())?.endpoint ?? endpoint;
      const result = await app.report({
        subscription,
        publicKey,
        ...(old === endpoint ? {} : { replaces: old }),
      });
      if (result.kind === 'done') await memory.write({ endpoint, auth: subscription.keys.auth });
      return result;
    },
    async cancelled({ endpoint, auth }) {
      // Written first: should the app be closed now, the next load of the page tells it.
      await memory.write({ endpoint, auth });
      const result = await app.cancel({ endpoint, auth });
      if (result.kind === 'done' || result.problem.code !== UNREACHABLE) await memory.clear();
      return result;
    },
    async nothingLeft() {
      const last = await memory.read();
      if (last !== null) await tell.cancelled(last);
    },
  };
  return tell;
}
