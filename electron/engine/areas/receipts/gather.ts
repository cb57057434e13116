import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Handles everything requested within one turn of the event loop together. If that fails, each item is handled alone, so that one that
 * cannot be done does not hold up the others.
 *
 * @param work gives a result for each item, or throws and has done nothing
 */
export function gather<Item, Result>(
  work: (items: readonly Item[]) => readonly Result[],
): (item: Item) => Promise<Result> {
  let waiting: { item: Item; end: (result: Result | Promise<Result>) => void }[] = [];

  const together = (items: readonly Item[]): readonly Result[] | null => {
    try {
      return work(items);
    } catch {
      // Each item has to find out for itself.
      return null;
    }
  };
  const alone = (item: Item) =>
    new Promise<Result>((resolve) => {
      resolve(work([item])[0] as Result);
    });

  const doAll = async () => {
    await nextTurn();
    const all = waiting;
    waiting = [];
    const results = together(all.map(({ item }) => item));
    for (const [index, { item, end }] of all.entries()) {
      end(results === null ? alone(item) : (results[index] as Result));
    }
  };

  return (item) =>
    new Promise<Result>((resolve) => {
      waiting.push({ item, end: resolve });
      if (waiting.length === 1) void doAll();
    });
}
