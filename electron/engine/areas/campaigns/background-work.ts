import type { Log } from '../../base/log.ts';

/** How long to wait after the store refused a piece (disk full, locked by another program). */
const RETRY_MS = 1000;

/** Long changes of the store, done in pieces so that nothing else waits for them. */
export interface BackgroundWork {
  /** Runs `piece` again and again until it says `done`; the same name runs once at a time. */
  start(name: string, piece: () => 'more' | 'done'): void;
  /** Begins no more pieces; what is left is continued at the next start of the engine. */
  stop(): void;
}

export function createBackgroundWork({
  log,
  onStoreTrouble,
  schedule = (run, delayMs) => {
    if (delayMs === 0) setImmediate(run);
    else setTimeout(run, delayMs).unref();
  },
}: {
  log: Log;
  /** Called with what the store threw for each piece that it refused, and with `null` once it has accepted all of them. */
  onStoreTrouble: (error: unknown) => void;
  /** Runs a function later. */
  schedule?: (run: () => void, delayMs: number) => void;
}): BackgroundWork {
  const running = new Set<string>();
  const refused = new Set<string>();
  let stopped = false;

  const taken = (name: string) => {
    if (refused.delete(name) && refused.size === 0) onStoreTrouble(null);
  };

  const turn = (name: string, piece: () => 'more' | 'done') => {
    if (stopped) return;
    try {
      const outcome = piece();
      taken(name);
      if (outcome === 'done') {
        running.delete(name);
        return;
      }
      schedule(() => {
        turn(name, piece);
      }, 0);
    } catch (error) {
      refused.add(name);
      onStoreTrouble(error);
      log.error(
        { chore: name, error: String(error) },
        'the store could not save a step of a background task',
      );
      schedule(() => {
        turn(name, piece);
      }, RETRY_MS);
    }
  };

  return {
    start(name, piece) {
      if (running.has(name) || stopped) return;
      running.add(name);
      schedule(() => {
        turn(name, piece);
      }, 0);
    },
    stop() {
      stopped = true;
    },
  };
}
