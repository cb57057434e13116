import { expect, it } from 'vitest';
import { openReceiptCache } from './receipt-cache.ts';

const PLACE = 'https://site.example/pushdesk-receipts/';

/** The part of the Cache API that is used, with requests in the order in which they came. */
function fakeCaches() {
  const held = new Map<string, Response>();
  const cache = {
    match: (of: string | { url: string }) =>
      Promise.resolve(held.get(typeof of === 'string' ? of : of.url)?.clone()),
    put: (url: string, response: Response) => Promise.resolve(void held.set(url, response)),
    delete: (url: string) => Promise.resolve(held.delete(url)),
    keys: () => Promise.resolve([...held.keys()].map((url) => ({ url }))),
  };
  return { held, caches: { open: () => Promise.resolve(cache) } as unknown as CacheStorage };
}

it('keeps the first of two, gives back what lies below an address, and removes what it is told to', async () => {
  const { held, caches } = fakeCaches();
  held.set('https://site.example/elsewhere', new Response('theirs'));
  held.set(`${PLACE}0`, new Response('broken'));
  const store = openReceiptCache(() => caches);
  await store.add(`${PLACE}1`, { at: 1 });
  await store.add(`${PLACE}1`, { at: 2 });
  expect(await store.below(PLACE)).toEqual([
    [`${PLACE}0`, null],
    [`${PLACE}1`, { at: 1 }],
  ]);
  await store.remove([`${PLACE}0`, `${PLACE}1`]);
  expect([...held.keys()]).toEqual(['https://site.example/elsewhere']);
});
