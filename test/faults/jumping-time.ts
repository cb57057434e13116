import type { Clock } from '../../electron/engine/base/clock.ts';

interface Task {
  at: number;
  readonly run: () => void;
}

/** Time that stands still while something is on the wire, and jumps to what is planned next when nothing is. */
export interface JumpingTime {
  readonly clock: Clock;
  /** Everybody else's clock: nobody sets it. */
  readonly trueClock: Clock;
  readonly schedule: (run: () => void, delayMs: number) => () => void;
  /** Milliseconds until the next planned task; `null` when nothing is planned. */
  readonly untilNext: () => number | null;
  /** Sets the clock: what is planned keeps the time left until it is due. */
  set(byMs: number): void;
  /** Jumps to the next planned task and runs it; false when nothing is planned. */
  jump(): boolean;
}

/** Starts at the real time, because certificates are judged by that. */
export function jumpingTime(): JumpingTime {
  let now = Date.now();
  let setBy = 0;
  const tasks = new Set<Task>();
  // The earliest; of two at the same time the one that was planned first.
  const next = () => [...tasks].sort((one, other) => one.at - other.at)[0];
  return {
    clock: { now: () => now },
    trueClock: { now: () => now - setBy },
    schedule(run, delayMs) {
      const task = { at: now + delayMs, run };
      tasks.add(task);
      return () => {
        tasks.delete(task);
      };
    },
    untilNext() {
      const task = next();
      return task === undefined ? null : Math.max(0, task.at - now);
    },
    set(byMs) {
      now += byMs;
      setBy += byMs;
      for (const task of tasks) task.at += byMs;
    },
    jump() {
      const task = next();
      if (task === undefined) return false;
      tasks.delete(task);
      // A clock of whole milliseconds, as the real one is.
      now = Math.max(now, Math.ceil(task.at));
      task.run();
      return true;
    },
  };
}
