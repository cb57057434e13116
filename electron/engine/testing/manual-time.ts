import type { Clock } from '../base/clock.ts';

interface Task {
  at: number;
  order: number;
  run: () => void;
}

export interface ManualTime {
  clock: Clock;
  schedule: (run: () => void, delayMs: number) => () => void;
  /** Lets this much time pass: runs whatever falls due, in order, together with its immediate consequences. */
  pass(milliseconds: number): Promise<void>;
}

/** Time that passes only when a test says so. Starts at 2026-01-15T12:00:00Z. */
export function manualTime(start = Date.UTC(2026, 0, 15, 12)): ManualTime {
  let now = start;
  let order = 0;
  const tasks = new Set<Task>();
  const clock = { now: () => now };

  return {
    clock,
    schedule(run, delayMs) {
      order += 1;
      const task = { at: now + delayMs, order, run };
      tasks.add(task);
      return () => {
        tasks.delete(task);
      };
    },
    async pass(milliseconds) {
      const end = now + milliseconds;
      await settled();
      for (;;) {
        const [next] = [...tasks].sort((a, b) => a.at - b.at || a.order - b.order);
        if (next === undefined || next.at > end) break;
        tasks.delete(next);
        now = Math.max(now, next.at);
        next.run();
        await settled();
      }
      now = end;
    },
  };
}

/** Promises and immediates that are ready, and those that they create. */
async function settled(): Promise<void> {
  for (let round = 0; round < 5; round += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
