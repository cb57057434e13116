/** What a worker remembers in the browser, by address, so that workers of several scopes of a site are kept apart. */
export interface WorkerStore {
  /** `undefined`: there is nothing. Other code on the same site may have written anything. */
  read(place: string): Promise<unknown>;
  write(place: string, value: unknown): Promise<void>;
  /** Writes where there is nothing yet: of two, the first stays. */
  add(place: string, value: unknown): Promise<void>;
  /** All whose address begins like this, each with its address. */
  below(place: string): Promise<(readonly [place: string, value: unknown])[]>;
  remove(places: readonly string[]): Promise<void>;
  /** Moves what an earlier version kept in the Cache API, once; all others wait for it. Never rejects. */
  moveIn(): Promise<void>;
}

const DATABASE = 'pushdesk';
const TABLE = 'worker';

/**
 * The kit's store in IndexedDB. It does not lie in the Cache API, because many sites have a worker that deletes all caches but its own
 * when a new version of it takes over. What earlier versions kept there is moved. Each call rejects where the browser keeps nothing, as
 * some private windows do.
 * @param caches `undefined` where the browser has none
 * @param home with what the addresses of this worker begin
 */
export function openWorkerStore(caches: () => CacheStorage | undefined, home: string): WorkerStore {
  let moving: Promise<void> | undefined;
  const movedIn = () => (moving ??= moveFrom(caches(), home).catch(() => undefined));

  return {
    async read(place) {
      await movedIn();
      return withTable<unknown>('readonly', (table) => table.get(place));
    },
    async write(place, value) {
      await movedIn();
      await withTable('readwrite', (table) => table.put(value, place));
    },
    async add(place, value) {
      await movedIn();
      await addTo(place, value);
    },
    async below(place) {
      await movedIn();
      const all: [string, unknown][] = [];
      await withTable('readonly', (table) => {
        const request = table.openCursor(IDBKeyRange.bound(place, `${place}\uffff`));
        request.onsuccess = () => {
          const { result: entry } = request;
          if (entry === null) return;
          all.push([entry.key as string, entry.value]);
          entry.continue();
        };
        return request;
      });
      return all;
    },
    moveIn: movedIn,
    async remove(places) {
      await movedIn();
      if (places.length === 0) return;
      await withTable('readwrite', (table) => {
        for (const place of places) table.delete(place);
        return table.count();
      });
    },
  };
}

const EARLIER_CACHES = ['pushdesk-kit', 'pushdesk-receipts'];

async function moveFrom(caches: CacheStorage | undefined, home: string): Promise<void> {
  const opened = await Promise.all(
    // All at once, because the site's worker may be about to delete them. A cache that is open outlives that.
    EARLIER_CACHES.map(async (name) => ((await caches?.has(name)) === true ? caches?.open(name) : undefined)),
  );
  for (const cache of opened) {
    for (const request of (await cache?.keys()) ?? []) {
      if (!request.url.startsWith(home)) continue;
      const answer = await cache?.match(request);
      const value: unknown = await answer?.json().catch(() => undefined);
      if (value !== undefined) await addTo(request.url, value);
      await cache?.delete(request);
    }
  }
}

/** Looks and writes in one transaction, so that nothing comes between. */
const addTo = (place: string, value: unknown): Promise<unknown> =>
  withTable('readwrite', (table) => {
    const request = table.getKey(place);
    request.onsuccess = () => {
      if (request.result === undefined) table.put(value, place);
    };
    return request;
  });

/** Does all of it, or rejects. Each call opens a connection of its own, because a browser may end one at any time. */
async function withTable<Value>(
  mode: IDBTransactionMode,
  work: (table: IDBObjectStore) => IDBRequest<Value>,
): Promise<Value> {
  const opening = indexedDB.open(DATABASE);
  opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE);
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.onsuccess = () => {
      resolve(opening.result);
    };
    opening.onerror = () => {
      reject(opening.error ?? new Error(TABLE));
    };
  });
  try {
    const transaction = database.transaction(TABLE, mode);
    const request = work(transaction.objectStore(TABLE));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => {
        resolve();
      };
      transaction.onabort = () => {
        reject(transaction.error ?? new Error(TABLE));
      };
    });
    return request.result;
  } finally {
    database.close();
  }
}
