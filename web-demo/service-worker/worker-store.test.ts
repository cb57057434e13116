import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { openWorkerStore } from './worker-store.ts';

let sites = 0;
/** The database is one for all tests, so each has a site of its own. */
const nextHome = () => `https://site-${(sites += 1)}.example/pushdesk-`;

/** The caches of a browser, with what an earlier version has kept: texts by cache and address. */
function fakeCaches(texts: Record<string, Record<string, string>>) {
  const held = new Map(Object.entries(texts).map(([name, of]) => [name, new Map(Object.entries(of))]));
  const caches = {
    has: (name: string) => Promise.resolve(held.has(name)),
    keys: () => Promise.resolve([...held.keys()]),
    delete: (name: string) => Promise.resolve(held.delete(name)),
    open(name: string) {
      const cache = held.get(name);
      return Promise.resolve({
        keys: () => Promise.resolve([...(cache?.keys() ?? [])].map((url) => ({ url }))),
        match: ({ url }: { url: string }) => Promise.resolve(new Response(cache?.get(url))),
        delete: ({ url }: { url: string }) => Promise.resolve(cache?.delete(url)),
      });
    },
  } as unknown as CacheStorage;
  const left = () => [...held.values()].flatMap((of) => [...of.keys()]);
  return { caches, left };
}

describe('what a worker remembers', () => {
  it('is there for the next worker of the same site, and apart from those of other scopes', async () => {
    const [home, other] = [nextHome(), nextHome()];
    await openWorkerStore(() => undefined, home).write(`${home}state`, { on: true });
    const next = openWorkerStore(() => undefined, home);
    expect(await next.read(`${home}state`)).toEqual({ on: true });
    expect(await next.read(`${other}state`)).toBeUndefined();
    await next.write(`${other}state`, 1);
    expect(await next.below(home)).toEqual([[`${home}state`, { on: true }]]);
    await next.remove([`${home}state`]);
    expect(await next.below(home)).toEqual([]);
  });

  it('keeps the first of two that are added at once', async () => {
    const home = nextHome();
    const store = openWorkerStore(() => undefined, home);
    await Promise.all([store.add(`${home}a`, 'first'), store.add(`${home}a`, 'second')]);
    expect(await store.read(`${home}a`)).toBe('first');
  });
});

describe('what an earlier version kept in the Cache API', () => {
  it('is moved, and nothing that belongs to others', async () => {
    const home = nextHome();
    const { caches, left } = fakeCaches({
      'pushdesk-kit': { [`${home}state`]: '{"on":true}', 'https://shop.example/pushdesk-state': '{}' },
      'pushdesk-receipts': { [`${home}receipts/1/shown`]: '{"at":1}', [`${home}receipts/2/shown`]: 'broken' },
      theirs: { [`${home}page`]: '"theirs"' },
    });
    const store = openWorkerStore(() => caches, home);
    expect(await store.read(`${home}state`)).toEqual({ on: true });
    expect(await store.below(`${home}receipts/`)).toEqual([[`${home}receipts/1/shown`, { at: 1 }]]);
    expect(left()).toEqual(['https://shop.example/pushdesk-state', `${home}page`]);
  });

  it('is moved also where the site’s worker deletes all caches in the same moment', async () => {
    const home = nextHome();
    const { caches, left } = fakeCaches({
      'pushdesk-kit': { [`${home}state`]: '{"on":true}' },
      'pushdesk-receipts': { [`${home}receipts/1/shown`]: '{"at":1}' },
    });
    const store = openWorkerStore(() => caches, home);
    const moved = store.moveIn();
    for (const name of await caches.keys()) await caches.delete(name);
    await moved;
    expect(left()).toEqual([]);
    expect(await store.below(home)).toEqual([
      [`${home}receipts/1/shown`, { at: 1 }],
      [`${home}state`, { on: true }],
    ]);
  });

  it('never takes the place of what is newer', async () => {
    const home = nextHome();
    await openWorkerStore(() => undefined, home).write(`${home}state`, 'newer');
    const { caches } = fakeCaches({ 'pushdesk-kit': { [`${home}state`]: '"older"' } });
    expect(await openWorkerStore(() => caches, home).read(`${home}state`)).toBe('newer');
  });

  it('stands in the way of nothing when it cannot be read', async () => {
    const home = nextHome();
    const caches = {
      has: () => Promise.reject(new DOMException('', 'SecurityError')),
    } as unknown as CacheStorage;
    const store = openWorkerStore(() => caches, home);
    await store.write(`${home}state`, 1);
    expect(await store.read(`${home}state`)).toBe(1);
  });
});
