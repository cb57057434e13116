import { describe, expect, it } from 'vitest';
import { createMemory } from './memory.ts';

/** A cache storage that holds responses by path; just the part that the memory uses. */
function fakeStorage() {
  const held = new Map<string, Response>();
  const cache = {
    match: (path: string) => Promise.resolve(held.get(path)?.clone()),
    put: (path: string, response: Response) => {
      held.set(path, response);
      return Promise.resolve();
    },
    delete: (path: string) => Promise.resolve(held.delete(path)),
  };
  return { held, storage: { open: () => Promise.resolve(cache) } as unknown as CacheStorage };
}

const LAST = { endpoint: 'https://push.example/a', auth: 'secret' };

describe('createMemory', () => {
  it('gives back what was written, until it is cleared', async () => {
    const memory = createMemory(fakeStorage().storage);
    expect(await memory.read()).toBeNull();
    await memory.write(LAST);
    expect(await memory.read()).toEqual(LAST);
    await memory.clear();
    expect(await memory.read()).toBeNull();
  });

  it.each(['not json', '[]', 'null', '{"endpoint":1,"auth":"x"}'])('reads %s as nothing', async (text) => {
    const { held, storage } = fakeStorage();
    held.set('last-told', new Response(text));
    expect(await createMemory(storage).read()).toBeNull();
  });

  it('keeps nothing, and does not mind, where the browser has no storage for it', async () => {
    const refusing = {
      open: () => Promise.reject(new DOMException('', 'SecurityError')),
    } as unknown as CacheStorage;
    for (const storage of [undefined, refusing]) {
      const memory = createMemory(storage);
      await memory.write(LAST);
      await memory.clear();
      expect(await memory.read()).toBeNull();
    }
  });
});
