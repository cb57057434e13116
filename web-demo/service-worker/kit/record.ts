import { isObject } from '../../shared/is-object.ts';
import type { MovedIn, OwnSubscription } from '../../../electron/contract/http.ts';
import type { Memory } from '../../shared/memory.ts';
import type { WorkerStore } from '../worker-store.ts';

/** What a page and its worker remember together: what the engine was last told, and what it is still to be told. */
export interface KitRecord {
  engine: string | null;
  /** The engine's key when it was last asked. */
  key: string | null;
  told: OwnSubscription | null;
  /** Whether the visitor wants notifications. */
  on: boolean;
  /** Whether the visitor has unsubscribed: what another sender has left is then brought over only by a press. */
  declined: boolean;
  /** Whether the engine still has to hear of it. */
  untold: boolean;
  /** How it came over from another sender, until the engine knows. */
  movedIn: MovedIn | null;
  /** Tags that the page gives to everybody. */
  always: string[];
  /** Those that the visitor chose; `null`: none were offered yet. */
  tags: string[] | null;
  /** Tags that were given up and that the engine may still have. */
  removed: string[];
  attributes: Record<string, string>;
}

export interface RecordStore {
  read(): Promise<KitRecord>;
  write(change: Partial<KitRecord>): Promise<void>;
  /** The part of it that `createTellApp` needs. */
  readonly memory: Memory;
}

const MAX = 50;

/**
 * @param kept where it fails, the record is remembered until the worker ends
 * @param place address below the scope of the worker, so that two kits on one site are kept apart
 */
export function createRecordStore(kept: Pick<WorkerStore, 'read' | 'write'>, place: string): RecordStore {
  let held: unknown = null;

  const read = async (): Promise<KitRecord> => {
    try {
      held = (await kept.read(place)) ?? held;
    } catch {
      // A private window keeps nothing.
    }
    return readRecord(held);
  };

  const write = async (change: Partial<KitRecord>): Promise<void> => {
    held = { ...(await read()), ...change };
    try {
      await kept.write(place, held);
    } catch {
      // As above.
    }
  };

  return {
    read,
    write,
    memory: {
      read: async () => (await read()).told,
      write: (told) => write({ told }),
      clear: () => write({ told: null }),
    },
  };
}

/** Takes what has the right shape, each part by itself. */
export function readRecord(value: unknown): KitRecord {
  const { engine, key, told, on, declined, untold, movedIn, always, tags, removed, attributes } =
    objectOf(value);
  return {
    engine: asEngine(engine),
    key: asKey(key),
    told: asOwn(told),
    on: on === true,
    declined: declined === true,
    untold: untold === true,
    movedIn: movedIn === 'kept' || movedIn === 'renewed' ? movedIn : null,
    always: textsOf(always),
    tags: Array.isArray(tags) ? textsOf(tags) : null,
    removed: textsOf(removed),
    attributes: wordsOf(attributes),
  };
}

/** What names a subscription and proves it. */
export function asOwn(value: unknown): OwnSubscription | null {
  const { endpoint, auth } = objectOf(value);
  return typeof endpoint === 'string' && typeof auth === 'string' ? { endpoint, auth } : null;
}

/** The texts in a list of anything, or in a text with commas, as the element has them. */
export function textsOf(value: unknown): string[] {
  const items: readonly unknown[] =
    typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [];
  return [...new Set(items.flatMap((item) => wordOf(item)?.trim() ?? []))].slice(0, MAX);
}

/** The texts in an object of anything, by their names. */
export const wordsOf = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(objectOf(value))
      .flatMap(([name, item]) => {
        const word = wordOf(item);
        return word === null ? [] : [[name, word] as const];
      })
      .slice(0, MAX),
  );

/** A page in plain JavaScript also says `{ age: 42, member: true }`. */
const wordOf = (value: unknown): string | null =>
  typeof value === 'string' ? value : ['number', 'boolean'].includes(typeof value) ? String(value) : null;

/** An uncompressed point on P-256 as base64url (RFC 8292 §3.2). */
export const asKey = (value: unknown): string | null =>
  typeof value === 'string' && /^B[\w-]{86}$/.test(value) ? value : null;

/** An absolute address that a page may ask, with a slash at its end. */
export function asEngine(value: unknown): string | null {
  try {
    const { protocol, origin, pathname } = new URL(String(value));
    return /^https?:$/.test(protocol) ? origin + pathname.replace(/\/*$/, '/') : null;
  } catch {
    return null;
  }
}

const objectOf = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});
