/** How many losses within `withinMs` are made good at once. */
const AT_ONCE = 20;
const WITHIN_MS = 60_000;
const DELAY_MS = 3_000;

/**
 * How long a window that has lost its port waits for the next one, in milliseconds. It gets one at once, unless it keeps losing them, as a
 * page that sends nonsense does.
 *
 * @param now in milliseconds
 */
export function createReconnectDelay(now: () => number): () => number {
  let losses: number[] = [];
  return () => {
    const at = now();
    losses = [...losses.filter((earlier) => at - earlier < WITHIN_MS), at].slice(-AT_ONCE - 1);
    return losses.length > AT_ONCE ? DELAY_MS : 0;
  };
}
