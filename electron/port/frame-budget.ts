/** How many frames one port may bring: a busy window sends a dozen or so a second, and a burst when a screen opens. */
export const FRAMES = { burst: 2_000, perSecond: 500 };

/** Says of each frame whether there is still room for it. */
export type FrameBudget = () => boolean;

/** @param now milliseconds of a clock that never goes back */
export function createFrameBudget(now: () => number, { burst, perSecond } = FRAMES): FrameBudget {
  let left = burst;
  let at = now();
  return () => {
    const then = at;
    at = now();
    left = Math.min(burst, left + ((at - then) / 1000) * perSecond) - 1;
    if (left >= 0) return true;
    left = 0;
    return false;
  };
}
