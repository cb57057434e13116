import type { ReportReceipts } from '../../electron/contract/http.ts';
import { isMessageId } from './fields.ts';
import { decodeBase64Url, encodeBase64Url } from '../shared/base64url.ts';
import { subscriptionJson } from '../shared/subscription.ts';

export type ReceiptEvent = ReportReceipts['receipts'][number]['event'];

/** What became of messages, kept until the engine has heard of it. */
export interface Receipts {
  /**
   * Notes what became of a message that asks for receipts, to be told later. Never fails: it must not disturb the notification.
   * @param message its id; `null`: it asks for no receipts
   */
  note(message: string | null, event: ReceiptEvent, action?: string): Promise<void>;
  /** Tells what is kept, if there is anything. */
  tell(): Promise<void>;
}

export interface ReceiptsOptions {
  /** `undefined` where the browser has none: then it is kept as long as the worker runs. */
  storage: () => CacheStorage | undefined;
  /** Address below which it is kept. */
  place: string;
  subscription: () => Promise<PushSubscription | null>;
  /** @returns whether it need not be told again: it was taken, or never will be */
  send: (report: ReportReceipts) => Promise<boolean>;
  now: () => number;
}

interface Kept {
  id: string;
  event: ReceiptEvent;
  action?: string;
  at: number;
}

const CACHE = 'pushdesk-receipts';
/** A service keeps a push no longer than this, so none is shown later either. */
const LONGEST_MS = 28 * 24 * 3_600_000;
const MOST_KEPT = 500;
/** As many as the engine takes at once. */
const AT_ONCE = 50;

/**
 * Each event has an entry of its own in the Cache API, so that two that happen at once never write over each other, and a second report of
 * the same finds the first.
 */
export function createReceipts({ storage, place, subscription, send, now }: ReceiptsOptions): Receipts {
  let turn: Promise<void> = Promise.resolve();
  const unstored: Kept[] = [];
  const open = () => storage()?.open(CACHE);

  const tellAll = async (): Promise<void> => {
    const some = [...unstored];
    if (await tellSome(some)) unstored.splice(0, some.length);
    const cache = await open();
    const requests = (await cache?.keys()) ?? [];
    const own = requests.filter(({ url }) => url.startsWith(place));
    // The oldest come first; what does not fit is older than anybody needs.
    for (const request of own.splice(0, own.length - MOST_KEPT)) await cache?.delete(request);
    while (own.length > 0) {
      const some = own.splice(0, AT_ONCE);
      const kept = await Promise.all(some.map(async (request) => readKept(await cache?.match(request))));
      const isOver = await tellSome(kept.filter((one) => one !== null && now() - one.at < LONGEST_MS));
      if (!isOver) return;
      for (const request of some) await cache?.delete(request);
    }
  };

  const tellSome = async (kept: readonly (Kept | null)[]): Promise<boolean> => {
    const all = kept.filter((one) => one !== null);
    const current = all.length === 0 ? null : await subscription();
    // Without a subscription nothing can be proved any more.
    if (current === null) return true;
    const { endpoint, keys } = subscriptionJson(current);
    const key = await crypto.subtle.importKey(
      'raw',
      decodeBase64Url(keys.auth),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign'],
    );
    const receipts = await Promise.all(
      all.map(async ({ id, event, action, at }) => ({
        id,
        event,
        ...(action === undefined ? {} : { action }),
        agoMs: Math.max(0, Math.round(now() - at)),
        proof: encodeBase64Url(
          await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`receipt ${id}`)),
        ),
      })),
    );
    return send({ endpoint, receipts });
  };

  const tell = (): Promise<void> => {
    turn = turn.then(tellAll).catch(() => undefined);
    return turn;
  };

  return {
    async note(message, event, action) {
      if (message === null) return;
      const kept: Kept = {
        id: message,
        event,
        at: now(),
        ...actionOf(action),
      };
      try {
        const cache = await open();
        if (cache === undefined) throw new Error('There is no store.');
        const url = `${place}${encodeURIComponent(message)}/${event}`;
        if ((await cache.match(url)) === undefined) await cache.put(url, new Response(JSON.stringify(kept)));
      } catch {
        // A full disk, or a window that keeps nothing.
        if (unstored.length < AT_ONCE) unstored.push(kept);
      }
    },
    tell,
  };
}

/** Other code on the same site may have written anything. */
async function readKept(answer: Response | undefined): Promise<Kept | null> {
  if (answer === undefined) return null;
  try {
    const { id, event, action, at } = (await answer.json()) as Record<string, unknown>;
    // An entry that the engine does not take would cost those that are told along with it.
    return isMessageId(id) && isEvent(event) && typeof at === 'number'
      ? { id, event, at, ...actionOf(action) }
      : null;
  } catch {
    return null;
  }
}

const actionOf = (action: unknown) =>
  typeof action === 'string' && action !== '' ? { action: action.slice(0, 100) } : {};

const isEvent = (value: unknown): value is ReceiptEvent =>
  value === 'received' || value === 'shown' || value === 'clicked' || value === 'closed';
