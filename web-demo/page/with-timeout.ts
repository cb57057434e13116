/** Runs a function later and returns a function that cancels it; injected so that tests need not wait. */
export type Schedule = (run: () => void, delayMs: number) => () => void;

export const scheduleWithTimer: Schedule = (run, delayMs) => {
  const timer = setTimeout(run, delayMs);
  return () => {
    clearTimeout(timer);
  };
};

/** Said by this page, not by the browser: some browsers never answer when they have no network. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

/** @throws TimedOut when the work has not settled after `delayMs`; the work itself goes on */
export async function withTimeout<Value>(
  work: Promise<Value>,
  delayMs: number,
  schedule: Schedule,
): Promise<Value> {
  let undo: () => void = () => undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    undo = schedule(() => {
      reject(new TimedOut());
    }, delayMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    undo();
  }
}
