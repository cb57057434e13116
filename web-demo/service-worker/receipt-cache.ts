import type { WorkerStore } from './worker-store.ts';

const CACHE = 'pushdesk-receipts';

/** Receipts in the Cache API, for the subscribe page: no other worker shares its address, and it has to stay small. */
export function openReceiptCache(storage: () => CacheStorage): Pick<WorkerStore, 'add' | 'below' | 'remove'> {
  const open = () => storage().open(CACHE);
  return {
    async add(place, value) {
      const cache = await open();
      if (!(await cache.match(place))) await cache.put(place, new Response(JSON.stringify(value)));
    },
    async below(place) {
      const cache = await open();
      const own = (await cache.keys()).filter(({ url }) => url.startsWith(place));
      const valueOf = async (request: Request): Promise<unknown> => (await cache.match(request))?.json();
      return Promise.all(
        own.map(async (request) => [request.url, await valueOf(request).catch(() => null)] as const),
      );
    },
    async remove(places) {
      const cache = await open();
      for (const place of places) await cache.delete(place);
    },
  };
}
