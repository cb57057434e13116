/** Runs a function later and returns a function that cancels it. */
export type Schedule = (run: () => void, delayMs: number) => () => void;

/** The schedule of the machine; tests have one that they move on by hand. */
export const scheduleWithTimer: Schedule = (run, delayMs) => {
  const timer = setTimeout(run, delayMs);
  return () => {
    clearTimeout(timer);
  };
};
