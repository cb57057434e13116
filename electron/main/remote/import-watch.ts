import type { EnginePort } from '../port-bridge.ts';

/** At most a few seconds pass between two pieces of an import, however slow the line. */
const QUIET_AFTER_MS = 10_000;
const HEAD = 200;
const PATH = /"u":"\/subscriptions\/importStream\/(open|write|finish|cancel)"/;

/** Whether a window is handing an import over: closing it would cut that short, and nobody at the other end could tell. */
export function createImportWatch(now: () => number) {
  let at = Number.NEGATIVE_INFINITY;
  return {
    isImporting: () => now() - at < QUIET_AFTER_MS,
    /** The same port, with an eye on what the window sends. */
    watch(port: EnginePort): EnginePort {
      return {
        on: port.on.bind(port),
        close: port.close.bind(port),
        postMessage(data) {
          if (typeof data === 'string') {
            const step = PATH.exec(data.slice(0, HEAD))?.[1];
            if (step === 'cancel') at = Number.NEGATIVE_INFINITY;
            else if (step !== undefined) at = now();
          }
          port.postMessage(data);
        },
      };
    },
  };
}
