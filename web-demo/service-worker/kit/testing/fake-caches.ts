/** The caches of a browser, with one in memory: texts by their place. */
export function fakeCaches(cache = new Map<string, string>()): CacheStorage {
  return {
    open: () =>
      Promise.resolve({
        match: (place: string) =>
          Promise.resolve(cache.has(place) ? new Response(cache.get(place)) : undefined),
        put: async (place: string, response: Response) => void cache.set(place, await response.text()),
      }),
  } as unknown as CacheStorage;
}
