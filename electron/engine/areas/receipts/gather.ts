import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Does together what is asked for within one turn of the event loop. Where that fails, each is done alone: what cannot be done for one does
 * not keep the others from it.
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
      // Each has to find out for itself.
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
