import type { Topic } from '../../contract/changes.ts';
import { scheduleInBackground, type Schedule } from './schedule.ts';

/** Tells live views what to read again. */
export interface ChangeHub {
  publish(...topics: Topic[]): void;
  /** Calls `listener` with merged topics, at most once every `intervalMs`; returns a function that undoes this. */
  listen(listener: (topics: Topic[]) => void): () => void;
}

export interface ChangeHubOptions {
  /** Shortest time between two calls, in milliseconds. Default 100: ten updates a second. */
  intervalMs?: number;
  /** Runs a function later and returns a function that cancels it; injected so that tests need not wait. */
  schedule?: Schedule;
}

/** A hub that merges topics published close together, so that a campaign of a million rows does not flood a window. */
export function createChangeHub({
  intervalMs = 100,
  schedule = scheduleInBackground,
}: ChangeHubOptions = {}): ChangeHub {
  const listeners = new Set<(topics: Topic[]) => void>();
  const pending = new Set<Topic>();
  let waiting = false;

  const flush = () => {
    if (pending.size === 0) {
      waiting = false;
      return;
    }
    const topics = [...pending];
    pending.clear();
    schedule(flush, intervalMs);
    for (const listener of listeners) listener(topics);
  };

  return {
    publish(...topics) {
      for (const topic of topics) pending.add(topic);
      if (waiting || pending.size === 0) return;
      waiting = true;
      // The first change goes out on the next turn, so that a single click shows at once; the rest wait for the interval.
      schedule(flush, 0);
    },
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
