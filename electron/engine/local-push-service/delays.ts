/** How the service waits; tests pass in a time that they advance by hand. */
export interface Delays {
  /** Runs once after this many milliseconds; the return value cancels it. */
  after(milliseconds: number, run: () => void): () => void;
}

/** Delays on real timers that can all be cancelled at once. */
export interface StoppableDelays extends Delays {
  stop(): void;
}

/** The machine's own timers; whatever is still waiting when `stop()` is called never runs. */
export function createDelays(): StoppableDelays {
  const waiting = new Set<NodeJS.Timeout>();
  let stopped = false;
  return {
    after(milliseconds, run) {
      if (stopped) return () => undefined;
      const timer = setTimeout(() => {
        waiting.delete(timer);
        run();
      }, milliseconds);
      waiting.add(timer);
      return () => {
        clearTimeout(timer);
        waiting.delete(timer);
      };
    },
    stop() {
      stopped = true;
      for (const timer of waiting) clearTimeout(timer);
      waiting.clear();
    },
  };
}
