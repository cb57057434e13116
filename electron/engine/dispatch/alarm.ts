import type { Clock } from '../base/clock.ts';
import type { Schedule } from '../base/schedule.ts';

/** Rings once, at the earliest time that it was set to. */
export interface Alarm {
  /** @param at ms since 1970; does nothing if the alarm rings earlier anyway */
  set(at: number): void;
  /** Cancels whatever it was set to. */
  clear(): void;
}

export function createAlarm(options: { clock: Clock; schedule: Schedule; ring: () => void }): Alarm {
  const { clock, schedule, ring } = options;
  let pending: { at: number; undo: () => void } | null = null;
  const clear = () => {
    pending?.undo();
    pending = null;
  };
  return {
    set(at) {
      if (pending !== null && pending.at <= at) return;
      clear();
      const undo = schedule(
        () => {
          pending = null;
          ring();
        },
        Math.max(0, at - clock.now()),
      );
      pending = { at, undo };
    },
    clear,
  };
}
