/**
 * Lets something be said now and then: the first few times within a while, and then once more when the while is over, with the number of
 * those that were left out. Whatever comes from outside must not fill a log.
 *
 * @param now in milliseconds
 */
export function createNowAndThen(now: () => number, { most, withinMs }: { most: number; withinMs: number }) {
  let since = -Infinity;
  let said = 0;
  let leftOut = 0;
  return (say: (leftOut: number) => void): void => {
    if (now() - since >= withinMs) {
      since = now();
      said = 0;
    }
    said += 1;
    if (said > most) {
      leftOut += 1;
      return;
    }
    const before = leftOut;
    leftOut = 0;
    say(before);
  };
}
