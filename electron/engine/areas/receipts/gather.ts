/** Brings what is asked for at one time together. */
export interface Gathering<Item, Result> {
  /** @returns its result, once it was handled */
  add(item: Item): Promise<Result>;
  /** Resolves once everything added so far was handled. */
  settled(): Promise<void>;
}

/**
 * Handles everything that is added before `later` runs together. If that fails, each item is handled alone, so that one that cannot be done
 * does not hold up the others.
 *
 * @param work gives a result for each item, or throws and has done nothing
 * @param later runs a function later; called with the first item of each group
 */
export function gather<Item, Result>(
  work: (items: readonly Item[]) => readonly Result[],
  later: (run: () => void) => void,
): Gathering<Item, Result> {
  interface Waiting {
    item: Item;
    end: (result: Result | Promise<Result>) => void;
  }
  let group: { waiting: Waiting[]; handled: Promise<void> } | null = null;

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
  const handle = (all: readonly Waiting[]) => {
    const results = together(all.map(({ item }) => item));
    for (const [index, { item, end }] of all.entries()) {
      end(results === null ? alone(item) : (results[index] as Result));
    }
  };

  const begin = () => {
    const waiting: Waiting[] = [];
    const handled = new Promise<void>((resolve) => {
      later(() => {
        group = null;
        handle(waiting);
        resolve();
      });
    });
    return { waiting, handled };
  };

  return {
    add: (item) =>
      new Promise<Result>((resolve) => {
        group ??= begin();
        group.waiting.push({ item, end: resolve });
      }),
    settled: async () => group?.handled,
  };
}
