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
  interface Waiting {
    item: Item;
    end: (settle: () => Result) => void;
  }
  let waiting: Waiting[] = [];

  const doAll = async () => {
    await nextTurn();
    const together = waiting;
    waiting = [];
    let results: readonly Result[] | null = null;
    try {
      results = work(together.map(({ item }) => item));
    } catch {
      // Each item has to find out for itself.
    }
    for (const [index, { item, end }] of together.entries()) {
      end(() => (results ?? work([item]))[results === null ? 0 : index] as Result);
    }
  };

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({
        item,
        end(settle) {
          try {
            resolve(settle());
          } catch (error) {
            reject(error);
          }
        },
      });
      if (waiting.length === 1) void doAll();
    });
}
