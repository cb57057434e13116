import type { ReportReceipts } from '../../electron/contract/http.ts';
import { asFields, isMessageId } from './fields.ts';
import { decodeBase64Url, encodeBase64Url } from '../shared/base64url.ts';
import { subscriptionJson } from '../shared/subscription.ts';
import type { WorkerStore } from './worker-store.ts';

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
  /** Where it fails, receipts are kept as long as the worker runs. */
  store: Pick<WorkerStore, 'add' | 'below' | 'remove'>;
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

/** A service keeps a push no longer than this, so none is shown later either. */
const LONGEST_MS = 28 * 24 * 3_600_000;
const MOST_KEPT = 500;
/** As many as the engine takes at once. */
const AT_ONCE = 50;

/**
 * Each event has an entry of its own, so that two that happen at once never write over each other, and a second report of the same
 * finds the first.
 */
export function createReceipts({ store, place, subscription, send, now }: ReceiptsOptions): Receipts {
  let turn: Promise<void> = Promise.resolve();
  const unstored: Kept[] = [];

  const tellAll = async (): Promise<void> => {
    const some = [...unstored];
    if (await tellSome(some)) unstored.splice(0, some.length);
    const held = (await store.below(place)).map(([entry, value]) => ({ entry, kept: readKept(value) }));
    const remove = (some: typeof held) => store.remove(some.map(({ entry }) => entry));
    held.sort((one, other) => (one.kept?.at ?? 0) - (other.kept?.at ?? 0));
    // The oldest come first; what does not fit is older than anybody needs.
    await remove(held.splice(0, held.length - MOST_KEPT));
    while (held.length > 0) {
      const some = held.splice(0, AT_ONCE);
      const kept = some.map((one) => one.kept).filter((one) => one !== null);
      if (!(await tellSome(kept.filter(({ at }) => now() - at < LONGEST_MS)))) return;
      await remove(some);
    }
  };

  const tellSome = async (all: readonly Kept[]): Promise<boolean> => {
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
      all.map(async ({ at, ...told }) => ({
        ...told,
        agoMs: Math.max(0, Math.round(now() - at)),
        proof: encodeBase64Url(
          await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`receipt ${told.id}`)),
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
      const kept: Kept = { id: message, event, at: now(), ...actionOf(action) };
      try {
        await store.add(`${place}${encodeURIComponent(message)}/${event}`, kept);
      } catch {
        // A full disk, or a window that keeps nothing.
        if (unstored.length < AT_ONCE) unstored.push(kept);
      }
    },
    tell,
  };
}

/** Other code on the same site may have written anything. */
function readKept(value: unknown): Kept | null {
  const { id, event, action, at } = asFields(value) ?? {};
  // An entry that the engine does not take would cost those that are told along with it.
  return isMessageId(id) && EVENTS.includes(event) && typeof at === 'number'
    ? { id, event: event as ReceiptEvent, at, ...actionOf(action) }
    : null;
}

const actionOf = (action: unknown) =>
  typeof action === 'string' && action !== '' ? { action: action.slice(0, 100) } : {};

const EVENTS: readonly unknown[] = ['received', 'shown', 'clicked', 'closed'] satisfies ReceiptEvent[];
