/** Runs a function later and returns a function that cancels it. */
export type Schedule = (run: () => void, delayMs: number) => () => void;

/** The schedule of the machine; tests have one that they move on by hand. */
export const scheduleWithTimer: Schedule = (run, delayMs) => {
  const timer = setTimeout(run, delayMs);
  return () => {
    clearTimeout(timer);
  };
};

/** The same for what may be left undone: it does not keep the engine from ending. */
export const scheduleInBackground: Schedule = (run, delayMs) => {
  const timer = setTimeout(run, delayMs);
  timer.unref();
  return () => {
    clearTimeout(timer);
  };
};
