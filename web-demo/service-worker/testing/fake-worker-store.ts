import type { WorkerStore } from '../worker-store.ts';

/** A worker's store in memory, which outlives the worker. */
export function fakeWorkerStore(held = new Map<string, unknown>()): WorkerStore {
  const copy = (value: unknown): unknown => structuredClone(value);
  return {
    read: (place) => Promise.resolve(copy(held.get(place))),
    write(place, value) {
      held.set(place, copy(value));
      return Promise.resolve();
    },
    add(place, value) {
      if (!held.has(place)) held.set(place, copy(value));
      return Promise.resolve();
    },
    below: (start) => Promise.resolve([...held].filter(([place]) => place.startsWith(start))),
    moveIn: () => Promise.resolve(),
    remove(places) {
      for (const place of places) held.delete(place);
      return Promise.resolve();
    },
  };
}

/** One that fails, as in a browser that keeps nothing. */
export function brokenWorkerStore(): WorkerStore {
  const fail = () =>
    Promise.reject(new DOMException('A mutation operation was attempted.', 'InvalidStateError'));
  return { read: fail, write: fail, add: fail, below: fail, remove: fail, moveIn: fail };
}
