import type { OwnSubscription } from '../../electron/contract/http.ts';
import { isObject } from './is-object.ts';

/** The subscription that the app was last told about, with the secret that proves it. */
export interface Remembered extends OwnSubscription {
  /** It was given up for one with another key, which the app has not been told about yet: whatever happens meanwhile, it stays wanted. */
  readonly moving?: true;
}

/**
 * Keeps what the app was last told, so that a subscription that is lost or cancelled while the app is closed can be
 * reported later. The page and its worker share it. Forgetting is never an error: a private window keeps nothing.
 */
export interface Memory {
  read(): Promise<Remembered | null>;
  write(remembered: Remembered): Promise<void>;
  clear(): Promise<void>;
}

const CACHE = 'pushdesk';
const PLACE = 'last-told';

/** @param storage the Cache API: pages and workers can both use it, and it takes the least code */
export function createMemory(storage: CacheStorage | undefined): Memory {
  const attempt = async <Value>(work: (cache: Cache) => Promise<Value>): Promise<Value | null> => {
    try {
      return storage === undefined ? null : await work(await storage.open(CACHE));
    } catch {
      return null;
    }
  };
  return {
    read: () => attempt(async (cache) => readRemembered(await (await cache.match(PLACE))?.json())),
    async write({ endpoint, auth, moving }) {
      await attempt((cache) => cache.put(PLACE, new Response(JSON.stringify({ endpoint, auth, moving }))));
    },
    async clear() {
      await attempt((cache) => cache.delete(PLACE));
    },
  };
}

function readRemembered(value: unknown): Remembered | null {
  if (!isObject(value)) return null;
  const { endpoint, auth, moving } = value;
  if (typeof endpoint !== 'string' || typeof auth !== 'string') return null;
  return { endpoint, auth, ...(moving === true ? { moving } : {}) };
}
