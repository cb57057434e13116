/** Runs a function later and returns a function that cancels it. */
export type Schedule = (run: () => void, delayMs: number) => () => void;

/** The machine's own schedule; tests have one that they advance by hand. */
export const scheduleWithTimer: Schedule = (run, delayMs) => {
  const timer = setTimeout(run, delayMs);
  return () => {
    clearTimeout(timer);
  };
};

/** The same for work that may be left undone: it does not keep the engine from ending. */
export const scheduleInBackground: Schedule = (run, delayMs) => {
  const timer = setTimeout(run, delayMs);
  timer.unref();
  return () => {
    clearTimeout(timer);
  };
};
