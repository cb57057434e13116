/** How a list continues below its last row. */
export interface More {
  /** There are rows that are not loaded. */
  hasMore: boolean;
  /** The limit of loaded rows is reached. */
  isFull: boolean;
  /** Loads one more page unless one is being loaded, or there is none. */
  loadMore: () => void;
  /** Loads page after page, to the end of the list or as much as is held, until `stop`. */
  loadAll: () => void;
  stop: () => void;
  /** A list that is too long to be loaded whole is read from its end too: whether it is now, and the way there and back. */
  end?: { isAt: boolean; go: () => void; leave: () => void };
  /** Lists it the other way round, so that it begins at its end. */
  turn?: () => void;
}
