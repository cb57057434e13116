/** Decides whether something that crashed is started again: at most `most` times within `withinMs`. */
export interface CrashLimit {
  /** Counts a crash at this moment and says whether to start again. */
  mayRestart(): boolean;
}

export function createCrashLimit(options: { most: number; withinMs: number; now: () => number }): CrashLimit {
  let crashes: number[] = [];
  return {
    mayRestart() {
      const now = options.now();
      crashes = [...crashes.filter((at) => now - at < options.withinMs), now];
      return crashes.length <= options.most;
    },
  };
}
