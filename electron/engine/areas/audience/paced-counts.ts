import { scheduleInBackground } from '../../base/schedule.ts';

/** Counts that are asked for again with each change, and take a while in a large store. */
export interface PacedCounts<Counts> {
  /** As they are now, or as they were a moment ago where counting would take more than a fifth of the engine's time. */
  get(signal?: AbortSignal): Promise<Counts>;
  /** From now on something else is counted. */
  reset(): void;
}

export interface PacedCountsOptions<Counts> {
  count: (signal?: AbortSignal) => Promise<Counts>;
  /** The version number that `ReadableDb` gives. */
  changeCount: () => number | null;
  /** Called once older numbers were given and it is time for newer ones. */
  onStale: () => void;
  /** Monotonic, in milliseconds. */
  now?: () => number;
  /** Runs a function later. */
  schedule?: (run: () => void, delayMs: number) => void;
}

/** Counting that takes less than this is done every time. In milliseconds. */
const SLOW_MS = 100;
/** How long it then rests, as a multiple of the time that it took. */
const REST = 4;

export function createPacedCounts<Counts>(options: PacedCountsOptions<Counts>): PacedCounts<Counts> {
  const {
    count,
    changeCount,
    onStale,
    now = () => performance.now(),
    schedule = scheduleInBackground,
  } = options;
  let last: { counts: Counts; tookMs: number; endedAt: number; version: number | null } | null = null;
  let isWaiting = false;
  let resets = 0;

  const tellAfter = (delayMs: number) => {
    if (isWaiting) return;
    isWaiting = true;
    schedule(() => {
      isWaiting = false;
      onStale();
    }, delayMs);
  };

  return {
    async get(signal) {
      const startedAt = now();
      const version = changeCount();
      if (last !== null && last.tookMs >= SLOW_MS && version !== last.version) {
        const restMs = last.endedAt + last.tookMs * REST - startedAt;
        if (restMs > 0) {
          tellAfter(restMs);
          return last.counts;
        }
      }
      const reset = resets;
      const counts = await count(signal);
      const endedAt = now();
      if (reset === resets) last = { counts, tookMs: endedAt - startedAt, endedAt, version };
      return counts;
    },
    reset() {
      resets += 1;
      last = null;
    },
  };
}
